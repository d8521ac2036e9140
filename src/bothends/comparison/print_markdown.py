"""Prints a comparison as Markdown, for the description of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from bothends.comparison.model import Verdict
from bothends.comparison.shown import Group, Shown, groups, summary, version_advice

#: What means something in Markdown, where HTML is escaped already.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+!|~@])")
#: Descriptions and comments on GitHub take 65,536 characters. This leaves room for what stands beside.
_LONGEST: Final = 60_000


def as_markdown(found: Shown) -> str:
    """Return the comparison as a heading and one table for each verdict, worst first; as much as a comment takes."""
    lines: list[str] = []
    left = _LONGEST
    for line in _lines(found):
        left -= len(line) + 1
        if left < 0 and line.startswith("| "):
            continue
        lines.append(line)
    text = "\n".join(lines) + "\n"
    if left < 0:
        text += "\nNot every change is listed here: `--format html` shows them all.\n"
    return text


def _lines(found: Shown) -> Iterator[str]:
    yield f"### API changes: {_plain(found.old)} → {_plain(found.new)}"
    yield ""
    yield f"{summary(found.comparison).capitalize()}. {version_advice(found.comparison).capitalize()}."
    for verdict, rows in found.sections():
        title = f"{verdict.word.capitalize()} for callers ({len(rows)})"
        is_folded = verdict is Verdict.SAFE
        yield ""
        yield f"<details><summary>{title}</summary>" if is_folded else f"#### {title}"
        yield ""
        yield "| where | what | servers | rule |"
        yield "| --- | --- | --- | --- |"
        yield from map(_group, groups(rows))
        if is_folded:
            yield ""
            yield "</details>"


def _group(group: Group) -> str:
    change = group.first.change
    where = "<br>".join(map(_code, group.places)) + group.more
    if group.reached:
        where += f"<br>in {_plain(group.reached)}"
    return f"| {where} | {_plain(change.message)} | {change.servers.word} | `{change.rule}` |"


def _code(text: str) -> str:
    """Return a place as code; what would end the code, or the cell, is written as prose."""
    text = " ".join(text.split())
    return _plain(text) if "`" in text or "|" in text else f"`{text}`"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", escape(" ".join(text.split()), quote=False))
