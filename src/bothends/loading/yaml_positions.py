"""YAML text in, places out: where the value of a pointer stands. Used only when a message is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bothends.loading import collector
from bothends.loading.places import Duplicate, Position
from bothends.loading.yaml_index import Index
from bothends.loading.yaml_search import Search

_PASSES = 8


class YamlPositions:
    """Places in YAML text that has been read without errors.

    Wanted places are found in one pass over the events that keeps nothing else. An index of all places is made
    only where that is not enough: for aliases, for duplicates, and for those who ask again and again.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: Index | None = None
        self._known: dict[tuple[str, ...], Position] = {}
        self._searched: set[tuple[str, ...]] = set()
        self._passes = 0

    def prepare(self, wanted: Iterable[tuple[str, ...]]) -> None:
        """Find many places at once, for :meth:`find` to return."""
        missing = set(wanted) - self._searched
        if self._index is not None or not missing:
            return
        self._searched |= missing
        self._passes += 1
        search = Search(self._text, missing)
        self._known |= search.found
        if search.met_alias or self._passes > _PASSES:
            self._index = self._built()

    def find(self, tokens: tuple[str, ...]) -> Position | None:
        """Return line and column of the value, or of the nearest thing that contains it."""
        self.prepare([tokens])
        if self._index is not None:
            return self._index.find(tokens)
        while tokens and tokens not in self._known:
            tokens = tokens[:-1]
        return self._known.get(tokens)

    def duplicates(self) -> Iterator[Duplicate]:
        """Find the keys that a mapping has twice."""
        with collector.paused():
            return iter(Index(self._text, only_duplicates=True).duplicates)

    def _built(self) -> Index:
        if self._index is None:
            with collector.paused():
                self._index = Index(self._text)
        return self._index
