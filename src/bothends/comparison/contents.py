"""Compares request bodies and responses."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.comparison.collect import Collector, Part
from bothends.comparison.differences import Flow, Side
from bothends.comparison.matching import matched
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
    found = matched(*({one.status.upper(): one for one in responses} for responses in (old, new)))
    for one in found.removed:
        to.change(f"{_kind(one)}-removed", _part(part, one), "was removed", one.location)
    for one in found.added:
        to.change(f"{_kind(one)}-added", _part(part, one), "was added", None, one.location)
    for one, other in found.kept:
        _response(one, other, _part(part, other), flow, to)


def _kind(response: Response) -> str:
    return "response" if response.status.startswith("2") else "error-response"


def _part(part: Part, response: Response) -> Part:
    return Part(part.operation, f"response {response.status}", part.flow)


def _response(old: Response, new: Response, part: Part, flow: Flow, to: Collector) -> None:
    answer = Part(part.operation, part.name, flow)
    compare_headers(old.headers, new.headers, answer, to)
    if bool(old.contents) != bool(new.contents):
        rule, how = ("response-body-added", "added") if new.contents else ("response-body-removed", "removed")
        to.change(rule, part, f"its body was {how}", old.location, new.location)
        return
    _media_types("response", old.contents, new.contents, answer, to)


def _media_types(what: str, old: Iterable[MediaType], new: Iterable[MediaType], part: Part, to: Collector) -> None:
    found = matched(*({_essence(one): one for one in contents} for contents in (old, new)))
    for one in found.removed:
        to.change(f"{what}-media-type-removed", part, f"{_essence(one)} was removed", one.location)
    for one in found.added:
        to.change(f"{what}-media-type-added", part, f"{_essence(one)} was added", None, one.location)
    for one, other in found.kept:
        to.schemas(_schema(one), _schema(other), part)
        to.schemas(_items(one), _items(other), part)
        if {each.name: each for each in one.encodings} != {each.name: each for each in other.encodings}:
            message = f"the encoding of {_essence(other)} changed"
            to.change("encoding-changed", part, message, one.location, other.location)


def _essence(content: MediaType) -> str:
    return content.media_type.partition(";")[0].strip().lower()


def _schema(content: MediaType) -> Schema:
    return content.schema if content.schema is not None else BooleanSchema("", content.location, True)


def _items(content: MediaType) -> Schema:
    return content.item_schema if content.item_schema is not None else BooleanSchema("", content.location, True)
