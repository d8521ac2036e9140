"""In come the responses and links of an operation of OpenAPI 3, out come those of the normal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bothends.loading.cursor import Cursor
from bothends.spec.context import Context
from bothends.spec.objects import Link, Response
from bothends.spec.read_content import read_contents, read_headers

_STATUS: Final = re.compile(r"[1-5](\d\d|XX)|default")


def read_responses(
    context: Context, operation: Cursor, read: Callable[[str, Cursor, Cursor], Response]
) -> tuple[Response, ...]:
    """Read the ``responses`` of an operation. ``read`` takes a status, where it stands, and what is there."""
    if "responses" not in operation.value:
        if context.dialect.required_responses:
            message = "an operation must have 'responses'; whatever comes back is taken"
            context.report.warning("missing-field", message, operation.location)
        return ()
    responses = context.mapping(operation, "responses")
    found: dict[str, Response] = {}
    for name, place in responses.items() if responses else ():
        status = _status(context, name, place)
        target = context.follow(place) if status else None
        if status and target is not None and status not in found:
            found[status] = read(status, place, target)
    return tuple(found.values())


def read_response(context: Context, status: str, place: Cursor, target: Cursor) -> Response:
    """Read one response of OpenAPI 3."""
    return Response(
        status=status,
        contents=read_contents(context, target) if "content" in target.value else (),
        location=target.location,
        headers=read_headers(context, target),
        links=tuple(_links(context, target)),
        description=context.description(place, target) or target.string("summary", context.report),
    )


def _status(context: Context, name: str, place: Cursor) -> str | None:
    if _STATUS.fullmatch(name):
        return name
    if name.startswith("x-"):
        return None
    repaired = name.strip().upper() if name.lower() != "default" else "default"
    if _STATUS.fullmatch(repaired):
        message = f"status {name!r} must be written {repaired!r}"
        context.report.warning("invalid-value", message, place.location)
        return repaired
    message = f"{name!r} is not a status code; the response was left out"
    hint = "statuses are 200, 2XX and the like, and 'default'"
    context.report.warning("invalid-value", message, place.location, hint)
    return None


def _links(context: Context, response: Cursor) -> Iterator[Link]:
    links = context.mapping(response, "links") if "links" in response.value else None
    for name, place in links.items() if links else ():
        target = context.follow(place)
        if target is None:
            continue
        parameters = context.mapping(target, "parameters") if "parameters" in target.value else None
        values: list[tuple[str, Any]] = [(key, value.value) for key, value in parameters.items()] if parameters else []
        yield Link(
            name=name,
            operation_id=target.string("operationId", context.report),
            operation_ref=target.string("operationRef", context.report),
            parameters=tuple(values),
            description=context.description(place, target),
        )
