"""What a page is made of, whatever it was written in."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["heading", "text", "item", "term", "code", "table", "field", "gap"]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page, at a line from 1.

    ``text`` is as it was written, marks of emphasis included. ``level`` is that of a heading, or how deep an item or
    a field stands. ``rows`` are the cells of a table, its head first. ``attributes`` are those of a component.
    """

    kind: Kind
    line: int
    text: str = ""
    level: int = 0
    language: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])


_COMMENT = re.compile(r"<!--.{0,1000}?-->|<%.{0,500}?%>|\{\{[<%](?!<?required)[^{}\n]{0,200}[>%]\}\}", re.DOTALL)
_REQUIRED = re.compile(r"\{\{[<%]\s*required\s*[>%]\}\}")
_LINK = re.compile(r"!?\[((?:[^\[\]\\\n]|\\.){0,500})\](?:\((?:[^()\n]|\([^()\n]*\)){0,2000}\)|\[[^\[\]\n]{0,200}\])")
_TAG = re.compile(r"(?<![/=])</?[A-Za-z][\w.:-]*(?=[\s/>])(?:[^<>\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ROLE = re.compile(r":[a-z]+:`([^`<\n]{1,200})(?:<[^`\n]{0,200}>)?`")
_STARS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w)")
# Nobody writes a longer line for people to read.
_LONGEST = 20_000
_SLANTED = re.compile(r"(?<!\w)_{1,2}(`[^`]+`)_{1,2}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile(r"(`{1,3})(.+?)\1")


def plain(text: str) -> str:
    """Return the words of a text of one line, without the marks of Markdown, HTML and reStructuredText."""
    text = _REQUIRED.sub(" (required) ", _SLANTED.sub(r"\1", text[:_LONGEST]))
    text = _ROLE.sub(r"`\1`", _BREAK.sub(" ", _COMMENT.sub(" ", text)))
    parts: list[str] = []
    end = 0
    for tick in _TICKS.finditer(text):
        parts += [_bare(text[end : tick.start()]), _LINK.sub(r"\1", tick[2])]
        end = tick.end()
    parts.append(_bare(text[end:]))
    return " ".join("".join(parts).replace("`", "").split())


def _bare(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _STARS.sub("", _TAG.sub("", text))
    return html.unescape(_ESCAPE.sub(r"\1", text))
