"""Text that is already valid Python, and the only ways to make it.

Text of a document reaches Python source through :func:`literal` and :func:`prose` alone. Everything else is
composed of constant templates (:func:`code`) and checked identifiers (:func:`identifier`).
"""

from __future__ import annotations

import keyword
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, LiteralString, Self, cast, final


@final
class Code:
    """A piece of Python source. It has no ``__str__`` of its own on purpose: only the renderer reads ``text``."""

    __slots__ = ("text",)

    def __init__(self, text: str, _key: object = None) -> None:
        if _key is not _KEY:
            raise TypeError("Code is made by code(), literal(), identifier() and join() only")
        self.text = text

    def __repr__(self) -> str:
        return f"Code({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Code) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __copy__(self) -> Self:
        return self


_KEY = object()


def code(template: LiteralString, /, *parts: Code) -> Code:
    """Return a constant template with its ``{}`` slots filled by code. Literal braces are doubled."""
    return Code(template.format(*[part.text if type(part) is Code else _refuse(part) for part in parts]), _KEY)


def join(separator: LiteralString, parts: Iterable[Code]) -> Code:
    """Return the parts with a constant separator between them."""
    return Code(separator.join(part.text for part in parts), _KEY)


def tuple_of(items: Iterable[Code]) -> Code:
    """Return a tuple of expressions; the comma behind the last one has formatters put one on each line."""
    listed = "".join(f"{item.text}, " for item in items)
    return Code(f"({listed.rstrip()})", _KEY)


@lru_cache(maxsize=65536)
def identifier(name: str) -> Code:
    """Return a name as code; raise ValueError if Python would not read it as this very name."""
    if not name.isidentifier() or keyword.iskeyword(name) or not unicodedata.is_normalized("NFKC", name):
        raise ValueError(f"not an identifier: {name!r}")
    return Code(name, _KEY)


def dotted(name: str) -> Code:
    """Return a dotted path of identifiers, leading dots allowed (``..schemas.pet``), as code."""
    stripped = name.lstrip(".")
    for part in stripped.split(".") if stripped else ():
        identifier(part)
    return Code(name, _KEY)


def literal(value: Any) -> Code:
    """Return a JSON value (or a tuple, or bytes) as a Python expression that evaluates to exactly this value.

    Text is escaped beyond printable ASCII and letters, so that no bidirectional mark, line separator or lone
    surrogate stands raw in a file. Numbers that are not finite are refused.
    """
    return Code(_literal(value), _KEY)


def prose(line: str, *, last: bool = True) -> Code:
    """Return one line of text as it stands inside a string between triple quotation marks.

    Printable text stays readable; backslashes, controls, invisible and unassigned characters are escaped, other
    spaces become plain ones, and no three quotation marks stand side by side. At the end there is none, unless the
    line is not the ``last``, and a line break follows.
    """
    plain = line.isprintable() and "\\" not in line
    text = line if plain else "".join(_prose_character(character) for character in line)
    if '"' in text:
        risky = _CLOSING_OR_LAST if last else _CLOSING
        text = risky.sub(lambda run: '\\"' * len(run.group()), text)
    return Code(text, _KEY)


def _refuse(part: object) -> str:
    raise TypeError(f"not code: {part!r}")


def _literal(value: Any) -> str:
    match value:
        case None | True | False:
            return repr(value)
        case str():
            return _string(value)
        case bytes():
            return bytes.__repr__(value)
        case int():
            return int.__repr__(value)
        case float():
            if not math.isfinite(value):
                raise ValueError("numbers must be finite")
            return float.__repr__(value)
        case _ if isinstance(value, (tuple, list, dict)):
            return _container(cast("Any", value))
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


def _container(value: tuple[Any, ...] | list[Any] | dict[Any, Any]) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_literal(key)}: {_literal(item)}' for key, item in value.items())}}}"
    inner = ", ".join(map(_literal, value))
    if isinstance(value, list):
        return f"[{inner}]"
    return f"({inner},)" if len(value) == 1 else f"({inner})"


def _string(value: str) -> str:
    plain = _PLAIN.fullmatch(value) is not None
    body = str(value) if plain else "".join(_character(character) for character in str(value))
    return f'"{body}"'


_PLAIN = re.compile(r"[ !#-\[\]-~]*")
_CLOSING = re.compile(r'"{3,}')
_CLOSING_OR_LAST = re.compile(r'"{3,}|"+$')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~" or character.isalpha():
        return character
    return _escape(character)


def _prose_character(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    return " " if unicodedata.category(character) == "Zs" else _escape(character)


def _escape(character: str) -> str:
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"
