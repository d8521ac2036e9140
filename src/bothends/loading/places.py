"""What both parsers say about places: the positions of a text, and the two places of a duplicate key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from bothends.diagnostics.model import Diagnostic, Location, Related, Report, Severity

Position = tuple[int, int]
#: A document with more duplicate keys than this is not mended by reading about all of them.
MOST_DUPLICATES = 100


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that a mapping has twice: the pointer, and where the first and the second one stand."""

    pointer: str
    first: Position
    second: Position
    same_value: bool


class Positions(Protocol):
    """Finds places in one text."""

    def find(self, tokens: tuple[str, ...]) -> Position | None:
        """Return line and column, from 1, of the value, or of the nearest thing that contains it.

        A member of a mapping stands where its key stands.
        """
        ...

    def prepare(self, wanted: Iterable[tuple[str, ...]]) -> None:
        """Find many places at once, for :meth:`find` to return."""
        ...

    def duplicates(self) -> Iterator[Duplicate]:
        """Find the keys that a mapping has twice."""
        ...


def report_duplicates(duplicates: Iterator[Duplicate], uri: str, report: Report) -> None:
    """Report every duplicate key: a warning where both say the same, an error where they differ."""
    for duplicate in duplicates:
        first, second = duplicate.first, duplicate.second
        key = duplicate.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        report.add(
            Diagnostic(
                "duplicate-key",
                Severity.WARNING if duplicate.same_value else Severity.ERROR,
                f"the key {shorten(key)} stands twice in one mapping"
                + (", with the same value" if duplicate.same_value else ", with different values"),
                Location(uri, duplicate.pointer, *second),
                "remove one of the two",
                (Related(Location(uri, duplicate.pointer, *first), "the first one is here"),),
            )
        )


def shorten(value: Any, length: int = 60) -> str:
    """Quote a value of the document for a message, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"
