"""An HTML page in, the places out where tools embed a document: scripts, preformatted text, attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bothends.extraction.embedded import embedded_documents, mentions_document
from bothends.extraction.fences import fenced_blocks
from bothends.extraction.next_js import flight_values, is_flight
from bothends.extraction.page import Page, Passage

_TEXT_TAGS = ("script", "pre")
_WHOLE = re.compile(r"(?:\s|#.*)*[\"']?(?:openapi|swagger)[\"']?[ \t]*:")


def is_markup(page: Page) -> bool:
    """Whether a page is HTML, by its name or by how it begins."""
    if page.uri.lower().endswith((".html", ".htm")):
        return True
    return page.text[:1000].lstrip().lower().startswith(("<!doctype html", "<html"))


def marked_up_passages(page: Page, most: int) -> Iterator[Passage]:
    """Return what may be a document: preformatted text, what scripts and attributes hold, and data of Next.js.

    ``most``: how many values the data of Next.js may have.
    """
    reader = _Reader()
    reader.feed(page.text)
    reader.close()
    for tag, line, column, text in reader.found:
        if tag == "pre":
            yield Passage(page, line, text)
        elif _is_whole(text):
            yield Passage(page, line, text, column)
        else:
            yield from script_passages(page, text, line, column)
    if reader.flight:
        yield from _flight_passages(page, reader.flight, reader.flight_line, most)


def script_passages(page: Page, text: str, line: int = 1, column: int = 0) -> Iterator[Passage]:
    """Return the documents in a script that begins at a place of a page."""
    for offset, document in embedded_documents(text):
        breaks = text.count("\n", 0, offset)
        here = offset - text.rfind("\n", 0, offset) - 1
        yield Passage(page, line + breaks, document, here if breaks else column + here)


def _flight_passages(page: Page, scripts: list[str], line: int, most: int) -> Iterator[Passage]:
    for value in flight_values(scripts, most):
        if not isinstance(value, str):
            yield Passage(page, line, json.dumps(value, ensure_ascii=False))
        elif mentions_document(value):
            if _is_whole(value) or value.lstrip().startswith("{"):
                yield Passage(page, line, value)
            else:
                blocks = fenced_blocks(Page(page.uri, value))
                yield from (Passage(page, line, block.text) for block in blocks)


def _is_whole(text: str) -> bool:
    """Whether a text is nothing but a document in YAML, as Scalar and Stoplight take it."""
    return _WHOLE.match(text) is not None


class _Reader(HTMLParser):
    """Collects the text of the elements, and the attributes, that a document may be in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int, int, str]] = []
        self.flight: list[str] = []
        self.flight_line = 1
        self._tag: str | None = None
        self._start: tuple[int, int] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look into the attributes, and remember that an element of interest has begun."""
        line, column = self.getpos()
        for _, value in attrs:
            if value is not None and mentions_document(value):
                self.found.append(("attribute", line, column, value))
        if self._tag is None and tag in _TEXT_TAGS:
            self._tag, self._start, self._text = tag, None, []

    def handle_data(self, data: str) -> None:
        """Keep text inside an element of interest."""
        if self._tag is not None:
            self._start = self._start or self.getpos()
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Keep what the element held, if it may be a document."""
        if tag == self._tag:
            self._finish()

    def close(self) -> None:
        """Keep what an element held that was never closed."""
        super().close()
        self._finish()

    def _finish(self) -> None:
        text = "".join(self._text)
        if self._tag == "script" and self._start is not None and is_flight(text):
            self.flight_line = self.flight_line if self.flight else self._start[0]
            self.flight.append(text)
        elif self._tag is not None and self._start is not None and mentions_document(text):
            self.found.append((self._tag, *self._start, text))
        self._tag = None
