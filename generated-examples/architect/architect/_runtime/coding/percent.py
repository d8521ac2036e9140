"""Percent-encoding, exactly as RFC 3986 and RFC 6570 have it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from .problem import CodingError

# Reserved characters that survive in a query. The others separate pairs (``&``), end
# the query (``#``), mean a space to most servers (``+``) or are not allowed there
# (``[]``).
_KEPT_IN_QUERY = ":/?@!$'()*,;="
# In a path, ``/``, ``?`` and ``#`` would change its structure.
_KEPT_IN_PATH = ":@!$&'()*+,;="
_TRIPLE = re.compile("(%[0-9A-Fa-f]{2})")


def escape(text: str) -> str:
    """Encode everything but letters, digits and ``-._~``."""
    try:
        return quote(text, safe="")
    except UnicodeEncodeError as error:
        raise CodingError("holds a lone surrogate, which has no encoding") from error


def escape_query_reserved(text: str) -> str:
    """Encode for a query with ``allowReserved``.

    Reserved characters and percent triples stay.
    """
    return _escape_around_triples(text, _KEPT_IN_QUERY)


def escape_path_reserved(text: str) -> str:
    """Encode for a path with ``allowReserved``.

    Reserved characters and percent triples stay.
    """
    return _escape_around_triples(text, _KEPT_IN_PATH)


def escape_path_literal(text: str) -> str:
    """Encode the text between the slots of a path, as far as no URL can hold it.

    A query, which some documents have there, stays what it is.
    """
    return _escape_around_triples(text, f"{_KEPT_IN_PATH}/?")


def unescape(text: str, *, plus: bool = False) -> str:
    """Decode. ``plus``: a plus sign means a space, as forms have it."""
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CodingError("is not UTF-8 when decoded") from error


def _escape_around_triples(text: str, safe: str) -> str:
    pieces = _TRIPLE.split(text)
    try:
        return "".join(
            piece if index % 2 else quote(piece, safe=safe)
            for index, piece in enumerate(pieces)
        )
    except UnicodeEncodeError as error:
        raise CodingError("holds a lone surrogate, which has no encoding") from error
