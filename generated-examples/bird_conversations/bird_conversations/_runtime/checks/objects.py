"""Checks of objects. Values of other kinds pass all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from ..json_values import JsonValue
from ..patterns import searcher
from .check import Check, Evaluated, Failure


@dataclass(frozen=True, eq=False, slots=True)
class Required(Check):
    """``required``."""

    names: tuple[str, ...]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return not isinstance(value, dict) or all(name in value for name in self.names)

    @property
    @override
    def expected(self) -> str:
        return f"have {_quoted(self.names)}"

    @override
    def failure(self, value: JsonValue) -> Failure:
        if not isinstance(value, dict):
            return Failure((), self.expected)
        missing = [name for name in self.names if name not in value]
        return Failure((), f"have {_quoted(missing)}")


@dataclass(frozen=True, eq=False, slots=True)
class DependentRequired(Check):
    """``dependentRequired``."""

    names: Mapping[str, Sequence[str]]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return self._broken(value) is None

    @property
    @override
    def expected(self) -> str:
        return ", ".join(map(self._phrase, self.names))

    @override
    def failure(self, value: JsonValue) -> Failure:
        broken = self._broken(value)
        return Failure((), self.expected if broken is None else self._phrase(broken))

    def _broken(self, value: JsonValue) -> str | None:
        if isinstance(value, dict):
            for name, others in self.names.items():
                if name in value and not all(other in value for other in others):
                    return name
        return None

    def _phrase(self, name: str) -> str:
        return f"have {_quoted(self.names[name])} where it has {_quoted([name])}"


@dataclass(frozen=True, eq=False, slots=True)
class DependentSchemas(Check):
    """``dependentSchemas``."""

    checks: Mapping[str, Check]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, dict):
            return True
        return all(
            check.holds(value, seen)
            for name, check in self.checks.items()
            if name in value
        )

    @property
    @override
    def expected(self) -> str:
        return ", ".join(
            f"{check.expected} where it has {_quoted([name])}"
            for name, check in self.checks.items()
        )

    @override
    def failure(self, value: JsonValue) -> Failure:
        if isinstance(value, dict):
            for name, check in self.checks.items():
                if name in value and not check.holds(value):
                    path, expected = check.failure(value)
                    return Failure(path, f"{expected} (since it has {_quoted([name])})")
        return Failure((), self.expected)


@dataclass(frozen=True, eq=False, slots=True)
class PropertyNames(Check):
    """``propertyNames``."""

    check: Check

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return not isinstance(value, dict) or all(map(self.check.holds, value))

    @property
    @override
    def expected(self) -> str:
        return f"have property names that {self.check.expected}"


@dataclass(frozen=True, eq=False)
class Properties(Check):
    """``properties``, ``patternProperties`` and ``additionalProperties``."""

    named: Mapping[str, Check]
    patterns: Mapping[str, Check]
    rest: Check | None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, dict):
            return True
        for name, item in value.items():
            evaluated = False
            for check in self._checks_of(name):
                evaluated = True
                if not check.holds(item):
                    return False
            if seen is not None and evaluated:
                seen.names.add(name)
        return True

    @property
    @override
    def expected(self) -> str:
        names = [
            name for name, check in self.named.items() if check.expected != "be absent"
        ]
        return (
            f"have valid properties {_quoted(names)}"
            if names
            else "have valid properties"
        )

    @override
    def failure(self, value: JsonValue) -> Failure:
        if isinstance(value, dict):
            for name, item in value.items():
                for check in self._checks_of(name):
                    if not check.holds(item):
                        return check.failure(item).below(name)
        return Failure((), self.expected)

    @cached_property
    def _searches(self) -> list[tuple[Callable[[str], bool], Check]]:
        return [(searcher(text), check) for text, check in self.patterns.items()]

    def _checks_of(self, name: str) -> Iterator[Check]:
        found = False
        if name in self.named:
            found = True
            yield self.named[name]
        for is_found, check in self._searches:
            if is_found(name):
                found = True
                yield check
        if not found and self.rest is not None:
            yield self.rest


@dataclass(frozen=True, eq=False, slots=True)
class UnevaluatedProperties(Check):
    """``unevaluatedProperties``, over what the checks ``beside`` it evaluate."""

    check: Check
    beside: Check

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        own = Evaluated()
        if not self.beside.holds(value, own):
            return False
        if isinstance(value, dict):
            for name, item in value.items():
                if name not in own.names and not self.check.holds(item):
                    return False
            own.names.update(value)
        if seen is not None:
            seen.add(own)
        return True

    @property
    @override
    def expected(self) -> str:
        return f"{self.beside.expected} and have no other properties"

    @override
    def failure(self, value: JsonValue) -> Failure:
        own = Evaluated()
        if not self.beside.holds(value, own):
            return self.beside.failure(value)
        if isinstance(value, dict):
            for name, item in value.items():
                if name not in own.names and not self.check.holds(item):
                    return self.check.failure(item).below(name)
        return Failure((), self.expected)


def _quoted(names: Sequence[str]) -> str:
    return " and ".join(f'"{name}"' for name in names)
