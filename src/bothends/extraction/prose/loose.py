"""Samples and commands that stand in text without any marks: where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PART = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]]')
_OPENING = re.compile(r"[{\[]\s*(?:$|[\"{\[\]}])(?!(?<=\[)\])")
_COMMAND = re.compile(r"\$?\s*curl\s+\S")
_LABELS = (
    r"(?:(?:Example|Sample|Success(?:ful)?|Error) )?"
    r"(?:Request|Response|(?:Path |Query )?Parameters|Headers|Returns)(?: Body| Example)?:"
)
# Copies of pages run lines together: a label stands right behind what was in another line.
_GLUED = re.compile(rf"(?<=[\w\"'}}\])])(?<![A-Z ])(?={_LABELS}\s*$)")
_MOST_LINES = 2000
_PASSES = 20


def apart(text: str) -> str:
    """Return a text with labels that a copy ran together with the line before in lines of their own."""
    return "\n".join(_GLUED.sub("\n", line) if line.rstrip().endswith(":") else line for line in text.split("\n"))


class Loose:
    """Finds what stands loose in lines, within a budget: every character is looked at a few times at most."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._budget = _PASSES * sum(len(line) + 1 for line in lines)

    def sample(self, start: int) -> tuple[int, str, str] | None:
        """Return how many lines a sample of JSON takes that begins at a line, its text, and what follows it there.

        None where the line begins none, or one that never ends.
        """
        if not _OPENING.match(self._lines[start].strip()):
            return None
        depth = 0
        for taken, line in enumerate(self._lines[start : start + _MOST_LINES], 1):
            self._budget -= len(line) + 1
            if self._budget < 0:
                return None
            for found in _PART.finditer(line):
                depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
                if depth <= 0:
                    end = found.end()
                    return taken, "\n".join((*self._lines[start : start + taken - 1], line[:end])), line[end:].strip()
        return None

    def command(self, start: int) -> tuple[int, str] | None:
        """Return how many lines a command of curl takes that begins at a line, and its text; None where none begins."""
        if not _COMMAND.match(self._lines[start].strip()):
            return None
        quotes = 0
        for taken, line in enumerate(self._lines[start : start + _MOST_LINES], 1):
            self._budget -= len(line) + 1
            quotes += len(re.findall(r"(?<!\\)'", line))
            if self._budget < 0:
                return None
            if not line.rstrip().endswith("\\") and quotes % 2 == 0:
                return taken, "\n".join(self._lines[start : start + taken])
        return 1, self._lines[start]
