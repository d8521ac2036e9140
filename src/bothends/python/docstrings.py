"""Prose of a document to docstrings.

The author's line breaks are kept; only a line that is too long is wrapped, on its own, so that a changed word
moves nothing below it. Markdown is left as it is, and HTML becomes Markdown.
"""

from __future__ import annotations

import re
import textwrap
from typing import Final

from bothends.python.code import Code, code, join, prose
from bothends.python.markup import as_markdown

LINE_LENGTH = 88
_NARROWEST: Final = 40
_NOTHING = join("", ())
_EMPTY_ROW = code("\n")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
# An argument below "Args:", whose further lines stand deeper.
_ENTRY = re.compile(r" {4}[a-z_]\w*: ")
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def docstring(*texts: str, indent: int = 0) -> Code:
    """Return the texts, blank lines between them, as a docstring, or nothing where there is no text.

    ``indent`` is the column of the opening quotation marks, which are not indented themselves.
    """
    paragraphs = [_lines(as_markdown(text)) for text in texts]
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph and lines:
            lines.append("")
        lines += paragraph
    if not lines:
        return _NOTHING
    if len(lines) == 1:
        only = prose(lines[0])
        if indent + len(only.text) + 6 <= LINE_LENGTH:
            return code('"""{}"""', only)
    wrapped = _wrap_all(lines, LINE_LENGTH - indent)
    margin = join("", [_SPACE] * indent)
    rows = [code("{}{}\n", margin, prose(line, last=False)) if line else _EMPTY_ROW for line in wrapped[1:]]
    return code('"""{}\n{}"""', prose(wrapped[0], last=False), join("", [*rows, margin]))


_SPACE = code(" ")


def first_paragraph(text: str) -> str:
    """Return the first paragraph of a text on one line, wherever its author broke it."""
    before, *_ = _PARAGRAPH.split(as_markdown(text).strip(), maxsplit=1)
    return " ".join(before.split())


def _lines(text: str) -> list[str]:
    """Return the lines of a text without blank ones around them, without margins and trailing space."""
    if text.isprintable():  # one line, and no space in it but the plain one
        only = text.strip()
        return [only] if only else []
    lines = [line.expandtabs(4).rstrip() for line in _LINE_BREAK.split(text)]
    if lines:
        lines[0] = lines[0].lstrip()
    blank = next((number for number, line in enumerate(lines) if line), len(lines))
    if blank:
        lines = [line.rstrip() for line in textwrap.dedent("\n".join(lines[blank:])).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _wrap_all(lines: list[str], width: int) -> list[str]:
    wrapped: list[str] = []
    fenced = describes_arguments = False
    for number, line in enumerate(lines):
        text = line.lstrip()
        marks_fence = text.startswith(("```", "~~~"))
        # Tables and code lose their meaning when wrapped.
        keep = fenced or marks_fence or text.startswith("|")
        fenced = fenced != marks_fence
        is_entry = describes_arguments and _ENTRY.match(line) is not None
        describes_arguments = describes_arguments or line == "Args:"
        wrapped += [line] if keep else _wrap(line, width, 3 if number == 0 else 0, is_entry)
    return wrapped


def _wrap(line: str, width: int, used: int, is_entry: bool) -> list[str]:
    if len(line) + used <= width:
        return [line]
    item = _LIST_ITEM.match(line)
    hanging = len(item.group()) if item else len(line) - len(line.lstrip()) + (4 if is_entry else 0)
    width = max(width, _NARROWEST)
    first, *others = _filled(line, width - used, width - hanging)
    return [first, *(" " * hanging + other for other in others)]


def _filled(line: str, first: int, others: int) -> list[str]:
    """Return the lines that a long line becomes; the arguments are the widths of the first one and of others.

    Breaks at spaces only: a word that is too long stands alone. ``textwrap`` does the same, and takes ten times as
    long, because it cuts every line into its words.
    """
    pieces: list[str] = []
    width = first
    while len(line) > width:
        begin = len(line) - len(line.lstrip(" "))
        end = line.rfind(" ", begin, width + 1)
        if end < 0 and begin:  # the first word has no room behind its indentation
            line = line[begin:]
            continue
        if end < 0 and (end := line.find(" ")) < 0:
            break
        pieces.append(line[:end].rstrip(" "))
        line = line[end:].lstrip(" ")
        width = max(others, 0)
    return [*pieces, line]
