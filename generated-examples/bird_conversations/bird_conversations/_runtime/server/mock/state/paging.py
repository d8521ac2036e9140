"""Pages of a list, by the usual names of parameters and of properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....pagination import CursorPages, NumberedPages, OffsetPages, Pages

_SIZES = ("limit", "perpage", "pagesize", "size", "count", "maxresults", "top", "first")
_NUMBERS = ("page", "pagenumber", "pageindex", "p")
_OFFSETS = ("offset", "skip", "start", "startindex", "from")
_CURSORS = ("cursor", "pagetoken", "after", "startingafter", "token", "next", "marker")
_TOTALS = ("total", "totalcount", "totalitems", "totalresults", "totalelements")
_COUNTS = ("totalpages", "pagecount", "pages", "lastpage", "numpages")
_CURRENT = ("page", "pagenumber", "currentpage")
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
    number: int | None = None

    @property
    def end(self) -> int:
        """Where the next page starts."""
        return self.start + self.size

    @property
    def is_last(self) -> bool:
        """Whether there is no other page."""
        return self.end >= self.total


def page_of(
    query: Mapping[str, Any],
    resources: Sequence[Mapping[str, Any]],
    pages: Pages | None = None,
) -> Page:
    """Return the page that the parameters of a query ask for.

    ``query`` has the names of the wire; ``pages`` is what is known of the operation,
    its parameter under that name, too. Otherwise the usual names tell.
    """
    given = {plain(name): (name, value) for name, value in query.items()}
    total = len(resources)
    size = min(_number(_named(given, _SIZES), _MOST, least=1), _MOST)
    name, number = _asked(given, _NUMBERS, NumberedPages, pages)
    if name:
        first = pages.first if isinstance(pages, NumberedPages) else 1
        at = _number((name, number), first)
        first = min(first, at)
        return Page((at - first) * size, size, total, {name: str(at + 1)}, at)
    for names, kind in ((_CURSORS, CursorPages), (_OFFSETS, OffsetPages)):
        name, value = _asked(given, names, kind, pages)
        if name:
            start = _start(value, resources)
            return Page(start, size, total, {name: str(start + size)})
    return Page(0, size, total, {})


def speaks_of_pages(name: str, pages: Pages | None) -> bool:
    """Tell whether a parameter asks for a page, and nothing of the resources."""
    usual = (*_SIZES, *_NUMBERS, *_OFFSETS, *_CURSORS)
    return name == getattr(pages, "parameter", None) or plain(name) in usual


def _asked(
    given: Mapping[str, tuple[str, Any]],
    names: tuple[str, ...],
    kind: type[Pages],
    pages: Pages | None,
) -> tuple[str, Any]:
    """Return the parameter of a kind of pages, and what it is."""
    if isinstance(pages, kind):
        known = plain(getattr(pages, "parameter", ""))
        return given.get(known, ("", None))
    return _named(given, names)


def _start(value: Any, resources: Sequence[Mapping[str, Any]]) -> int:
    """Return where a page starts: at a number, or behind the resource of an id."""
    try:
        return max(0, int(value))
    except (TypeError, ValueError):
        for at, resource in enumerate(resources):
            if value is not None and str(value) in map(str, resource.values()):
                return at + 1
    return 0


def noted(page: Page, name: str) -> tuple[Any, ...]:
    """Return what a property of this name may say of a page, the best first.

    ``REMOVED`` stands for leaving it out; nothing: it does not speak of pages.
    """
    key = plain(name)
    if key in _COUNTS:
        return (-(-page.total // page.size),)
    if key in _CURRENT:
        return (page.start // page.size + 1 if page.number is None else page.number,)
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
