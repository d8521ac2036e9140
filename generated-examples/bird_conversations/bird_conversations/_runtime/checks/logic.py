"""Checks made of checks about the same value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from ..json_values import JsonValue
from .check import Check, Evaluated, Failure


@dataclass(frozen=True, eq=False, slots=True)
class Always(Check):
    """Holds for every value."""

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return True

    @property
    @override
    def expected(self) -> str:
        return "be anything"


@dataclass(frozen=True, eq=False, slots=True)
class Never(Check):
    """Holds for no value."""

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return False

    @property
    @override
    def expected(self) -> str:
        return "be absent"


@dataclass(frozen=True, eq=False, slots=True)
class AllOf(Check):
    """``allOf``."""

    checks: tuple[Check, ...]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return all(check.holds(value, seen) for check in self.checks)

    @property
    @override
    def expected(self) -> str:
        return _listed(self.checks, " and ")

    @override
    def failure(self, value: JsonValue) -> Failure:
        failing = (check for check in self.checks if not check.holds(value))
        check = next(failing, None)
        return Failure((), self.expected) if check is None else check.failure(value)


@dataclass(frozen=True, eq=False, slots=True)
class AnyOf(Check):
    """``anyOf``."""

    checks: tuple[Check, ...]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if seen is None:
            return any(check.holds(value) for check in self.checks)
        # Every check that holds tells what it evaluates, so none may be skipped.
        return sum(_holds_apart(check, value, seen) for check in self.checks) > 0

    @property
    @override
    def expected(self) -> str:
        return _listed(self.checks, " or ")


@dataclass(frozen=True, eq=False, slots=True)
class OneOf(Check):
    """``oneOf``."""

    checks: tuple[Check, ...]

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        found = 0
        for check in self.checks:
            found += _holds_apart(check, value, seen)
            if found > 1:
                return False
        return found == 1

    @property
    @override
    def expected(self) -> str:
        return f"do exactly one of these: {_listed(self.checks, '; ')}"


@dataclass(frozen=True, eq=False, slots=True)
class Not(Check):
    """``not``."""

    check: Check

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return not self.check.holds(value)

    @property
    @override
    def expected(self) -> str:
        return f"not {self.check.expected}"


@dataclass(frozen=True, eq=False, slots=True)
class IfThen(Check):
    """``if``, ``then`` and ``else``."""

    condition: Check
    then: Check | None
    otherwise: Check | None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        met = _holds_apart(self.condition, value, seen)
        branch = self.then if met else self.otherwise
        return branch is None or branch.holds(value, seen)

    @property
    @override
    def expected(self) -> str:
        said = f"{_said(self.then)} if it does {self.condition.expected}"
        return (
            said if self.otherwise is None else f"{said}, else {_said(self.otherwise)}"
        )

    @override
    def failure(self, value: JsonValue) -> Failure:
        met = self.condition.holds(value)
        branch = self.then if met else self.otherwise
        if branch is None:
            return Failure((), self.expected)
        path, expected = branch.failure(value)
        reason = "since" if met else "unless"
        return Failure(path, f"{expected} ({reason} it does {self.condition.expected})")


@dataclass(frozen=True, eq=False)
class Recursive(Check):
    """A check that is defined elsewhere, and perhaps in terms of itself."""

    find: Callable[[], Check]

    @cached_property
    def check(self) -> Check:
        """The check itself."""
        return self.find()

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        return self.check.holds(value, seen)

    @property
    @override
    def expected(self) -> str:
        # What it expects may go on for ever.
        return "be valid"

    @override
    def failure(self, value: JsonValue) -> Failure:
        return self.check.failure(value)


def _holds_apart(check: Check, value: JsonValue, seen: Evaluated | None) -> bool:
    """Return whether a check holds; what it evaluates counts only if it does."""
    if seen is None:
        return check.holds(value)
    own = Evaluated()
    if not check.holds(value, own):
        return False
    seen.add(own)
    return True


def _listed(checks: tuple[Check, ...], conjunction: str) -> str:
    return conjunction.join(dict.fromkeys(check.expected for check in checks))


def _said(check: Check | None) -> str:
    return "be anything" if check is None else check.expected
