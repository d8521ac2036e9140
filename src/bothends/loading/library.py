"""URIs in, parsed documents out: which documents a run has read, and which of those asked for it may read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading.document import Document, parse_document
from bothends.loading.fetch import FetchPolicy, is_remote, read_file, read_root, too_large
from bothends.loading.identifiers import Identifiers, identify
from bothends.loading.pins import Pins
from bothends.loading.places import shorten
from bothends.loading.standard import standard_document


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, the absolute URI that it was read from, and the names that it gives."""

    document: Document
    retrieved: str
    identifiers: Identifiers


class Library:
    """The documents of one run, the root first. Every file is read once, whatever it is called by."""

    def __init__(self, policy: FetchPolicy, limits: Limits, report: Report, pins: Pins) -> None:
        self._policy = policy
        self._pins = pins
        self._limits = limits
        self._report = report
        self._entries: list[Entry] = []
        # Those that call themselves something else than where they were read from.
        self._renamed: list[Entry] = []
        self._overlays: list[Document] = []
        self._by_uri: dict[str, Entry] = {}
        self._by_path: dict[str, Entry] = {}
        # Absolute URIs that documents and schemas call themselves by.
        self._named: dict[str, tuple[Entry, str]] = {}
        self._sources: dict[str, bytes] = {}
        # What symbolic links led to, both named relative to the root's folder.
        self._links: dict[str, str] = {}
        self._bytes = 0
        # None: the root document is not a file, and leads to none.
        self._folder: str | None = None
        self._shown_folder = Path()

    @property
    def entries(self) -> list[Entry]:
        """Everything that was read, the root first."""
        return self._entries

    def source(self, uri: str) -> bytes | None:
        """Return the bytes of a document by the name that messages give it, also where they could not be parsed."""
        return self._sources.get(uri)

    @property
    def overlays(self) -> list[Document]:
        """The overlays that were read, in order."""
        return self._overlays

    @property
    def links(self) -> dict[str, str]:
        """Names of documents, relative to the root's folder, that led to others by way of symbolic links."""
        return self._links

    def open_root(self, uri: str, source: bytes | None = None, overlays: Sequence[str] = ()) -> Entry:
        """Read the root document, or take its bytes, and apply overlays to it.

        References may lead to its folder from then on.
        """
        place = Location(uri)
        if is_remote(uri):
            source = self._fetched(uri, place) if source is None else source
            return self._add(source, uri, uri, uri, place, overlays)
        if source is None:
            source = read_root(uri, self._limits)
        path = os.path.realpath(uri)
        self._folder, name = os.path.split(path)
        self._shown_folder = Path(uri).parent
        entry = self._add(source, uri, name, Path(path).as_uri(), place, overlays)
        self._by_path[path] = entry
        return entry

    def find(self, uri: str, place: Location) -> tuple[Entry, str]:
        """Return the document that an absolute URI names, and the pointer of the resource in it.

        Reads the document where need be; ``place`` is the reference that asks for it.
        """
        known = self._named.get(uri)
        if known is not None:
            return known
        entry = self._by_uri.get(uri) or self._read(uri, place)
        self._by_uri[uri] = entry
        return entry, ""

    def _read(self, uri: str, place: Location) -> Entry:
        uri = self._beside_self(uri) or uri
        if uri in self._by_uri:
            return self._by_uri[uri]
        parts = urlsplit(uri)
        if parts.scheme == "file" and not parts.netloc:
            return self._read_path(unquote(parts.path), parts.path, place)
        if is_remote(uri):
            self._count(place)
            known = standard_document(uri)
            if known is not None:
                return self._add(known, uri, uri, uri, place)
            return self._add(self._fetched(uri, place), uri, uri, uri, place)
        if parts.scheme == "file":
            raise _not_allowed(f"the reference leads to a file of another machine, {shorten(parts.netloc)}", place)
        message = f"no document and no schema that was read calls itself {shorten(uri)}"
        raise DocumentError(Diagnostic("unresolved-reference", Severity.ERROR, message, place))

    def _beside_self(self, uri: str) -> str | None:
        """Map a URI beside the ``$self`` of a document to the one beside where it was read from."""
        for entry in self._renamed:
            own = entry.identifiers.bases[""]
            if uri.startswith(own.rpartition("/")[0] + "/"):
                return urljoin(entry.retrieved, f"./{uri[own.rindex('/') + 1 :]}")
        return None

    def _read_path(self, path: str, as_written: str, place: Location) -> Entry:
        if self._folder is None or is_remote(place.uri):
            raise _not_allowed("a document that was fetched may not refer to files of this machine", place)
        if not path or "\0" in path:
            message = "a path holds a null" if path else "the reference names no file"
            raise DocumentError(Diagnostic("unresolved-reference", Severity.ERROR, message, place))
        real = os.path.realpath(path)
        # A file may be named with a percent sign that escapes nothing.
        if as_written != path and not _exists(real) and _exists(as_written):
            real = os.path.realpath(as_written)
        name = os.path.relpath(real, self._folder).replace(os.sep, "/")
        if os.path.normpath(path) != real:
            self._links[os.path.relpath(path, self._folder).replace(os.sep, "/")] = name
        known = self._by_path.get(real)
        if known is not None:
            return known
        shown = os.path.normpath(self._shown_folder / name).replace(os.sep, "/")
        folders = (self._folder, *(os.path.realpath(folder) for folder in self._policy.folders))
        if not any(Path(real).is_relative_to(folder) for folder in folders):
            hint = "move the file below the document's folder, or allow the folder it is in: --allow-folder DIR"
            raise _not_allowed("the reference leads out of the document's folder", place, hint)
        self._count(place)
        entry = self._add(read_file(real, shown, place, self._limits), shown, name, Path(real).as_uri(), place)
        self._by_path[real] = entry
        return entry

    def _fetched(self, url: str, place: Location) -> bytes:
        # Imported on use: most runs fetch nothing, and what speaks HTTP takes its time to load.
        from bothends.loading.remote import fetch

        source = fetch(url, self._policy, self._limits, place)
        self._pins.check(url, source, place)
        return source

    def _count(self, place: Location) -> None:
        if len(self._entries) >= self._limits.documents:
            message = f"references lead to more than {self._limits.documents:,} documents"
            raise DocumentError(Diagnostic("too-many-documents", Severity.ERROR, message, place))

    def _add(
        self, source: bytes, uri: str, name: str, retrieved: str, place: Location, overlays: Sequence[str] = ()
    ) -> Entry:
        document = self._parse(source, uri, name, place, is_root=not self._entries)
        if overlays:
            self._overlays = [self._overlay(overlay) for overlay in overlays]
            # Imported on use: most runs have none, and JSONPath takes its time to load.
            from bothends.loading.overlay import apply_overlays

            document.change(apply_overlays(document, self._overlays, self._report), tuple(self._overlays))
        entry = Entry(document, retrieved, identify(document, retrieved))
        self._entries.append(entry)
        if entry.identifiers.bases[""] != retrieved:
            self._renamed.append(entry)
        self._by_uri[retrieved] = entry
        for named, pointer in entry.identifiers.resources.items():
            self._named.setdefault(named, (entry, pointer))
        return entry

    def _overlay(self, uri: str) -> Document:
        place = Location(uri)
        if is_remote(uri):
            return self._parse(self._fetched(uri, place), uri, uri, place)
        source = read_root(uri, self._limits)
        name = Path(uri).name if self._folder is None else os.path.relpath(os.path.realpath(uri), self._folder)
        return self._parse(source, uri, name.replace(os.sep, "/"), place)

    def _parse(self, source: bytes, uri: str, name: str, place: Location, *, is_root: bool = False) -> Document:
        if len(source) > self._limits.document_bytes:
            raise too_large(uri, place, self._limits)
        self._sources[uri] = source
        self._bytes += len(source)
        if self._bytes > self._limits.total_bytes:
            message = f"the documents together are larger than {self._limits.total_bytes:,} bytes"
            raise DocumentError(Diagnostic("too-large-together", Severity.ERROR, message, place))
        return parse_document(source, uri, self._limits, self._report, name=name, is_root=is_root)


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # no name that a file could have
        return False


def _not_allowed(message: str, place: Location, hint: str | None = None) -> DocumentError:
    return DocumentError(Diagnostic("reference-not-allowed", Severity.ERROR, message, place, hint))
