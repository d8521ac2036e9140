"""Plain YAML scalars to JSON values, by the core schema of YAML 1.2 (chapter 10.3) and nothing else.

``no``, ``on``, ``2020-01-01``, ``1_000`` and ``12:30:45`` are strings; ``0o17`` is 15.
"""

from __future__ import annotations

import re
from math import isinf

Scalar = str | int | float | bool | None

WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NUMBER_STARTS = "-+.0123456789"
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NumberError(ValueError):
    """A number that JSON cannot hold: it is not finite."""


class LongNumberError(NumberError):
    """A number of too many digits."""


def resolve(text: str, digits: int) -> Scalar:
    """Return the value of a plain scalar; :class:`NumberError` where it is a number beyond JSON or the limit."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in NUMBER_STARTS:
        return text
    number = _number(text, digits)
    return text if number is None else number


def integer(text: str, digits: int) -> int | None:
    """Return the integer that the text spells, or None."""
    if _INTEGER.fullmatch(text):
        base = 10
    elif _OCTAL.fullmatch(text):
        base, text = 8, text[2:]
    elif _HEXADECIMAL.fullmatch(text):
        base, text = 16, text[2:]
    else:
        return None
    if len(text) > digits:
        raise LongNumberError(text)
    return int(text, base)


def _number(text: str, digits: int) -> int | float | None:
    whole = integer(text, digits)
    if whole is not None:
        return whole
    if _NOT_FINITE.fullmatch(text):
        raise NumberError(text)
    if not _FLOAT.fullmatch(text):
        return None
    if len(text) > digits:
        raise LongNumberError(text)
    value = float(text)
    if isinf(value):
        raise NumberError(text)
    return value
