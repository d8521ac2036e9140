"""Pages in, the slices of a document out that they hold, or that what they link to holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.extraction.links import Link, links_of
from bothends.extraction.page import Page
from bothends.extraction.prose.pages import described_document
from bothends.extraction.slices import Slice, slices_of
from bothends.extraction.sources import Sources
from bothends.loading.places import shorten

# A page leads to a script, that to a configuration, and that to the document.
_FARTHEST = 3
_SHOWN = 5


class Search:
    """Collects slices. A document that many pages lead to counts once."""

    def __init__(self, sources: Sources, report: Report) -> None:
        self.slices: list[Slice] = []
        self.described: dict[str, Any] | None = None
        self._sources = sources
        self._report = report
        self._found: dict[str, bool] = {}
        self._failures: dict[str, list[tuple[Link, Diagnostic]]] = {}

    def take(self, pages: Iterable[Page]) -> None:
        """Look through pages, and report those that hold nothing; :class:`DocumentError` where none does.

        Where none holds a document, what their text says becomes :attr:`described`.
        """
        empty = [page for page in pages if not self._look(page, 0, is_certain=page.is_named)]
        self._report.stop_on_errors()
        if self.slices:
            for page in empty:
                self._report.add(self._nothing_in(page, Severity.WARNING if page.is_named else Severity.NOTE))
            return
        self.described = described_document(empty, self._report)
        if self.described is not None:
            return
        named = [page for page in empty if page.is_named or page.uri in self._failures]
        missing = [self._nothing_in(page, Severity.ERROR) for page in named]
        raise DocumentError(*(missing or [_nothing_at_all(len(empty))]))

    def _look(self, page: Page, distance: int, *, is_certain: bool) -> bool:
        """Whether a page holds a document, or leads to one."""
        known = self._found.get(page.uri)
        if known is not None:
            return known
        self._found[page.uri] = False
        found = self._slices(page, is_certain=is_certain)
        self.slices.extend(found)
        self._found[page.uri] = bool(found) or (distance < _FARTHEST and self._follow(page, distance))
        return self._found[page.uri]

    def _slices(self, page: Page, *, is_certain: bool) -> list[Slice]:
        """Return the slices of a page. Something broken in a page that nobody asked for is a warning."""
        report = Report()
        found = slices_of(page, report, self._sources.limits)
        for one in report:
            is_error = one.severity is Severity.ERROR
            self._report.add(replace(one, severity=Severity.WARNING) if is_error and not is_certain else one)
        return found

    def _follow(self, page: Page, distance: int) -> bool:
        links = links_of(page)
        failures: list[tuple[Link, Diagnostic]] = []
        for number, link in enumerate(links):
            try:
                linked = self._sources.linked(page, link.address)
            except DocumentError as error:
                failures.append((link, error.diagnostics[0]))
                continue
            if self._look(linked, distance + 1, is_certain=link.is_certain):
                self._report_others(page, link, links[number + 1 :])
                return True
        if failures:
            self._failures[page.uri] = failures
        return False

    def _report_others(self, page: Page, taken: Link, others: list[Link]) -> None:
        left = [link.address for link in others if link.is_certain]
        if taken.is_certain and left:
            names = ", ".join(shorten(address) for address in left[:_SHOWN])
            message = f"the page has several documents; {shorten(taken.address)} was taken, and not {names}"
            hint = "extract the others on their own, by their addresses"
            self._report.warning("several-documents", message, Location(page.uri, "", 1, 1), hint)

    def _nothing_in(self, page: Page, severity: Severity) -> Diagnostic:
        failures = self._failures.get(page.uri, [])
        certain = next(((link, why) for link, why in failures if link.is_certain), None)
        hint = (
            "looked for a document in fenced blocks, scripts and links, and for lines such as 'GET /pets/{id}' or "
            "commands of curl in the text; look for a copy of the page as Markdown, which often holds the document: "
            "its address with '.md' added"
        )
        if certain:
            link, why = certain
            hint = f"the document is at {shorten(link.address)}, but {why.message}" + (
                f"; {why.hint}" if why.hint else ""
            )
        elif failures:
            addresses = ", ".join(link.address for link, _ in failures[:_SHOWN])
            hint = f"the page links to {addresses}: give that document to bothends instead"
        message = "the page holds no OpenAPI document"
        return Diagnostic("no-document-found", severity, message, Location(page.uri, "", 1, 1), hint)


def _nothing_at_all(pages: int) -> Diagnostic:
    message = f"none of the {pages} pages holds an OpenAPI document" if pages else "there is no page to read"
    hint = "name pages, or folders that hold .md, .mdx, .markdown, .txt, .html or .htm files"
    return Diagnostic("no-document-found", Severity.ERROR, message, None, hint)
