"""Checks of single values: kinds, fixed values, bounds, patterns, formats."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, cast

from pydantic_core import to_json
from typing_extensions import override

from ..formats import has_format
from ..json_values import JsonValue, is_integer, is_number, json_key
from ..patterns import searcher
from .check import Check, Evaluated

_IS_TYPE: dict[str, Callable[[JsonValue], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": is_integer,
    "null": lambda value: value is None,
    "number": is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


@dataclass(frozen=True, eq=False, slots=True)
class HasType(Check):
    """``type``. An integer is any number without a fraction, 1.0 too."""

    remembers: ClassVar[bool] = False

    names: tuple[str, ...]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return any(_IS_TYPE[name](value) for name in self.names)

    @property
    @override
    def expected(self) -> str:
        return f"be of type {' or '.join(self.names)}"


@dataclass(frozen=True, eq=False)
class OneOfValues(Check):
    """``enum`` and ``const``, compared as JSON: 1 equals 1.0 and is not true."""

    remembers: ClassVar[bool] = False

    values: tuple[JsonValue, ...]

    @cached_property
    def _keys(self) -> frozenset[Hashable]:
        return frozenset(map(json_key, self.values))

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return json_key(value) in self._keys

    @property
    @override
    def expected(self) -> str:
        values = " or ".join(to_json(value).decode() for value in self.values)
        return f"be {values}" if values else "be absent"


@dataclass(frozen=True, eq=False, kw_only=True)
class Within(Check):
    """Bounds of numbers, lengths of strings, and ``pattern`` for `searcher`."""

    remembers: ClassVar[bool] = False

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if isinstance(value, str):
            return self._holds_for_text(value)
        if is_number(value):
            return self._holds_for_number(cast(float, value))
        return True

    @property
    @override
    def expected(self) -> str:
        return " and ".join(self._phrases())

    @cached_property
    def _is_found(self) -> Callable[[str], bool]:
        return searcher(self.pattern or "")

    @cached_property
    def _step(self) -> Fraction:
        return _exact(self.multiple_of or 1)

    def _holds_for_text(self, value: str) -> bool:
        if self.min_length is not None and len(value) < self.min_length:
            return False
        if self.max_length is not None and len(value) > self.max_length:
            return False
        return self.pattern is None or self._is_found(value)

    def _holds_for_number(self, value: float) -> bool:
        return (
            (self.minimum is None or value >= self.minimum)
            and (self.maximum is None or value <= self.maximum)
            and (self.exclusive_minimum is None or value > self.exclusive_minimum)
            and (self.exclusive_maximum is None or value < self.exclusive_maximum)
            and (self.multiple_of is None or _exact(value) % self._step == 0)
        )

    def _phrases(self) -> Iterator[str]:
        for field in fields(self):
            limit = getattr(self, field.name)
            if limit is not None:
                yield _PHRASES[field.name].format(limit)


class Matching(Within):
    """``pattern`` beside any type: a search in the text that goes over the wire.

    The pattern is Python's. It is for types other than ``str``, and for patterns that
    pydantic's own engine, which knows no lookaround, cannot search for.
    """

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern=pattern)


@dataclass(frozen=True, eq=False, slots=True)
class HasFormat(Check):
    """``format``, of strings. An unknown format holds for all."""

    remembers: ClassVar[bool] = False

    name: str

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return not isinstance(value, str) or has_format(self.name, value)

    @property
    @override
    def expected(self) -> str:
        return f"have the format {self.name}"


_PHRASES = {
    "minimum": "be at least {}",
    "maximum": "be at most {}",
    "exclusive_minimum": "be greater than {}",
    "exclusive_maximum": "be less than {}",
    "multiple_of": "be a multiple of {}",
    "min_length": "have at least {} characters",
    "max_length": "have at most {} characters",
    "pattern": "match the pattern {}",
}


def _exact(number: float) -> Fraction:
    # 0.1 means a tenth here, as it does in the document, not the nearest double.
    return Fraction(repr(number))
