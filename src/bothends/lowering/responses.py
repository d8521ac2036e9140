"""Responses of the normal form to those of the model."""

from __future__ import annotations

from bothends.ir.declarations import Doc
from bothends.ir.operations import Exact, OperationId, Otherwise, Response, Status, StatusRange
from bothends.ir.types import TypeId
from bothends.lowering.contents import lower_contents
from bothends.lowering.context import Context
from bothends.lowering.parameters import header
from bothends.lowering.places import shared_place
from bothends.spec import objects


def lower_response(response: objects.Response, id: OperationId, context: Context) -> Response:
    """Lower a response. No content: no body."""
    place = TypeId(id.anchor, ("response", response.status))
    first = next((content.schema or content.item_schema for content in response.contents), None)
    return Response(
        status=status_of(response.status),
        contents=lower_contents(response.contents, shared_place(first, place), context),
        origin=response.location,
        headers=tuple(header(found, place, context) for found in response.headers),
        doc=Doc(description=response.description),
    )


def status_of(text: str) -> Status:
    """Read ``200``, ``2XX`` or ``default``."""
    if text == "default":
        return Otherwise()
    return StatusRange(int(text[0])) if text.endswith("XX") else Exact(int(text))
