"""In comes a type or a check and a mapping of identities, out comes the same that mentions others."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeGuard, TypeVar, cast

from bothends.ir import checks, types
from bothends.ir.checks import Check
from bothends.ir.types import Type, TypeId

T = TypeVar("T", bound="Type | Check | tuple[Check, ...] | None")

_MODULES = frozenset({checks.__name__, types.__name__})


def renamed(node: T, ids: Mapping[TypeId, TypeId]) -> T:
    """Return a type or a check with every mention of a declaration replaced, tags included."""
    return cast("T", _renamed(node, ids))


def _renamed(value: Any, ids: Mapping[TypeId, TypeId]) -> Any:
    if isinstance(value, TypeId):
        return ids.get(value, value)
    if _is_tuple(value):
        return tuple(_renamed(item, ids) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and type(value).__module__ in _MODULES:
        old = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        new = {name: _renamed(inner, ids) for name, inner in old.items()}
        return value if new == old else dataclasses.replace(value, **new)
    return value


def _is_tuple(value: Any) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)
