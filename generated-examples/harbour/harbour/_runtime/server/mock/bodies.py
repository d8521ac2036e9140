"""A made-up JSON value as a body. Raises where it is not of the declared type."""

from __future__ import annotations

import json
from typing import Any

from ...adapters import decode
from ...coding.forms import encode_form
from ...coding.multipart import encode_multipart
from ...coding.texts import text_of
from ...coding.yaml_text import to_yaml
from ...kinds import is_list
from ...operation import (
    Events,
    Form,
    Json,
    JsonLines,
    Media,
    Multipart,
    Text,
    Yaml,
)
from ..events import encode_event
from ..responses import concrete


def encode_example(media: Media, value: Any) -> tuple[bytes, str]:
    """Return the octets of a value that is of the declared type, and a media type."""
    if isinstance(media, Multipart):
        body = encode_multipart(media, decode(media.type, _json(value)))
        return b"".join(body), f"{media.media_type}; boundary={body.boundary}"
    content = _octets(media, value)
    return content, concrete(media.media_type, content)


def _octets(media: Media, value: Any) -> bytes:
    if isinstance(media, Json):
        content = _json(value)
        decode(media.type, content)
        return to_yaml(content) if isinstance(media, Yaml) else content
    if isinstance(media, Events | JsonLines):
        return _sequence(media, value)
    if isinstance(media, Form):
        return encode_form(media, decode(media.type, _json(value)))
    if isinstance(media, Text):
        if media.type is not str:
            decode(media.type, _json(value))
        return text_of(value).encode()
    if isinstance(value, bytes):
        return value
    return text_of(value).encode()


def _sequence(media: Events | JsonLines, value: Any) -> bytes:
    items = value if is_list(value) else [value]
    if isinstance(media, Events):
        return b"".join(encode_event(media.type, item, _checked) for item in items)
    start = b"\x1e" if media.media_type.endswith("json-seq") else b""
    return b"".join(start + _checked(media.type, item) + b"\n" for item in items)


def _checked(type: Any, value: Any) -> bytes:
    content = _json(value)
    decode(type, content)
    return content


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
