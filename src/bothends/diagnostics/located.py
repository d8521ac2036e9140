"""Diagnostics in, the same with lines and columns out, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from bothends.diagnostics.model import Diagnostic, Location, Severity


class Locator(Protocol):
    """Finds places; :class:`bothends.loading.locate.Locator` does it for the documents of a run."""

    def origin(self, location: Location) -> Location:
        """Return where a place was written, which is another document where an overlay changed it."""
        ...

    def prepare(self, locations: Iterable[Location]) -> None:
        """Take note of the places that will be asked for."""
        ...

    def locate(self, location: Location) -> tuple[int, int] | None:
        """Return line and column, from 1, or None where they are not known."""
        ...

    def source_line(self, uri: str, number: int) -> str | None:
        """Return a line of a document, or None where it is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A location with its line and column, where they are known, and the text of that line."""

    uri: str
    pointer: str
    line: int | None
    column: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Located:
    """A diagnostic, its place, and the related places with what is said of them."""

    diagnostic: Diagnostic
    place: Place | None
    related: tuple[tuple[Place, str], ...]


def locate_all(diagnostics: Iterable[Diagnostic], locator: Locator) -> tuple[Located, ...]:
    """Find the places of all diagnostics; sorted by document, place and code, none twice."""
    written = [_written(diagnostic, locator) for diagnostic in diagnostics]
    found = {_bare(diagnostic): diagnostic for diagnostic in written}
    # What a reader says about a place is more precise than what the validator says about the same one.
    precise = {one.location for one in found.values() if not one.is_general and one.severity is not Severity.NOTE}
    locator.prepare(location for one in found.values() for location in _locations(one))
    located = [
        Located(
            diagnostic,
            _place(diagnostic.location, locator) if diagnostic.location else None,
            tuple((_place(related.location, locator), related.message) for related in diagnostic.related),
        )
        for diagnostic in found.values()
        if not diagnostic.is_general or diagnostic.location not in precise
    ]
    return tuple(sorted(located, key=_order))


def _written(diagnostic: Diagnostic, locator: Locator) -> Diagnostic:
    """Return the diagnostic with the places where things were written, instead of those where they are now."""
    location = diagnostic.location
    related = tuple(replace(one, location=locator.origin(one.location)) for one in diagnostic.related)
    return replace(diagnostic, location=locator.origin(location) if location else None, related=related)


def _locations(diagnostic: Diagnostic) -> Iterator[Location]:
    if diagnostic.location:
        yield diagnostic.location
    yield from (related.location for related in diagnostic.related)


def _bare(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, fix=())


def _place(location: Location, locator: Locator) -> Place:
    line, column = locator.locate(location) or (location.line, location.column)
    source = locator.source_line(location.uri, line) if line is not None else None
    return Place(location.uri, location.pointer, line, column, source)


def _order(located: Located) -> tuple[str, int, int, str, str, str]:
    place = located.place or Place("", "", 0, 0, None)
    diagnostic = located.diagnostic
    return place.uri, place.line or 0, place.column or 0, place.pointer, diagnostic.code, diagnostic.message
