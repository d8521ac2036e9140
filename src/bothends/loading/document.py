"""One parsed file: text in, plain data and the places in it out."""

from __future__ import annotations

import re
from typing import Any

from bothends.diagnostics.model import DocumentError, Report
from bothends.loading import pointer as pointers
from bothends.loading.json_positions import JsonPositions
from bothends.loading.json_text import parse_json
from bothends.loading.limits import Limits
from bothends.loading.places import Position, Positions
from bothends.loading.text import decode
from bothends.loading.yaml_positions import YamlPositions
from bothends.loading.yaml_text import parse_yaml


class Document:
    """One file that was read.

    ``uri`` names it in messages: the root document as the user spelled it, others as a path that starts where
    that one starts. ``name`` is its path relative to the folder of the root document; ``is_root`` tells the
    root. ``source`` are the bytes as they were read. ``data`` is plain JSON data and must not be changed.
    """

    __slots__ = ("_lines", "_positions", "_text", "data", "is_root", "name", "source", "uri")

    def __init__(
        self, uri: str, name: str, source: bytes, text: str, data: Any, positions: Positions, *, is_root: bool
    ) -> None:
        self.uri = uri
        self.name = name
        self.source = source
        self.data = data
        self.is_root = is_root
        self._text = text
        self._positions = positions
        self._lines: list[str] | None = None

    def position(self, pointer: str) -> Position | None:
        """Return line and column, from 1, of the value, or of the nearest thing that contains it."""
        try:
            tokens = pointers.parse(pointer)
        except ValueError:
            tokens = ()
        return self._positions.find(tokens)

    def line(self, number: int) -> str | None:
        """Return the text of a line, counted from 1, without its break."""
        if self._lines is None:
            self._lines = self._text.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None

    def mentions(self, word: str) -> bool:
        """Whether the text holds the word anywhere: a quick test before a slow search."""
        return word in self._text

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern is found anywhere in the text."""
        return pattern.search(self._text) is not None

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
    data, positions = _parse(text, uri, limits, report)
    return Document(uri, name or uri, source, text, data, positions, is_root=is_root)


def _parse(text: str, uri: str, limits: Limits, report: Report) -> tuple[Any, Positions]:
    """Tell JSON from YAML by its first character; flow-style YAML looks like JSON and gets a second try."""
    is_json_file = uri.lower().endswith(".json")
    if is_json_file or text.lstrip()[0] in "{[":
        try:
            return parse_json(text, uri, limits, report), JsonPositions(text)
        except DocumentError as error:
            if is_json_file or error.diagnostics[0].code != "invalid-json":
                raise
            try:
                return parse_yaml(text, uri, limits, report), YamlPositions(text)
            except DocumentError as second:
                raise (error if uri == "-" else second) from None
    return parse_yaml(text, uri, limits, report), YamlPositions(text)
