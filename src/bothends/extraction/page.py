"""Files and folders in, documentation pages out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading.text import decode

# What a folder is searched for. A file that is named itself may be called as it likes.
_SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one documentation page. ``uri`` names it in messages."""

    uri: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a page that may be a document. ``line`` is where it begins, from 1, ``column`` what precedes it there."""

    page: Page
    line: int
    text: str
    column: int = 0


def read_pages(paths: Iterable[Path], report: Report, limits: Limits) -> list[Page]:
    """Read every page, those of a folder by their suffix; what cannot be read is reported and left out."""
    pages: list[Page] = []
    seen: set[Path] = set()
    total = 0
    for path in (file for named in paths for file in _files(named)):
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        try:
            source = _read(path, limits)
            total += len(source)
            if total > limits.total_bytes or len(seen) > limits.documents:
                message = f"the pages are more than {limits.documents:,}, or larger than {limits.total_bytes:,} bytes"
                raise _error("too-large", message, path)
            pages.append(Page(str(path), decode(source, str(path))))
        except DocumentError as error:
            for diagnostic in error.diagnostics:
                report.add(diagnostic)
            if total > limits.total_bytes or len(seen) > limits.documents:
                break
    return pages


def _files(path: Path) -> Iterator[Path]:
    """Go through a folder, hidden parts and links left out, or return the file itself."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() in _SUFFIXES and not file.is_symlink():
                yield file


def _read(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            source = file.read(limits.document_bytes + 1)
    except OSError as error:
        raise _error("file-not-found", f"{path} cannot be read: {error.strerror or error}", path) from None
    if len(source) > limits.document_bytes:
        raise _error("too-large", f"the page is larger than {limits.document_bytes:,} bytes", path)
    return source


def _error(code: str, message: str, path: Path) -> DocumentError:
    return DocumentError(Diagnostic(code, Severity.ERROR, message, Location(str(path))))
