"""JSON values as JSON Schema sees them: types, and equality that tells 1 from true and not from 1.0."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Any, TypeGuard


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Tell whether a value is a mapping."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Tell whether a value is a list."""
    return isinstance(value, list)


def is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    """Tell whether a value is a list, or a tuple such as keywords hold."""
    return isinstance(value, list | tuple)


def json_type(value: Any) -> str:
    """Return the JSON type of a value; whole numbers are ``integer``, however they are written."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def json_equal(first: Any, second: Any) -> bool:
    """Compare as JSON does."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if is_array(first) and is_array(second):
        return len(first) == len(second) and all(map(json_equal, first, second))
    if is_object(first) and is_object(second):
        return first.keys() == second.keys() and all(json_equal(first[key], second[key]) for key in first)
    return bool(first == second)


def identity(value: Any) -> Hashable:
    """Return something that is equal for values that :func:`json_equal` calls equal, and for no others."""
    if isinstance(value, bool):
        return ("boolean", value)
    if is_array(value):
        return ("array", tuple(map(identity, value)))
    if is_object(value):
        return ("object", frozenset((key, identity(item)) for key, item in value.items()))
    return ("scalar", value)


def contains(values: Collection[Any], value: Any) -> bool:
    """Tell whether a value is among others."""
    if isinstance(value, str):
        return value in values
    return any(json_equal(value, other) for other in values)


def common(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Return the values of the first that are among the second."""
    known = set(map(identity, second))
    return [value for value in first if identity(value) in known]


def distinct(values: Iterable[Any]) -> list[Any]:
    """Return the values, each once."""
    found: dict[Hashable, Any] = {}
    for value in values:
        found.setdefault(identity(value), value)
    return list(found.values())
