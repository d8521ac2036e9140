"""Prints a comparison as Markdown, for the description of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from bothends.comparison.shown import Row, Shown, summary, uses, version_advice

#: What means something in Markdown, where HTML is escaped already.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~@])")


def as_markdown(found: Shown) -> str:
    """Return the comparison as a heading and one table for each verdict."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Shown) -> Iterator[str]:
    yield f"### API changes: {_plain(found.old)} → {_plain(found.new)}"
    yield ""
    yield f"{summary(found.comparison).capitalize()}. {version_advice(found.comparison).capitalize()}."
    for verdict, rows in found.sections():
        yield ""
        yield f"#### {verdict.word.capitalize()} for callers ({len(rows)})"
        yield ""
        yield "| where | what | servers | rule |"
        yield "| --- | --- | --- | --- |"
        yield from map(_row, rows)


def _row(row: Row) -> str:
    change = row.change
    reached = uses(change)
    where = _plain(change.place) + (f"<br>in {_plain(reached)}" if reached else "")
    return f"| {where} | {_plain(change.message)} | {change.servers.word} | `{change.rule}` |"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
