"""What a place in a document is called that is no component: by the way that leads to it.

Documents refer to places inside of others, ``#/components/responses/Conflict/content/application~1json/schema``. What
stands there is a type of its own, and its last word, ``schema`` or ``0``, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bothends.naming.statuses import phrase
from bothends.naming.words import split

#: What the components are called that are no schemas.
COMPONENTS: Final = {
    "parameters": "Parameter",
    "responses": "Response",
    "requestBodies": "Request",
    "headers": "Header",
    "mediaTypes": "Content",
    "pathItems": "Path",
    "callbacks": "Callback",
}
#: Keywords with one schema below them, and how that is called.
_ONE: Final = {
    "schema": (),
    "items": ("Item",),
    "additionalProperties": ("Value",),
    "requestBody": ("Request",),
}
#: Keywords with a table or a list below them; their entries have names, or places.
_NAMED: Final = frozenset({"properties", "$defs", "definitions", "patternProperties", "headers", "callbacks"})
_LISTED: Final = frozenset({"oneOf", "anyOf", "prefixItems", "parameters"})
_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_INSIDE: Final = _NAMED | _LISTED | _ONE.keys() | {"allOf", "content", "responses"}
_PUNCTUATION: Final = re.compile(r"[\W_]+")
_DEFINITIONS: Final = ("$defs", "definitions")


def is_inside(anchor: str) -> bool:
    """Tell whether a place is inside of something that has a name."""
    tokens = _tokens(anchor)
    if tokens[:1] == ["components"]:
        return len(tokens) > 3
    if tokens[:1] == ["definitions"]:
        return len(tokens) > 2
    return any(keyword in _INSIDE for keyword in tokens[:-1])


def has_own_name(anchor: str) -> bool:
    """Tell whether a place inside of something is a definition with a name of its own."""
    return _tokens(anchor)[-2:-1] in ([name] for name in _DEFINITIONS)


def words_of_place(anchor: str) -> tuple[str, ...]:
    """Return the words of the way to a place: those of names, statuses and methods, and what stands where."""
    return tuple(_words(_tokens(anchor)))


def whole_place(anchor: str) -> str:
    """Return all that a pointer says, which no other pointer does but for its punctuation."""
    return "_".join(_PUNCTUATION.sub("_", token).strip("_") for token in _tokens(anchor))


def _tokens(anchor: str) -> list[str]:
    pointer = anchor.partition("#")[2]
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _words(tokens: list[str]) -> Iterator[str]:
    waiting = list(reversed(tokens))
    if tokens[:1] == ["components"] and len(tokens) > 2:
        _, kind, name = waiting.pop(), waiting.pop(), waiting.pop()
        yield from _with_kind(split(name), COMPONENTS.get(kind, ""))
    elif tokens[:1] == ["paths"] and len(tokens) > 2:
        _, path, method = waiting.pop(), waiting.pop(), waiting.pop()
        yield from (*split(method), *split(path))
    while waiting:
        keyword = waiting.pop()
        after = waiting.pop() if waiting and keyword not in _ONE else ""
        yield from _step(keyword, after)


def _with_kind(words: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return words if not kind or words[-1:] == (kind,) else (*words, kind)


def _step(keyword: str, after: str) -> tuple[str, ...]:
    if keyword in _ONE:
        return _ONE[keyword]
    if keyword == "responses":
        return ("Response",) if after in ("200", "201", "2XX") else split(phrase(after))
    if keyword in ("content", "allOf"):
        return ()
    if keyword in _LISTED and after.isdecimal():
        place = int(after)
        return (_ORDINALS[place] if place < len(_ORDINALS) else f"Item{place}",)
    return split(after) if keyword in _NAMED else (*split(keyword), *split(after))
