"""Schemas of JSON Schema 2020-12 to checks of the runtime, the plain way: one keyword, one check."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from bothends.runtime import checks as c
from bothends.runtime.checks import Check
from bothends.runtime.regex.translation import to_searched

_LIMITS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
}


def check_of(schema: Any, root: Any) -> Check:
    """Return the check that a schema stands for; references are within ``root``."""
    if isinstance(schema, bool):
        return c.always() if schema else c.never()
    parts = [check for keyword in schema for check in _keyword(keyword, schema, root)]
    if _has(schema, "properties", "patternProperties", "additionalProperties"):
        parts.append(_properties(schema, root))
    if _has(schema, "prefixItems", "items"):
        prefix = [check_of(item, root) for item in schema.get("prefixItems", ())]
        parts.append(c.items(*prefix, rest=_maybe(schema, "items", root)))
    beside = c.all_of(*parts)
    if "unevaluatedItems" in schema:
        beside = c.unevaluated("items", check_of(schema["unevaluatedItems"], root), beside=beside)
    if "unevaluatedProperties" in schema:
        beside = c.unevaluated("properties", check_of(schema["unevaluatedProperties"], root), beside=beside)
    return beside


def _keyword(keyword: str, schema: dict[str, Any], root: Any) -> list[Check]:
    value = schema[keyword]
    match keyword:
        case "$ref":
            return [c.recursive(lambda: check_of(_resolve(value, root), root))]
        case "type":
            return [c.has_type(*([value] if isinstance(value, str) else value))]
        case "enum":
            return [c.one_of_values(*value)]
        case "const":
            return [c.one_of_values(value)]
        case "pattern":
            return [c.within(pattern=to_searched(value))]
        case "required":
            return [c.required(*value)]
        case "uniqueItems":
            return [c.unique_items()] if value else []
        case "minItems" | "maxItems" | "minProperties" | "maxProperties":
            bound = {"minimum" if keyword.startswith("min") else "maximum": value}
            return [c.count("items" if keyword.endswith("Items") else "properties", **bound)]
        case "dependentRequired":
            return [c.dependent_required(value)]
        case _ if keyword in _LIMITS:
            return [c.within(**{_LIMITS[keyword]: value})]
        case _:
            return _applicator(keyword, schema, root)


def _applicator(keyword: str, schema: dict[str, Any], root: Any) -> list[Check]:
    value = schema[keyword]
    match keyword:
        case "allOf" | "anyOf" | "oneOf":
            make = {"allOf": c.all_of, "anyOf": c.any_of, "oneOf": c.one_of}[keyword]
            return [make(*(check_of(branch, root) for branch in value))]
        case "not":
            return [c.not_(check_of(value, root))]
        case "if":
            branches = {"then": _maybe(schema, "then", root), "otherwise": _maybe(schema, "else", root)}
            return [c.if_then(check_of(value, root), **branches)]
        case "contains":
            least = schema.get("minContains", 1)
            return [c.contains(check_of(value, root), minimum=least, maximum=schema.get("maxContains"))]
        case "propertyNames":
            return [c.property_names(check_of(value, root))]
        case "dependentSchemas":
            return [c.dependent_schemas({name: check_of(branch, root) for name, branch in value.items()})]
        case _:
            return []


def _properties(schema: dict[str, Any], root: Any) -> Check:
    named = {name: check_of(value, root) for name, value in schema.get("properties", {}).items()}
    patterns = {
        to_searched(pattern): check_of(value, root) for pattern, value in schema.get("patternProperties", {}).items()
    }
    return c.properties(named, patterns=patterns, rest=_maybe(schema, "additionalProperties", root))


def _maybe(schema: dict[str, Any], keyword: str, root: Any) -> Check | None:
    return check_of(schema[keyword], root) if keyword in schema else None


def _has(schema: dict[str, Any], *keywords: str) -> bool:
    return any(keyword in schema for keyword in keywords)


def _resolve(reference: str, root: Any) -> Any:
    found = root
    for step in reference.removeprefix("#").split("/")[1:]:
        step = unquote(step).replace("~1", "/").replace("~0", "~")
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found
