"""In come the objects of OpenAPI 3 that 2.0 has in another shape, out come those of the normal form."""

from __future__ import annotations

from bothends.loading.cursor import Cursor
from bothends.spec.context import Context
from bothends.spec.objects import Parameter, RequestBody, Response, Server
from bothends.spec.read_content import read_contents
from bothends.spec.read_operation import Item
from bothends.spec.read_parameter import declared, read_parameter
from bothends.spec.read_response import read_response, read_responses
from bothends.spec.read_servers import read_servers


class OpenApi3:
    """The shapes of 3.0, 3.1 and 3.2, which agree."""

    def inputs(
        self, context: Context, item: Item, operation: Cursor
    ) -> tuple[tuple[Parameter, ...], RequestBody | None]:
        """Read ``parameters`` and ``requestBody``."""
        found = [read_parameter(context, *place) for place in declared(context, *item.layers, operation)]
        return tuple(parameter for parameter in found if parameter is not None), _body(context, operation)

    def responses(self, context: Context, operation: Cursor) -> tuple[Response, ...]:
        """Read ``responses``."""
        return read_responses(
            context, operation, lambda status, place, target: read_response(context, status, place, target)
        )

    def servers(self, context: Context, item: Item, operation: Cursor) -> tuple[Server, ...]:
        """Read ``servers`` of the operation, else of the path item."""
        for owner in (operation, *reversed(item.layers)):
            found = read_servers(context, owner)
            if found:
                return found
        return ()


def _body(context: Context, operation: Cursor) -> RequestBody | None:
    if "requestBody" not in operation.value:
        return None
    place = operation.child("requestBody")
    target = context.follow(place)
    if target is None:
        return None
    contents = read_contents(context, target) if "content" in target.value else ()
    if not contents:
        message = "a request body must have a 'content' with a media type; it was left out"
        context.report.warning("missing-field", message, target.location)
        return None
    return RequestBody(
        required=target.boolean("required", context.report),
        contents=contents,
        location=target.location,
        description=context.description(place, target),
    )
