"""Limits to what pydantic states natively (keywords of ``Field``) and what the runtime has to look at."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from bothends.ir.types import INTEGERS, NO_LIMITS, Limits, ScalarKind
from bothends.python.code import Code, code, literal
from bothends.python.scalars import TEXTS
from bothends.runtime.regex.translation import to_rust, to_searched

_NUMBERS = INTEGERS | {ScalarKind.NUMBER, ScalarKind.DECIMAL}


@dataclass(frozen=True, slots=True)
class Constraints:
    """``keywords`` are arguments of ``Field``; ``pattern`` is what the runtime searches; ``rest`` is for a check.

    A pattern that neither engine understands was reported when it was read, and has no place here.
    """

    keywords: tuple[Code, ...] = ()
    pattern: str | None = None
    rest: Limits = NO_LIMITS


NO_CONSTRAINTS = Constraints()


def scalar_constraints(kind: ScalarKind, limits: Limits) -> Constraints:
    """Split the limits of a scalar by who looks after them."""
    if limits is NO_LIMITS or limits == NO_LIMITS:
        return NO_CONSTRAINTS
    if kind in _NUMBERS:
        return _numeric(kind, limits)
    if kind is ScalarKind.BINARY:
        return Constraints(_lengths(limits))
    if kind not in TEXTS:
        return Constraints(pattern=_searched(limits.pattern), rest=_only_lengths(limits))
    keywords = _lengths(limits)
    rust = None if limits.pattern is None else to_rust(limits.pattern)
    if rust is not None:
        return Constraints((*keywords, code("pattern={}", literal(rust))))
    return Constraints(keywords, _searched(limits.pattern))


def length_constraints(limits: Limits) -> Constraints:
    """Return the limits of a list or a map: all are native."""
    return Constraints(_lengths(limits))


def _searched(pattern: str | None) -> str | None:
    return None if pattern is None else to_searched(pattern)


def _numeric(kind: ScalarKind, limits: Limits) -> Constraints:
    if kind in INTEGERS:
        limits = _whole(limits)
    factor = limits.multiple_of
    fractional = kind in INTEGERS and isinstance(factor, float)
    pairs = (
        (code("gt={}", literal(limits.exclusive_minimum)), limits.exclusive_minimum),
        (code("ge={}", literal(limits.minimum)), limits.minimum),
        (code("lt={}", literal(limits.exclusive_maximum)), limits.exclusive_maximum),
        (code("le={}", literal(limits.maximum)), limits.maximum),
        (code("multiple_of={}", literal(factor)), None if fractional else factor),
    )
    keywords = tuple(keyword for keyword, value in pairs if value is not None)
    return Constraints(keywords, rest=Limits(multiple_of=factor) if fractional else NO_LIMITS)


def _whole(limits: Limits) -> Limits:
    """Return bounds that say the same of whole numbers without fractions, which pydantic refuses on integers."""
    return replace(
        limits,
        minimum=_rounded(limits.minimum, math.ceil),
        maximum=_rounded(limits.maximum, math.floor),
        exclusive_minimum=_rounded(limits.exclusive_minimum, math.floor),
        exclusive_maximum=_rounded(limits.exclusive_maximum, math.ceil),
        multiple_of=_integral(limits.multiple_of),
    )


def _rounded(value: float | None, towards: Callable[[float], int]) -> int | None:
    return None if value is None else towards(value)


def _integral(value: float | None) -> float | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _lengths(limits: Limits) -> tuple[Code, ...]:
    least = () if not limits.min_length else (code("min_length={}", literal(limits.min_length)),)
    most = () if limits.max_length is None else (code("max_length={}", literal(limits.max_length)),)
    return (*least, *most)


def _only_lengths(limits: Limits) -> Limits:
    return Limits(min_length=limits.min_length, max_length=limits.max_length)
