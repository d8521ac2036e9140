"""URIs in, parsed documents out: which documents a run has read, and which of those asked for it may read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Report, Severity
from bothends.loading.document import Document, parse_document
from bothends.loading.fetch import FetchPolicy, read_file, read_root, too_large
from bothends.loading.identifiers import Identifiers, identify
from bothends.loading.places import shorten


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, the absolute URI that it was read from, and the names that it gives."""

    document: Document
    retrieved: str
    identifiers: Identifiers


class Library:
    """The documents of one run, the root first. Every file is read once, whatever it is called by."""

    def __init__(self, policy: FetchPolicy, limits: Limits, report: Report) -> None:
        self._policy = policy
        self._limits = limits
        self._report = report
        self._entries: list[Entry] = []
        self._by_uri: dict[str, Entry] = {}
        self._by_path: dict[str, Entry] = {}
        # Absolute URIs that documents and schemas call themselves by.
        self._named: dict[str, tuple[Entry, str]] = {}
        self._sources: dict[str, bytes] = {}
        self._bytes = 0
        self._folder = ""
        self._shown_folder = Path()

    @property
    def entries(self) -> list[Entry]:
        """Everything that was read, the root first."""
        return self._entries

    def source(self, uri: str) -> bytes | None:
        """Return the bytes of a document by the name that messages give it, also where they could not be parsed."""
        return self._sources.get(uri)

    def open_root(self, uri: str, source: bytes | None = None) -> Entry:
        """Read the root document, or take its bytes; references may lead to its folder from then on."""
        if urlsplit(uri).scheme in ("http", "https"):
            raise _not_allowed(f"reading a document from {shorten(uri)} is not allowed", Location(uri))
        if source is None:
            source = read_root(uri, self._limits)
        path = os.path.realpath(uri)
        self._folder, name = os.path.split(path)
        self._shown_folder = Path(uri).parent
        return self._add(source, uri, name, path, Location(uri))

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
        parts = urlsplit(uri)
        if parts.scheme == "file" and not parts.netloc:
            return self._read_path(unquote(parts.path), parts.path, place)
        beside = self._beside_self(uri)
        if beside is not None:
            return self._read_path(beside, beside, place)
        if parts.scheme in ("http", "https"):
            host = parts.netloc.rpartition("@")[2]
            if host in self._policy.hosts:
                message = f"{shorten(uri)} cannot be read: fetching documents is not supported"
                raise _not_allowed(message, place, "save it beside the document and refer to the file")
            hint = "save it beside the document and refer to the file, or allow the host in the configuration"
            raise _not_allowed(f"the reference leads to the host {shorten(host)}, which is not allowed", place, hint)
        if parts.scheme == "file":
            raise _not_allowed(f"the reference leads to a file of another machine, {shorten(parts.netloc)}", place)
        message = f"no document and no schema that was read calls itself {shorten(uri)}"
        raise DocumentError(Diagnostic("unresolved-reference", Severity.ERROR, message, place))

    def _beside_self(self, uri: str) -> str | None:
        """Map a URI beside the ``$self`` of a document to the path beside the file it was read from."""
        for entry in self._entries:
            own = entry.identifiers.bases[""]
            if own != entry.retrieved and uri.startswith(own.rpartition("/")[0] + "/"):
                folder = unquote(urlsplit(entry.retrieved).path).rpartition("/")[0]
                return f"{folder}/{unquote(uri[own.rindex('/') + 1 :])}"
        return None

    def _read_path(self, path: str, as_written: str, place: Location) -> Entry:
        if "\0" in path:
            raise DocumentError(Diagnostic("unresolved-reference", Severity.ERROR, "a path holds a null", place))
        real = os.path.realpath(path)
        # A file may be named with a percent sign that escapes nothing.
        if as_written != path and not Path(real).exists() and Path(as_written).exists():
            real = os.path.realpath(as_written)
        known = self._by_path.get(real)
        if known is not None:
            return known
        name = os.path.relpath(real, self._folder).replace(os.sep, "/")
        shown = os.path.normpath(self._shown_folder / name).replace(os.sep, "/")
        folders = (self._folder, *(os.path.realpath(folder) for folder in self._policy.folders))
        if not any(Path(real).is_relative_to(folder) for folder in folders):
            hint = "move the file below the document's folder, or allow its folder in the configuration"
            raise _not_allowed("the reference leads out of the document's folder", place, hint)
        if len(self._entries) >= self._limits.documents:
            message = f"references lead to more than {self._limits.documents:,} files"
            raise DocumentError(Diagnostic("too-many-documents", Severity.ERROR, message, place))
        return self._add(read_file(real, shown, place, self._limits), shown, name, real, place)

    def _add(self, source: bytes, uri: str, name: str, path: str, place: Location) -> Entry:
        if len(source) > self._limits.document_bytes:
            raise too_large(uri, place, self._limits)
        self._sources[uri] = source
        self._bytes += len(source)
        if self._bytes > self._limits.total_bytes:
            message = f"the documents together are larger than {self._limits.total_bytes:,} bytes"
            raise DocumentError(Diagnostic("too-large-together", Severity.ERROR, message, place))
        is_root = not self._entries
        document = parse_document(source, uri, self._limits, self._report, name=name, is_root=is_root)
        retrieved = Path(path).as_uri()
        entry = Entry(document, retrieved, identify(document, retrieved))
        self._entries.append(entry)
        self._by_path[path] = entry
        self._by_uri[retrieved] = entry
        for named, pointer in entry.identifiers.resources.items():
            self._named.setdefault(named, (entry, pointer))
        return entry


def _not_allowed(message: str, place: Location, hint: str | None = None) -> DocumentError:
    return DocumentError(Diagnostic("reference-not-allowed", Severity.ERROR, message, place, hint))
