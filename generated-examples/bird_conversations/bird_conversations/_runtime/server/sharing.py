"""Operations that share a path and a method: which of them a request is meant for.

Documents tell them apart by a fragment of the path (``/files/{id}#share``), by pairs of
a query in it (``/messages?beta=true``), or by nothing but the names of slots. The first
that takes all of a request answers it; where none does, the first says what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from ..coding.arguments import parse_query
from ..coding.percent import unescape
from .bodies import read_limited
from .endpoint import Endpoint
from .failure import FailureError


def preference(template: str) -> tuple[int, bool]:
    """Return what puts operations in the order in which they are asked.

    The one that demands most of the query goes first, one with a fragment last.
    """
    return -len(_fixed(template)), "#" in template


async def answer_of_one(
    endpoints: Sequence[Endpoint],
    request: Request,
    values: tuple[str, ...],
    max_body: int,
) -> Response:
    """Return the response of the operation that a request is meant for."""
    given = _pairs(request.scope["query_string"].decode("latin-1"))
    asked = [one for one in endpoints if given.issuperset(_fixed(one.operation.path))]
    asked = asked or list(endpoints)
    try:
        content = await read_limited(request, max_body)
    except FailureError:
        return await asked[0](_again(request, b""), values)
    for endpoint in asked:
        if await endpoint.takes(_again(request, content), values):
            return await endpoint(_again(request, content), values)
    return await asked[0](_again(request, content), values)


def _fixed(template: str) -> frozenset[tuple[str, str]]:
    return _pairs(template.partition("#")[0].partition("?")[2])


def _pairs(query: str) -> frozenset[tuple[str, str]]:
    return frozenset((one.name, unescape(one.raw)) for one in parse_query(query))


def _again(request: Request, content: bytes) -> Request:
    """Return the same request with its body still to be read."""

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    return Request(request.scope, receive)
