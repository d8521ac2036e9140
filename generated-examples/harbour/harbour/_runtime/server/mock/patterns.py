"""Strings for a regular expression.

Comes in: an ECMA-262 pattern, bounds on the length, and the number of the attempt.
Goes out: a string that the pattern is meant to match. Look-around is left out, so
whoever asks checks the string and tries the next attempt.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from .pattern_syntax import (
    Back,
    Chars,
    Choice,
    Group,
    Node,
    Repeat,
    Sequence,
    parse,
)

# Repetitions without an upper bound stop here, whatever length is asked for.
_LONGEST = 100_000
_ORDER = (("a", "z"), ("A", "Z"), ("0", "9"), ("-", "-"), ("_", "_"), (" ", "~"))


def matching(
    pattern: str, attempt: int = 0, minimum: int = 0, maximum: int | None = None
) -> str | None:
    """Return a string for the pattern, or None where it uses unknown syntax."""
    try:
        node, anchored_start, anchored_end = parse(pattern)
    except ValueError:
        return None
    shortest = _Writer(attempt, 0).write(node)
    wanted = max(minimum, 1 if maximum is None or maximum > 0 else 0)
    if len(shortest) >= wanted:
        return shortest
    longer = _Writer(attempt, wanted - len(shortest)).write(node)
    if len(longer) < minimum and not (anchored_start and anchored_end):
        padding = "a" * (minimum - len(longer))
        return padding + longer if anchored_end else longer + padding
    return longer


class _Writer:
    """Walks the syntax once. ``need`` is how many characters are still to be added."""

    def __init__(self, attempt: int, need: int) -> None:
        self.attempt = attempt
        self.need = need
        self.groups: dict[int | str, str] = {}
        self.step = 0

    def write(self, node: Node) -> str:
        match node:
            case Chars():
                return self._character(node)
            case Sequence():
                return "".join([self.write(part) for part in node.parts])
            case Choice():
                return self.write(node.options[self._pick(len(node.options))])
            case Repeat():
                return self._repeat(node)
            case Group():
                text = self.write(node.node)
                for key in (node.number, node.name):
                    if key:
                        self.groups[key] = text
                return text
            case Back():
                return self.groups.get(node.group, "")

    def _repeat(self, node: Repeat) -> str:
        most = _LONGEST if node.maximum is None else node.maximum
        pieces = [self.write(node.node) for _ in range(min(node.minimum, _LONGEST))]
        while self.need > 0 and len(pieces) < most:
            piece = self.write(node.node)
            if not piece:
                break
            self.need -= len(piece)
            pieces.append(piece)
        return "".join(pieces)

    def _character(self, node: Chars) -> str:
        choices = [
            character
            for first, last in _ORDER
            for character in _span(first, last, node.matches)
        ]
        if choices:
            return choices[self._pick(min(len(choices), 26))]
        for low, high in node.ranges:
            for point in range(low, min(high, low + 64) + 1):
                if node.matches(chr(point)):
                    return chr(point)
        return chr(0xE9) if node.matches(chr(0xE9)) else "\n"

    def _pick(self, count: int) -> int:
        """Return an index below ``count``: 0 at first, later spread by the attempt."""
        self.step += 1
        if self.attempt == 0 or count == 1:
            return 0
        return crc32(f"{self.attempt}/{self.step}".encode()) % count


def _span(first: str, last: str, matches: Callable[[str], bool]) -> list[str]:
    return [chr(p) for p in range(ord(first), ord(last) + 1) if matches(chr(p))]
