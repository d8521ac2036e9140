"""The syntax of ECMA-262 patterns, as far as making strings needs it.

Comes in: the text of a pattern. Goes out: a small tree. ValueError: not understood.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

_DIGITS = ((0x30, 0x39),)
_WORD = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE = ((0x20, 0x20), (0x09, 0x0D), (0xA0, 0xA0), (0x2028, 0x2029))
_BREAKS = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CLASSES = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0}

Ranges: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of ranges, Unicode categories, or other classes."""

    ranges: Ranges = ()
    categories: tuple[str, ...] = ()
    others: tuple[Chars, ...] = ()
    negated: bool = False

    def matches(self, character: str) -> bool:
        """Tell whether the class holds the character."""
        point = ord(character)
        found = (
            any(low <= point <= high for low, high in self.ranges)
            or any(
                unicodedata.category(character).startswith(c) for c in self.categories
            )
            or any(other.matches(character) for other in self.others)
        )
        return found != self.negated


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """As often as the bounds say; no maximum: for ever."""

    node: Node
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group."""

    node: Node
    number: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """What a group has matched."""

    group: int | str


Node: TypeAlias = "Chars | Sequence | Choice | Repeat | Group | Back"
_NOTHING = Sequence(())


def parse(pattern: str) -> tuple[Node, bool, bool]:
    """Return the tree, and whether the pattern is tied to the start and to the end."""
    parser = _Parser(pattern)
    node = parser.choice()
    if parser.at < len(pattern):
        raise ValueError(f"unexpected {pattern[parser.at]!r}")
    return node, pattern.startswith("^"), pattern.endswith("$")


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = 0

    def choice(self) -> Node:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, node: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return node
        self._take("?")
        return Repeat(node, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        if not self._ahead("{"):
            return None
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : end].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            return None
        self.at = end + 1
        return int(low), (int(high) if high else None) if comma else int(low)

    def _atom(self) -> Node:
        character = self._next()
        if character in "^$":
            return _NOTHING
        if character == ".":
            return Chars(_BREAKS, negated=True)
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in "*+?":
            raise ValueError("nothing to repeat")
        return _one(character)

    def _group(self) -> Node:
        name, looks, captures = "", False, True
        if self._take("?"):
            if self._take(":"):
                captures = False
            elif (
                self._take("=")
                or self._take("!")
                or self._take("<=")
                or self._take("<!")
            ):
                looks = True
            elif self._take("<") or self._take("P<"):
                name = self._until(">")
            else:
                raise ValueError("unknown group")
        if captures and not looks:
            self.groups += 1
        number = self.groups
        node = self.choice()
        if not self._take(")"):
            raise ValueError("missing )")
        if looks:
            return _NOTHING
        return Group(node, number, name) if captures else node

    def _class(self) -> Node:
        negated = self._take("^")
        members: list[Chars] = []
        while not self._take("]"):
            first = self._member()
            if self._ahead("-") and not self._ahead("-]") and _single(first):
                self.at += 1
                last = self._member()
                if not _single(last):
                    members += [first, _one("-"), last]
                    continue
                first = Chars(((first.ranges[0][0], last.ranges[0][0]),))
            members.append(first)
        return Chars(others=tuple(members), negated=negated)

    def _member(self) -> Chars:
        character = self._next()
        if character != "\\":
            return _one(character)
        if self._take("b"):
            return _one("\b")
        node = self._escape()
        if isinstance(node, Chars):
            return node
        raise ValueError("not a character")

    def _escape(self) -> Node:
        character = self._next()
        if character.lower() in _CLASSES:
            return Chars(_CLASSES[character.lower()], negated=character.isupper())
        if character in "bB":
            return _NOTHING
        if character in "AZz":
            return _NOTHING
        if character in "pP":
            return self._property(negated=character == "P")
        if character == "k" and self._take("<"):
            return Back(self._until(">"))
        if character in "123456789":
            return Back(int(character))
        if character in _CONTROLS:
            return _one(chr(_CONTROLS[character]))
        if character == "c":
            return _one(chr(ord(self._next()) % 32))
        if character == "x":
            return _one(chr(int(self._next(2), 16)))
        if character == "u":
            digits = self._until("}") if self._take("{") else self._next(4)
            return _one(chr(int(digits, 16)))
        return _one(character)

    def _property(self, *, negated: bool) -> Chars:
        name = self._until("}") if self._take("{") else self._next()
        name = name.rpartition("=")[2]
        known = {
            "Letter": "L",
            "Alphabetic": "L",
            "Number": "N",
            "Punctuation": "P",
            "Lowercase_Letter": "Ll",
            "Uppercase_Letter": "Lu",
            "Decimal_Number": "Nd",
        }
        short = known.get(name, name)
        if len(short) > 2:
            raise ValueError(f"unknown property {name!r}")
        return Chars(categories=(short,), negated=negated)

    def _ahead(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def _take(self, text: str) -> bool:
        found = self._ahead(text)
        if found:
            self.at += len(text)
        return found

    def _next(self, count: int = 1) -> str:
        if self.at + count > len(self.text):
            raise ValueError("the pattern ends too early")
        self.at += count
        return self.text[self.at - count : self.at]

    def _until(self, end: str) -> str:
        stop = self.text.find(end, self.at)
        if stop < 0:
            raise ValueError(f"missing {end}")
        found = self.text[self.at : stop]
        self.at = stop + len(end)
        return found


def _one(character: str) -> Chars:
    return Chars(((ord(character), ord(character)),))


def _single(node: Chars) -> bool:
    return (
        len(node.ranges) == 1
        and not node.negated
        and node.ranges[0][0] == node.ranges[0][1]
    )
