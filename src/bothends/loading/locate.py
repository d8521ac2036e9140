"""Diagnostics' places in, lines and columns out: what showing a message needs of the documents that were read."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.diagnostics.model import Location
from bothends.loading.places import Position
from bothends.loading.resolve import Resolver


class Locator:
    """Finds places in the documents of a resolver; without one it knows only what a location says itself."""

    def __init__(self, resolver: Resolver | None) -> None:
        self._resolver = resolver

    def origin(self, location: Location) -> Location:
        """Return where a place was written, which is another document where an overlay changed it."""
        return self._resolver.origin(location) if self._resolver else location

    def prepare(self, locations: Iterable[Location]) -> None:
        """Find many places at once, for :meth:`locate` to return."""
        if self._resolver:
            self._resolver.prepare(locations)

    def locate(self, location: Location) -> Position | None:
        """Return line and column, from 1, or None where the document is not known."""
        if location.line is not None:
            return location.line, location.column or 1
        return self._resolver.locate(location) if self._resolver else None

    def source_line(self, uri: str, number: int) -> str | None:
        """Return a line of a document, or None where it is not known."""
        return self._resolver.source_line(uri, number) if self._resolver else None
