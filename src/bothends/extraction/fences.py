"""Markdown in, the contents of its fenced blocks out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bothends.extraction.page import Page, Passage

_OPENING = re.compile(r"([ \t]*)(`{3,}(?=[^`]*$)|~{3,})")
_CLOSING = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*")


def fenced_blocks(page: Page) -> Iterator[Passage]:
    """Return the content of every fenced block, without the indentation of its fence.

    A fence is closed by one of the same character that is at least as long (CommonMark 4.5), so that a block
    of four backticks can hold blocks of three. One that is never closed ends with the page.
    """
    lines = page.text.split("\n")
    number = 0
    while number < len(lines):
        opening = _OPENING.match(lines[number])
        number += 1
        if opening is None:
            continue
        indentation, fence = len(opening[1]), opening[2]
        start = number
        while number < len(lines) and not _closes(lines[number], fence, indentation):
            number += 1
        content = (_without(line, indentation) for line in lines[start:number])
        yield Passage(page, start + 1, "\n".join(content))
        number += 1


def _closes(line: str, fence: str, indentation: int) -> bool:
    """Whether a line closes the fence. Four columns further in it would be text of the block."""
    closing = _CLOSING.fullmatch(line)
    if closing is None or len(closing[1]) >= indentation + 4:
        return False
    return closing[2][0] == fence[0] and len(closing[2]) >= len(fence)


def _without(line: str, indentation: int) -> str:
    return line[:indentation].lstrip(" \t") + line[indentation:]
