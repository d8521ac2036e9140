"""What stands behind a backslash."""

from __future__ import annotations

import re

from .cursor import Cursor, PatternError
from .properties import is_property
from .syntax import Chars, Property, Range

_DIGITS: tuple[Range, ...] = ((0x30, 0x39),)
_WORDS: tuple[Range, ...] = ((0x41, 0x5A), (0x61, 0x7A), (0x30, 0x39), (0x5F, 0x5F))
_SPACES: tuple[Range, ...] = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
_CLASSES = {"d": _DIGITS, "w": _WORDS, "s": _SPACES}
_CONTROLS = {"f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}

_HEX = re.compile(r"x([0-9A-Fa-f]{2})")
_UNIT = re.compile(r"u([0-9A-Fa-f]{4})")
_PAIR = re.compile(r"u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_POINT = re.compile(r"u\{([0-9A-Fa-f]+)\}")
_CONTROL = re.compile(r"c([A-Za-z])")
_NUL = re.compile(r"0(?![0-9])")
_PROPERTY = re.compile(r"[pP]\{([A-Za-z0-9_=]+)\}")


def read_escape(cursor: Cursor) -> Chars:
    """Read what stands behind a backslash, outside and inside of a class alike."""
    letter = cursor.peek
    if letter and letter in "dwsDWS":
        cursor.next()
        return Chars(_CLASSES[letter.lower()], negated=letter.isupper())
    found = cursor.match(_PROPERTY)
    if found is not None:
        if not is_property(found[1]):
            raise PatternError(f"no property is called {found[1]}")
        return Chars(properties=(Property(found[1], negated=letter == "P"),))
    code = _code(cursor)
    return Chars(((code, code),))


def _code(cursor: Cursor) -> int:
    pair = cursor.match(_PAIR)
    if pair is not None:
        high, low = int(pair[1], 16), int(pair[2], 16)
        return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
    for expression in (_HEX, _UNIT, _POINT):
        found = cursor.match(expression)
        if found is not None:
            code = int(found[1], 16)
            if code > 0x10FFFF:
                raise PatternError("a character beyond Unicode")
            return code
    control = cursor.match(_CONTROL)
    if control is not None:
        return ord(control[1]) % 32
    if cursor.match(_NUL) is not None:
        return 0
    letter = cursor.next()
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter.isalnum():
        raise PatternError(f"\\{letter} means nothing")
    return ord(letter)
