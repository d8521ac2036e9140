"""Checks of arrays. Values of other kinds pass all of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from typing_extensions import override

from ..json_values import JsonValue, json_key
from .check import Check, Evaluated, Failure


@dataclass(frozen=True, eq=False, slots=True)
class UniqueItems(Check):
    """``uniqueItems``."""

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, list) or len(value) < 2:
            return True
        return len(set(map(json_key, value))) == len(value)

    @property
    @override
    def expected(self) -> str:
        return "have unique items"


@dataclass(frozen=True, eq=False, slots=True)
class Items(Check):
    """``prefixItems`` and ``items``."""

    prefix: tuple[Check, ...]
    rest: Check | None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, list):
            return True
        if not all(map(_holds, self.prefix, value)):
            return False
        if self.rest is not None:
            start = len(self.prefix)
            if not all(self.rest.holds(item) for item in islice(value, start, None)):
                return False
        if seen is not None:
            end = len(self.prefix) if self.rest is None else len(value)
            seen.items.update(range(min(end, len(value))))
        return True

    @property
    @override
    def expected(self) -> str:
        return "have valid items"

    @override
    def failure(self, value: JsonValue) -> Failure:
        if isinstance(value, list):
            for place, item in enumerate(value):
                first = place < len(self.prefix)
                check = self.prefix[place] if first else self.rest
                if check is not None and not check.holds(item):
                    return check.failure(item).below(place)
        return Failure((), self.expected)


@dataclass(frozen=True, eq=False, slots=True)
class Contains(Check):
    """``contains``, ``minContains`` and ``maxContains``."""

    check: Check
    minimum: int
    maximum: int | None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, list):
            return True
        found = [place for place, item in enumerate(value) if self.check.holds(item)]
        if len(found) < self.minimum:
            return False
        if self.maximum is not None and len(found) > self.maximum:
            return False
        if seen is not None:
            seen.items.update(found)
        return True

    @property
    @override
    def expected(self) -> str:
        bounds = f"at least {self.minimum}"
        if self.maximum is not None:
            bounds += f" and at most {self.maximum}"
        return f"contain {bounds} items that {self.check.expected}"


@dataclass(frozen=True, eq=False, slots=True)
class UnevaluatedItems(Check):
    """``unevaluatedItems``, over what the checks ``beside`` it evaluate."""

    check: Check
    beside: Check

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        own = Evaluated()
        if not self.beside.holds(value, own):
            return False
        if isinstance(value, list):
            for place, item in enumerate(value):
                if place not in own.items and not self.check.holds(item):
                    return False
            own.items.update(range(len(value)))
        if seen is not None:
            seen.add(own)
        return True

    @property
    @override
    def expected(self) -> str:
        return f"{self.beside.expected} and have no other items"

    @override
    def failure(self, value: JsonValue) -> Failure:
        own = Evaluated()
        if not self.beside.holds(value, own):
            return self.beside.failure(value)
        if isinstance(value, list):
            for place, item in enumerate(value):
                if place not in own.items and not self.check.holds(item):
                    return self.check.failure(item).below(place)
        return Failure((), self.expected)


def _holds(check: Check, value: JsonValue) -> bool:
    return check.holds(value)
