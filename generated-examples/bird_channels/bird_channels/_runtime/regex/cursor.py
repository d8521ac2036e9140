"""A place in the text of a pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass


class PatternError(ValueError):
    """The pattern is no regular expression of ECMA-262; the message says why."""


@dataclass(slots=True)
class Cursor:
    """Reads a pattern from the front."""

    text: str
    place: int = 0

    @property
    def at_end(self) -> bool:
        """Whether all has been read."""
        return self.place >= len(self.text)

    @property
    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.place : self.place + 1]

    def next(self) -> str:
        """Read one character."""
        if self.at_end:
            raise PatternError("the pattern ends too early")
        self.place += 1
        return self.text[self.place - 1]

    def take(self, text: str) -> bool:
        """Read a text if it is what comes next."""
        if not self.text.startswith(text, self.place):
            return False
        self.place += len(text)
        return True

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Read what an expression matches here, if anything."""
        found = expression.match(self.text, self.place)
        if found is not None:
            self.place = found.end()
        return found

    def looking_at(self, expression: re.Pattern[str]) -> bool:
        """Tell whether an expression matches here."""
        return expression.match(self.text, self.place) is not None
