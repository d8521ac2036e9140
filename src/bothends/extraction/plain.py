"""Plain data in, what kind of data it is out."""

from __future__ import annotations

import json
from typing import Any, TypeGuard


def is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a mapping."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a value is a list."""
    return isinstance(value, list)


def children(value: Any) -> list[Any]:
    """Return what a mapping or a list holds; nothing else holds anything."""
    if is_mapping(value):
        return list(value.values())
    return value if is_list(value) else []


def canonical(value: Any) -> str:
    """Return a text that is the same for equal values and for no others; the order of keys is no difference."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
