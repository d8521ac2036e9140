"""Tests for the kinds of plain data, typed so that what they let through needs no cast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeIs


def is_mapping(value: object) -> TypeIs[dict[str, Any]]:
    """Whether the value is a mapping; its keys are strings, because nothing else is read."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeIs[list[Any]]:
    """Whether the value is a list."""
    return isinstance(value, list)


def reference(value: object) -> str | None:
    """Return the ``$ref`` of a mapping that has one."""
    found = value.get("$ref") if is_mapping(value) else None
    return found if isinstance(found, str) else None
