"""What a comparison consists of: changes, each with its verdicts, its place and the operations that it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bothends.diagnostics.model import Location


class Verdict(IntEnum):
    """What a change means for one side of the wire; a greater one is worse."""

    SAFE = 0
    RISKY = 1
    BREAKING = 2

    @property
    def word(self) -> str:
        """The verdict in lower case, as it is printed."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Use:
    """Where a change reaches an operation: ``GET /pets`` and ``response 200``."""

    operation: str
    part: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``rule`` is a key of :data:`bothends.comparison.rules.RULES`. ``place`` names what changed within the operation
    or the component (``Pet.name``, ``GET /pets · query parameter limit``). ``uses`` are the operations that it
    reaches. ``old`` and ``new`` are the places in the two documents, where there is one.
    """

    rule: str
    place: str
    message: str
    callers: Verdict
    servers: Verdict
    uses: tuple[Use, ...]
    old: Location | None
    new: Location | None


#: The steps of a version, the smallest first.
BUMPS: Final = ("none", "patch", "minor", "major")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed, worst first for callers, then in the order of the documents.

    ``old_version`` and ``new_version`` are ``info.version`` of the two; ``bump`` is one of :data:`BUMPS`: the step
    that the changes ask for; a patch where something was rewritten, but nothing changed.
    """

    changes: tuple[Change, ...]
    old_version: str
    new_version: str
    bump: str

    def count(self, verdict: Verdict, side: str) -> int:
        """Return how many changes have a verdict for ``callers`` or ``servers``."""
        return sum(getattr(change, side) is verdict for change in self.changes)

    @property
    def worst(self) -> Verdict:
        """The worst verdict for callers; safe where nothing changed."""
        return worst(change.callers for change in self.changes)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of some verdicts; safe where there is none."""
    return max(verdicts, default=Verdict.SAFE)
