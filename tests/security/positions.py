"""Documents with a name for every position that a string can reach.

A position is written ``«name»`` or ``«name|default»`` in the documents beside this module; it may stand in several
places that have to agree, such as a property and the list of what is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

_FOLDER = Path(__file__).parent / "documents"
_POSITION = re.compile("«([^»|]+)(?:\\|([^»]*))?»")
DOCUMENTS = ("openapi_3_2", "swagger_2_0")

#: Positions whose text decides what is generated, so that only texts of the same meaning give the same tree.
MEANINGFUL = frozenset(
    {
        "pattern",
        "pattern of names",
        "pattern part",
        "unevaluated pattern",
        "format",
        "status",
        "method",
        "answer type",
        "body type",
        "part type",
        "content encoding",
        "content media type",
        "http scheme name",
        "url scheme",
        "consumes",
        "produces",
        "callback expression",
        "dialect",
        "id",
        "anchor",
        "dynamic anchor",
    }
)
_TEMPLATES = frozenset(
    {
        "path",
        "path parameter",
        "2.0 path",
        "2.0 path parameter",
        "server path",
        "server variable",
        "server url",
        "operation server url",
        "host",
        "base path",
    }
)
_NOT_BLANK = frozenset({"key header", "key parameter", "key cookie", "2.0 key name"})
_NOT_EMPTY = frozenset(
    {
        "path parameter",
        "query parameter",
        "header parameter",
        "cookie parameter",
        "list parameter",
        "deep parameter",
        "content parameter",
        "client token url",
        "2.0 path parameter",
        "2.0 query parameter",
        "2.0 header parameter",
        "2.0 form field",
        "2.0 file",
        "2.0 body parameter",
    }
)
_PATHS = frozenset({"path", "2.0 path"})
_ADDRESSES = frozenset({"host", "base path"})
_TAGS = frozenset({"tag", "child tag", "second tag", "2.0 tag"})


@cache
def positions(document: str) -> dict[str, str]:
    """Return the positions of a document and what stands in them by default."""
    found: dict[str, str] = {}
    for match in _POSITION.finditer(_text(document)):
        found.setdefault(match.group(1), match.group(2) or re.sub(r"\W", "_", match.group(1)))
    return found


def every_position() -> list[tuple[str, str]]:
    """Return every position with the document that it is in."""
    return [(document, position) for document in DOCUMENTS for position in positions(document)]


@cache
def rivals(document: str) -> dict[str, int]:
    """Return for each position how many others, named before it, must not hold the same text."""
    place: dict[str, int] = {}
    sets = [*_rivals(_parsed(document)), _named(re.findall("operationId: (.*?)[,\n]", _text(document)))]
    for position in positions(document):
        beside = set().union(*(group for group in sets if position in group)) - {position}
        taken = {place[other] for other in beside if other in place}
        place[position] = next(number for number in range(len(taken) + 1) if number not in taken)
    return place


def _rivals(value: Any) -> Iterator[set[str]]:
    """Return the positions of keys of one mapping, and of texts and names of one list."""
    if isinstance(value, dict):
        yield _named(value)
        for item in value.values():
            yield from _rivals(item)
    elif isinstance(value, list):
        yield _named(item.get("name") if isinstance(item, dict) else item for item in value)
        for item in value:
            yield from _rivals(item)


def _named(texts: Iterable[Any]) -> set[str]:
    return {match.group(1) for text in texts if isinstance(text, str) for match in _POSITION.finditer(text)}


def filled(document: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with these texts in these positions. Text in a reference is escaped as it has to be."""
    values = positions(document) | texts
    content: dict[str, Any] = _fill(_parsed(document), values)
    return content


def texts(document: str, text: str, turn: int = 0) -> dict[str, str]:
    """Return the text for every position where it decides nothing; rivals get variants of it, other ones each turn."""
    others = rivals(document)
    number = max(others.values()) + 1
    found: dict[str, str] = {}
    for position, rank in others.items():
        place = (rank + turn) % number
        found[position] = f"{text} {place}" if place else text
    return {position: found[position] for position in found if not _decides(position, found[position])}


def _decides(position: str, text: str) -> bool:
    """Whether a text would have a meaning of its own in a position."""
    if position in MEANINGFUL:
        return True
    if any(brace in text for brace in "{}"):
        return position in _TEMPLATES
    if not text:
        return position in _NOT_BLANK | _NOT_EMPTY
    if not text.strip():
        return position in _NOT_BLANK
    if position in _PATHS and (re.search("[?#]", text) or {".", ".."} & set(text.split("/"))):
        return True
    if position in _ADDRESSES and "/" in text:
        return True
    return position in _TAGS and text == "default"


@cache
def _text(document: str) -> str:
    return (_FOLDER / f"{document}.yaml").read_text(encoding="utf-8")


@cache
def _parsed(document: str) -> Any:
    return yaml.safe_load(_text(document))


def _fill(value: Any, texts: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {_key(_fill(key, texts)): _fill(item, texts) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, texts) for item in value]
    if not isinstance(value, str):
        return value
    whole = _POSITION.fullmatch(value)
    if whole:
        return texts[whole.group(1)]
    return _POSITION.sub(lambda match: _part(str(texts[match.group(1)]), value), value)


def _key(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _part(text: str, around: str) -> str:
    if not around.startswith("#"):
        return text
    if around.startswith("#/"):
        text = text.replace("~", "~0").replace("/", "~1")
    try:
        return quote(text, safe="~")
    except UnicodeEncodeError:
        return text
