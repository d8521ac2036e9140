"""Text to words, and words to the cases of Python: ``petId2`` is pet, id2; ``HTTPServer`` is HTTP, Server."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bothends.naming.lengths import bounded
from bothends.naming.reserved import words_of
from bothends.naming.symbols import spelled_symbols

_MIXED = words_of("mixed_words")
#: Texts whose words end at underscores and nowhere else.
_SMALL = re.compile("[a-z0-9_]*")


def split(text: str) -> tuple[str, ...]:
    """Return the words of a text, capitals as written.

    Words end at anything that is no letter or digit, before a capital after a small letter or digit, and between
    an acronym and a capitalised word. Digits stay with the word before them. Comparison signs, and a sign at the
    very beginning, are words of their own; where nothing else is left, every symbol is.
    """
    return _split(bounded(text))


@lru_cache(maxsize=32768)
def _split(text: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", text)
    return _words(spelled_symbols(text)) or _words(spelled_symbols(text, everything=True))


def snake(words: Sequence[str]) -> str:
    """Return ``pet_id2``."""
    return "_".join(words).lower()


def upper_snake(words: Sequence[str]) -> str:
    """Return ``PET_ID2``."""
    return "_".join(words).upper()


def pascal(words: Sequence[str]) -> str:
    """Return ``PetId2``; capitals stay, and two numbers do not run into one."""
    name = ""
    for word in words:
        name += "_" if name[-1:].isdigit() and word[:1].isdigit() else ""
        name += word[:1].upper() + word[1:]
    return name


def _words(text: str) -> tuple[str, ...]:
    if _SMALL.fullmatch(text):
        return tuple(filter(None, text.split("_")))
    kinds = [_kind(character) for character in text] + ["", ""]
    whole = _inside_mixed_words(text)
    words: list[str] = []
    current = ""
    for place, character in enumerate(text):
        if current and (not kinds[place] or (place not in whole and _starts_word(text, kinds, place, current))):
            words.append(current)
            current = ""
        if kinds[place]:
            current += character
    return (*words, current) if current else tuple(words)


def _starts_word(text: str, kinds: list[str], place: int, current: str) -> bool:
    if kinds[place] != "upper":
        return False
    before, after = kinds[place - 1], kinds[place + 1]
    if before == "digit":
        return not current.isdigit()
    if before == "upper":
        plural = text[place + 1 : place + 2] == "s" and kinds[place + 2] != "lower"
        return after == "lower" and not plural
    return True


@lru_cache(maxsize=1024)
def _kind(character: str) -> str:
    if character == "_" or not ("a" + character).isidentifier():
        return ""
    if character.isdigit():
        return "digit"
    return "upper" if character.isupper() or character.istitle() else "lower"


def _inside_mixed_words(text: str) -> set[int]:
    """Return the places inside words such as OAuth, where a capital begins nothing."""
    places: set[int] = set()
    if text.islower():
        return places
    for word in _MIXED:
        start = text.find(word)
        while start >= 0:
            if not text[start - 1 : start].isupper() or start == 0:
                places.update(range(start + 1, start + len(word)))
            start = text.find(word, start + 1)
    return places
