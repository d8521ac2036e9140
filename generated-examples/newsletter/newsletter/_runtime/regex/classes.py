"""Classes of characters: what stands in brackets."""

from __future__ import annotations

from .cursor import Cursor, PatternError
from .escapes import read_escape
from .syntax import Chars, Property, Range, complement


def read_class(cursor: Cursor) -> Chars:
    """Read a class behind its opening bracket."""
    negated = cursor.take("^")
    ranges: list[Range] = []
    properties: list[Property] = []
    while not cursor.take("]"):
        first = _atom(cursor)
        if (
            first.is_letter
            and cursor.peek == "-"
            and not cursor.text.startswith("-]", cursor.place)
        ):
            cursor.next()
            last = _atom(cursor)
            if last.is_letter:
                ranges.append(_range(first, last))
                continue
            # A dash before a class is a dash.
            _add(first, ranges, properties)
            ranges.append((0x2D, 0x2D))
            first = last
        _add(first, ranges, properties)
    return Chars(tuple(ranges), tuple(properties), negated)


def _atom(cursor: Cursor) -> Chars:
    if cursor.at_end:
        raise PatternError("a class is not closed")
    if cursor.take("\\b"):
        return Chars(((0x08, 0x08),))
    if cursor.take("\\-"):
        return Chars(((0x2D, 0x2D),))
    if cursor.take("\\"):
        return read_escape(cursor)
    code = ord(cursor.next())
    return Chars(((code, code),))


def _range(first: Chars, last: Chars) -> Range:
    begin, end = first.ranges[0][0], last.ranges[0][0]
    if begin > end:
        raise PatternError("a range of characters is out of order")
    return begin, end


def _add(atom: Chars, ranges: list[Range], properties: list[Property]) -> None:
    ranges.extend(complement(atom.ranges) if atom.negated else atom.ranges)
    properties.extend(atom.properties)
