"""Pages without a document in; the data of a document of what their text says out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bothends.diagnostics.model import Location, Report
from bothends.extraction.markup import is_markup
from bothends.extraction.page import Page
from bothends.extraction.prose.assemble import document_of, unplaced
from bothends.extraction.prose.blocks import Block, plain
from bothends.extraction.prose.endpoints import METHODS, endpoint_of_line
from bothends.extraction.prose.labels import label_of
from bothends.extraction.prose.markdown import markdown_blocks
from bothends.extraction.prose.markup import markup_blocks
from bothends.extraction.prose.reading import Operation, read_operation
from bothends.extraction.prose.regions import regions_of
from bothends.loading.places import shorten

_SHOWN = 5
# Within how many lines a page without headings says what it is about.
_FIRST = 12
_METHOD = re.compile(rf"(?:{METHODS})\b")


def described_document(pages: Sequence[Page], report: Report) -> dict[str, Any] | None:
    """Return the document that the text of pages describes; None where they describe no operation with a path."""
    known = len(report)
    operations: list[Operation] = []
    texts: list[str] = []
    title = ""
    for page in pages:
        blocks = markup_blocks(page.text) if is_markup(page) else markdown_blocks(page.text)
        found = regions_of(blocks)
        read = [read_operation(region) for region in found.regions]
        _report_without_path(page, [one for one in read if not one.endpoint.path], report)
        _report_unplaced(page, [one for one in read if one.endpoint.path], report)
        operations += [one for one in read if one.endpoint.path]
        texts += [block.text for block in blocks if block.kind not in ("gap", "table", "field")]
        title = title or _title(blocks)
    operations = _fullest(operations)
    if len(operations) == 1 and not operations[0].title:
        operations[0].title = title
    if not operations:
        return None
    names = ", ".join(page.uri for page in pages[:_SHOWN])
    number = "1 operation was" if len(operations) == 1 else f"{len(operations)} operations were"
    message = f"{number} read from the text of {names}, which holds no OpenAPI document"
    hint = "read the document before you rely on it: what the text leaves open is left open"
    # Other warnings about the text say already that it was read.
    if len(report) == known:
        report.warning("read-from-text", message, Location(pages[0].uri, "", 1, 1), hint)
    return document_of(title, operations, texts)


def _title(blocks: Sequence[Block]) -> str:
    headings = [block for block in blocks if block.kind == "heading"]
    first = min(headings, key=lambda block: block.level, default=None)
    if first is None:
        texts = [block for block in blocks if block.kind == "text"][:_FIRST]
        first = next((block for block in texts if _is_title(plain(block.text))), None)
    return plain(first.text)[:120] if first is not None else ""


def _is_title(text: str) -> bool:
    is_phrase = 2 < len(text) <= 60 and not text.endswith((".", ":", "!")) and _METHOD.match(text) is None
    return is_phrase and label_of(text) is None and endpoint_of_line(text) is None


def _fullest(operations: Sequence[Operation]) -> list[Operation]:
    """Return every operation once, as it is described most fully: overviews list what is described further down."""
    kept: dict[tuple[str, str], Operation] = {}
    for one in operations:
        key = (one.endpoint.method, one.endpoint.path)
        known = kept.get(key)
        if known is None or _weight(one) > _weight(known):
            if known is not None and known.title and not one.title:
                one.title = known.title
            kept[key] = one
    return list(kept.values())


def _weight(one: Operation) -> int:
    return 3 * len(one.fields) + 3 * len(one.responses) + 3 * len(one.commands) + len(one.description)


def _report_without_path(page: Page, operations: Sequence[Operation], report: Report) -> None:
    for one in operations:
        name = f" of '{one.title}'" if one.title else ""
        message = f"the page names the method {one.endpoint.method}{name} and no path; the operation is left out"
        hint = (
            f"write the path behind the method, such as '{one.endpoint.method} /pets/{{id}}', into a copy of the page"
        )
        report.warning("operation-without-path", message, Location(page.uri, "", one.line, 1), hint)


def _report_unplaced(page: Page, operations: Sequence[Operation], report: Report) -> None:
    for one in operations:
        for name in unplaced(one):
            path = one.endpoint.path
            message = f"the page calls {shorten(name)} a parameter of the path {shorten(path)}, which does not name it"
            hint = f"write {{{name}}} into the path in a copy of the page; the parameter is left out"
            report.warning("parameter-without-place", message, Location(page.uri, "", one.line, 1), hint)
