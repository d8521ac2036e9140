"""YAML text in, the places of all its values out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bothends.loading import pointer
from bothends.loading.places import MOST_DUPLICATES, Duplicate, Position
from bothends.loading.yaml_parser import open_events


class _Place:
    """Where a value stands (where its key stands, in a mapping), the extent of its text, and what is in it."""

    __slots__ = ("children", "end", "position", "start")

    def __init__(self, position: Position, start: int) -> None:
        self.position = position
        self.start = start
        self.end = start
        self.children: dict[str, _Place] | None = None

    def child(self, token: str) -> _Place | None:
        """Return the place of a member, also of one that a merge key brought."""
        children = self.children or {}
        if token in children or "<<" not in children:
            return children.get(token)
        merged = children["<<"]
        for mapping in (merged, *(merged.children or {}).values()):
            if token in (mapping.children or {}):
                return mapping.child(token)
        return None


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("is_list", "key", "key_position", "path", "place")

    def __init__(self, place: _Place, path: str, *, is_list: bool) -> None:
        self.place = place
        self.path = path
        self.is_list = is_list
        self.key: str | None = None
        self.key_position: Position = (1, 1)


class Index:
    """All places of one text, and the keys that stand twice in a mapping."""

    def __init__(self, text: str, *, only_duplicates: bool = False) -> None:
        self._text = text
        self._only_duplicates = only_duplicates
        self._next, self._restore = open_events(text)
        self.root: _Place | None = None
        self.duplicates: list[Duplicate] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Place] = {}
        self._keys: dict[str, str] = {}
        # Places of collections carry the text extents that duplicates are compared by; the second of
        # two is known only at its end.
        self._suspects: list[tuple[str, _Place, _Place]] = []
        self._read()

    def find(self, tokens: tuple[str, ...]) -> Position | None:
        """Return line and column of the value, or of the nearest thing that contains it."""
        place: _Place | None = self.root
        position = place.position if place else None
        for token in tokens:
            place = place.child(token) if place else None
            if place is None:
                break
            position = place.position
        return position

    def _read(self) -> None:
        handlers: dict[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
        }
        while (event := self._next()) is not None:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            if self._only_duplicates and len(self._suspects) > MOST_DUPLICATES:
                break
        for path, first, second in self._suspects[:MOST_DUPLICATES]:
            same = self._text[first.start : first.end].strip() == self._text[second.start : second.end].strip()
            self.duplicates.append(Duplicate(path, first.position, second.position, same))

    def _scalar(self, event: Any) -> None:
        text = event.value if self._restore is None else self._restore(event.value)
        if event.anchor is not None:
            self._keys[event.anchor] = text
        if not self._key(text, event):
            self._attach(event)

    def _alias(self, event: Any) -> None:
        if self._key(self._keys.get(event.anchor, ""), event):
            return
        place = self._attach(event)
        target = self._anchors.get(event.anchor)
        if target is not None:
            place.children = target.children

    def _key(self, text: str, event: Any) -> bool:
        """Take a key where one is due."""
        frame = self._open[-1] if self._open else None
        if frame is None or frame.is_list or frame.key is not None:
            return False
        frame.key = text
        frame.key_position = _position(event)
        return True

    def _start(self, event: Any) -> None:
        path = self._path()
        place = self._attach(event)
        place.children = {}
        if event.anchor is not None:
            self._anchors[event.anchor] = place
        self._open.append(_Open(place, path, is_list=type(event) is SequenceStartEvent))

    def _end(self, event: Any) -> None:
        self._open.pop().place.end = event.end_mark.index

    def _path(self) -> str:
        if not self._open:
            return ""
        frame = self._open[-1]
        return pointer.join(frame.path, len(frame.place.children or ()) if frame.is_list else frame.key or "")

    def _attach(self, event: Any) -> _Place:
        place = _Place(_position(event), event.start_mark.index)
        place.end = event.end_mark.index
        if not self._open:
            self.root = self.root or place
            return place
        frame = self._open[-1]
        children = frame.place.children
        if children is None:
            return place
        if frame.is_list:
            children[str(len(children))] = place
            return place
        key = frame.key or ""
        place.position = frame.key_position
        first = children.get(key)
        if first is not None and len(self._suspects) <= MOST_DUPLICATES:
            self._suspects.append((self._path(), first, place))
        children[key] = place
        frame.key = None
        return place


def _position(event: Any) -> Position:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
