"""Kinds of JSON values, told apart in a way that type checkers follow."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator, Mapping
from typing import Any

from typing_extensions import TypeIs


def is_list(value: object) -> TypeIs[list[Any]]:
    """Tell whether a value is an array."""
    return isinstance(value, list)


def is_dict(value: object) -> TypeIs[dict[str, Any]]:
    """Tell whether a value is an object."""
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeIs[Mapping[str, Any]]:
    """Tell whether a value is an object, or a caller's own mapping."""
    return isinstance(value, Mapping)


def is_container(value: object) -> TypeIs[list[Any] | dict[str, Any]]:
    """Tell whether a value is an array or an object."""
    return isinstance(value, (list, dict))


def is_tuple(value: object) -> TypeIs[tuple[Any, ...]]:
    """Tell whether a value is a tuple."""
    return isinstance(value, tuple)


def is_iterator(value: object) -> TypeIs[Iterator[Any] | AsyncIterable[Any]]:
    """Tell whether a value can be looked through once only."""
    return isinstance(value, (Iterator, AsyncIterable))
