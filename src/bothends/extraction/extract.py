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
from bothends.diagnostics.model import Report
from bothends.extraction.merge import merge_slices
from bothends.extraction.page import Page
from bothends.extraction.plain import canonical
from bothends.extraction.search import Search
from bothends.extraction.slices import Slice
from bothends.extraction.sources import Sources
from bothends.extraction.write import lay_out_json, to_json, to_yaml
from bothends.loading.fetch import FetchPolicy

Syntax = Literal["yaml", "json"]


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """The text of a document, and how many slices it was made of: none where it was read from what pages say."""

    text: str
    syntax: Syntax
    slices: int


def extract_pages(
    names: Iterable[str | Path], report: Report, syntax: Syntax | None = None, sources: Sources | None = None
) -> ExtractedDocument:
    """Read pages, by path or URL, folders of them or indexes, and return the document in them.

    ``syntax`` asks for YAML or JSON; without it the document stays what it is on the pages. ``sources`` says what
    may be read.
    """
    sources = sources or _files_only(report)
    return extract(sources.read(map(str, names)), report, syntax, sources)


def extract(
    pages: Sequence[Page], report: Report, syntax: Syntax | None = None, sources: Sources | None = None
) -> ExtractedDocument:
    """Return the document that the pages hold; :class:`DocumentError` where there is none."""
    search = Search(sources or _files_only(report), report)
    search.take(pages)
    report.stop_on_errors()
    if search.described is not None:
        wanted = syntax or "yaml"
        text = to_json(search.described) if wanted == "json" else to_yaml(search.described)
        return ExtractedDocument(text, wanted, 0)
    return _write(search.slices, syntax, report)


def _files_only(report: Report) -> Sources:
    return Sources(FetchPolicy(), Limits(), report)


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
