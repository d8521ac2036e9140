"""Names of pages in, their text out: files, folders, indexes, URLs of allowed hosts, and what pages link to.

A page may lead to files in its own folder, or in the folder that was named, to folders that are allowed, and to
hosts that are allowed. A page that was fetched leads to no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.extraction.index import index_links, is_index
from bothends.extraction.page import Page
from bothends.loading.fetch import FetchPolicy, is_remote, read_file, read_root
from bothends.loading.pins import Pins
from bothends.loading.places import Position, shorten
from bothends.loading.text import decode

# What a folder is searched for. A file that is named itself may be called as it likes.
_SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt", ".html", ".htm"})
_ACCEPTED = "text/markdown, application/json, application/yaml, text/html;q=0.8, */*;q=0.5"


class Sources:
    """Reads pages, every one of them once, within the limits of a run."""

    def __init__(self, policy: FetchPolicy, limits: Limits, report: Report, pins: Pins | None = None) -> None:
        self.limits = limits
        self.report = report
        self._policy = policy
        self._pins = pins or Pins({})
        self._pages: dict[str, Page] = {}
        self._lines: dict[str, list[str]] = {}
        self._bytes = 0

    def read(self, names: Iterable[str]) -> list[Page]:
        """Read every page that is named, those of folders by their suffix, and those that an index lists.

        What cannot be read is reported and left out; :class:`DocumentError` where the pages exceed a limit.
        """
        pages: dict[str, Page] = {}
        for name in names:
            for page in self._named(name):
                for found in self._listed(page, set()) if is_index(page) else (page,):
                    pages.setdefault(found.uri, found)
        return list(pages.values())

    def linked(self, page: Page, address: str) -> Page:
        """Read what a page links to. Raises :class:`DocumentError`."""
        place = Location(page.uri, "", 1, 1)
        try:
            address = urldefrag(urljoin(page.uri, address) if is_remote(page.uri) else address).url
            scheme = urlsplit(address).scheme
        except ValueError:
            scheme = "no"
        if is_remote(address):
            return self._fetched(address, place)
        if scheme or is_remote(page.uri):
            message = f"the page links to {shorten(address)}, which is not of http or https"
            raise DocumentError(Diagnostic("reference-not-allowed", Severity.ERROR, message, place))
        folder = page.folder or str(Path(os.path.realpath(page.uri)).parent)
        path = _beside(page, folder, unquote(urlsplit(address).path))
        return self._file(path, os.path.normpath(path), place, folder)

    def prepare(self, locations: Iterable[Location]) -> None:
        """Do nothing: the places in pages are known when they are reported."""

    def origin(self, location: Location) -> Location:
        """Return the place itself: nothing changes a page."""
        return location

    def locate(self, location: Location) -> Position | None:
        """Return line and column, where the location has them."""
        return (location.line, location.column or 1) if location.line is not None else None

    def source_line(self, uri: str, number: int) -> str | None:
        """Return a line of a page that was read."""
        page = self._pages.get(uri)
        lines = self._lines.setdefault(uri, page.text.split("\n") if page else [])
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _named(self, name: str) -> Iterator[Page]:
        try:
            if is_remote(name):
                yield self._fetched(name, Location(name), is_named=True)
            elif name == "-":
                yield self._page(read_root(name, self.limits), name, name, True, os.path.realpath("."))
            elif Path(name).is_dir():
                yield from self._folder(Path(name))
            else:
                folder = str(Path(os.path.realpath(name)).parent)
                yield self._file(name, name, Location(name), folder, is_named=True)
        except DocumentError as error:
            self._keep(error)

    def _folder(self, folder: Path) -> Iterator[Page]:
        """Go through a folder, hidden parts and links left out."""
        root = os.path.realpath(folder)
        for path, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(path, name)
                if name.startswith(".") or file.suffix.lower() not in _SUFFIXES or file.is_symlink():
                    continue
                try:
                    yield self._file(str(file), str(file), Location(str(file)), root)
                except DocumentError as error:
                    self._keep(error)

    def _listed(self, index: Page, seen: set[str]) -> Iterator[Page]:
        """Read the pages of an index, which may list further indexes; what is missing there is no error."""
        seen.add(index.uri)
        for address in index_links(index):
            try:
                page = self._mirrored(index, address) or self.linked(index, address)
            except DocumentError as error:
                is_elsewhere = error.diagnostics[0].code == "reference-not-allowed"
                self._keep(error, Severity.NOTE if is_elsewhere else Severity.WARNING)
                continue
            if not is_index(page):
                yield page
            elif page.uri not in seen:
                yield from self._listed(page, seen)

    def _mirrored(self, index: Page, address: str) -> Page | None:
        """Return the copy of a page, where an index was saved along with the pages that it lists by their URLs."""
        if is_remote(index.uri) or not is_remote(address):
            return None
        path = Path(index.folder, unquote(urlsplit(address).path).lstrip("/"))
        if not path.is_file():
            return None
        return self._file(str(path), os.path.relpath(path), Location(index.uri, "", 1, 1), index.folder)

    def _file(self, path: str, shown: str, place: Location, folder: str, *, is_named: bool = False) -> Page:
        real = os.path.realpath(path)
        known = self._pages.get(real)
        if known is not None:
            return known
        folders = (folder, *(os.path.realpath(allowed) for allowed in self._policy.folders))
        if not is_named and not any(Path(real).is_relative_to(allowed) for allowed in folders):
            hint = "allow the folder it is in: --allow-folder DIR"
            message = f"the page links to {shorten(shown)}, which is not in its folder"
            raise DocumentError(Diagnostic("reference-not-allowed", Severity.ERROR, message, place, hint))
        return self._page(read_file(real, shown, place, self.limits), shown, real, is_named, folder)

    def _fetched(self, url: str, place: Location, *, is_named: bool = False) -> Page:
        known = self._pages.get(url)
        if known is not None:
            return known
        # Imported on use: most runs fetch nothing, and what speaks HTTP takes its time to load.
        from bothends.loading.remote import fetch

        source = fetch(url, self._policy, self.limits, place, accept=_ACCEPTED)
        self._pins.check(url, source, place)
        return self._page(source, url, url, is_named, "")

    def _page(self, source: bytes, uri: str, key: str, is_named: bool, folder: str) -> Page:
        self._bytes += len(source)
        if self._bytes > self.limits.total_bytes:
            message = f"the pages together are larger than {self.limits.total_bytes:,} bytes"
            raise DocumentError(Diagnostic("too-large-together", Severity.ERROR, message, Location(uri)))
        if len(self._pages) >= 2 * self.limits.documents:
            message = f"there are more than {self.limits.documents:,} pages"
            raise DocumentError(Diagnostic("too-many-documents", Severity.ERROR, message, Location(uri)))
        page = Page(uri, decode(source, uri), is_named, folder)
        self._pages[key] = self._pages[uri] = page
        return page

    def _keep(self, error: DocumentError, most: Severity = Severity.ERROR) -> None:
        """Report what could not be read; a limit ends the run."""
        if error.diagnostics[0].code in ("too-large-together", "too-many-documents"):
            raise error
        for one in error.diagnostics:
            severity = most if one.severity is Severity.ERROR else one.severity
            self.report.add(Diagnostic(one.code, severity, one.message, one.location, one.hint, one.related))


def _beside(page: Page, folder: str, path: str) -> str:
    """Return the path of a link: beside its page, or below a folder around it that is part of the same site."""
    root = Path(folder)
    start = Path(os.path.realpath(page.uri)).parent if page.uri != "-" else root
    relative = path.lstrip("/")
    for above in (start, *start.parents):
        if (above / relative).is_file():
            return os.path.relpath(above / relative)
        if above in (root, *root.parents):
            break
    return os.path.relpath(start / relative)
