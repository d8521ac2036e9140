"""An HTML page in, the places out where tools embed a document: scripts, preformatted text, attributes."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from bothends.extraction.embedded import embedded_documents, mentions_document
from bothends.extraction.page import Page, Passage

_TEXT_TAGS = ("script", "pre")


def is_markup(page: Page) -> bool:
    """Whether a page is HTML, by its name or by how it begins."""
    if page.uri.lower().endswith((".html", ".htm")):
        return True
    return page.text[:1000].lstrip().lower().startswith(("<!doctype html", "<html"))


def marked_up_passages(page: Page) -> Iterator[Passage]:
    """Return what may be a document: preformatted text, and the JSON in scripts and in attributes."""
    reader = _Reader()
    reader.feed(page.text)
    reader.close()
    for tag, line, column, text in reader.found:
        if tag == "pre":
            yield Passage(page, line, text)
            continue
        if tag == "script" and _is_whole(text):
            yield Passage(page, line, text, column)
            continue
        for offset, document in embedded_documents(text):
            breaks = text.count("\n", 0, offset)
            here = offset - text.rfind("\n", 0, offset) - 1
            yield Passage(page, line + breaks, document, here if breaks else column + here)


def _is_whole(text: str) -> bool:
    """Whether a script is nothing but a document in YAML, as Scalar takes it."""
    return text.lstrip().startswith(("openapi:", "swagger:"))


class _Reader(HTMLParser):
    """Collects the text of the elements, and the attributes, that a document may be in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int, int, str]] = []
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
        if self._tag is not None and self._start is not None and mentions_document(text):
            self.found.append((self._tag, *self._start, text))
        self._tag = None
