"""YAML text and wanted places in, their lines and columns out, in one pass that keeps nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bothends.loading.places import Position
from bothends.loading.yaml_parser import open_events

_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)


class _Wanted:
    """A place that is wanted, or on the way to one."""

    __slots__ = ("below", "path")

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        self.below: dict[str, _Wanted] = {}


class _Open:
    """An open collection on the way to a wanted place. A key of None is one that is still to come."""

    __slots__ = ("count", "is_list", "key", "position", "wanted")

    def __init__(self, wanted: _Wanted, *, is_list: bool) -> None:
        self.wanted = wanted
        self.is_list = is_list
        self.count = 0
        self.key: str | None = None
        self.position: Position = (1, 1)


class Search:
    """The pass: ``found`` maps the tokens of places to positions.

    ``met_alias`` says that a wanted place lies behind an alias or a merge key, which this does not follow.
    """

    def __init__(self, text: str, wanted: Iterable[tuple[str, ...]]) -> None:
        self.found: dict[tuple[str, ...], Position] = {}
        self.met_alias = False
        self._next, self._restore = open_events(text)
        self._open: list[_Open] = []
        self._root = _Wanted(())
        # How many collections are open that hold nothing wanted.
        self._skipped = 0
        self._missing = {tuple(tokens) for tokens in wanted}
        for tokens in self._missing:
            node = self._root
            for token in tokens:
                node = node.below.setdefault(token, _Wanted((*node.path, token)))
        self._run()

    def _run(self) -> None:
        while self._missing and (event := self._next()) is not None:
            kind = type(event)
            if self._skipped:
                if kind in _STARTS:
                    self._skipped += 1
                elif kind in _ENDS:
                    self._skipped -= 1
            elif kind in _ENDS:
                self._open.pop()
            elif kind in _STARTS or kind is ScalarEvent or kind is AliasEvent:
                self._node(event, kind)

    def _node(self, event: Any, kind: type) -> None:
        mark = event.start_mark
        position = mark.line + 1, mark.column + 1
        wanted: _Wanted | None = self._root
        if self._open:
            holder = self._open[-1]
            if not holder.is_list and holder.key is None:
                self._key(holder, event, kind, position)
                return
            token = str(holder.count) if holder.is_list else holder.key or ""
            position = position if holder.is_list else holder.position
            holder.count += 1
            holder.key = None
            wanted = holder.wanted.below.get(token)
        if wanted is not None:
            self.found[wanted.path] = position
            self._missing.discard(wanted.path)
        if kind in _STARTS:
            if wanted is None or not wanted.below:
                self._skipped = 1
            else:
                self._open.append(_Open(wanted, is_list=kind is SequenceStartEvent))
        elif kind is AliasEvent and wanted is not None and wanted.below:
            self.met_alias = True

    def _key(self, holder: _Open, event: Any, kind: type, position: Position) -> None:
        if kind is AliasEvent:
            self.met_alias = True
            holder.key = ""
            return
        text: str = event.value
        holder.key = text if self._restore is None else self._restore(text)
        holder.position = position
        if text == "<<":
            self.met_alias = True
