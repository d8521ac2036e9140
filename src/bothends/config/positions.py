"""Where keys and values of a TOML text stand, which its parser does not say.

In goes a text that is TOML, out come the positions of keys and values by path: names of tables and keys, and
numbers of elements from 0. Lines and columns count from 1.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[^\s.=\[\]#"\']+')
_TEXT: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_PLAIN: Final = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column."""

    line: int
    column: int


@dataclass(slots=True)
class Positions:
    """The positions of one text."""

    keys: dict[Path, Position] = field(default_factory=dict[Path, Position])
    values: dict[Path, Position] = field(default_factory=dict[Path, Position])

    def find(self, key: str, within: Path = ()) -> Path | None:
        """Return the first and shortest path of a key at or below a place."""
        paths = [path for path in self.keys if path[-1] == key and path[: len(within)] == within]
        return min(paths, key=len, default=None)


def positions_of(text: str) -> Positions:
    """Return the positions of everything in a text that tomllib reads."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.found = Positions()
        self.arrays = dict[Path, int]()

    def scan(self) -> Positions:
        table: Path = ()
        self.skip(_BLANK)
        while self.place < len(self.text):
            table = self.header() if self.text[self.place] == "[" else self.pair(table)
            self.skip(_BLANK)
        return self.found

    def header(self) -> Path:
        start = self.place
        is_array = self.text.startswith("[[", start)
        self.place += 2 if is_array else 1
        path = self.dotted(())
        if is_array:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            path = (*path, self.arrays[path])
            self.found.keys.setdefault(path, self.position(start))
        self.found.values.setdefault(path, self.position(start))
        self.place = self.text.index("]]" if is_array else "]", self.place) + (2 if is_array else 1)
        return path

    def pair(self, table: Path) -> Path:
        path = self.dotted(table)
        self.skip(_SPACE)
        self.place += 1  # the equals sign
        self.skip(_SPACE)
        self.value(path)
        return table

    def dotted(self, table: Path) -> Path:
        """Read a key; a table that is an array means the last of its elements."""
        path: list[str | int] = [*table]
        while True:
            self.skip(_SPACE)
            match = _KEY.match(self.text, self.place)
            if match is None:
                raise ValueError(f"no key at {self.position(self.place)}")
            path.append(_name(match.group()))
            found: Path = tuple(path)
            self.found.keys.setdefault(found, self.position(self.place))
            self.place = match.end()
            self.skip(_SPACE)
            if self.text[self.place : self.place + 1] != ".":
                return found
            if found in self.arrays:
                path.append(self.arrays[found])
            self.place += 1

    def value(self, path: Path) -> None:
        self.found.values.setdefault(path, self.position(self.place))
        match self.text[self.place]:
            case "[":
                self.elements(path)
            case "{":
                self.inline_table(path)
            case '"' | "'":
                self.skip(_TEXT)
            case _:
                self.skip(_PLAIN)

    def elements(self, path: Path) -> None:
        self.place += 1
        number = 0
        while self.next() != "]":
            self.value((*path, number))
            number += 1
        self.place += 1

    def inline_table(self, path: Path) -> None:
        self.place += 1
        while self.next() != "}":
            self.pair(path)
        self.place += 1

    def next(self) -> str:
        """Skip blanks and a comma; return the character after them."""
        self.skip(_BLANK)
        if self.text[self.place] == ",":
            self.place += 1
            self.skip(_BLANK)
        return self.text[self.place]

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def position(self, place: int) -> Position:
        start = self.text.rfind("\n", 0, place) + 1
        return Position(self.text.count("\n", 0, place) + 1, place - start + 1)


def _name(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[:1] in "\"'" else key
