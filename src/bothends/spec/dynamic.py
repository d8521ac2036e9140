"""In come references that depend on where they are met, out comes what is known of their targets beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.pointer import escape, parse
from bothends.loading.resolve import Resolver


def above(document: Document, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Iterate over the mappings on the way from the root of a document to a place, the place included."""
    value: Any = document.data
    reached = ""
    for token in (*parse(pointer), None):
        if is_mapping(value):
            yield reached, value
        if token is None:
            return
        if is_mapping(value) and token in value:
            value = value[token]
        elif is_list(value) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return
        reached = f"{reached}/{escape(token)}"


def recursive_target(document: Document, pointer: str) -> str | None:
    """Return the place that ``$recursiveRef`` at a place means: the nearest ``$recursiveAnchor`` around it."""
    found: str | None = None
    for reached, value in above(document, pointer):
        if value.get("$recursiveAnchor") is True:
            found = reached
    return found


class DynamicAnchors:
    """Counts ``$dynamicAnchor`` names over all documents read so far."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._counts: dict[str, int] = {}
        self._counted = 0

    def depends_on_scope(self, reference: str, target: Cursor) -> bool:
        """Tell whether another schema could take the place of ``target``, which the reference leads to at first."""
        anchor = reference.partition("#")[2]
        value = target.value
        if not is_mapping(value) or value.get("$dynamicAnchor") != anchor:
            return False  # an ordinary reference
        documents = self._resolver.documents()
        for document in documents[self._counted :]:
            self._count(document.data)
        self._counted = len(documents)
        return self._counts.get(anchor, 0) > 1

    def _count(self, data: Any) -> None:
        waiting: list[Any] = [data]
        while waiting:
            value = waiting.pop()
            if is_mapping(value):
                anchor = value.get("$dynamicAnchor")
                if isinstance(anchor, str):
                    self._counts[anchor] = self._counts.get(anchor, 0) + 1
                waiting.extend(value.values())
            elif is_list(value):
                waiting.extend(value)
