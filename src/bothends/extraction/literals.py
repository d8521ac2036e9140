"""JavaScript in, the documents out that stand in it as literals: objects with bare names, and strings of any quote.

Swagger UI's ``spec: {openapi: '3.0.0'}``, ``JSON.parse('{"openapi": …}')``, and YAML between backticks are such.
Nothing is evaluated: what is no plain literal is no document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_BEGINNING: Final = re.compile(r"\{\s*[\"']?(?:openapi|swagger)[\"']?\s*:\s*[\"'`][23]\.")
_TEXT: Final = re.compile(r"(['\"`])(?=\s*(?:#[^\n]*\n\s*)*(?:\{\s*)?\\?[\"']?(?:openapi|swagger)\\?[\"']?\s*:)")
_TOKEN: Final = re.compile(
    r"(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"
    r"|(?P<number>-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))"
    r"|(?P<word>!0|!1|void 0|[A-Za-z_$][\w$]*)"
    r"|(?P<mark>[{}\[\]:,])",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n|.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_WORDS: Final = {"true": True, "false": False, "null": None, "!0": True, "!1": False, "undefined": None, "void 0": None}
_DEEPEST: Final = 200
# How many times, on average, each character may be read in search of a literal that ends.
_PASSES: Final = 5


def literal_documents(text: str) -> Iterator[tuple[int, str]]:
    """Return offset and text of every document in a script that stands there as a literal and not as JSON."""
    end = effort = 0
    for beginning in _BEGINNING.finditer(text):
        if beginning.start() >= end and effort <= _PASSES * len(text):
            reader = _Reader(text, beginning.start())
            try:
                value = reader.value(0)
            except _NotPlainError:
                effort += reader.position - beginning.start()
                continue
            end = reader.position
            yield beginning.start(), json.dumps(value, ensure_ascii=False)
    for beginning in _TEXT.finditer(text):
        token = _TOKEN.match(text, beginning.start())
        if beginning.start() >= end and token and token["text"] and not _is_evaluated(token["text"]):
            end = token.end()
            yield beginning.start() + 1, unquoted(token["text"])


def unquoted(literal: str) -> str:
    """Return the text that a string literal stands for."""
    text = _ESCAPE.sub(_unescaped, literal[1:-1])
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPED.get(match[4], match[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"


def _is_evaluated(literal: str) -> bool:
    return literal[0] == "`" and "${" in literal


class _NotPlainError(Exception):
    """The text is no literal, or one that has to be evaluated."""


class _Reader:
    """Reads one literal; ``position`` is where it ends."""

    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self.position = position

    def value(self, depth: int) -> Any:
        """Read a value. Raises :class:`_NotPlainError`."""
        kind, text = self._next()
        if depth > _DEEPEST:
            raise _NotPlainError
        if text == "{":
            return dict(self._members(depth))
        if text == "[":
            return list(self._elements(depth))
        if kind == "text" and not _is_evaluated(text):
            return unquoted(text)
        if kind == "number":
            return _number(text)
        if kind == "word" and text in _WORDS:
            return _WORDS[text]
        raise _NotPlainError

    def _members(self, depth: int) -> Iterator[tuple[str, Any]]:
        while not self._skips("}"):
            kind, text = self._next()
            if kind == "mark" or self._next()[1] != ":":
                raise _NotPlainError
            yield unquoted(text) if kind == "text" else text, self.value(depth + 1)
            if self._ends("}"):
                return

    def _elements(self, depth: int) -> Iterator[Any]:
        while not self._skips("]"):
            yield self.value(depth + 1)
            if self._ends("]"):
                return

    def _ends(self, closing: str) -> bool:
        """Whether the end comes next, and not a comma."""
        _, text = self._next()
        if text not in (closing, ","):
            raise _NotPlainError
        return text == closing

    def _skips(self, closing: str) -> bool:
        """Whether the end comes next; it is read then."""
        before = self.position
        if self._next()[1] == closing:
            return True
        self.position = before
        return False

    def _next(self) -> tuple[str, str]:
        match = _TOKEN.match(self._text, self.position)
        if match and match.lastgroup == "space":
            match = _TOKEN.match(self._text, match.end())
        if match is None or match.lastgroup is None:
            raise _NotPlainError
        self.position = match.end()
        return match.lastgroup, match[0]


def _number(token: str) -> int | float:
    if token.lower().startswith(("0x", "-0x")):
        return int(token, 16)
    try:
        return int(token)
    except ValueError:
        return float(token)
