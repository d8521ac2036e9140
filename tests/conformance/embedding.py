"""The files of the JSON Schema Test Suite as component schemas, by the modes in which generated schemas are asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

SUITE = Path(__file__).parent / "suite"

_DIALECTS = {"https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-04/schema#"}
_ONE = frozenset(
    {"additionalProperties", "contains", "not", "if", "then", "else", "items", "propertyNames", "unevaluatedItems"}
    | {"unevaluatedProperties", "contentSchema"}
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
_IDENTIFIERS = frozenset({"$id", "id", "$anchor", "$dynamicAnchor", "$dynamicRef"})
#: What a Schema Object of OpenAPI 3.0 may hold, and its types.
_KEYWORDS_3_0 = frozenset(
    {"title", "description", "default", "format", "pattern", "required", "enum", "type", "allOf", "oneOf", "anyOf"}
    | {"not", "items", "properties", "additionalProperties", "multipleOf", "uniqueItems"}
    | {"maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength"}
    | {"maxItems", "minItems", "maxProperties", "minProperties"}
)
_TYPES_3_0 = frozenset({"string", "number", "integer", "boolean", "array", "object"})


@dataclass(frozen=True)
class Group:
    """A schema with its cases. ``schemas`` are the components that it makes, its own under ``name``."""

    name: str
    schemas: dict[str, Any]
    cases: list[dict[str, Any]]


def groups_2020(files: Iterator[Path], *, typed: bool = False) -> Iterator[Group]:
    """Yield schemas of 2020-12 with local references only; ``typed``: of strings, where cases are strings."""
    for name, group in _groups(files):
        schema = _without_dialect(group["schema"])
        if _is_local(schema):
            cases = [case for case in group["tests"] if not typed or isinstance(case["data"], str)]
            schema = {"type": "string", **schema} if typed and isinstance(schema, dict) else schema
            yield Group(name, {name: _rebased(schema, f"#/components/schemas/{name}")}, cases)


def groups_3_0(files: Iterator[Path]) -> Iterator[Group]:
    """Yield schemas of draft 4 that OpenAPI 3.0 can express; ``definitions`` become components."""
    for name, group in _groups(files):
        schema = dict(_without_dialect(group["schema"]))
        definitions = schema.pop("definitions", {})
        prefix = "#/components/schemas/"
        moved = {f"{name}Definition{number}": part for number, part in enumerate(definitions.values())}
        places = {f"#/definitions/{key}": f"{prefix}{new}" for key, new in zip(definitions, moved, strict=True)}
        schemas = {key: _rebased(part, f"{prefix}{name}", places) for key, part in {name: schema, **moved}.items()}
        if all(_fits_3_0(part) for part in schemas.values()):
            yield Group(name, {key: _with_items(part) for key, part in schemas.items()}, group["tests"])


def _groups(files: Iterator[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(files):
        for number, group in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            yield f"{path.stem[0].upper()}{path.stem[1:].replace('-', '').replace('_', '')}Case{number:03}", group


def _without_dialect(schema: Any) -> Any:
    if isinstance(schema, dict) and schema.get("$schema") in _DIALECTS:
        return {key: value for key, value in schema.items() if key != "$schema"}
    return schema


def _parts(schema: dict[str, Any]) -> Iterator[Any]:
    for keyword, value in schema.items():
        if keyword in _NAMED:
            yield from value.values()
        elif keyword in _MANY or (keyword == "items" and isinstance(value, list)):
            yield from value
        elif keyword in _ONE:
            yield value


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in _parts(schema):
            yield from _nodes(part)


def _is_local(schema: Any) -> bool:
    return all(
        not any(isinstance(node.get(name), str) for name in _IDENTIFIERS)
        and "$schema" not in node
        and (node.get("$ref", "#") == "#" or str(node["$ref"]).startswith("#/"))
        for node in _nodes(schema)
    )


def _rebased(schema: Any, base: str, places: dict[str, str] | None = None) -> Any:
    """Return the schema with its references to itself leading to where it stands in the document."""
    if not isinstance(schema, dict):
        return schema
    rebased: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "$ref" and isinstance(value, str):
            plain = unquote(value).replace("~1", "/").replace("~0", "~")
            rebased[keyword] = (places or {}).get(plain, f"{base}{value[1:]}" if value.startswith("#") else value)
        elif keyword in _NAMED:
            rebased[keyword] = {name: _rebased(part, base, places) for name, part in value.items()}
        elif isinstance(value, list) and (keyword in _MANY or keyword == "items"):
            rebased[keyword] = [_rebased(part, base, places) for part in value]
        else:
            rebased[keyword] = _rebased(value, base, places) if keyword in _ONE else value
    return rebased


def _fits_3_0(schema: Any) -> bool:
    for node in _nodes(schema):
        if isinstance(node.get("$ref"), str):
            if not node["$ref"].startswith("#/components/"):
                return False
            continue
        if not node.keys() <= _KEYWORDS_3_0 or node.get("type", "object") not in [*_TYPES_3_0]:
            return False
        if isinstance(node.get("items"), list):
            return False
    return isinstance(schema, dict)


def _with_items(schema: Any) -> Any:
    """Return the schema with the ``items`` that 3.0 demands beside ``type: array``."""
    if not isinstance(schema, dict):
        return schema
    filled = {
        key: {name: _with_items(part) for name, part in value.items()}
        if key in _NAMED
        else [_with_items(part) for part in value]
        if key in _MANY
        else _with_items(value)
        if key in _ONE
        else value
        for key, value in schema.items()
    }
    return {**filled, "items": filled.get("items", {})} if filled.get("type") == "array" else filled
