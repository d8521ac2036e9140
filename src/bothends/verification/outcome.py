"""What came of one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["sync", "async"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One call of one operation.

    ``case`` is ``"success"``, ``"required only"``, ``"example NAME"``, ``"sent as MEDIA-TYPE"``, or the status (of a
    success: and the media type) that was asked for; ``"another protocol"`` where HTTP must be refused, ``"arguments"``
    where none could be made.
    ``problem`` is empty where client and server agreed.
    """

    operation: str
    style: Style
    case: str
    problem: str = ""

    @property
    def agreed(self) -> bool:
        """Whether both ends agreed."""
        return not self.problem
