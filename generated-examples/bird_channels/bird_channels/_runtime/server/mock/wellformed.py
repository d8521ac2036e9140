"""Schemas as they are written in; out come schemas whose keywords are of their types.

Whoever generated the server read past such mistakes, so the mock does as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...kinds import is_list, is_mapping


def wellformed(schema: Any) -> Mapping[str, Any] | bool:
    """Return a schema without the keywords whose values are of a wrong type."""
    if isinstance(schema, bool):
        return schema
    if not is_mapping(schema):
        return True
    wrong = [
        key
        for key, fits in _KEYWORDS.items()
        if key in schema and not fits(schema[key])
    ]
    if not wrong:
        return schema
    return {key: value for key, value in schema.items() if key not in wrong}


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bound(value: Any) -> bool:
    # Up to 3.0 exclusive bounds are booleans.
    return isinstance(value, (int, float))


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _names(value: Any) -> bool:
    return is_list(value) and all(isinstance(name, str) for name in value)


def _type(value: Any) -> bool:
    return isinstance(value, str) or _names(value)


def _schema(value: Any) -> bool:
    return isinstance(value, bool) or is_mapping(value)


_KEYWORDS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("$ref", "$dynamicRef", "pattern", "format"), _text),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems", "enum"), is_list),
    **dict.fromkeys(
        (
            "properties",
            "patternProperties",
            "dependentSchemas",
            "dependentRequired",
        ),
        is_mapping,
    ),
    **dict.fromkeys(
        (
            "items",
            "contains",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems",
            "not",
            "if",
            "then",
            "else",
        ),
        _schema,
    ),
    **dict.fromkeys(
        (
            "minimum",
            "maximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minContains",
            "maxContains",
        ),
        _number,
    ),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _bound),
    "type": _type,
    "required": _names,
}
