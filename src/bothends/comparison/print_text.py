"""Prints a comparison for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.comparison.model import Verdict
from bothends.comparison.shown import Group, Shown, groups, summary, version_advice


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
        for group in groups(rows):
            yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    change = group.first.change
    servers = "" if change.servers is Verdict.SAFE else f" · {change.servers.word} for servers"
    yield f"  {', '.join(group.places)}{group.more}: {change.message}{servers} [{change.rule}]"
    if group.reached:
        yield f"    in {group.reached}"
    if group.first.place:
        yield f"    {group.first.place}"
