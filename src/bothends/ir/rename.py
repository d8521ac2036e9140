"""In comes a type or a check and a mapping of identities, out comes the same that mentions others."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from operator import is_
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
        items = tuple(_renamed(item, ids) for item in value)
        return value if all(map(is_, items, value)) else items
    kind: type = value.__class__
    old = {name: getattr(value, name) for name in _fields(kind)}
    new = {name: _renamed(inner, ids) for name, inner in old.items()}
    return value if all(map(is_, new.values(), old.values())) else dataclasses.replace(value, **new)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the names of what a type or a check holds; nothing else holds a mention."""
    if kind.__module__ in _MODULES and dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return ()


def _is_tuple(value: Any) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)
