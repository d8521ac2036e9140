"""Parameters to text: arguments as a path, a query, a header and a cookie show them.

Comes in: a descriptor and a Python value. Goes out: text that stands in the request as
it is. The reverse is :mod:`.arguments`.
"""

from __future__ import annotations

import re
from typing import Any

from ..kinds import is_container, is_dict
from ..operation import Form, Json, Media, Parameter
from .percent import escape, escape_path_reserved, escape_query_reserved
from .problem import CodingError
from .styles import joined, path_text, query_pairs
from .texts import text_of, wire_value

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# What RFC 6265 leaves out of a cookie's value; a comma is common and harmless.
_NOT_IN_COOKIE = re.compile(r'[\x00-\x20\x7f";\\]')


def encode_path(parameter: Parameter, value: Any) -> str:
    """Return the text for the slot of a path.

    An empty slot is refused: it would name another resource.
    """
    if (
        value.__class__ is str
        and parameter.style == "simple"
        and not parameter.allow_reserved
    ):
        text = escape(value)
    elif parameter.media is not None:
        text = escape(media_text(parameter.media, value))
    else:
        safe = escape_path_reserved if parameter.allow_reserved else escape
        text = path_text(
            parameter.wire,
            wire_value(value, parameter.type),
            parameter.style,
            parameter.explode,
            safe,
        )
    if not text:
        raise CodingError("must not be empty in a path")
    return text


def encode_query(parameter: Parameter, value: Any) -> list[str]:
    """Return the ``name=value`` pairs of a query parameter.

    For ``in: querystring``, the query itself.
    """
    if parameter.place == "querystring":
        return _whole_query(parameter, value)
    if parameter.media is not None:
        return [
            f"{escape(parameter.wire)}={escape(media_text(parameter.media, value))}"
        ]
    safe = escape_query_reserved if parameter.allow_reserved else escape
    wire = wire_value(value, parameter.type)
    found = list(
        query_pairs(parameter.wire, wire, parameter.style, parameter.explode, safe)
    )
    if not wire and is_container(wire):
        # RFC 6570 leaves an empty list out; where something must be there, it is the
        # name alone.
        return (
            [f"{escape(parameter.wire)}="]
            if parameter.required or parameter.allow_empty
            else []
        )
    return found


def encode_header(parameter: Parameter, value: Any) -> str:
    """Return the value of a header."""
    if parameter.media is not None:
        text = media_text(parameter.media, value)
    else:
        wire = wire_value(value, parameter.type)
        text = joined(wire, ",", _same, pairs="=" if parameter.explode else None)
    return checked_header(text)


def encode_cookie(parameter: Parameter, value: Any) -> list[str]:
    """Return the ``name=value`` pairs of a cookie parameter."""
    if parameter.media is not None:
        return [f"{parameter.wire}={escape(media_text(parameter.media, value))}"]
    wire = wire_value(value, parameter.type)
    safe = _cookie_text if parameter.style == "cookie" else escape
    if not (parameter.explode and is_container(wire)):
        return [f"{parameter.wire}={joined(wire, ',', safe)}"]
    if is_dict(wire):
        return [f"{safe(key)}={safe(text_of(item))}" for key, item in wire.items()]
    return [f"{parameter.wire}={safe(text_of(item))}" for item in wire]


def checked_header(text: str) -> str:
    """Return the text of a header's value, refusing what would end the line."""
    if _CONTROL.search(text):
        raise CodingError("holds a control character, which a header cannot carry")
    return text


def media_text(media: Media, value: Any) -> str:
    """Return the text of a value that is coded as a media type."""
    wire = wire_value(value, media.type)
    if isinstance(media, Json) or not isinstance(wire, str):
        return text_of(wire) if not isinstance(wire, str) else json_string(wire)
    return wire


def json_string(text: str) -> str:
    """Return text as a JSON string."""
    return text_of([text])[1:-1]


def _whole_query(parameter: Parameter, value: Any) -> list[str]:
    media = parameter.media
    wire = wire_value(value, media.type if media else parameter.type)
    if isinstance(media, Form) and is_dict(wire):
        return [
            pair
            for name, item in wire.items()
            for pair in query_pairs(name, item, "form", True, escape)
        ]
    if media is not None:
        return [escape(media_text(media, value))]
    return [escape(text_of(wire))]


def _cookie_text(text: str) -> str:
    if _NOT_IN_COOKIE.search(text):
        raise CodingError("holds a character that a cookie cannot carry")
    return text


def _same(text: str) -> str:
    return text
