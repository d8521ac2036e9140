"""References in, cursors out. Further documents are read as references ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Related, Report, Severity
from bothends.loading import pointer as pointers
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping
from bothends.loading.data import reference as reference_of
from bothends.loading.document import Document
from bothends.loading.fetch import FetchPolicy
from bothends.loading.identifiers import join
from bothends.loading.library import Entry, Library
from bothends.loading.missing import Missing
from bothends.loading.pins import Pins
from bothends.loading.places import Position, shorten

__all__ = ["FetchPolicy", "Resolver"]

# References to definitions that a schema holds itself.
_OWN_DEFINITIONS = re.compile(r"#/(\$defs|definitions)/")
# How many places of a loop a message lists.
_LISTED = 8


class Resolver:
    """Opens one root document and resolves what it and the documents that it leads to refer to."""

    def __init__(self, policy: FetchPolicy, limits: Limits, report: Report, pins: Pins | None = None) -> None:
        self._limits = limits
        self._report = report
        report.most = limits.problems
        self._library = Library(policy, limits, report, pins or Pins({}))
        self._entries: dict[int, Entry] = {}
        self._by_name: dict[str, Document] = {}
        self._documents: tuple[Document, ...] = ()
        # The documents besides the root by what keys call them.
        self._by_key: dict[str, Document] = {}
        self._keyed = 0
        self._resolved: dict[tuple[int, str, str], Cursor] = {}
        self._targets: dict[str, Cursor] = {}
        # Where references end, and how many there are on the way, by the key of the first.
        self._ends: dict[str, tuple[Cursor, int]] = {}
        # The references that are being resolved, one for the sake of the other.
        self._open: set[tuple[int, str, str]] = set()
        self._missing = Missing()
        # Whether it was said already that schemas refer to definitions of their own.
        self._has_own = False

    @property
    def limits(self) -> Limits:
        """The bounds within which documents are read."""
        return self._limits

    def open(self, spec: str | Path, overlays: Sequence[str] = ()) -> Cursor:
        """Read the root document: a path, a URL whose host is allowed, or ``-`` for standard input.

        ``overlays``, named by paths or URLs, are applied to it in order.
        """
        return self._root(self._library.open_root(str(spec), None, overlays))

    def open_text(self, text: str | bytes, uri: str, overlays: Sequence[str] = ()) -> Cursor:
        """Take a text for the root document; ``uri`` names it, and its folder is where references lead."""
        source = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return self._root(self._library.open_root(uri, source, overlays))

    def documents(self) -> tuple[Document, ...]:
        """Return everything that was read so far, the root first."""
        entries = self._library.entries
        if len(self._documents) != len(entries):
            self._documents = tuple(entry.document for entry in entries)
        return self._documents

    def overlays(self) -> tuple[Document, ...]:
        """Return the overlays that were applied to the root."""
        return tuple(self._library.overlays)

    def links(self) -> dict[str, str]:
        """Return which documents were reached by way of symbolic links, and what those led to."""
        return dict(self._library.links)

    def retrieved(self, document: Document) -> str:
        """Return the absolute URI that a document was read from."""
        return self._entry(document).retrieved

    def data(self, uri: str, place: Location) -> Any:
        """Return the data of the document that an absolute URI names; read where need be, and allowed."""
        return self._library.find(uri, place)[0].document.data

    def follow(self, cursor: Cursor) -> Cursor:
        """Return what a mapping with ``$ref`` refers to, through any number of references.

        Anything else is returned as it is. :class:`DocumentError` where there is no such place.
        """
        seen: dict[str, Cursor] = {}
        length = 0
        while (target := reference_of(cursor.value)) is not None:
            if cursor.key in seen:
                raise _loop(seen, cursor)
            known = self._ends.get(cursor.key)
            length = len(seen) + (known[1] if known else 1)
            if length > self._limits.reference_chain:
                raise self._too_long(cursor / "$ref")
            if known:
                cursor = known[0]
                break
            seen[cursor.key] = cursor
            cursor = self.resolve(target, cursor)
        self._ends.update((key, (cursor, length - passed)) for passed, key in enumerate(seen))
        return cursor

    def resolve(self, reference: str, base: Cursor) -> Cursor:
        """Return the place that one reference means at a place; :class:`DocumentError` where it means none.

        The target may be a reference itself. ``base`` is a value, or the mapping that holds the reference.
        """
        entry = self._entry(base.document)
        holds = entry.identifiers.base(base.pointer)
        memo = (id(base.document), holds, reference)
        known = self._resolved.get(memo)
        if known is not None:
            return known
        if memo in self._open:
            raise _error(
                "reference-loop", "finding out where this reference leads needs itself", _place(reference, base)
            )
        if len(self._open) >= self._limits.reference_chain:
            raise self._too_long(_place(reference, base))
        self._open.add(memo)
        try:
            target = self._resolve(reference, holds, _place(reference, base))
        finally:
            self._open.discard(memo)
        # One cursor for each place, whatever it is called by.
        target = self._targets.setdefault(target.key, target)
        if not self.is_relative(reference, base.document):
            self._resolved[memo] = target
        return target

    def is_relative(self, reference: str, document: Document) -> bool:
        """Tell whether a reference means the definitions of the schema around it, since the document has none.

        That is how schemas look that were made by themselves and put into a document as they were.
        """
        section = _OWN_DEFINITIONS.match(reference)
        return section is not None and _step_path(document.data, (section[1],)) is None

    def dynamic_anchors(self, place: Cursor) -> dict[str, Cursor]:
        """Return the dynamic anchors of the schema resource that a place is in, by name."""
        entry = self._entry(place.document)
        named = entry.identifiers.dynamic
        own = named.get(entry.identifiers.base(place.pointer), {}) if named else {}
        return {name: self._below(entry, pointer) for name, pointer in own.items()}

    def all_dynamic_anchors(self, name: str) -> list[Cursor]:
        """Return the places of all dynamic anchors of a name in the documents read so far."""
        return [
            self._below(entry, own[name])
            for entry in self._library.entries
            for own in entry.identifiers.dynamic.values()
            if name in own
        ]

    def at(self, key: str) -> Cursor:
        """Return the place of a canonical key; ``KeyError`` where there is none."""
        name, _, pointer = key.partition("#")
        document = self._named(unquote(name)) if name else self.documents()[0]
        if document is None:
            raise KeyError(key)
        cursor = Cursor(document.data, document)
        for token in pointers.parse(pointer):
            below = _step(cursor, token)
            if below is None:
                raise KeyError(key)
            cursor = below
        return cursor

    def _named(self, name: str) -> Document | None:
        documents = self.documents()
        for document in documents[max(self._keyed, 1) :]:
            self._by_key.setdefault(document.name, document)
        self._keyed = len(documents)
        return self._by_key.get(name)

    def locate(self, location: Location) -> Position | None:
        """Return line and column, from 1, of a place in a document that was read."""
        if location.line is not None:
            return location.line, location.column or 1
        document = self._document(location.uri)
        return document.position(location.pointer) if document else None

    def origin(self, location: Location) -> Location:
        """Return where a place in the data was written: in the source of a document, or in an overlay."""
        document = self._document(location.uri)
        if location.line is not None or document is None:
            return location
        return Location(*document.origin(location.pointer))

    def prepare(self, locations: Iterable[Location]) -> None:
        """Find many places at once, for :meth:`locate` to return."""
        wanted: dict[str, list[str]] = {}
        for location in locations:
            if location.line is None:
                wanted.setdefault(location.uri, []).append(location.pointer)
        for uri, pointers_in_it in wanted.items():
            document = self._document(uri)
            if document:
                document.prepare(pointers_in_it)

    def source_line(self, uri: str, number: int) -> str | None:
        """Return a line of a document that was read, whether it could be parsed or not."""
        document = self._document(uri)
        if document:
            return document.line(number)
        source = self._library.source(uri)
        lines = source.decode("utf-8", "replace").splitlines() if source is not None else []
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _document(self, uri: str) -> Document | None:
        """Return the document, or overlay, that messages call by a name."""
        if uri not in self._by_name:
            for document in (*self.documents(), *self._library.overlays):
                self._by_name.setdefault(document.uri, document)
        return self._by_name.get(uri)

    def _root(self, entry: Entry) -> Cursor:
        return Cursor(entry.document.data, entry.document)

    def _entry(self, document: Document) -> Entry:
        known = self._entries.get(id(document))
        if known is None:
            known = next(entry for entry in self._library.entries if entry.document is document)
            self._entries[id(document)] = known
        return known

    def _resolve(self, reference: str, holds: str, place: Cursor) -> Cursor:
        try:
            if urlsplit(reference).scheme == "file":
                raise _error("reference-not-allowed", "a reference may not be a file: URL", place)
            uri, fragment = urldefrag(join(holds, reference))
            # What is joined may be no address though both of its parts are.
            urlsplit(uri)
        except ValueError:
            raise _error("unresolved-reference", f"{shorten(reference)} is not a reference", place) from None
        entry, start = self._library.find(uri, place.location)
        if fragment and not fragment.startswith("/"):
            return self._anchor(entry, uri, unquote(fragment), place)
        resource = self._below(entry, start)
        found, missing = self._walk(resource, unquote(fragment))
        if found is None and "%" in fragment:
            found, _ = self._walk(resource, fragment)
        if found is None and start:
            # Authors who give a schema an $id tend to go on referring to the document.
            found, _ = self._walk(self._below(entry, ""), unquote(fragment))
            if found is not None:
                message = f"{shorten(reference)} leads nowhere below the '$id' that holds here; the document has it"
                self._report.warning("unresolved-reference", message, place.location)
        if found is None and self.is_relative(reference, place.document):
            found = self._within(place, reference[1:])
        if found is None:
            raise self._missing.error(reference, *missing, place)
        return found

    def _within(self, place: Cursor, pointer: str) -> Cursor | None:
        """Return where a pointer leads from the nearest schema around a place that has it; None where none has."""
        section = pointers.parse(pointer)[0]
        around = place.pointer
        while around:
            holder = self._below(self._entry(place.document), around)
            found = self._walk(holder, unquote(pointer))[0] if _step(holder, section) is not None else None
            if found is not None:
                self._report_own(pointer, place, found)
                return found
            around = pointers.parent(around)
        return None

    def _report_own(self, pointer: str, place: Cursor, found: Cursor) -> None:
        message = f"{shorten('#' + pointer)} leads nowhere in the document; the schema around it has it"
        related = (Related(found.location, "it was read as a reference to this"),)
        hint = "put the definitions into the components; the same goes for others, which -v shows"
        severity = Severity.NOTE if self._has_own else Severity.WARNING
        self._has_own = True
        self._report.add(Diagnostic("unresolved-reference", severity, message, place.location, hint, related))

    def _below(self, entry: Entry, pointer: str) -> Cursor:
        cursor = Cursor(entry.document.data, entry.document)
        for token in pointers.parse(pointer):
            cursor = _step(cursor, token) or cursor
        return cursor

    def _anchor(self, entry: Entry, uri: str, name: str, place: Cursor) -> Cursor:
        pointer = entry.identifiers.anchors.get((uri, name))
        if pointer is None:
            # A document that was read by its path, but has another $self.
            pointer = entry.identifiers.anchors.get((entry.identifiers.bases[""], name))
        if pointer is not None:
            return self._below(entry, pointer)
        hint = None
        if _step_path(entry.document.data, ("components", "schemas", name)) is not None:
            hint = f"write '#/components/schemas/{pointers.escape(name)}'"
        elif name.split("/")[0] in ("components", "definitions", "paths", "$defs"):
            hint = f"write '#/{name}'"
        raise _error("unresolved-reference", f"no schema has the anchor {shorten(name)}", place, hint)

    def _walk(self, start: Cursor, fragment: str) -> tuple[Cursor | None, tuple[Cursor, str]]:
        """Walk a pointer, through references on its way; else return where it ended and what was missing there."""
        cursor = start
        if fragment == "/" and is_mapping(start.value) and "" not in start.value:
            return start, (start, "")
        for token in pointers.parse(fragment):
            below = _step(cursor, token)
            if below is None and reference_of(cursor.value) is not None:
                cursor = self.follow(cursor)
                below = _step(cursor, token)
            if below is None:
                return None, (cursor, token)
            cursor = below
        return cursor, (cursor, "")

    def _too_long(self, place: Cursor) -> DocumentError:
        message = f"more than {self._limits.reference_chain} references lead from one to the next"
        return _error("too-many-references", message, place)


def _place(reference: str, base: Cursor) -> Cursor:
    """Return the place to report: the ``$ref`` itself where the base holds it."""
    if is_mapping(base.value):
        for keyword in ("$ref", "$dynamicRef", "operationRef"):
            if base.value.get(keyword) == reference:
                return base / keyword
    return base


def _step(cursor: Cursor, token: str) -> Cursor | None:
    if is_list(cursor.value):
        return cursor.get(int(token)) if token.isascii() and token.isdigit() and len(token) < 10 else None
    return cursor.get(token)


def _step_path(data: Any, tokens: tuple[str, ...]) -> Any:
    for token in tokens:
        data = data.get(token) if is_mapping(data) else None
    return data


def _loop(seen: dict[str, Cursor], cursor: Cursor) -> DocumentError:
    """Return the error for references in a circle: the same one wherever the circle is entered."""
    keys = list(seen)
    circle = keys[keys.index(cursor.key) :]
    start = circle.index(min(circle))
    first, *others = [seen[key] for key in (*circle[start:], *circle[:start])]
    message = "the references lead back to this one" if others else "the reference leads to itself"
    related = tuple(Related((other / "$ref").location, "by way of this one") for other in others[:_LISTED])
    place = (first / "$ref").location
    hint = "let one of them say what the value is"
    return DocumentError(Diagnostic("reference-loop", Severity.ERROR, message, place, hint, related))


def _error(code: str, message: str, place: Cursor, hint: str | None = None) -> DocumentError:
    return DocumentError(Diagnostic(code, Severity.ERROR, message, place.location, hint))
