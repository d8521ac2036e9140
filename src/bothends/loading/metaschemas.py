"""Versions of OpenAPI in, compiled validators of whole documents out.

The schemas are those of openapi-spec-validator, compiled by its jsonschema-rs backend. They are read from its
files, because importing it costs more than validating a document of megabytes. Those of 3.1 and 3.2 say
nothing about schema objects; the dialect that is added here does, so that Rust checks these as well.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from bothends.loading.data import is_list, is_mapping

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_META = "https://spec.openapis.org/oas/meta/base"


def version_of(data: dict[str, Any]) -> str | None:
    """Return the version of OpenAPI that a document names, as the validator knows it: ``2.0`` to ``3.2``."""
    if data.get("swagger") == "2.0":
        return "2.0"
    named = data.get("openapi")
    for version in ("3.0", "3.1", "3.2"):
        if isinstance(named, str) and (named == version or named.startswith(f"{version}.")):
            return version
    return None


@cache
def validator(version: str, *, dialect: bool = True) -> Any:
    """Return the validator of a version. Without ``dialect`` schema objects of 3.1 and 3.2 are not looked into."""
    schema = _schema(version)
    if version in ("2.0", "3.0") or not dialect:
        return jsonschema_rs.validator_for(schema, offline=True)
    registry = jsonschema_rs.Registry([(schema["$id"], schema), (_META, _VOCABULARY)])
    whole = {
        "$id": f"https://spec.openapis.org/oas/{version}/schema-base",
        "$schema": _DRAFT,
        "$ref": schema["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _META}},
    }
    return jsonschema_rs.validator_for(whole, registry=registry, offline=True)


@cache
def field_names(version: str) -> frozenset[str]:
    """Return the names of all fields that the objects of a version have."""
    found: set[str] = set()
    todo: list[Any] = [_schema(version)]
    while todo:
        value = todo.pop()
        if is_mapping(value):
            properties = value.get("properties")
            found.update(properties if is_mapping(properties) else ())
            todo.extend(value.values())
        elif is_list(value):
            todo.extend(value)
    return frozenset(found)


def _schema(version: str) -> dict[str, Any]:
    package = find_spec("openapi_spec_validator")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("openapi-spec-validator is not installed")
    path = Path(folders[0], "resources", "schemas", f"v{version}", "schema.json")
    schema: dict[str, Any] = json.loads(path.read_bytes())
    return schema


# The base vocabulary of OpenAPI 3.1 and 3.2 on top of JSON Schema 2020-12.
_VOCABULARY: dict[str, Any] = {
    "$id": _META,
    "$schema": _DRAFT,
    "$dynamicAnchor": "meta",
    "allOf": [{"$ref": _DRAFT}],
    "type": ["object", "boolean"],
    "properties": {
        "discriminator": {
            "type": "object",
            "required": ["propertyName"],
            "properties": {
                "propertyName": {"type": "string"},
                "mapping": {"type": "object", "additionalProperties": {"type": "string"}},
                "defaultMapping": {"type": "string"},
            },
        },
        "externalDocs": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}},
        "xml": {"type": "object"},
    },
}
