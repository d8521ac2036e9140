"""Strings for a regular expression, and whether a string has one.

Comes in: an ECMA-262 pattern, bounds on the length, and the number of the attempt.
Goes out: a string that the pattern is meant to match. Of look-around only what has to
follow is taken into account, so whoever asks checks the string and tries the next
attempt. Time and memory are bounded, whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

from ...patterns import searcher
from ...regex.cursor import PatternError
from ...regex.parser import parse
from ...regex.syntax import (
    Back,
    Chars,
    Choice,
    Edge,
    Group,
    Look,
    Node,
    Property,
    Repeat,
    Sequence,
)
from ...regex.translation import translate

# Nothing longer is made, whatever length is asked for.
_LONGEST = 100_000
_ORDER = "".join(
    chr(point)
    for first, last in ("az", "AZ", "09", "--", "__", " ~")
    for point in range(ord(first), ord(last) + 1)
)


@lru_cache(maxsize=256)
def matching(
    pattern: str, attempt: int = 0, minimum: int = 0, maximum: int | None = None
) -> str | None:
    """Return a string for the pattern, or None where it uses unknown syntax.

    None as well where the string would be very long.
    """
    try:
        node = _parsed(pattern)
        shortest = _Writer(attempt, 0).write(node)
        wanted = max(minimum, 1 if maximum is None or maximum > 0 else 0)
        if wanted > _LONGEST:
            return None
        if len(shortest) >= wanted:
            return shortest
        longer = _Writer(attempt, wanted - len(shortest)).write(node)
    except (PatternError, _TooLongError):
        return None
    starts, ends = pattern.startswith("^"), pattern.endswith("$")
    if len(longer) < minimum and not (starts and ends):
        padding = "a" * (minimum - len(longer))
        return padding + longer if ends else longer + padding
    return longer


@lru_cache(maxsize=1024)
def finder(pattern: str) -> Callable[[str], bool] | None:
    """Return the function that tells whether a pattern is found in a text.

    None where no engine can do what the pattern says, or not in a time that is known.
    """
    found = translate(pattern)
    return None if found.searched is None or found.slow else searcher(found.searched)


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> Node:
    return parse(pattern)


class _TooLongError(Exception):
    """More would have to be written than anyone wants."""


class _Writer:
    """Walks the syntax once. ``need`` is how many characters are still to be added."""

    def __init__(self, attempt: int, need: int) -> None:
        self.attempt = attempt
        self.need = need
        self.groups: dict[int, str] = {}
        self.expected = ""
        self.step = 0
        # Every other attempt passes over so many optional repetitions.
        self.skipped = (attempt + 1) // 2 if attempt % 2 and need else 0
        self.left = _LONGEST * 2

    def write(self, node: Node) -> str:
        self._spend(1)
        match node:
            case Chars():
                return self._character(node)
            case Sequence():
                return "".join([self.write(part) for part in node.items])
            case Choice():
                return self.write(node.options[self._pick(len(node.options))])
            case Repeat():
                return self._repeat(node)
            case Group():
                text = self.write(node.inner)
                if node.number is not None:
                    self.groups[node.number] = text
                return text
            case Back():
                text = self.groups.get(node.number, "")
                self._spend(len(text))
                return text
            case Look():
                return self._look(node)
            case Edge():
                return ""

    def _repeat(self, node: Repeat) -> str:
        pieces: list[str] = []
        for _ in range(node.least):
            pieces.append(self.write(node.inner))
            if not pieces[-1]:
                break
        if not node.least and not self.expected and self.skipped:
            # What is still to be added is left to what follows: a sign is no number.
            self.skipped -= 1
            return ""
        while self._wants_more() and (node.most is None or len(pieces) < node.most):
            need, expected = self.need, self.expected
            piece = self.write(node.inner)
            if not piece or (need <= 0 and self.expected == expected):
                break
            # Repetitions within the piece have counted themselves.
            self.need = need - len(piece)
            pieces.append(piece)
        return "".join(pieces)

    def _wants_more(self) -> bool:
        return self.need > 0 or self.expected != ""

    def _look(self, node: Look) -> str:
        """Keep in mind what is to follow: what comes next uses it where it fits."""
        if not (node.behind or node.negated):
            need, self.need = self.need, 0
            self.expected += self.write(node.inner)
            self.need = need
        return ""

    def _character(self, node: Chars) -> str:
        if self.expected and _holds(node, self.expected[0]):
            found, self.expected = self.expected[0], self.expected[1:]
            return found
        choices = _choices(node)
        return choices[self._pick(min(len(choices), 26))]

    def _pick(self, count: int) -> int:
        """Return an index below ``count``: 0 at first, later spread by the attempt."""
        self.step += 1
        if self.attempt == 0 or count == 1:
            return 0
        return crc32(f"{self.attempt}/{self.step}".encode()) % count

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _TooLongError


@lru_cache(maxsize=1024)
def _choices(node: Chars) -> str:
    """Return characters of a class, pleasant ones first; a wrong one where none is."""
    found = "".join(one for one in _ORDER if _holds(node, one))
    if found:
        return found
    for low, high in node.ranges:
        for point in range(low, min(high, low + 64) + 1):
            if _holds(node, chr(point)):
                return chr(point)
    # Letters of the scripts in use, and what else has properties.
    others = (chr(point) for point in (*range(0xA1, 0xD800), 0x1F600))
    return next((one for one in others if _holds(node, one)), "\n")


def _holds(node: Chars, character: str) -> bool:
    point = ord(character)
    found = any(low <= point <= high for low, high in node.ranges) or any(
        _has(one, character) for one in node.properties
    )
    return found != node.negated


def _has(one: Property, character: str) -> bool:
    return searcher(f"\\{'P' if one.negated else 'p'}{{{one.name}}}")(character)
