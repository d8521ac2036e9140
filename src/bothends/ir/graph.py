"""Cycles of a directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Any)


def strong_components(graph: Mapping[Key, Iterable[Key]]) -> list[tuple[Key, ...]]:
    """Return the nodes in groups that reach each other, each group sorted, and after those that it reaches.

    Keys must be sortable; edges to what is no key are ignored. The order does not depend on that of the mapping.
    """
    if len(graph) == 1:  # as in most modules: nothing to walk
        return [tuple(graph)]
    edges = {key: sorted(other for other in set(others) if other in graph) for key, others in graph.items()}
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    open_nodes: list[Key] = []
    is_open: set[Key] = set()
    groups: list[tuple[Key, ...]] = []
    for root in sorted(graph):
        # Tarjan's algorithm with a stack of its own: documents may be deeper than Python's.
        waiting = [(root, 0)] if root not in index else []
        while waiting:
            key, place = waiting.pop()
            if place == 0:
                index[key] = low[key] = len(index)
                open_nodes.append(key)
                is_open.add(key)
            else:
                low[key] = min(low[key], low[edges[key][place - 1]])
            place = _settle_known(edges[key], place, key, index, low, is_open)
            if place < len(edges[key]):
                waiting += [(key, place + 1), (edges[key][place], 0)]
            elif low[key] == index[key]:
                groups.append(_close(key, open_nodes, is_open))
    return groups


def _settle_known(
    others: list[Key], place: int, key: Key, index: dict[Key, int], low: dict[Key, int], is_open: set[Key]
) -> int:
    """Look at edges to nodes that were met before; return the place of the first other one."""
    while place < len(others) and others[place] in index:
        if others[place] in is_open:
            low[key] = min(low[key], index[others[place]])
        place += 1
    return place


def _close(key: Key, open_nodes: list[Key], is_open: set[Key]) -> tuple[Key, ...]:
    group: list[Key] = []
    while not group or group[-1] != key:
        group.append(open_nodes.pop())
        is_open.discard(group[-1])
    return tuple(sorted(group))
