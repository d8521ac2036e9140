"""Pages of a list, by the usual names of parameters and of properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SIZES = ("limit", "perpage", "pagesize", "size", "count", "maxresults", "top", "first")
_NUMBERS = ("page", "pagenumber", "pageindex", "p")
_OFFSETS = ("offset", "skip", "start", "startindex", "from")
_CURSORS = ("cursor", "pagetoken", "after", "startingafter", "token", "next", "marker")
_TOTALS = ("total", "totalcount", "totalitems", "totalresults", "totalelements")
_MORE = ("hasmore", "hasnext", "hasnextpage", "more")
_NEXT = ("next", "nextcursor", "nextpagetoken", "nexttoken", "nextpage", "endcursor")
_PREVIOUS = ("prev", "previous", "prevcursor", "previouscursor", "previouspage")
_MOST = 100
REMOVED = object()
"""Stands for leaving a property out."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: where it starts, how long it may be, how long the list is."""

    start: int
    size: int
    total: int
    following: Mapping[str, str]

    @property
    def end(self) -> int:
        """Where the next page starts."""
        return self.start + self.size

    @property
    def is_last(self) -> bool:
        """Whether there is no other page."""
        return self.end >= self.total


def page_of(query: Mapping[str, Any], total: int) -> Page:
    """Return the page that the parameters of a query ask for."""
    given = {plain(name): (name, value) for name, value in query.items()}
    size = min(_number(_named(given, _SIZES), _MOST, least=1), _MOST)
    name, number = _named(given, _NUMBERS)
    if name:
        at = _number((name, number), 1)
        first = 0 if at == 0 else 1
        return Page((at - first) * size, size, total, {name: str(at + 1)})
    for names in (_CURSORS, _OFFSETS):
        name, value = _named(given, names)
        if name:
            start = _number((name, value), 0)
            return Page(start, size, total, {name: str(start + size)})
    return Page(0, size, total, {})


def noted(page: Page, name: str) -> tuple[Any, ...]:
    """Return what a property of this name may say of a page, the best first.

    ``REMOVED`` stands for leaving it out; nothing: it does not speak of pages.
    """
    key = plain(name)
    if key in _TOTALS:
        return (page.total, str(page.total))
    if key in _MORE:
        return (not page.is_last,)
    if key in _NEXT:
        ends = (REMOVED, None, "")
        return ends if page.is_last else (*page.following.values(), page.end, *ends)
    if key in _PREVIOUS:
        return (REMOVED, None, "")
    if key in _SIZES:
        return (page.size,)
    if key in _OFFSETS:
        return (page.start,)
    return ()


def plain(name: str) -> str:
    """Return a name without case and separators."""
    return "".join(char for char in name.lower() if char.isalnum())


def _named(
    given: Mapping[str, tuple[str, Any]], names: tuple[str, ...]
) -> tuple[str, Any]:
    return next((given[name] for name in names if name in given), ("", None))


def _number(found: tuple[str, Any], fallback: int, least: int = 0) -> int:
    try:
        return max(least, int(found[1]))
    except (TypeError, ValueError):
        return max(least, fallback)
