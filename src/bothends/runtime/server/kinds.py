"""Kinds of JSON values, told apart so that type checkers follow."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from typing import Any

from typing_extensions import TypeIs


def is_object(value: object) -> TypeIs[dict[str, Any]]:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeIs[Mapping[str, Any]]:
    """Tell whether a value is a JSON object, or stands for one."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeIs[list[Any]]:
    """Tell whether a value is a JSON array."""
    return isinstance(value, list)


def is_stream(value: object) -> TypeIs[AsyncIterable[Any] | Iterable[Any]]:
    """Tell whether a value comes item by item."""
    return isinstance(value, AsyncIterable | Iterable)
