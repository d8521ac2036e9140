"""Diagnostics' places in, lines and columns out: what showing a message needs of the documents that were read."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.diagnostics import located
from bothends.diagnostics.model import Location
from bothends.loading.places import Position


class Locator:
    """Finds places in what a run has read, such as the documents of a resolver.

    Without that it knows only what a location says itself.
    """

    def __init__(self, read: located.Locator | None) -> None:
        self._read = read

    def origin(self, location: Location) -> Location:
        """Return where a place was written, which is another document where an overlay changed it."""
        return self._read.origin(location) if self._read else location

    def prepare(self, locations: Iterable[Location]) -> None:
        """Find many places at once, for :meth:`locate` to return."""
        if self._read:
            self._read.prepare(locations)

    def locate(self, location: Location) -> Position | None:
        """Return line and column, from 1, or None where the document is not known."""
        if location.line is not None:
            return location.line, location.column or 1
        return self._read.locate(location) if self._read else None

    def source_line(self, uri: str, number: int) -> str | None:
        """Return a line of a document, or None where it is not known."""
        return self._read.source_line(uri, number) if self._read else None
