"""JSON text in, places out: where the value of a pointer stands. Used only when a message is shown."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from bothends.loading import pointer
from bothends.loading.places import MOST_DUPLICATES, Duplicate, Position

_BREAK = re.compile("\n")
_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{,]', re.DOTALL)
# How often, on average, each character may be skipped again in search of places; bounds the time that
# text made of nothing but nesting can take.
_PASSES = 30

# Where a child begins: offset of its key (of itself in a list) and of its value.
_Children = dict[str, tuple[int, int]]


class JsonPositions:
    """Places in JSON text that has been read without errors.

    A container is indexed on first use, and the decoder of the standard library skips its children, so that one
    place in a text of megabytes costs milliseconds and memory only for the containers on its way.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._decode = json.JSONDecoder().raw_decode
        self._containers: dict[int, _Children] = {}
        self._budget = _PASSES * len(text)
        self._line_starts: list[int] = []

    def find(self, tokens: tuple[str, ...]) -> Position | None:
        """Return line and column of the value, or of the nearest thing that contains it."""
        value = self._skip_space(0)
        place = value
        for token in tokens:
            child = self._children(value).get(token)
            if child is None:
                break
            place, value = child
        return self._position(place)

    def prepare(self, wanted: Iterable[tuple[str, ...]]) -> None:
        """Do nothing: places are found one by one at no cost that matters."""

    def duplicates(self) -> Iterator[Duplicate]:
        """Find the keys that an object has twice, in one pass over the text."""
        return islice(self._duplicates(), MOST_DUPLICATES)

    def _duplicates(self) -> Iterator[Duplicate]:
        open_containers: list[_Open] = []
        for match in _TOKEN.finditer(self._text):
            mark = match.group()
            if mark in "{[":
                path = open_containers[-1].path() if open_containers else ""
                open_containers.append(_Open(path, is_list=mark == "["))
            elif mark in "}]":
                open_containers.pop()
            elif mark == ",":
                open_containers[-1].next()
            elif mark == ":":
                yield from self._member(open_containers[-1], match.end())
            elif open_containers:
                open_containers[-1].string = match.start()

    def _member(self, container: _Open, after_colon: int) -> Iterator[Duplicate]:
        key, _ = self._decode(self._text, container.string)
        value = self._skip_space(after_colon)
        container.key = key
        first = container.seen.get(key)
        if first is None:
            container.seen[key] = (container.string, value)
            return
        same = self._decode(self._text, first[1])[0] == self._decode(self._text, value)[0]
        before, after = self._position(first[0]), self._position(container.string)
        yield Duplicate(container.path(), before, after, same)

    def _position(self, offset: int) -> Position:
        if not self._line_starts:
            self._line_starts = [0, *(found.end() for found in _BREAK.finditer(self._text))]
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _children(self, start: int) -> _Children:
        known = self._containers.get(start)
        if known is None:
            known = dict[str, tuple[int, int]]()
            if self._text[start] in "{[" and self._budget > 0:
                end = self._index(start, known, is_list=self._text[start] == "[")
                self._budget -= end - start
            self._containers[start] = known
        return known

    def _index(self, start: int, children: _Children, *, is_list: bool) -> int:
        text, decode = self._text, self._decode
        offset = self._skip_space(start + 1)
        number = 0
        while text[offset] not in "}]":
            place = offset
            if is_list:
                key = str(number)
                number += 1
            else:
                key, offset = decode(text, offset)
                offset = self._skip_space(self._skip_space(offset) + 1)
            children[key] = (place, offset)
            _, offset = decode(text, offset)
            offset = self._skip_space(offset)
            if text[offset] == ",":
                offset = self._skip_space(offset + 1)
        return offset

    def _skip_space(self, offset: int) -> int:
        match = _SPACE.match(self._text, offset)
        return match.end() if match else offset


def holds_more_than(text: str, count: int) -> bool:
    """Whether the text holds more values than a count; the text need not be valid."""
    # The cheap bound counts what stands in strings as well, and settles it for all but hostile text.
    if text.count(",") + text.count("[") + text.count("{") <= count:
        return False
    found = sum(1 for match in islice(_VALUE.finditer(text), count * 2) if match.group()[0] != '"')
    return found > count


def depth_exceeded_at(text: str, depth: int) -> int:
    """Return the offset of the bracket that opens one level more than a depth; 0 where none does."""
    level = 0
    for match in _TOKEN.finditer(text):
        if match.group() in "{[":
            level += 1
            if level > depth:
                return match.start()
        elif match.group() in "}]":
            level -= 1
    return 0


class _Open:
    """A container on the way through the text."""

    __slots__ = ("_is_list", "_path", "key", "seen", "string")

    def __init__(self, path: str, *, is_list: bool) -> None:
        self._path = path
        self._is_list = is_list
        self.key: str | int = 0
        self.string = 0
        self.seen: _Children = {}

    def path(self) -> str:
        return pointer.join(self._path, self.key)

    def next(self) -> None:
        if self._is_list and isinstance(self.key, int):
            self.key += 1
