"""Lists of words that names have to know of, one text file each in the folder ``reserved``."""

from __future__ import annotations

import keyword
from functools import cache
from pathlib import Path


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one list: a word a line, ``#`` begins a comment."""
    text = (Path(__file__).parent / "reserved" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if (word := line.partition("#")[0].strip()))


@cache
def reserved(*names: str) -> frozenset[str]:
    """Return Python's keywords and the words of the named lists."""
    return frozenset(keyword.kwlist).union(*(words_of(name) for name in names))
