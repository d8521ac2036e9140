"""The referee's reading of a document: every component as JSON Schema 2020-12, written without looking at ours.

What OpenAPI 3.0 says otherwise is translated (``nullable``, boolean bounds), in documents of 3.1 that say it, too; the
widths of integers, which the registry of formats has, become bounds; so the verdicts of a validator of JSON Schema are
those of the document.
"""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs

_ONE = frozenset(
    {"additionalProperties", "contains", "not", "if", "then", "else", "items", "propertyNames", "unevaluatedItems"}
    | {"unevaluatedProperties"}
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_DROPPED = frozenset({"nullable", "discriminator", "xml", "example", "examples", "externalDocs", "$schema"})
_WIDTHS = {f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)}
_WIDTHS |= {f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)}


def components(document: dict[str, Any]) -> dict[str, Any]:
    """Return the component schemas of a document as JSON Schema, by name."""
    old = str(document["openapi"]).startswith("3.0")
    schemas = document.get("components", {}).get("schemas", {})
    return {name: _recurring(_translated(schema, old), name) for name, schema in schemas.items()}


def validator(schemas: dict[str, Any], name: str) -> jsonschema_rs.Draft202012Validator:
    """Return what judges instances of one component; formats are asserted."""
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


def _recurring(schema: Any, name: str) -> Any:
    """Return a schema with the ``$recursiveRef`` of 2019-09, which some documents have, as a reference to itself."""
    if isinstance(schema, list):
        return [_recurring(part, name) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _recurring(value, name) for key, value in schema.items() if key != "$recursiveRef"}
    return {**found, "$ref": f"#/components/schemas/{name}"} if "$recursiveRef" in schema else found


def _translated(schema: Any, old: bool) -> Any:
    if not isinstance(schema, dict):
        return schema
    if old and "$ref" in schema:
        return {"$ref": schema["$ref"]}
    found: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in _DROPPED or keyword.startswith("x-"):
            continue
        if keyword in _NAMED and isinstance(value, dict):
            found[keyword] = {name: _translated(part, old) for name, part in value.items()}
        elif keyword in _MANY and isinstance(value, list):
            found[keyword] = [_translated(part, old) for part in value]
        elif keyword in _ONE:
            found[keyword] = _translated(value, old)
        elif keyword == "required" and isinstance(value, list):
            found[keyword] = list(dict.fromkeys(value))
        else:
            found[keyword] = _strictly(value) if keyword == "pattern" else value
    _translate_bounds(found)
    _translate_width(found)
    # Beside a union or a reference, too: the letter of 3.0.3 asks each member to allow null as well, no author does.
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") is True else found


def _strictly(pattern: str) -> str:
    """Return a pattern whose braces that count nothing are escaped, as the referee wants them."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except jsonschema_rs.ValidationError:
        return re.sub(r"\{\{|\}\}", lambda found: rf"\{found[0][0]}\{found[0][0]}", pattern)
    return pattern


def _translate_bounds(schema: dict[str, Any]) -> None:
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)


def _translate_width(schema: dict[str, Any]) -> None:
    types = schema.get("type", ())
    if schema.get("format") in _WIDTHS and "number" not in types and "integer" in ([types, *types]):
        low, high = _WIDTHS[schema["format"]]
        schema["minimum"] = max(low, schema.get("minimum", low))
        schema["maximum"] = min(high, schema.get("maximum", high))
