"""Documentation pages in, one OpenAPI document out: what ``bothends extract`` does.

The document of a single page is kept as it stands there, faults included. Slices on several pages become one
document, by the rules of :mod:`bothends.extraction.merge` and :mod:`bothends.extraction.votes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.extraction.links import linked_documents
from bothends.extraction.merge import merge_slices
from bothends.extraction.page import Page, read_pages
from bothends.extraction.plain import canonical
from bothends.extraction.slices import Slice, slices_of
from bothends.extraction.write import lay_out_json, to_json, to_yaml

Syntax = Literal["yaml", "json"]


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """The text of a document, and how many slices it was made of."""

    text: str
    syntax: Syntax
    slices: int


def extract_pages(
    paths: Iterable[Path], report: Report, syntax: Syntax | None = None, limits: Limits | None = None
) -> str:
    """Read pages, files or folders of files, and return the text of the document in them.

    ``syntax`` asks for YAML or JSON; without it the document stays what it is on the pages.
    """
    limits = limits or Limits()
    return extract(read_pages(paths, report, limits), report, syntax, limits).text


def extract(
    pages: Sequence[Page], report: Report, syntax: Syntax | None = None, limits: Limits | None = None
) -> ExtractedDocument:
    """Return the document that the pages hold; :class:`DocumentError` where there is none."""
    limits = limits or Limits()
    slices: list[Slice] = []
    empty: list[Page] = []
    for page in pages:
        found = slices_of(page, report, limits)
        slices.extend(found)
        if not found:
            empty.append(page)
    report.stop_on_errors()
    missing = [_nothing_in(page, Severity.WARNING if slices else Severity.ERROR) for page in empty]
    if not slices:
        raise DocumentError(*(missing or [_nothing_at_all()]))
    for diagnostic in missing:
        report.add(diagnostic)
    return _write(slices, syntax, report)


def _write(slices: Sequence[Slice], syntax: Syntax | None, report: Report) -> ExtractedDocument:
    natural: Syntax = "json" if all(piece.is_json for piece in slices) else "yaml"
    wanted = syntax or natural
    if len({canonical(piece.data) for piece in slices}) == 1 and wanted == natural:
        kept = min(piece.text for piece in slices if piece.is_json == (wanted == "json"))
        text = lay_out_json(kept) if wanted == "json" else kept.strip("\n") + "\n"
    else:
        data = merge_slices(slices, report)
        text = to_json(data) if wanted == "json" else to_yaml(data)
    return ExtractedDocument(text, wanted, len(slices))


def _nothing_in(page: Page, severity: Severity) -> Diagnostic:
    links = linked_documents(page)
    hint = "look for a copy of the page as Markdown, which often holds the document: its address with '.md' added"
    if links:
        hint = f"the page links to {', '.join(links)}: give that document to bothends instead"
    message = "the page holds no OpenAPI document"
    return Diagnostic("no-document-found", severity, message, Location(page.uri, "", 1, 1), hint)


def _nothing_at_all() -> Diagnostic:
    message = "there is no page to extract a document from"
    hint = "name pages, or folders that hold .md, .mdx, .markdown, .txt, .html or .htm files"
    return Diagnostic("no-document-found", Severity.ERROR, message, None, hint)
