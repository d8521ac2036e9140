"""The text of a script in, the documents out that stand in it as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bothends.extraction.literals import literal_documents
from bothends.extraction.plain import children, is_mapping

_MENTION = re.compile(r"\b(?:openapi|swagger)[\\\"']*\s*:")
_BEGINNING = re.compile(r'\{\s*"(?:openapi|swagger)"\s*:\s*"[23]\.')
_VALUE = re.compile(r'(?:(?<=[=:(,\[])|\A)\s*(\{(?=\s*["}])|\[(?=\s*[\]\[{"\-0-9tfn])|")')
_decode = json.JSONDecoder().raw_decode
# How many times, on average, each character may be read again in search of a JSON value that holds a document.
_PASSES = 20


def mentions_document(text: str) -> bool:
    """Whether the text may hold a document: a quick test before a slow search."""
    return _MENTION.search(text) is not None


def looks_like_document(data: Any) -> bool:
    """Whether plain data is an OpenAPI document, or a slice of one."""
    if not is_mapping(data):
        return False
    version = data.get("openapi", data.get("swagger"))
    is_version = isinstance(version, str | int | float) and re.match(r"[23](\.|$)", str(version)) is not None
    return is_version and any(field in data for field in ("paths", "webhooks", "components"))


def embedded_documents(text: str) -> Iterator[tuple[int, str]]:
    """Return offset and text of every document in a script.

    Those that stand in it as JSON, or else those inside other JSON, or else those in literals of JavaScript.
    """
    yield from list(_standing(text)) or list(_enclosed(text)) or literal_documents(text)


def _standing(text: str) -> Iterator[tuple[int, str]]:
    """Find objects that begin with the version, as nearly every document does."""
    search = _Search(text)
    for beginning in _BEGINNING.finditer(text):
        value = search.value(beginning.start())
        if looks_like_document(value):
            yield beginning.start(), text[beginning.start() : search.end]


def _enclosed(text: str) -> Iterator[tuple[int, str]]:
    """Find documents inside other JSON values, and inside the strings of such values."""
    search = _Search(text)
    for opening in _VALUE.finditer(text):
        value = search.value(opening.start(1))
        if value is not None and mentions_document(text[opening.start(1) : search.end]):
            for document in _documents(value):
                yield opening.start(1), document


class _Search:
    """Reads JSON values out of text that is something else, one after the other, within a budget."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._budget = _PASSES * len(text)
        self.end = 0

    def value(self, start: int) -> Any:
        """Return the value that begins there; None where there is none, or it is inside the value before."""
        if start < self.end or self._budget < 0:
            return None
        try:
            value, self.end = _decode(self._text, start)
        except json.JSONDecodeError as error:
            # The decoder counts the lines before its error, which costs about this much.
            self._budget -= error.pos - start + error.pos // 64 + 1
            return None
        except RecursionError:
            self._budget -= len(self._text) - start
            return None
        return value


def _documents(value: Any) -> Iterator[str]:
    """Find the documents in a value, outermost first; a string can hold one as text."""
    pending = [value]
    while pending:
        value = pending.pop()
        if looks_like_document(value):
            yield json.dumps(value, ensure_ascii=False)
        elif isinstance(value, str):
            if mentions_document(value):
                yield value
        else:
            pending.extend(reversed(children(value)))
