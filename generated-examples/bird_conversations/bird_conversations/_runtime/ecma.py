"""The syntax of regular expressions of ECMA-262 with the flag ``u``: ``regex``."""

from __future__ import annotations

import re
from functools import cache

_MAX_DEPTH = 200


def is_ecma_pattern(text: str) -> bool:
    """Return whether a text is a regular expression, and does not nest very deep."""
    try:
        return _Parser(text).whole()
    except (_NoPatternError, RecursionError):
        return False


class _NoPatternError(Exception):
    """The text breaks a rule of the grammar."""


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = 0
        self.names: set[str] = set()
        self.named: set[str] = set()
        self.numbered = 0

    def whole(self) -> bool:
        self.alternatives(0)
        known = self.named <= self.names and self.numbered <= self.groups
        return known and self.at == len(self.text)

    def take(self, pattern: str) -> re.Match[str] | None:
        found = _compiled(pattern).match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def alternatives(self, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise _NoPatternError
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.take(r"\||\^|\$|\\[bB]"):
                continue
            if self.atom(depth):
                self.quantifier()

    def atom(self, depth: int) -> bool:
        """Read what may be repeated. Return False where it may not: an assertion."""
        opening = self.take(r"\((?:\?(?::|<?[=!]|<([^>]*)>|(.)?))?")
        if opening is not None:
            return self.group(opening, depth)
        if self.take(r"\["):
            self.character_class()
        elif self.take(r"\\"):
            self.escape(in_class=False)
        elif not self.take(r"[^\\^$.*+?()\[\]{}|/]|[./]"):
            raise _NoPatternError
        return True

    def group(self, opening: re.Match[str], depth: int) -> bool:
        start, name = opening[0], opening[1]
        if opening[2] is not None or start == "(?":
            raise _NoPatternError
        if name is not None:
            if not name.isidentifier() or name in self.names:
                raise _NoPatternError
            self.names.add(name)
        self.groups += start == "(" or name is not None
        self.alternatives(depth + 1)
        if not self.take(r"\)"):
            raise _NoPatternError
        return start in {"(", "(?:"} or name is not None

    def quantifier(self) -> None:
        found = self.take(r"(?:[*+?]|\{([0-9]+)(?:,([0-9]*))?\})\??")
        if found is not None and found[1] and found[2]:
            low, high = found[1].lstrip("0"), found[2].lstrip("0")
            if (len(low), low) > (len(high), high):
                raise _NoPatternError

    def character_class(self) -> None:
        self.take(r"\^")
        while not self.take(r"\]"):
            low = self.member()
            if not self.take(r"-(?!\])"):
                continue
            high = self.member()
            if low is None or high is None or low > high:
                raise _NoPatternError

    def member(self) -> int | None:
        """Read one member of a class. Return its code point, None for a set of them."""
        if self.take(r"\\"):
            return self.escape(in_class=True)
        found = self.take(r"(?s:[^\]\\])")
        if found is None:
            raise _NoPatternError
        return ord(found[0])

    def escape(self, *, in_class: bool) -> int | None:
        """Read what follows a backslash. Return its code point, None for others."""
        if found := self.take(r"[fnrtv]"):
            return ord("\f\n\r\t\v"["fnrtv".index(found[0])])
        if found := self.take(r"c([A-Za-z])"):
            return ord(found[1]) % 32
        if found := self.take(r"0(?![0-9])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})"):
            return int(found[1] or found[2] or "0", 16)
        if found := self.take(r"u\{([0-9A-Fa-f]+)\}"):
            return self.code_point(found[1])
        if found := self.take(r"[\^$\\.*+?()\[\]{}|/]"):
            return ord(found[0])
        if in_class and (found := self.take(r"[-b]")):
            return ord(found[0]) if found[0] == "-" else 8
        if self.take(r"[dDsSwW]|[pP]\{[A-Za-z_]+(?:=[A-Za-z0-9_]+)?\}"):
            return None
        if not in_class and (found := self.take(r"([1-9][0-9]{0,3})|k<([^>]+)>")):
            if found[1]:
                self.numbered = max(self.numbered, int(found[1]))
            else:
                self.named.add(found[2])
            return None
        raise _NoPatternError

    def code_point(self, digits: str) -> int:
        value = int(digits, 16)
        if value > 0x10FFFF:
            raise _NoPatternError
        return value


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
