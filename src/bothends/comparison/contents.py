"""Compares request bodies and responses."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.comparison.collect import Collector, Part
from bothends.comparison.differences import Flow, Side
from bothends.comparison.parameters import compare_headers
from bothends.spec.objects import MediaType, RequestBody, Response
from bothends.spec.schema import BooleanSchema, Schema


def compare_bodies(old: RequestBody | None, new: RequestBody | None, part: Part, to: Collector) -> None:
    """Compare the request body of an operation."""
    inner = Part(part.operation, "request body", part.flow)
    if old is None or new is None:
        if new is not None:
            rule = "required-body-added" if new.required else "body-added"
            to.change(rule, inner, "was added" + (" (required)" if new.required else ""), None, new.location)
        elif old is not None:
            to.change("body-removed", inner, "was removed", old.location)
        return
    if old.required != new.required:
        word = "required" if new.required else "optional"
        to.change(f"body-became-{word}", inner, f"became {word}", old.location, new.location)
    _media_types("request", old.contents, new.contents, inner, to)


def compare_responses(old: Iterable[Response], new: Iterable[Response], part: Part, to: Collector) -> None:
    """Compare the responses of an operation, status by status."""
    flow = Flow(Side.SERVERS if part.flow.sender is Side.CALLERS else Side.CALLERS, is_request=False)
    before, after = ({one.status.upper(): one for one in responses} for responses in (old, new))
    for status in [status for status in before if status not in after]:
        rule = "response-removed" if _is_success(status) else "error-response-removed"
        to.change(rule, _part(part, before[status], part.flow), "was removed", before[status].location)
    for status in [status for status in after if status not in before]:
        rule = "response-added" if _is_success(status) else "error-response-added"
        to.change(rule, _part(part, after[status], part.flow), "was added", None, after[status].location)
    for status in [status for status in after if status in before]:
        _response(before[status], after[status], _part(part, after[status], part.flow), flow, to)


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _part(part: Part, response: Response, flow: Flow) -> Part:
    return Part(part.operation, f"response {response.status}", flow)


def _response(old: Response, new: Response, part: Part, flow: Flow, to: Collector) -> None:
    answer = Part(part.operation, part.name, flow)
    compare_headers(old.headers, new.headers, answer, to)
    if bool(old.contents) != bool(new.contents):
        rule, how = ("response-body-added", "added") if new.contents else ("response-body-removed", "removed")
        to.change(rule, part, f"its body was {how}", old.location, new.location)
        return
    _media_types("response", old.contents, new.contents, answer, to)


def _media_types(what: str, old: Iterable[MediaType], new: Iterable[MediaType], part: Part, to: Collector) -> None:
    before, after = ({_essence(one): one for one in contents} for contents in (old, new))
    for name in [name for name in before if name not in after]:
        to.change(f"{what}-media-type-removed", part, f"{name} was removed", before[name].location)
    for name in [name for name in after if name not in before]:
        to.change(f"{what}-media-type-added", part, f"{name} was added", None, after[name].location)
    for name in [name for name in after if name in before]:
        one, other = before[name], after[name]
        to.schemas(_schema(one), _schema(other), part)
        to.schemas(_items(one), _items(other), part)
        if {found.name: found for found in one.encodings} != {found.name: found for found in other.encodings}:
            to.change("encoding-changed", part, f"the encoding of {name} changed", one.location, other.location)


def _essence(content: MediaType) -> str:
    return content.media_type.partition(";")[0].strip().lower()


def _schema(content: MediaType) -> Schema:
    return content.schema if content.schema is not None else BooleanSchema("", content.location, True)


def _items(content: MediaType) -> Schema:
    return content.item_schema if content.item_schema is not None else BooleanSchema("", content.location, True)
