"""Prints a comparison for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.comparison.model import Verdict
from bothends.comparison.shown import Row, Shown, summary, uses, version_advice


def as_text(found: Shown) -> str:
    """Return the comparison as lines of text."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Shown) -> Iterator[str]:
    yield f"{found.old} → {found.new}"
    yield summary(found.comparison)
    yield version_advice(found.comparison)
    for verdict, rows in found.sections():
        yield ""
        yield f"{verdict.word} for callers"
        for row in rows:
            yield from _row(row)


def _row(row: Row) -> Iterator[str]:
    change = row.change
    servers = "" if change.servers is Verdict.SAFE else f" · {change.servers.word} for servers"
    yield f"  {change.place}: {change.message}{servers} [{change.rule}]"
    if reached := uses(change):
        yield f"    in {reached}"
    if row.place:
        yield f"    {row.place}"
