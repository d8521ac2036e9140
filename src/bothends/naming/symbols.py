"""Symbols to words: for names that are nothing but symbols, and for names that differ in nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bothends.naming.lengths import bounded

_PAIRS = {"<=": "less_equal", ">=": "greater_equal", "!=": "not_equal", "<>": "not_equal", "==": "equal"}
_COMPARISONS = {"<": "less", ">": "greater", "=": "equal", "!": "not"}
_SIGNS = {"+": "plus", "-": "minus"}
_OTHERS = {
    " ": "space",
    '"': "quote",
    "#": "hash",
    "$": "dollar",
    "%": "percent",
    "&": "and",
    "'": "apostrophe",
    "(": "open",
    ")": "close",
    "*": "star",
    ",": "comma",
    ".": "dot",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "?": "question",
    "@": "at",
    "[": "bracket",
    "\\": "backslash",
    "]": "bracket_end",
    "^": "caret",
    "`": "backtick",
    "{": "brace",
    "|": "or",
    "}": "brace_end",
    "~": "tilde",
    "\t": "tab",
    "\n": "newline",
    "\r": "return",
}
#: Letters of one case, a capitalised word, digits, or one character of another kind.
_RUNS = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL)
_COMPARISON = re.compile("|".join(map(re.escape, (*_PAIRS, *_COMPARISONS))))


def spelled_symbols(text: str, *, everything: bool = False) -> str:
    """Return the text with symbols as words between underscores.

    Always those that compare, and a sign at the very beginning; with ``everything`` all that cannot stand in an
    identifier, and an underscore at the beginning.
    """
    if text.isidentifier() and not text.startswith("_"):
        return text
    text = _COMPARISON.sub(lambda found: f"_{_PAIRS.get(found.group()) or _COMPARISONS[found.group()]}_", text)
    if text[:1] in _SIGNS and text:
        text = f"{_SIGNS[text[0]]}_{text[1:]}"
    if not everything:
        return text
    spelled = "".join(_spell(character) for character in text)
    return f"underscore_{spelled.lstrip('_')}" if text.startswith("_") and spelled else spelled


def _spell(character: str) -> str:
    if ("a" + character).isidentifier():
        return character
    word = _OTHERS.get(character) or ("dash" if character == "-" else _SIGNS.get(character))
    return f"_{word or f'u{ord(character):04x}'}_"


@lru_cache(maxsize=32768)
def official(text: str) -> str:
    """Return the text with symbols called as Unicode calls them (``*`` is an asterisk), and cases in words.

    No two texts of the same letters and numbers of symbols are the same so: the last resort before a digest.
    """
    return as_parsed(re.sub("__+", "_", "".join(_official(run) for run in _RUNS.findall(bounded(text)))).strip("_"))


@lru_cache(maxsize=4096)
def _official(run: str) -> str:
    if not ("a" + run).isidentifier() or run.startswith("_"):
        name = unicodedata.name(run[0], f"u{ord(run[0]):04x}")
        return f"_{re.sub('[^a-z0-9]+', '_', name.lower())}_"
    if run.islower() or run.isupper():
        return f"_{'lower' if run.islower() else 'upper'}_{run.lower()}_"
    if run.istitle():
        return f"_capital_{run.lower()}_"
    return f"_{run}_"


def ascii_letters(text: str) -> str:
    """Return the text with letters beyond ASCII stripped of their marks, or as their code points."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    kept = (character for character in plain if not unicodedata.combining(character))
    return "".join(character if character.isascii() else f"_u{ord(character):04x}_" for character in kept)


@lru_cache(maxsize=32768)
def faithful(text: str) -> str:
    """Return the text as an identifier, capitals as written and every symbol spelled out."""
    return as_parsed(re.sub("__+", "_", spelled_symbols(bounded(text), everything=True)).strip("_"))


def as_parsed(name: str) -> str:
    """Return an identifier as Python reads it: the parser takes a ligature for its letters (PEP 3131)."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)
