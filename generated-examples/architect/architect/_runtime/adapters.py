"""JSON text to values of a type, and back."""

from __future__ import annotations

import builtins
from typing import Annotated, Any, TypeVar, overload

from pydantic import BaseModel, TypeAdapter, ValidationError

from .bounds import BoundsInside

T = TypeVar("T")

#: Adapters by the identity of the type. Types are kept with them, so that an identity
#: is never given to another. (Equality will not do: it takes ``int | str`` for
#: ``str | int``, and looking at a long type takes time.)
_ADAPTERS: dict[int, tuple[Any, TypeAdapter[Any]]] = {}
_MOST_ADAPTERS = 4096


@overload
def decode(type: type[T], data: bytes | str) -> T: ...
@overload
def decode(type: Any, data: bytes | str) -> Any: ...
def decode(type: Any, data: bytes | str) -> Any:
    """Read JSON text as a value of a type: a class, ``list[Pet]``, an ``Annotated`` ...

    Raises pydantic's ValidationError.
    """
    return adapter(type).validate_json(data, by_alias=True, by_name=False)


def encode(type: Any, value: Any) -> bytes:
    """Write a value of a type, or what makes one (a ``dict``), as JSON text.

    Raises pydantic's ValidationError for anything else.
    """
    found = adapter(type)
    valid = found.validate_python(value)
    return found.dump_json(valid, by_alias=True, exclude_unset=True, warnings=False)


def to_jsonable(type: Any, value: Any) -> Any:
    """Return what :func:`encode` would write, as plain lists, dicts and scalars."""
    found = adapter(type)
    valid = found.validate_python(value)
    return found.dump_python(
        valid, mode="json", by_alias=True, exclude_unset=True, warnings=False
    )


def is_other_model(type: Any, value: Any) -> bool:
    """Tell whether a value is a model, or models, and of another class than the type's.

    What an open class reads of the JSON of another one is seldom what was meant.
    """
    if isinstance(value, list | tuple):
        if not value or not isinstance(value[0], BaseModel):
            return False
    elif not isinstance(value, BaseModel):
        return False
    try:
        adapter(type).validate_python(value)
    except ValidationError:
        return True
    return False


def adapter(type: Any) -> TypeAdapter[Any]:
    """Return the adapter of a type, made once."""
    found = _ADAPTERS.get(id(type))
    if found is None:
        found = type, _make_adapter(type)
        while len(_ADAPTERS) >= _MOST_ADAPTERS:
            _ADAPTERS.pop(next(iter(_ADAPTERS)), None)
        _ADAPTERS[id(type)] = found
    return found[1]


def _make_adapter(type: Any) -> TypeAdapter[Any]:
    # A model has its validator already, with bounds inside.
    is_class = isinstance(type, builtins.type)
    return TypeAdapter(type) if is_class else TypeAdapter(_annotated(type))


def _annotated(type: Any) -> Any:
    return Annotated[type, BoundsInside]
