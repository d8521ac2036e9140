"""Responses of the normal form to those of the model."""

from __future__ import annotations

from typing import Final

from bothends.ir.declarations import Doc
from bothends.ir.operations import Exact, OperationId, Otherwise, Response, Status, StatusRange
from bothends.ir.types import TypeId
from bothends.lowering.contents import lower_contents
from bothends.lowering.context import Context
from bothends.lowering.parameters import header
from bothends.lowering.places import shared_place
from bothends.spec import objects

# Statuses below 200 never have a body either (RFC 9110, 6.4.1).
_WITHOUT_BODY: Final = frozenset({204, 205, 304})


def lower_response(response: objects.Response, id: OperationId, context: Context) -> Response:
    """Lower a response. No content: no body."""
    place = TypeId(id.anchor, ("response", response.status))
    status = status_of(response.status)
    contents = response.contents if _has_body(response, status, id, context) else ()
    first = next((content.schema or content.item_schema for content in contents), None)
    return Response(
        status=status,
        contents=lower_contents(contents, shared_place(first, place), context),
        origin=response.location,
        headers=tuple(header(found, place, context) for found in response.headers),
        doc=Doc(description=response.description),
    )


def _has_body(response: objects.Response, status: Status, id: OperationId, context: Context) -> bool:
    """Whether HTTP has a body in a response at all; content that is described in vain is reported."""
    if isinstance(status, Exact) and (status.code in _WITHOUT_BODY or status.code < 200):
        if response.contents:
            message = f"a response with status {status.code} has no body; its content was left out"
            context.report.warning("ignored-keyword", message, response.contents[0].location)
        return False
    if id.method == "HEAD":
        if response.contents:
            message = "the response to HEAD has no body; its content was left out"
            context.report.note("ignored-keyword", message, response.contents[0].location)
        return False
    return True


def status_of(text: str) -> Status:
    """Read ``200``, ``2XX`` or ``default``."""
    if text == "default":
        return Otherwise()
    return StatusRange(int(text[0])) if text.endswith("XX") else Exact(int(text))
