"""The check that a value is valid as a type, and what such a type evaluates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json
from typing_extensions import override

from ..adapters import decode
from ..json_values import JsonValue
from ..recursion import room_for_recursion
from .check import Check, Evaluated, Failure
from .memory import remembering


@dataclass(frozen=True, eq=False)
class IsValid(Check):
    """The value is valid as a type, which may be found only when it is needed.

    Counted as evaluated are the properties that a model has as fields; all properties
    of a model with closed or typed extras and of a ``dict``; all items of a list; and
    what the checks of the type evaluate.
    """

    find: Callable[[], Any]

    @cached_property
    def type(self) -> Any:
        """The type itself."""
        return self.find()

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if _error(self.type, value) is not None:
            return False
        if seen is not None:
            _evaluate(self.type, value, seen)
        return True

    @property
    @override
    def expected(self) -> str:
        name = getattr(self.type, "__name__", None)
        return f"be a valid {name}" if name else "be valid"

    @override
    def failure(self, value: JsonValue) -> Failure:
        error = _error(self.type, value)
        if error is None:
            return Failure((), self.expected)
        first = error.errors(include_url=False, include_input=False)[0]
        return Failure((), f"{self.expected} ({first['msg']})")


def _error(type_: Any, value: JsonValue) -> ValidationError | None:
    # Through text, so that the rules for the wire apply, not those for Python.
    text = to_json(value)
    with remembering as memory:
        key = id(type_), text
        if key not in memory:
            memory[key] = type_, _error_in(type_, text)
        return memory[key][1]


def _error_in(type_: Any, text: bytes) -> ValidationError | None:
    try:
        try:
            decode(type_, text)
        except RecursionError:
            # Each type in a long row of them is one of these calls.
            with room_for_recursion():
                decode(type_, text)
    except ValidationError as error:
        return error
    return None


def _evaluate(type_: Any, value: JsonValue, seen: Evaluated) -> None:
    """Add what a type evaluates of a value that is valid as that type."""
    origin = get_origin(type_)
    arguments = get_args(type_)
    if origin is Annotated:
        _evaluate(arguments[0], value, seen)
        for check in arguments[1:]:
            if isinstance(check, Check):
                check.holds(value, seen)
    elif origin is Union or origin is UnionType:
        for member in arguments:
            if member is not NoneType and _error(member, value) is None:
                _evaluate(member, value, seen)
    elif hasattr(type_, "__value__"):
        _evaluate(type_.__value__, value, seen)
    elif isinstance(value, list) and origin in (list, tuple):
        seen.items.update(range(len(value)))
    elif isinstance(value, dict):
        _evaluate_object(origin or type_, value, seen)


def _evaluate_object(
    type_: Any, value: Mapping[str, JsonValue], seen: Evaluated
) -> None:
    if type_ is dict:
        seen.names.update(value)
    elif isinstance(type_, type) and issubclass(type_, BaseModel):
        fields = type_.model_fields.items()
        names = {field.serialization_alias or name for name, field in fields}
        closed = type_.model_config.get("extra") != "allow" or _has_typed_extras(type_)
        seen.names.update(value.keys() if closed else names & value.keys())
        for check in getattr(type_, "__checks__", ()):
            check.holds(value, seen)


def _has_typed_extras(model: type[BaseModel]) -> bool:
    bases = (base for base in model.__mro__ if base is not BaseModel)
    return any(
        "__pydantic_extra__" in vars(base).get("__annotations__", {}) for base in bases
    )
