"""Pages in, the parsed documents out that they hold, whole or in slices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Location, Report
from bothends.extraction.docusaurus import packed_operations
from bothends.extraction.embedded import looks_like_document
from bothends.extraction.fences import fenced_blocks
from bothends.extraction.markup import is_markup, marked_up_passages, script_passages
from bothends.extraction.page import Page, Passage
from bothends.extraction.plain import canonical
from bothends.loading.document import Document, parse_document
from bothends.loading.page_hint import page_hint

# Text that is a document: an object of JSON, or YAML with the version among its outermost keys.
_OBJECT = re.compile(r'\s*\{\s*"')
_VERSION = re.compile(r"^[\"']?(?:openapi|swagger)[\"']?[ \t]*:", re.MULTILINE)
_FIRST = re.compile(r"(?:\s|#.*)*[\"']?(?:openapi|swagger)[\"']?[ \t]*:")


@dataclass(frozen=True, eq=False)
class Slice:
    """One document of a page. ``text`` is how it stands there from ``line`` on, ``data`` what it says."""

    document: Document
    line: int
    text: str
    data: dict[str, Any]

    @property
    def uri(self) -> str:
        """The page."""
        return self.document.uri

    @property
    def is_json(self) -> bool:
        """Whether it is written as JSON."""
        return self.text.lstrip().startswith("{")

    def place(self, pointer: str) -> Location:
        """Return where a value stands in the page, or what contains it."""
        line, column = self.document.position(pointer) or (None, None)
        return Location(self.uri, pointer, line, column)

    def saying(self, data: dict[str, Any]) -> Slice:
        """Return the same slice with other data."""
        return replace(self, data=data)


def slices_of(page: Page, report: Report, limits: Limits) -> list[Slice]:
    """Return every document in a page, equal ones once. What looks like one and is broken is reported."""
    found: list[Slice] = []
    known: set[str] = set()
    for passage in _passages(page, limits):
        if not _is_candidate(passage.text):
            continue
        document = _parse(passage, report, limits)
        if document is None or not looks_like_document(document.data):
            continue
        if canonical(document.data) not in known:
            known.add(canonical(document.data))
            found.append(Slice(document, passage.line, passage.text, document.data))
    return found


def _passages(page: Page, limits: Limits) -> Iterator[Passage]:
    if is_markup(page):
        yield from marked_up_passages(page, limits.nodes)
    elif urlsplit(page.uri).path.lower().endswith(".js"):
        yield from script_passages(page, page.text)
    elif _is_whole(page):
        yield Passage(page, 1, page.text)
    else:
        yield from packed_operations(page, limits.document_bytes)
        yield from fenced_blocks(page)


def _is_whole(page: Page) -> bool:
    """Whether a page is a document and nothing else."""
    if page.uri.lower().endswith((".json", ".yaml", ".yml")):
        return True
    return _FIRST.match(page.text) is not None or _OBJECT.match(page.text) is not None


def _is_candidate(text: str) -> bool:
    if _OBJECT.match(text) is not None:
        return '"openapi"' in text or '"swagger"' in text
    return _VERSION.search(text) is not None


def _parse(passage: Passage, report: Report, limits: Limits) -> Document | None:
    """Parse a passage behind as many blank lines as there are lines before it, so that positions are the page's."""
    padding = "\n" * (passage.line - 1)
    if passage.text.startswith("{"):
        padding += " " * passage.column
    try:
        return parse_document((padding + passage.text).encode(), passage.page.uri, limits, report)
    except DocumentError as error:
        for diagnostic in error.diagnostics:
            # It is known to be a page.
            is_known = diagnostic.hint == page_hint(passage.page.uri, "")
            report.add(replace(diagnostic, hint=None) if is_known else diagnostic)
        return None
