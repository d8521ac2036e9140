"""Tests for the kinds of values that TOML has, typed so that what they let through needs no cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeIs


def is_table(value: object) -> TypeIs[dict[str, Any]]:
    """Whether the value is a table; its keys are strings."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeIs[list[Any]]:
    """Whether the value is an array."""
    return isinstance(value, list)


def is_array_of_tables(value: object) -> TypeIs[list[dict[str, Any]]]:
    """Whether the value is an array of tables, such as ``[[targets]]`` writes."""
    return is_array(value) and all(is_table(item) for item in value)


def is_table_of_texts(value: object) -> TypeIs[dict[str, str]]:
    """Whether the value is a table of strings."""
    return is_table(value) and all(isinstance(item, str) for item in value.values())
