"""How the pages of a list follow each other, said once for each operation.

Paths lead through attributes of the value of an answer: ``"meta.next_cursor"``; ``""``
is the value itself. Parameters have their Python names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)


class Paged(Generic[T_co, V_co]):
    """For type checkers: what a call returns whose answer is a page of items."""


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Pages of what ``items`` leads to. ``more``: whether there is a next one."""

    items: str = ""
    more: str | None = None


@dataclass(frozen=True, kw_only=True)
class CursorPages(Pages):
    """Each page names the next: by ``next``, or by ``last`` of its last item."""

    parameter: str
    next: str | None = None
    last: str | None = None


@dataclass(frozen=True, kw_only=True)
class NumberedPages(Pages):
    """Pages have numbers, from ``first`` to ``total``.

    ``current`` leads to the number of a page, where ``first`` is not known.
    """

    parameter: str
    first: int = 1
    total: str | None = None
    current: str | None = None


@dataclass(frozen=True, kw_only=True)
class OffsetPages(Pages):
    """Each page says how many of ``total`` items come before it."""

    parameter: str
    total: str | None = None


@dataclass(frozen=True, kw_only=True)
class LinkedPages(Pages):
    """``next`` leads to the address of the next page; None: the header ``Link``."""

    next: str | None = None
