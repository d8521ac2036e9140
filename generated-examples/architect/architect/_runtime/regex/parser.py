"""Text of a regular expression of ECMA-262 to its tree.

Read as JSON Schema recommends, with Unicode semantics, and with what engines of the web
allow beside: braces that count nothing are plain characters, and so are punctuation
marks behind a backslash.
"""

from __future__ import annotations

import re

from . import escapes
from .classes import read_class
from .cursor import Cursor, PatternError
from .syntax import Back, Chars, Choice, Edge, Group, Look, Node, Repeat, Sequence

_LINE_ENDS = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_QUANTIFIER = re.compile(r"\{(\d+)(,(\d*))?\}", re.ASCII)
_GROUP = re.compile(r"\((?!\?)|\(\?<([A-Za-z_$][\w$]*)>")
_MAX_DEPTH = 60


def parse(pattern: str) -> Node:
    """Return the tree of a pattern. Raises PatternError if it is none of ECMA-262."""
    reader = _Reader(pattern)
    node = reader.choice(0)
    if not reader.cursor.at_end:
        raise PatternError("unmatched )")
    return node


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.cursor = Cursor(pattern)
        self.groups = 0
        self.names = _group_names(pattern)

    def choice(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise PatternError("groups are nested too deeply")
        options = [self.sequence(depth)]
        while self.cursor.take("|"):
            options.append(self.sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while not self.cursor.at_end and self.cursor.peek not in "|)":
            items.append(self.quantified(self.term(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def term(self, depth: int) -> Node:
        cursor = self.cursor
        if cursor.peek == "(":
            return self.group(depth)
        if cursor.take("["):
            return read_class(cursor)
        if cursor.take("."):
            return Chars(_LINE_ENDS, negated=True)
        if cursor.take("^"):
            return Edge("start")
        if cursor.take("$"):
            return Edge("end")
        if cursor.peek in "*+?":
            raise PatternError(f"nothing to repeat before {cursor.peek}")
        if cursor.take("\\"):
            return self.escaped()
        if cursor.looking_at(_QUANTIFIER):
            raise PatternError("nothing to repeat before {")
        return _letter(ord(cursor.next()))

    def escaped(self) -> Node:
        cursor = self.cursor
        if cursor.take("b"):
            return Edge("word")
        if cursor.take("B"):
            return Edge("not-word")
        if cursor.take("k"):
            name = cursor.match(re.compile(r"<([^>]+)>"))
            if name is None or name[1] not in self.names:
                raise PatternError(r"\k names no group")
            return Back(self.names[name[1]])
        number = cursor.match(re.compile(r"[1-9][0-9]*", re.ASCII))
        if number is not None:
            if int(number[0]) > self.total:
                raise PatternError(f"there is no group {number[0]}")
            return Back(int(number[0]))
        return escapes.read_escape(cursor)

    @property
    def total(self) -> int:
        return self.names[""]

    def group(self, depth: int) -> Node:
        cursor = self.cursor
        for opening, behind, negated in _LOOKS:
            if cursor.take(opening):
                return Look(self.closed(depth), behind, negated)
        if cursor.take("(?:"):
            return Group(self.closed(depth))
        if cursor.take("(?i:"):
            return Group(self.closed(depth), ignore_case=True)
        if cursor.match(_GROUP) is None:
            raise PatternError("a kind of group that ECMA-262 does not have")
        self.groups += 1
        number = self.groups
        return Group(self.closed(depth), number)

    def closed(self, depth: int) -> Node:
        inner = self.choice(depth + 1)
        if not self.cursor.take(")"):
            raise PatternError("a group is not closed")
        return inner

    def quantified(self, node: Node) -> Node:
        bounds = self.quantifier()
        if bounds is None:
            return node
        least, most = bounds
        if isinstance(node, Edge) or (isinstance(node, Look) and node.behind):
            raise PatternError("nothing to repeat")
        if most is not None and most < least:
            raise PatternError("the bounds of a quantifier are out of order")
        return Repeat(node, least, most, lazy=self.cursor.take("?"))

    def quantifier(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.cursor.take(sign):
                return bounds
        found = self.cursor.match(_QUANTIFIER)
        if found is None:
            return None
        least = int(found[1])
        if found[2] is None:
            return least, least
        return least, int(found[3]) if found[3] else None


_LOOKS = (
    ("(?=", False, False),
    ("(?!", False, True),
    ("(?<=", True, False),
    ("(?<!", True, True),
)


def _letter(code: int) -> Chars:
    return Chars(((code, code),))


def _group_names(pattern: str) -> dict[str, int]:
    """Return the numbers of named groups, and as ``""`` how many groups there are."""
    names: dict[str, int] = {}
    number = 0
    bare = re.sub(
        r"\\.|\[(?:\\.|[^\]\\])*\]",
        lambda found: "x" * len(found[0]),
        pattern,
        flags=re.DOTALL,
    )
    for found in _GROUP.finditer(bare):
        number += 1
        if found[1]:
            if found[1] in names:
                raise PatternError(f"two groups are called {found[1]}")
            names[found[1]] = number
    names[""] = number
    return names
