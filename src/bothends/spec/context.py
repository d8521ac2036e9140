"""What every reader is given: the dialect, the way to other places, the report, and what was read before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.loading import grammar
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping, reference
from bothends.loading.places import shorten
from bothends.loading.resolve import Resolver
from bothends.spec.dialect import Dialect
from bothends.spec.kinds import check_kind
from bothends.spec.read_schema import SchemaReader

T = TypeVar("T")


_LONGEST_MESSAGE: Final = 400
# What is nothing but a schema where its author knows of no other media type than JSON.
_WITH_CONTENT: Final = {"requestBody": "a request body", "response": "a response"}


class Repairs(Report):
    """Passes everything on to another report.

    A value of the wrong type is a warning there, since it is left out. Names of the document that make a message
    unreadable are cut.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(strict=report.strict)
        self._report = report

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a diagnostic in the other report."""
        if diagnostic.code == "wrong-type" and diagnostic.severity is Severity.ERROR:
            diagnostic = replace(diagnostic, severity=Severity.WARNING, hint=diagnostic.hint or "it was left out")
        if len(diagnostic.message) > _LONGEST_MESSAGE:
            diagnostic = replace(diagnostic, message=f"{diagnostic.message[: _LONGEST_MESSAGE - 1]}…")
        self._report.add(diagnostic)


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a reader. ``open_keys`` are the callbacks that are being read, one inside the other."""

    dialect: Dialect
    resolver: Resolver
    report: Report
    schemas: SchemaReader
    open_keys: list[str] = field(default_factory=list[str])
    _misplaced: set[str] = field(default_factory=set[str])
    _read: dict[tuple[str, str, str], Any] = field(default_factory=dict[tuple[str, str, str], Any])

    def follow(self, cursor: Cursor) -> Cursor | None:
        """Return the object at a place, or what it refers to; ``None`` if there is no object, which is reported."""
        value = cursor.value
        if is_mapping(value) and "$ref" in value:
            try:
                source, cursor = cursor, self.resolver.follow(cursor)
                wanted = grammar.kind_at(source.document.data, source.pointer)
                found = grammar.kind_at(cursor.document.data, cursor.pointer)
                if wanted in _WITH_CONTENT and found in ("schema", *_WITH_CONTENT) and found != wanted:
                    return self._content_of(source, wanted, cursor, found)
                check_kind(wanted, source, cursor)
            except DocumentError as error:
                for diagnostic in error.diagnostics:
                    self.report.add(diagnostic)
                return None
        return cursor if self.expect_mapping(cursor) else None

    def _content_of(self, source: Cursor, wanted: str, target: Cursor, found: str) -> Cursor:
        """Return the body or response that is meant where a reference leads to its schema, or to the other of both."""
        name, place = shorten(source.value["$ref"]), (source / "$ref").location
        message = f"{name} leads to {_WITH_CONTENT.get(found, 'a schema')}, where {_WITH_CONTENT[wanted]} must stand"
        if found != "schema":
            self.report.warning("wrong-reference", f"{message}; its content was taken", place)
            return target
        hint = "write content: {application/json: {schema: {$ref: ...}}}"
        self.report.warning("wrong-reference", f"{message}; read as that of JSON content", place, hint)
        holder = {"schema": {"$ref": source.value["$ref"]}}
        value = {"content": {"application/json": holder}} if self.dialect.has_content else holder
        return Cursor(value, source.document, source.pointer)

    def enter(self, place: Cursor) -> Cursor:
        """Return what stands at a place where OpenAPI has no references, but authors who split documents have them.

        Such a reference is followed; where that fails, which is reported, the place itself is returned.
        """
        if reference(place.value) is None:
            return place
        try:
            target = self.resolver.follow(place)
        except DocumentError as error:
            for diagnostic in error.diagnostics:
                self.report.add(diagnostic)
            return place
        if place.key not in self._misplaced:
            add = self.report.note if self._misplaced else self.report.warning
            self._misplaced.add(place.key)
            message = f"{self.dialect.name} has no reference in this place; it was followed"
            add("invalid-document", message, (place / "$ref").location, "the same goes for others; -v shows them all")
        return target

    def mapping(self, owner: Cursor, field: str) -> Cursor | None:
        """Return a field that must be a mapping; None where it is absent, and where it is reported."""
        return self._entered(owner, field, dict)

    def array(self, owner: Cursor, field: str) -> Cursor | None:
        """Return a field that must be a list; None where it is absent, and where it is reported."""
        return self._entered(owner, field, list)

    def text(self, owner: Cursor, field: str) -> str:
        """Return a field that must be a string; an empty one where it is absent, and where it is reported."""
        place = owner.get(field) if is_mapping(owner.value) else None
        if place is not None and reference(place.value) is not None:
            target = self.enter(place)
            if isinstance(target.value, str):
                return target.value
        return owner.string(field, self.report)

    def _entered(self, owner: Cursor, field: str, kind: type[dict[str, Any]] | type[list[Any]]) -> Cursor | None:
        place = owner.get(field) if is_mapping(owner.value) else None
        if place is not None and reference(place.value) is not None:
            target = self.enter(place)
            if isinstance(target.value, kind) and target is not place:
                return target
        return owner.mapping(field, self.report) if kind is dict else owner.array(field, self.report)

    def expect_mapping(self, cursor: Cursor) -> bool:
        """Tell whether a mapping stands at a place, and report where it does not."""
        if is_mapping(cursor.value):
            return True
        self.report.warning("wrong-type", "a mapping must stand here; it was left out", cursor.location)
        return False

    def description(self, cursor: Cursor, target: Cursor) -> str:
        """Return the description of an object: the one beside the reference to it counts first (since 3.1)."""
        if target is not cursor and self.dialect.ref_siblings and isinstance(cursor.value.get("description"), str):
            return str(cursor.value["description"])
        return target.string("description", self.report)

    def once(self, kind: str, name: str, cursor: Cursor, read: Callable[[], T]) -> T:
        """Return what ``read`` makes of a place, reading it on first use only."""
        key = (kind, name, cursor.key)
        if key not in self._read:
            self._read[key] = read()
        found: T = self._read[key]
        return found
