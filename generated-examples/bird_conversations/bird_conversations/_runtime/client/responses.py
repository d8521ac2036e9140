"""Octets that came back to values and exceptions: by status, then by content type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from ..adapters import decode
from ..coding.arguments import MISSING, decode_header, typed
from ..coding.forms import decode_form
from ..coding.multipart import decode_multipart
from ..coding.problem import CodingError
from ..coding.received import parse_multipart
from ..coding.shapes import shape_of
from ..errors import DecodingError, StatusError
from ..kinds import is_mapping
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
    Yaml,
)
from ..problems import problems_of
from .bodies import essence, matches
from .tolerant import Deviations, decode_tolerantly

T = TypeVar("T")

_REQUEST_IDS = (
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-correlation-id",
    "x-trace-id",
    "cf-ray",
)
_EMPTY = frozenset({204, 205, 304})
_MOST_HEADS = 64


@dataclass(frozen=True)
class ApiResponse(Generic[T]):
    """What a call returned, with everything around it.

    ``value`` is what the plain call returns.
    """

    value: T
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    request_id: str | None = None
    attempts: int = 1
    deviations: tuple[str, ...] = ()
    """Where the answer deviates from the document in ways that were tolerated."""
    documented_headers: Mapping[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """The headers that the document declares, by wire name, as their declared types."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response whose head has been read.

    Its status, headers, and what the document says of it.
    """

    operation: str
    status: int
    headers: Mapping[str, str]
    content_type: str
    documented: Returns | Raises | None
    media: Media | None
    failed: bool

    @property
    def streamed(self) -> bool:
        """Whether the body is handed on while it arrives."""
        return not self.failed and isinstance(self.media, (Events, JsonLines))

    @property
    def request_id(self) -> str | None:
        """What the server calls this request."""
        return next(
            (self.headers[name] for name in _REQUEST_IDS if name in self.headers), None
        )

    def problem(
        self, reason: str, content: bytes = b"", problems: tuple[str, ...] = ()
    ) -> DecodingError:
        """Return the exception for an answer that is not what the document promises."""
        return DecodingError(
            reason,
            status=self.status,
            headers=self.headers,
            request_id=self.request_id,
            operation=self.operation,
            content=content,
            problems=problems,
        )


def read_head(
    operation: Operation[Any], status: int, headers: Mapping[str, str]
) -> Answer:
    """Return what the document says of a response, by its status and content type."""
    content_type = headers.get("content-type", "")
    known = operation.heads
    found = known.get((status, content_type))
    if found is None:
        found = _find_head(operation, status, content_type)
        if len(known) < _MOST_HEADS:  # servers may make up ever new ones
            known[status, content_type] = found
    documented, media, failed = found
    return Answer(
        operation.key, status, headers, content_type, documented, media, failed
    )


def _find_head(
    operation: Operation[Any], status: int, content_type: str
) -> tuple[Returns | Raises | None, Media | None, bool]:
    returned = find_response(operation.returns, status)
    raised = find_response(operation.raises, status)
    failed = status >= 400 or not (200 <= status < 300 or _closer(returned, raised))
    nearest = returned or _nearest(operation.returns)
    documented: Returns | Raises | None = raised or returned if failed else nearest
    media = _choose(documented.media, content_type) if documented else None
    return documented, media, failed


def decode_answer(
    answer: Answer, content: bytes, *, strict: bool
) -> tuple[Any, Deviations]:
    """Return the value of a successful answer, and how it deviates from the document.

    Or raise.
    """
    if answer.failed:
        raise failure(answer, content)
    documented = answer.documented
    if documented is None or not documented.media or answer.status in _EMPTY:
        return None, ()
    if answer.media is None:
        found = essence(answer.content_type) or "nothing"
        wanted = ", ".join(media.media_type for media in documented.media)
        raise answer.problem(
            f"the content type is {found[:80]!r} instead of {wanted}", content
        )
    if (
        not content
        and not isinstance(answer.media, Binary)
        and not _takes_nothing(answer.media)
    ):
        if any(not other.media for other in _siblings(answer)):
            return None, ()
        if not strict and _takes_null(answer.media):
            return None, ("the body is empty, not null",)
        raise answer.problem("the body is empty")
    return _decoded(answer, answer.media, content, strict=strict)


def failure(answer: Answer, content: bytes) -> StatusError:
    """Return the exception for an answer that is not a success."""
    documented = answer.documented
    error = documented.error if isinstance(documented, Raises) else StatusError
    body = _error_body(answer, content)
    return error(
        body,
        status=answer.status,
        headers=answer.headers,
        request_id=answer.request_id or _request_id_in(body),
        operation=answer.operation,
        content=content,
    )


def decode_headers(
    documented: Sequence[Parameter], headers: Mapping[str, str]
) -> dict[str, Any]:
    """Return the documented headers that are there and of their type, by wire name."""
    found: dict[str, Any] = {}
    for parameter in documented:
        text = headers.get(parameter.wire)
        if text is None:
            continue
        try:
            value = decode_header(parameter, [text])
        except (CodingError, ValidationError):
            continue
        if value is not MISSING:
            found[parameter.wire] = value
    return found


R = TypeVar("R", Returns, Raises)


def find_response(responses: Sequence[R], status: int) -> R | None:
    """Return what is documented for a status.

    The code itself, else its range, else ``default``.
    """
    for wanted in (status, f"{status // 100}XX", "default"):
        for response in responses:
            if response.status == wanted:
                return response
    return None


def _closer(returned: Returns | None, raised: Raises | None) -> bool:
    """Tell whether a status is rather that of a success than of a failure."""
    if returned is None or raised is None:
        return returned is not None
    return returned.status != "default" or raised.status == "default"


def _nearest(responses: Sequence[Returns]) -> Returns | None:
    """Return the success that an undocumented one is most likely meant as."""
    return next((response for response in responses if response.media), None)


def _choose(documented: Sequence[Media], content_type: str) -> Media | None:
    found = essence(content_type)
    if not documented:
        return None
    if not found:
        return documented[0]
    exact = [media for media in documented if essence(media.media_type) == found]
    ranges = [media for media in documented if matches(media.media_type, found)]
    if exact or ranges:
        return (exact or ranges)[0]
    if _is_json(found):
        return next((media for media in documented if isinstance(media, Json)), None)
    if found == "application/octet-stream":
        return next((media for media in documented if isinstance(media, Binary)), None)
    return None


def _decoded(
    answer: Answer, media: Media, content: bytes, *, strict: bool
) -> tuple[Any, Deviations]:
    if isinstance(media, Binary):
        return content, ()
    try:
        if isinstance(media, Yaml):
            # Imported on use: few APIs speak YAML.
            from ..coding.yaml_text import from_yaml

            content = from_yaml(content)
        if isinstance(media, Json):
            return _json(answer, media.type, content, strict=strict)
        if isinstance(media, Form):
            return decode_form(media, content), ()
        if isinstance(media, Multipart):
            parts = parse_multipart(content, answer.content_type)
            return decode_multipart(media, parts), ()
        text = _text(answer, content)
        if media.type is str:
            return text, ()
        return typed(media.type, shape_of(media.type), iter((text,))), ()
    except ValidationError as error:
        raise answer.problem(
            "the body is not of the documented type", content, problems_of(error)
        ) from error
    except CodingError as error:
        raise answer.problem(f"the body {error}", content) from error


def _json(
    answer: Answer, type: Any, content: bytes, *, strict: bool
) -> tuple[Any, Deviations]:
    if "charset" in answer.content_type:
        content = _in_utf8(answer, content)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return decode(type, content), ()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise answer.problem("the body is not JSON", content) from error
        if strict:
            raise
        found = decode_tolerantly(type, content)
        if found is None or found[0] is None:
            # Nothing in place of a whole value would only fail later, and elsewhere.
            raise
        return found


def _error_body(answer: Answer, content: bytes) -> Any:
    """Return the most that can be made of the body of a failure.

    It never hides the failure itself.
    """
    if not content:
        return None
    if answer.media is not None:
        try:
            return _decoded(answer, answer.media, content, strict=False)[0]
        except DecodingError:
            pass
    try:
        return from_json(content)
    except ValueError:
        return content.decode("utf-8", "replace")


def _request_id_in(body: Any) -> str | None:
    values = body if is_mapping(body) else getattr(body, "__dict__", {})
    for name in ("requestId", "request_id", "request-id", "traceId", "trace_id"):
        found = values.get(name)
        if isinstance(found, str):
            return found
    return None


def _siblings(answer: Answer) -> Sequence[Returns | Raises]:
    return (answer.documented,) if answer.documented is not None else ()


def _takes_null(media: Media) -> bool:
    try:
        return isinstance(media, Json) and decode(media.type, b"null") is None
    except ValidationError:
        return False


def _takes_nothing(media: Media) -> bool:
    return not isinstance(media, Json) and media.type is str


def _in_utf8(answer: Answer, content: bytes) -> bytes:
    """Return JSON that says to be in another charset than JSON has, as it should be."""
    charset = _charset(answer)
    if charset.lower() in ("utf-8", "utf8", "us-ascii"):
        return content
    try:
        return content.decode(charset).encode("utf-8")
    except (LookupError, ValueError):
        return content


def _charset(answer: Answer) -> str:
    content_type = answer.content_type.lower()
    _, _, parameters = content_type.partition("charset=")
    return parameters.partition(";")[0].strip(" \"'") or "utf-8"


def _text(answer: Answer, content: bytes) -> str:
    try:
        return content.decode(_charset(answer))
    except (LookupError, UnicodeDecodeError) as error:
        raise answer.problem(
            "the body is not text in the charset it claims", content
        ) from error


def _is_json(media_type: str) -> bool:
    return media_type in ("application/json", "text/json") or media_type.endswith(
        "+json"
    )
