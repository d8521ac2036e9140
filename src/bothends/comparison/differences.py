"""What comparing schemas yields before it is known which operations it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bothends.comparison.model import Verdict
from bothends.comparison.rules import RULES
from bothends.diagnostics.model import Location


class Side(StrEnum):
    """A side of the wire."""

    CALLERS = "callers"
    SERVERS = "servers"


@dataclass(frozen=True, slots=True)
class Flow:
    """Where values go: who sends them, and whether ``readOnly`` or ``writeOnly`` properties travel with them."""

    sender: Side
    is_request: bool

    def verdicts(self, rule: str) -> tuple[Verdict, Verdict]:
        """Return what a rule about values means for callers and for servers."""
        found = RULES[rule]
        one, other = found.first, found.second
        return (one, other) if self.sender is Side.CALLERS else (other, one)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two schemas. ``place`` begins with the component's name where there is one."""

    rule: str
    place: str
    message: str
    old: Location | None
    new: Location | None


#: Two components, by their canonical keys, that have to be compared.
Pair: TypeAlias = "tuple[str, str]"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one place, and the components that it refers to."""

    differences: tuple[Difference, ...]
    pairs: tuple[Pair, ...]
