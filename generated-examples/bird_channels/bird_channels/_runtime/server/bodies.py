"""The body of a request as a value of the declared type.

Comes in: what the document says of the body, and a request. Goes out: the value.
Raises FailureError for the wrong media type (415), too much of it (413), and what
cannot be read (400); pydantic's errors become problems.
"""

from __future__ import annotations

from asyncio import timeout, to_thread
from collections.abc import AsyncGenerator
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ..adapters import decode
from ..coding.arguments import typed
from ..coding.compressed import CODINGS, unfolded
from ..coding.forms import decode_form
from ..coding.multipart import ReceivedPart, decode_multipart
from ..coding.problem import CodingError
from ..coding.shapes import shape_of
from ..coding.yaml_text import NoReaderError, from_yaml
from ..operation import (
    Binary,
    Body,
    Events,
    Form,
    Json,
    JsonLines,
    Media,
    Multipart,
    Text,
    Yaml,
)
from .failure import FailureError, Problem, problems_in
from .media_types import MediaType, best_match, parse_media_type
from .settings import Settings


class BodyDecoder:
    """Decodes the body of one operation."""

    def __init__(self, body: Body, settings: Settings, *, coded: bool = False) -> None:
        """``coded``: the document lets callers choose a content coding."""
        self._body = body
        self._settings = settings
        self._codings = CODINGS if coded else ()

    async def decode(self, request: Request, problems: list[Problem]) -> Any:
        """Return the value, or None where there is none."""
        header = request.headers.get("content-type")
        given = parse_media_type(header) if header else None
        media = best_match(given, self._body.media) if given else None
        # A form without fields is empty, and there; so is a file without content.
        may_be_empty = self._body.required and isinstance(media, Form | Binary | Text)
        if _is_empty(request) and not may_be_empty:
            return self._missing(problems)
        if given is None or media is None:
            raise self._unsupported(given is None)
        coding = request.headers.get("content-encoding", "identity").strip().lower()
        is_whole = isinstance(media, Multipart)
        if coding != "identity" and (is_whole or coding not in self._codings):
            raise FailureError(
                415,
                "The content coding of the body is not supported",
                headers={"Accept-Encoding": ", ".join(self._codings) or "identity"},
            )
        content = b""
        try:
            async with timeout(self._settings.body_timeout):
                if isinstance(media, Multipart):
                    return await self._multipart(request, media)
                content = await read_limited(request, self._limit(media))
                if coding != "identity":
                    content = _unfolded(content, coding, self._limit(media))
            if not content and (not self._body.required or isinstance(media, Json)):
                return self._missing(problems)
            if isinstance(media, Yaml):
                # In a thread: it takes much longer than JSON.
                content = await to_thread(_from_yaml, content)
            if isinstance(media, JsonLines):
                return _lines(media, given, content, problems)
            return _value(media, given, content)
        except TimeoutError as error:
            raise _too_slow() from error
        except (ValidationError, CodingError) as error:
            parsed = _parsed(content) if isinstance(media, Json) else None
            problems += problems_in("body", error, value=parsed)
            return None

    def _limit(self, media: Media) -> int:
        in_memory = isinstance(media, Json | Form | Text | Events | JsonLines)
        return self._settings.max_body if in_memory else self._settings.max_upload

    def _missing(self, problems: list[Problem]) -> None:
        if self._body.required:
            problems.append(Problem("body", (), "is required", "missing"))

    def _unsupported(self, unnamed: bool) -> FailureError:
        known = ", ".join(media.media_type for media in self._body.media)
        text = "The media type of the body is " + (
            "not given" if unnamed else "not supported"
        )
        return FailureError(415, f"{text}; expected {known}", headers={"Accept": known})

    async def _multipart(self, request: Request, media: Multipart) -> Any:
        parser = MultiPartParser(
            request.headers,
            _limited(request, self._settings.max_upload),
            max_part_size=self._settings.max_body,
        )
        try:
            form = await parser.parse()
        except (MultiPartException, KeyError, ValueError, UnicodeError) as error:
            raise FailureError(400, "The multipart body is malformed") from error
        try:
            received = [
                await _received(name, value) for name, value in form.multi_items()
            ]
        finally:
            await form.close()
        return decode_multipart(media, received)


async def _received(name: str, value: UploadFile | str) -> ReceivedPart:
    if isinstance(value, str):
        return ReceivedPart(name, value.encode("utf-8", "surrogateescape"))
    content = await value.read()
    return ReceivedPart(name, content, value.filename, value.content_type)


def _value(media: Media, given: MediaType, content: bytes) -> Any:
    if isinstance(media, Json):
        _check_charset(given)
        return decode(media.type, _strict_json(content))
    if isinstance(media, Form):
        return decode_form(media, content)
    if isinstance(media, Text | Events):
        return _text(media, given, content)
    return content


def _lines(
    media: JsonLines, given: MediaType, content: bytes, problems: list[Problem]
) -> list[Any]:
    """Return the items; what is wrong with one is added with its number, from 0."""
    _check_charset(given)
    lines = content.replace(b"\x1e", b"\n").split(b"\n")
    items: list[Any] = []
    for number, line in enumerate(line for line in lines if line.strip()):
        try:
            items.append(decode(media.type, _strict_json(line)))
        except (ValidationError, CodingError) as error:
            problems += problems_in("body", error, number, value=_parsed(line))
    return items


def _text(media: Media, given: MediaType, content: bytes) -> Any:
    try:
        text = content.decode(given.parameter("charset") or "utf-8")
    except (UnicodeDecodeError, LookupError) as error:
        raise CodingError("is not text of the charset that it claims") from error
    if media.type is str or isinstance(media, Events):
        return text
    return typed(media.type, shape_of(media.type), iter((text,)))


def _parsed(content: bytes) -> Any:
    try:
        return from_json(content)
    except ValueError:
        return None


def _strict_json(content: bytes) -> bytes:
    # The parser of pydantic takes these two, which are not JSON.
    if b"NaN" in content or b"Infinity" in content:
        try:
            from_json(content, allow_inf_nan=False)
        except ValueError as error:
            raise CodingError("is not JSON") from error
    return content


def _from_yaml(content: bytes) -> bytes:
    try:
        return from_yaml(content)
    except NoReaderError as error:
        raise FailureError(415, "YAML is not read here; JSON is") from error


def _check_charset(given: MediaType) -> None:
    charset = given.parameter("charset")
    if charset and charset.lower().replace("-", "") not in ("utf8", "usascii", "ascii"):
        raise FailureError(415, "The body has to be encoded as UTF-8")


def _is_empty(request: Request) -> bool:
    if "transfer-encoding" in request.headers:
        return False
    length = request.headers.get("content-length")
    return length is None or length.strip() == "0"


async def read_limited(request: Request, limit: int) -> bytes:
    """Return the body. Raises FailureError as soon as it is known to be too large."""
    chunks = [chunk async for chunk in _limited(request, limit)]
    return b"".join(chunks)


async def _limited(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > limit):
        raise _too_large(limit)
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total > limit:
            raise _too_large(limit)
        if chunk:
            yield chunk


def _unfolded(content: bytes, coding: str, limit: int) -> bytes:
    found = unfolded(content, coding, limit)
    if found is None:
        raise _too_large(limit)
    return found


def _too_slow() -> FailureError:
    return FailureError(
        408, "The body took too long to arrive", headers={"Connection": "close"}
    )


def _too_large(limit: int) -> FailureError:
    return FailureError(
        413, f"The body is larger than {limit} octets", headers={"Connection": "close"}
    )
