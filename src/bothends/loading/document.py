"""One parsed file: text in, plain data and the places in it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report
from bothends.loading import pointer as pointers
from bothends.loading.changes import Changes
from bothends.loading.json_positions import JsonPositions
from bothends.loading.json_text import parse_json
from bothends.loading.places import Position, Positions
from bothends.loading.text import decode, decode_again
from bothends.loading.yaml_positions import YamlPositions
from bothends.loading.yaml_text import parse_yaml


class Document:
    """One file that was read.

    ``uri`` names it in messages: the root document as the user spelled it, others as a path that starts where
    that one starts. ``name`` is its path relative to the folder of the root document; ``is_root`` tells the
    root. ``source`` are the bytes as they were read. ``data`` is plain JSON data and must not be changed; where
    overlays were applied to it, it is no longer what the source says.
    """

    __slots__ = (
        "_changes",
        "_find_in",
        "_lines",
        "_overlays",
        "_positions",
        "data",
        "is_root",
        "name",
        "source",
        "uri",
    )

    def __init__(
        self, uri: str, name: str, source: bytes, data: Any, find_in: Callable[[str], Positions], *, is_root: bool
    ) -> None:
        self.uri = uri
        self.name = name
        self.source = source
        self.data = data
        self.is_root = is_root
        # The text is decoded again where it is needed: most runs never do, and it is large.
        self._find_in = find_in
        self._positions: Positions | None = None
        self._lines: list[str] | None = None
        self._changes: Changes | None = None
        self._overlays: tuple[Document, ...] = ()

    def change(self, changes: Changes, overlays: tuple[Document, ...]) -> None:
        """Take the data that overlays made of this document."""
        self.data = changes.data
        self._changes = changes
        self._overlays = overlays

    def origin(self, pointer: str) -> tuple[str, str]:
        """Return where a place was written: a document, as messages name it, and a pointer into its source."""
        if self._changes is None:
            return self.uri, pointer
        try:
            found = self._changes.origin(pointers.parse(pointer))
        except ValueError:
            return self.uri, pointer
        return found.uri, found.pointer

    def position(self, pointer: str) -> Position | None:
        """Return line and column, from 1, of a place in the source, or of the nearest thing that contains it."""
        try:
            tokens = pointers.parse(pointer)
        except ValueError:
            tokens = ()
        return self._places().find(tokens)

    def prepare(self, wanted: Iterable[str]) -> None:
        """Find many positions at once, for :meth:`position` to return."""
        self._places().prepare(pointers.parse(pointer) for pointer in wanted if pointer[:1] in ("", "/"))

    def line(self, number: int) -> str | None:
        """Return the text of a line, counted from 1, without its break."""
        if self._lines is None:
            self._lines = self.text().split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None

    def text(self) -> str:
        """Return the text of the document."""
        return decode_again(self.source)

    def mentions(self, *words: str) -> bool:
        """Whether the text holds one of the words anywhere: a quick test before a slow search."""
        texts = [document.text() for document in (self, *self._overlays)]
        return any(word in text for word in words for text in texts)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern is found anywhere in the text."""
        return any(pattern.search(document.text()) for document in (self, *self._overlays))

    def _places(self) -> Positions:
        if self._positions is None:
            self._positions = self._find_in(self.text())
        return self._positions

    def key(self, pointer: str) -> str:
        """Return the canonical key of a place: ``#/a/b`` in the root document, ``other.yaml#/a/b`` elsewhere."""
        return f"#{pointer}" if self.is_root else f"{quote_name(self.name)}#{pointer}"


def quote_name(name: str) -> str:
    """Quote what would end the name of a document in a canonical key."""
    return name.replace("%", "%25").replace("#", "%23")


def parse_document(
    source: bytes, uri: str, limits: Limits, report: Report, *, name: str = "", is_root: bool = True
) -> Document:
    """Parse the bytes of one file, JSON or YAML; :class:`DocumentError` where they are neither."""
    text = decode(source, uri)
    data, find_in = _parse(text, uri, limits, report)
    return Document(uri, name or uri, source, data, find_in, is_root=is_root)


def _parse(text: str, uri: str, limits: Limits, report: Report) -> tuple[Any, Callable[[str], Positions]]:
    """Tell JSON from YAML by its first character; flow-style YAML looks like JSON and gets a second try."""
    is_json_file = uri.lower().endswith(".json")
    if is_json_file or text.lstrip()[0] in "{[":
        try:
            return parse_json(text, uri, limits, report), JsonPositions
        except DocumentError as error:
            if is_json_file or error.diagnostics[0].code != "invalid-json":
                raise
            try:
                return parse_yaml(text, uri, limits, report), YamlPositions
            except DocumentError as second:
                raise (error if uri == "-" else second) from None
    return parse_yaml(text, uri, limits, report), YamlPositions
