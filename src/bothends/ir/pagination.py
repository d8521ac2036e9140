"""How the pages of a list follow each other, in the words of the wire."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bothends.ir.types import Type

#: Names of properties that lead from a body to a value; ``()`` is the body itself.
Path: TypeAlias = tuple[str, ...]


class PageKind(StrEnum):
    """What tells one page from another.

    ``CURSOR``: a value of the page before. ``PAGE``: its number. ``OFFSET``: how many items come before it.
    ``LINK``: an address, in the ``Link`` header (RFC 8288) or in the body.
    """

    CURSOR = "cursor"
    PAGE = "page"
    OFFSET = "offset"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of one operation.

    ``items`` leads to the array of a body, whose items are of the type ``item``. ``parameter`` is the query parameter
    that chooses a page. ``next`` leads to the cursor or the address of the next page; None with ``LINK``: the header.
    ``last`` leads from the last item to the cursor instead. ``more`` leads to whether there is a next page, ``total``
    to how many items there are (``OFFSET``) or pages (``PAGE``), ``current`` to the number of this page. ``first`` is
    the number of the first page.
    """

    kind: PageKind
    items: Path
    item: Type
    parameter: str = ""
    next: Path | None = None
    last: Path | None = None
    more: Path | None = None
    total: Path | None = None
    current: Path | None = None
    first: int = 1
