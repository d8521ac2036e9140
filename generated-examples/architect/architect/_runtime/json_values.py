"""JSON values: how they compare, and what a Python value is on the wire."""

from __future__ import annotations

import base64
from collections.abc import Hashable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias, cast

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from .durations import format_duration

JsonValue: TypeAlias = (
    "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
)


def json_key(value: JsonValue) -> Hashable:
    """Return a key that is equal for equal JSON values: 1 and 1.0, but not true."""
    match value:
        case bool():
            return (bool, value)
        case list():
            return (list, tuple(map(json_key, value)))
        case dict():
            items = ((name, json_key(item)) for name, item in value.items())
            return (dict, frozenset(items))
        case _:
            return value


def is_number(value: JsonValue) -> bool:
    """Return whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_integer(value: JsonValue) -> bool:
    """Return whether a value is a JSON number without a fraction."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def as_json(value: Any) -> JsonValue:
    """Return a validated Python value the way it goes over the wire.

    Octets stand for base64 text, since raw ones never get into JSON.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return cast(JsonValue, value.value if isinstance(value, Enum) else value)
    if isinstance(value, BaseModel):
        dumped = value.model_dump(
            mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
        return cast(JsonValue, dumped)
    if isinstance(value, Mapping):
        items: Iterable[tuple[Any, Any]] = cast(Any, value).items()
        return {str(as_json(name)): as_json(item) for name, item in items}
    if isinstance(value, list | tuple | set | frozenset):
        return list(map(as_json, cast("Iterable[Any]", value)))
    return _scalar(value)


def number_of(value: Decimal) -> int | float:
    """Return the JSON number for a decimal: exact where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _scalar(value: Any) -> JsonValue:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case Decimal():
            return number_of(value)
        case timedelta():
            return format_duration(value)
        case _:
            return cast(JsonValue, to_jsonable_python(value))
