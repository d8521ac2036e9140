"""In comes a ``$dynamicRef``, out comes whether its target depends on how the schema was reached."""

from __future__ import annotations

from typing import Any

from bothends.loading.cursor import Cursor
from bothends.loading.resolve import Resolver


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
        if not isinstance(value, dict) or value.get("$dynamicAnchor") != anchor:
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
            if isinstance(value, dict):
                anchor = value.get("$dynamicAnchor")
                if isinstance(anchor, str):
                    self._counts[anchor] = self._counts.get(anchor, 0) + 1
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
