"""Several orders of names in, one order of all of them out."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import pairwise


def merge_orders(orders: Iterable[Sequence[str]]) -> list[str]:
    """Return every name once, in an order that depends on what the orders say and not on which comes first.

    What stands before another name in an order stays before it; names that no order compares are sorted. Where
    orders contradict each other, the first in the alphabet of the names that wait for each other comes first.
    """
    after: dict[str, set[str]] = {}
    for order in orders:
        for name in order:
            after.setdefault(name, set())
        for name, follower in pairwise(order):
            after[name].add(follower)
    waiting = dict.fromkeys(after, 0)
    for followers in after.values():
        for name in followers:
            waiting[name] += 1
    return list(_take(after, waiting))


def _take(after: dict[str, set[str]], waiting: dict[str, int]) -> Iterable[str]:
    free = [name for name, number in waiting.items() if number == 0]
    heapq.heapify(free)
    left = iter(sorted(waiting))
    while waiting:
        name = heapq.heappop(free) if free else next(name for name in left if name in waiting)
        del waiting[name]
        yield name
        for follower in after[name]:
            if follower in waiting:
                waiting[follower] -= 1
                if waiting[follower] == 0:
                    heapq.heappush(free, follower)
