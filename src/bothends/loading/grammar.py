"""What stands where in a document: for each kind of object, the fields that hold objects that may be references.

Used where a whole document is walked without being read: for bundling, and for telling where references may lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bothends.loading.data import is_list, is_mapping
from bothends.loading.pointer import parse

#: How a field holds objects: one, a list, a mapping by name, or either of the first two.
ONE, LIST, MAP, ONE_OR_LIST = "one", "list", "map", "one or list"

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_CONTENT = {"content": (MAP, "mediaType"), "schema": (ONE, "schema"), "examples": (MAP, "example")}
_ENCODING = {"headers": (MAP, "header"), "encoding": (MAP, "encoding")}
_ITEM_ENCODING = {"prefixEncoding": (LIST, "encoding"), "itemEncoding": (ONE, "encoding")}

#: The sections of ``components``, and the kind of object in them.
SECTIONS: dict[str, str] = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "examples": "example",
    "requestBodies": "requestBody",
    "headers": "header",
    "securitySchemes": "securityScheme",
    "links": "link",
    "callbacks": "callback",
    "pathItems": "pathItem",
    "mediaTypes": "mediaType",
}
#: The same of a 2.0 document, where they stand at its root.
SECTIONS_2: dict[str, str] = {"definitions": "schema", "responses": "response", "parameters": "parameter"}

_FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "document": {
        "paths": (MAP, "pathItem"),
        "webhooks": (MAP, "pathItem"),
        "components": (ONE, "components"),
        **{section: (MAP, kind) for section, kind in SECTIONS_2.items()},
    },
    "components": {section: (MAP, kind) for section, kind in SECTIONS.items()},
    "pathItem": {
        "parameters": (LIST, "parameter"),
        "additionalOperations": (MAP, "operation"),
        **dict.fromkeys(_METHODS, (ONE, "operation")),
    },
    "operation": {
        "parameters": (LIST, "parameter"),
        "requestBody": (ONE, "requestBody"),
        "responses": (MAP, "response"),
        "callbacks": (MAP, "callback"),
    },
    "parameter": _CONTENT,
    "header": _CONTENT,
    "requestBody": {"content": (MAP, "mediaType")},
    "response": {**_CONTENT, "headers": (MAP, "header"), "links": (MAP, "link")},
    "mediaType": {
        "schema": (ONE, "schema"),
        "itemSchema": (ONE, "schema"),
        "examples": (MAP, "example"),
        "encoding": (MAP, "encoding"),
        **_ITEM_ENCODING,
    },
    "encoding": {**_ENCODING, **_ITEM_ENCODING},
    "schema": {
        **dict.fromkeys(("additionalProperties", "contains", "contentSchema", "else", "if", "not"), (ONE, "schema")),
        **dict.fromkeys(("propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"), (ONE, "schema")),
        "items": (ONE_OR_LIST, "schema"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (LIST, "schema")),
        **dict.fromkeys(("$defs", "definitions", "dependencies", "dependentSchemas"), (MAP, "schema")),
        **dict.fromkeys(("patternProperties", "properties"), (MAP, "schema")),
    },
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field that holds objects of a kind."""

    how: str
    kind: str


def field_of(kind: str, name: str) -> Field | None:
    """Return what a field of a kind of object holds; None where it holds data only."""
    if kind == "callback":
        return None if name.startswith("x-") else Field(ONE, "pathItem")
    found = _FIELDS.get(kind, {}).get(name)
    return Field(*found) if found else None


#: What :func:`kind_at` says of a place that holds no object which a reference may lead to.
DATA = "data"
_AT_ROOT = frozenset(
    {"basePath", "consumes", "externalDocs", "host", "info", "jsonSchemaDialect", "openapi"}
    | {"produces", "schemes", "security", "servers", "swagger", "tags"}
)


def kind_at(data: Any, pointer: str) -> str | None:
    """Return the kind of object that stands at a place of a document, :data:`DATA`, or None where nothing says so."""
    if not is_mapping(data) or not ("openapi" in data or "swagger" in data):
        return None
    kind, how = "document", ONE
    value: Any = data
    for token in parse(pointer):
        if how == ONE_OR_LIST:
            how = LIST if is_list(value) else ONE
        value = _below(value, token)
        if how in (LIST, MAP):
            how = ONE
            continue
        field = field_of(kind, token)
        if field is None:
            return DATA if kind == "document" and token in _AT_ROOT else None
        kind, how = field.kind, field.how
    return kind if how in (ONE, ONE_OR_LIST) else DATA


def _below(value: Any, token: str) -> Any:
    if is_list(value):
        return value[int(token)] if token.isdecimal() and int(token) < len(value) else None
    return value.get(token) if is_mapping(value) else None
