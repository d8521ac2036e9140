"""Conditional requests (RFC 9110, sections 8.8 and 13): whose copy is current.

Comes in: a request, and the answer to it or the tag of what it is about. Goes out: the
answer, 304 in its place, or FailureError with 412.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from ..adapters import encode
from ..coding.arguments import decode_header
from ..coding.problem import CodingError
from ..operation import Operation, Parameter
from .failure import FailureError

# What an answer without a body still says of the copy at hand (section 15.4.5).
_KEPT = (
    "cache-control",
    "content-location",
    "etag",
    "expires",
    "last-modified",
    "vary",
)

# Headers that make an answer one for conditions.
_MARKS = frozenset({b"etag", b"last-modified"})


class Conditions:
    """What one operation documents of conditions.

    Answers to GET get a tag where the document has the header ``ETag`` or the status
    304; what carries a tag or a date answers to conditions, whoever gave it that.
    """

    def __init__(self, operation: Operation[Any]) -> None:
        headers = [header for one in operation.returns for header in one.headers]
        named = (header for header in headers if header.wire.lower() == "etag")
        self._header = next(named, None)
        is_read = operation.method in ("GET", "HEAD")
        documented = self._header is not None or 304 in operation.responses
        self.tags = is_read and documented
        """Whether answers have to have a tag."""

    def settle(self, request: Request, response: Response) -> Response:
        """Return the answer, or 304 instead. Raises FailureError (412)."""
        if request.method not in ("GET", "HEAD") or response.status_code != 200:
            return response
        if not self.tags and not any(
            name in _MARKS for name, _ in response.raw_headers
        ):
            return response
        if self.tags and "etag" not in response.headers and _is_whole(response):
            made = entity_tag(bytes(response.body))
            if self._header is None or _fits(self._header, made):
                response.headers["ETag"] = made
        tag = response.headers.get("etag")
        date = response.headers.get("last-modified")
        if tag is None and date is None:
            return response
        _require(request.headers, tag, date)
        if not _is_current(request.headers, tag, date):
            return response
        kept = {
            name: response.headers[name] for name in _KEPT if name in response.headers
        }
        return Response(status_code=304, headers=kept)


def entity_tag(body: Any) -> str:
    """Return the strong tag that an answer with this body gets: octets, or a model."""
    octets = body if isinstance(body, bytes) else encode(body.__class__, body)
    return f'"{blake2b(octets, digest_size=12).hexdigest()}"'


def require_current(headers: Mapping[str, str], tag: str | None) -> None:
    """Raise FailureError (412) where a change is meant for another copy.

    ``tag`` is that of the copy that would be changed, None where there is none.
    """
    _require(headers, tag, None)
    if tag is not None and _names(headers.get("if-none-match", ""), tag, weak=True):
        raise FailureError(412, "There is such a copy already")


def _require(headers: Mapping[str, str], tag: str | None, date: str | None) -> None:
    wanted = headers.get("if-match")
    if wanted is not None:
        holds = _names(wanted, tag, weak=False) if tag or not date else True
    elif "if-unmodified-since" in headers and date is not None:
        holds = not _is_after(date, headers["if-unmodified-since"])
    else:
        return
    if not holds:
        raise FailureError(412, "This is not the current copy")


def _is_current(headers: Mapping[str, str], tag: str | None, date: str | None) -> bool:
    """Tell whether the copy that the request speaks of is the current one."""
    known = headers.get("if-none-match")
    if known is not None:
        return tag is not None and _names(known, tag, weak=True)
    since = headers.get("if-modified-since")
    return since is not None and date is not None and not _is_after(date, since)


def _names(listed: str, tag: str | None, *, weak: bool) -> bool:
    """Tell whether a list of tags, or ``*``, names one."""
    if tag is None:
        return False
    if listed.strip() == "*":
        return True
    names = [one.strip() for one in listed.split(",")]
    if weak:
        return tag.removeprefix("W/") in [one.removeprefix("W/") for one in names]
    return tag in names and not tag.startswith("W/")


def _is_after(date: str, other: str) -> bool:
    """Tell whether one date is after another; what is no date changes nothing."""
    moment, since = _moment(date), _moment(other)
    return moment is None or since is None or moment > since


def _moment(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _is_whole(response: Response) -> bool:
    """Tell whether the body is in memory: neither a file nor a stream."""
    return isinstance(getattr(response, "body", None), bytes | memoryview)


def _fits(header: Parameter, tag: str) -> bool:
    try:
        decode_header(header, [tag])
    except (ValidationError, CodingError):
        return False
    return True
