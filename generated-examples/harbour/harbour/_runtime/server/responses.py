"""What a handler returned as a response, of a documented status and of its type.

Raises :class:`BrokenContractError` where it is neither.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError
from starlette.responses import Response

from ..adapters import adapter, decode, is_other_model
from ..coding.forms import encode_form
from ..coding.multipart import encode_multipart
from ..coding.parameters import checked_header, encode_header
from ..coding.problem import CodingError
from ..coding.yaml_text import to_yaml
from ..operation import (
    Binary,
    Events,
    Form,
    Json,
    JsonLines,
    Media,
    Multipart,
    Operation,
    Parameter,
    Raises,
    Returns,
    Text,
    Yaml,
)
from .events import encode_event
from .handlers import Reply, is_reply
from .media_types import MediaType, acceptable, parse_media_type
from .streams import octets, streamed

Documented: TypeAlias = Returns | Raises


class BrokenContractError(Exception):
    """A handler's answer is not what the document promises."""


class Encoder:
    """Encodes the answers of one operation."""

    def __init__(self, operation: Operation[Any], *, validate: bool) -> None:
        self._operation = operation
        self._validate = validate

    def success(self, result: Any, accept: str | None) -> Response:
        """Return the response for what a handler returned."""
        if isinstance(result, Response):
            return result
        reply = result if is_reply(result) else Reply(result)
        candidates = self._candidates(reply)
        if not candidates:
            if reply.status is None and reply.body is None:
                return Response(status_code=204)
            raise BrokenContractError("no documented response for what was returned")
        problem: BrokenContractError | None = None
        for documented, status in candidates:
            try:
                return self.encode(
                    documented,
                    status,
                    reply.body,
                    reply.headers,
                    accept,
                    reply.media_type,
                )
            except BrokenContractError as error:
                problem = problem or error
        raise problem or BrokenContractError("nothing was returned")

    def encode(
        self,
        documented: Documented,
        status: int,
        body: Any,
        headers: Mapping[str, Any],
        accept: str | None,
        media_type: str | None = None,
    ) -> Response:
        """Return the response for a body of a documented response."""
        sent = _headers(documented.headers, headers)
        if not documented.media:
            if body is not None:
                raise BrokenContractError(f"a body where {status} has none")
            return Response(status_code=status, headers=sent)
        problem: BrokenContractError | None = None
        choices = _choices(documented.media, accept, media_type)
        for media in sorted(choices, key=lambda one: _distance(one, body)):
            name = media_type or concrete(media.media_type, body)
            try:
                response = self._body(media, body, status, name)
            except BrokenContractError as error:
                problem = problem or error
                continue
            response.headers.update(sent)
            return response
        raise problem or BrokenContractError("a media type that is not documented")

    def _candidates(self, reply: Reply[Any]) -> list[tuple[Documented, int]]:
        if reply.status is not None:
            documented = self._operation.response_for(reply.status)
            return [(documented, reply.status)] if documented is not None else []
        returns = self._operation.returns
        if len(returns) > 1:
            returns = tuple(
                sorted(returns, key=lambda one: _strangeness(one, reply.body))
            )
        return [(one, status_of(one)) for one in returns]

    def _body(self, media: Media, body: Any, status: int, name: str) -> Response:
        if isinstance(media, Json):
            content = self._json(media.type, body)
            if isinstance(media, Yaml):
                content = to_yaml(content)
            return Response(content, status, media_type=name)
        if isinstance(media, Form):
            try:
                return Response(encode_form(media, body), status, media_type=name)
            except CodingError as error:
                raise BrokenContractError(f"the body {error}") from error
        if isinstance(media, Multipart) and not isinstance(body, str | bytes):
            try:
                parts = encode_multipart(media, body)
                kind = f"{name}; boundary={parts.boundary}"
                return Response(b"".join(parts), status, media_type=kind)
            except CodingError as error:
                raise BrokenContractError(f"the body {error}") from error
        response: Response | None
        if isinstance(media, Events | JsonLines) and not isinstance(body, str | bytes):
            response = streamed(body, self._item_encoder(media, name), status, name)
        elif isinstance(media, Text) and not isinstance(body, bytes | str):
            response = octets(_scalar_text(media.type, body), status, name)
        else:
            response = octets(body, status, name)
        if response is None:
            raise BrokenContractError("a body that is neither octets nor a stream")
        return response

    def _item_encoder(
        self, media: Events | JsonLines, name: str
    ) -> Callable[[Any], bytes]:
        if isinstance(media, Events):
            return lambda item: encode_event(media.type, item, self._json)
        start = b"\x1e" if name.endswith("json-seq") else b""
        return lambda item: start + self._json(media.type, item) + b"\n"

    def _json(self, type: Any, body: Any) -> bytes:
        is_other = isinstance(body, BaseModel) and is_other_model(type, body)
        # Another class would write only what it shares with that of the value.
        written = adapter(Any if is_other else type)
        try:
            content = written.dump_json(
                body, by_alias=True, exclude_unset=True, warnings=False
            )
            if self._validate:
                decode(type, content)
        except ValidationError as error:
            raise BrokenContractError(_explained(error)) from error
        except (PydanticSerializationError, ValueError, TypeError) as error:
            raise BrokenContractError("the body cannot be written as JSON") from error
        return content


def _strangeness(documented: Documented, body: Any) -> int:
    """Return how unlikely it is that a body is meant for a documented response."""
    if body is None or not documented.media:
        return 0
    return int(all(is_other_model(media.type, body) for media in documented.media))


def status_of(documented: Documented) -> int:
    """Return the status to answer with where a handler names none."""
    if isinstance(documented.status, int):
        return documented.status
    digit = documented.status[:1]
    fallback = 200 if isinstance(documented, Returns) else 500
    return int(digit) * 100 if digit.isdecimal() else fallback


def _headers(
    declared: tuple[Parameter, ...], headers: Mapping[str, Any]
) -> dict[str, str]:
    known = {header.wire.lower(): header for header in declared}
    sent: dict[str, str] = {}
    for name, value in headers.items():
        header = known.get(name.lower())
        try:
            if header is not None and not isinstance(value, str):
                sent[name] = encode_header(header, value)
            else:
                sent[name] = checked_header(str(value))
        except (CodingError, ValidationError) as error:
            raise BrokenContractError(f"header {name}: not of its type") from error
    return sent


def _choices(
    media: tuple[Media, ...], accept: str | None, name: str | None
) -> Sequence[Media]:
    """Return the media types that an answer may have, the best first."""
    if name is not None:
        wanted = parse_media_type(name)
        return () if wanted is None else [m for m in media if _covers(m, wanted)]
    liked: list[Media] = acceptable(accept, media)
    return [*liked, *(one for one in media if one not in liked)]


def _distance(media: Media, body: Any) -> int:
    """Return how unlikely it is that a body is meant as the media type."""
    if isinstance(body, str):
        return 0 if isinstance(media, Text) or media.type is str else 1
    is_octets = isinstance(body, bytes | os.PathLike)
    if isinstance(media, Binary) != is_octets:
        return 2
    return int(is_other_model(media.type, body))


def _covers(media: Media, wanted: MediaType) -> bool:
    known = parse_media_type(media.media_type)
    return known is not None and known.covers(wanted)


def concrete(media_type: str, body: Any) -> str:
    """Return a media type for a documented range such as ``image/*``."""
    if "*" not in media_type:
        return media_type
    if media_type in ("*/*", "application/*"):
        is_octets = isinstance(body, bytes | os.PathLike)
        return "application/octet-stream" if is_octets else "application/json"
    defaults = {"image": "png", "text": "plain", "audio": "mpeg", "video": "mp4"}
    kind = media_type.partition("/")[0]
    return f"{kind}/{defaults.get(kind, 'octet-stream')}"


def _scalar_text(type: Any, body: Any) -> str:
    try:
        value = json.loads(adapter(type).dump_json(body, by_alias=True))
    except (PydanticSerializationError, ValidationError, ValueError) as error:
        raise BrokenContractError("the body cannot be written as text") from error
    return value if isinstance(value, str) else json.dumps(value)


def _explained(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)
    places = [
        f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in details
    ]
    return "; ".join(places[:5])
