"""Which operations have pages: inferred where the shapes leave no doubt, stated where somebody knows better."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.config.pagination import PaginationConfig, WrongPaginationError, read_pagination
from bothends.diagnostics.model import DocumentError, Report, Severity
from bothends.ir.operations import Operation
from bothends.loading.resolve import FetchPolicy, Resolver
from bothends.lowering.lower import lower
from bothends.lowering.options import LoweringOptions
from bothends.spec.read_document import read_document

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
TRUTH = {"type": "boolean"}
ITEM = {"type": "object", "required": ["id"], "properties": {"id": TEXT}}
ITEMS = {"type": "array", "items": ITEM}


def record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def query(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def lowered(operation: dict[str, Any], config: PaginationConfig, path: str = "/pets") -> tuple[Operation, Report]:
    method = operation.pop("method", "get")
    content = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: {method: {"operationId": "listPets", **operation}}},
    }
    report = Report()
    resolver = Resolver(FetchPolicy((), (), {}, False), Limits(), report)
    root = resolver.open_text(json.dumps(content).encode(), "pets.json")
    api = lower(read_document(root, resolver, report), report, LoweringOptions(pagination=config))
    return api.operations[0], report


def described(
    body: Any,
    *parameters: Any,
    config: PaginationConfig | None = None,
    headers: Any = None,
    path: str = "/pets",
    **operation: Any,
) -> str:
    """Return the pagination of an operation in words that fit a table."""
    response = {"description": "", "content": {"application/json": {"schema": body}}, "headers": headers or {}}
    response["links"] = operation.pop("links", {})
    made = {"parameters": list(parameters), "responses": {"200": response}, **operation}
    found, report = lowered(made, config or PaginationConfig(), path)
    pages = found.pagination
    if pages is None:
        return ""
    told = {"next": pages.next, "last": pages.last, "more": pages.more, "total": pages.total, "current": pages.current}
    said = [f"{key}={'.'.join(place)}" for key, place in told.items() if place is not None]
    first = [f"first={pages.first}"] if pages.kind == "page" else []
    assert [one.severity for one in report if one.code == "inferred-pagination"] in ([Severity.NOTE], [])
    return " ".join([pages.kind, pages.parameter or "-", ".".join(pages.items) or "-", *said, *first])


@pytest.mark.parametrize(
    ("body", "parameters", "expected"),
    [
        (record(items=ITEMS, nextCursor=TEXT), [query("cursor", TEXT)], "cursor cursor items next=nextCursor"),
        (
            record(results=ITEMS, nextPageToken=TEXT),
            [query("pageToken", TEXT)],
            "cursor pageToken results next=nextPageToken",
        ),
        (
            record(data=ITEMS, response_metadata=record(next_cursor=TEXT)),
            [query("cursor", TEXT)],
            "cursor cursor data next=response_metadata.next_cursor",
        ),
        (
            record(data=record(pets=ITEMS, page_info=record(end_cursor=TEXT, has_next_page=TRUTH))),
            [query("after", TEXT)],
            "cursor after data.pets next=data.page_info.end_cursor more=data.page_info.has_next_page",
        ),
        (record(items=ITEMS, cursor=TEXT), [query("cursor", TEXT)], "cursor cursor items next=cursor"),
        (
            record(data=ITEMS, next_page=record(offset=TEXT, path=TEXT)),
            [query("limit", NUMBER), query("offset", TEXT)],
            "cursor offset data next=next_page.offset",
        ),
        (record(data=ITEMS, next_page=TEXT), [query("page", TEXT)], "cursor page data next=next_page"),
        (
            record(data=ITEMS, has_more=TRUTH, last_id=TEXT),
            [query("after", TEXT)],
            "cursor after data next=last_id more=has_more",
        ),
        (
            record(data=ITEMS, has_more=TRUTH),
            [query("starting_after", TEXT)],
            "cursor starting_after data last=id more=has_more",
        ),
        (record(items=ITEMS, next={"type": "string", "format": "uri"}), [], "link - items next=next"),
        (record(results=ITEMS, count=NUMBER, next=TEXT, previous=TEXT), [], "link - results next=next"),
        (record(value=ITEMS, **{"@odata.nextLink": TEXT}), [], "link - value next=@odata.nextLink"),
        (record(data=ITEMS, _links=record(next=record(href=TEXT))), [], "link - data next=_links.next.href"),
        (
            record(data=ITEMS, total_pages=NUMBER),
            [query("page", {**NUMBER, "default": 1})],
            "page page data total=total_pages first=1",
        ),
        (ITEMS, [query("page", {**NUMBER, "minimum": 0}), query("size", NUMBER)], "page page - first=0"),
        (
            record(data=ITEMS, meta=record(current_page=NUMBER, last_page=NUMBER)),
            [query("page", NUMBER)],
            "page page data total=meta.last_page current=meta.current_page first=1",
        ),
        (record(items=ITEMS, total=NUMBER), [query("offset", NUMBER)], "offset offset items total=total"),
        (ITEMS, [query("skip", NUMBER), query("take", NUMBER)], "offset skip -"),
        (
            record(pets=ITEMS, owners=ITEMS, nextCursor=TEXT),
            [query("cursor", TEXT)],
            "cursor cursor pets next=nextCursor",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_plain_shapes_tell(body: Any, parameters: list[Any], expected: str) -> None:
    assert described(body, *parameters) == expected


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        (record(items=ITEMS), [query("cursor", TEXT)]),
        (record(items=ITEMS, nextCursor=TEXT), []),
        (record(items=ITEMS, nextCursor=TEXT), [query("cursor", TEXT, required=True)]),
        (record(name=TEXT, nextCursor=TEXT), [query("cursor", TEXT)]),
        (record(cats=ITEMS, dogs=ITEMS, nextCursor=TEXT), [query("cursor", TEXT)]),
        (record(errors=ITEMS, nextCursor=TEXT), [query("cursor", TEXT)]),
        (record(items=ITEMS, nextCursor=NUMBER), [query("cursor", TEXT)]),
        (record(items=ITEMS, nextCursor=TEXT), [query("after", {"type": "string", "format": "date-time"})]),
        (record(items=ITEMS, end_cursor=TEXT), [query("after", TEXT)]),
        (record(items=ITEMS, last_id=TEXT), [query("after", TEXT)]),
        (record(data={"type": "array", "items": TEXT}, has_more=TRUTH), [query("starting_after", TEXT)]),
        (record(items=ITEMS, next=TEXT), []),
        (record(items=ITEMS, total_pages=NUMBER), [query("page", NUMBER)]),
        (ITEMS, [query("page", {**NUMBER, "default": 1})]),
        (ITEMS, [query("offset", NUMBER)]),
        (record(items=ITEMS, count=NUMBER), [query("offset", NUMBER)]),
        (record(items=ITEMS, total=NUMBER), [query("offset", TEXT)]),
        (ITEMS, [query("limit", NUMBER)]),
    ],
)
def test_where_there_is_a_doubt_there_are_no_pages(body: Any, parameters: list[Any]) -> None:
    assert described(body, *parameters) == ""


def test_only_reading_has_pages_and_only_one_answer_is_one() -> None:
    body = record(items=ITEMS, nextCursor=TEXT)
    assert described(body, query("cursor", TEXT), method="post") == ""
    found, _ = lowered(
        {
            "parameters": [query("cursor", TEXT)],
            "responses": {
                str(status): {"description": "", "content": {"application/json": {"schema": body}}}
                for status in (200, 206)
            },
        },
        PaginationConfig(),
    )
    assert found.pagination is None


def test_the_header_link_tells() -> None:
    assert described(ITEMS, headers={"link": {"schema": TEXT}}) == "link - -"
    assert described(ITEMS, headers={"X-Link": {"schema": TEXT}}) == ""


def test_a_link_to_the_same_operation_tells() -> None:
    links = {"next": {"operationId": "listPets", "parameters": {"from": "$response.body#/meta/onward"}}}
    body = record(items=ITEMS, meta=record(onward=TEXT))
    assert described(body, query("from", TEXT), links=links) == "cursor from items next=meta.onward"
    links["next"]["operationId"] = "listOwners"
    assert described(body, query("from", TEXT), links=links) == ""


EXTENSIONS: dict[str, tuple[dict[str, Any], str]] = {
    "speakeasy cursor": (
        {
            "x-speakeasy-pagination": {
                "type": "cursor",
                "inputs": [{"name": "from", "in": "parameters", "type": "cursor"}],
                "outputs": {"results": "$.rows", "nextCursor": "$.meta.onward"},
            }
        },
        "cursor from rows next=meta.onward",
    ),
    "speakeasy last item": (
        {
            "x-speakeasy-pagination": {
                "type": "cursor",
                "inputs": [{"name": "from", "in": "parameters", "type": "cursor"}],
                "outputs": {"nextCursor": "$.rows[-1].id"},
            }
        },
        "cursor from rows last=id",
    ),
    "speakeasy page": (
        {
            "x-speakeasy-pagination": {
                "type": "offsetLimit",
                "inputs": [{"name": "number", "in": "parameters", "type": "page"}],
                "outputs": {"results": "$.rows", "numPages": "$.meta.pages"},
            }
        },
        "page number rows total=meta.pages first=1",
    ),
    "speakeasy url": (
        {"x-speakeasy-pagination": {"type": "url", "outputs": {"results": "$.rows", "nextUrl": "$.meta.onward"}}},
        "link - rows next=meta.onward",
    ),
    "fern cursor": (
        {
            "x-fern-pagination": {
                "cursor": "$request.from",
                "next_cursor": "$response.meta.onward",
                "results": "$response.rows",
            }
        },
        "cursor from rows next=meta.onward",
    ),
    "fern offset": (
        {"x-fern-pagination": {"offset": "$request.number", "results": "$response.rows"}},
        "offset number rows",
    ),
    "microsoft": ({"x-ms-pageable": {"nextLinkName": "nextLink", "itemName": "rows"}}, "link - rows next=nextLink"),
}


@pytest.mark.parametrize(("extension", "expected"), EXTENSIONS.values(), ids=EXTENSIONS)
def test_extensions_tell(extension: dict[str, Any], expected: str) -> None:
    body = record(rows=ITEMS, nextLink=TEXT, meta=record(onward=TEXT, pages=NUMBER))
    assert described(body, query("from", TEXT), query("number", NUMBER), **extension) == expected


def test_an_extension_that_does_not_fit_is_ignored_with_a_warning() -> None:
    extension = {"x-fern-pagination": {"cursor": "$request.nowhere", "next_cursor": "$response.next"}}
    operation = {
        "parameters": [query("cursor", TEXT)],
        "responses": {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": record(items=ITEMS, nextCursor=TEXT)}},
            }
        },
        **extension,
    }
    found, report = lowered(operation, PaginationConfig())
    assert found.pagination is not None
    assert [one.severity for one in report if one.code == "ignored-keyword"] == [Severity.WARNING]


def test_the_configuration_knows_better() -> None:
    body = record(items=ITEMS, others=ITEMS, nextCursor=TEXT, meta=record(**{"a/b": TEXT}))
    cursor = query("cursor", TEXT)
    assert described(body, cursor) == "cursor cursor items next=nextCursor"
    assert described(body, cursor, config=read_pagination(False)) == ""
    for name in ("listPets", "GET /pets"):
        assert described(body, cursor, config=read_pagination({"operations": {name: False}})) == ""
    stated = {"kind": "cursor", "parameter": "cursor", "next": "/meta/a~1b", "items": "others"}
    config = read_pagination({"infer": False, "operations": {"listPets": stated}})
    assert described(body, cursor, config=config) == "cursor cursor others next=meta.a/b"


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"kind": "cursor", "parameter": "cursr", "next": "nextCursor"}, "there is no query parameter 'cursr'"),
        ({"kind": "cursor", "parameter": "cursor", "next": "nxt"}, "there is no property 'nxt'"),
        ({"kind": "cursor", "parameter": "cursor"}, "need next or last"),
        ({"kind": "cursor", "parameter": "cursor", "next": "nextCursor", "items": "nextCursor"}, "there is no list"),
        ({"kind": "cursor", "parameter": "cursor", "last": "key"}, "there is no property 'key' in an item"),
    ],
)
def test_what_does_not_fit_the_document_is_refused(stated: dict[str, Any], message: str) -> None:
    config = read_pagination({"operations": {"listPets": stated}})
    with pytest.raises(DocumentError) as caught:
        described(record(items=ITEMS, nextCursor=TEXT), query("cursor", TEXT), config=config)
    assert message in caught.value.diagnostics[0].message
    assert caught.value.diagnostics[0].code == "invalid-configuration"


def test_an_operation_that_is_not_there_is_refused() -> None:
    with pytest.raises(DocumentError, match="no operation 'listPts'"):
        described(ITEMS, config=read_pagination({"operations": {"listPts": False}}))


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        {"infr": True},
        {"infer": 1},
        {"operations": []},
        {"operations": {"a": True}},
        {"operations": {"a": {"kind": "curser"}}},
        {"operations": {"a": {"kind": "page", "first": "1"}}},
        {"operations": {"a": {"kind": "page", "paramter": "x"}}},
        {"operations": {"a": {"kind": "page", "parameter": 1}}},
    ],
    ids=repr,
)
def test_a_wrong_configuration_is_refused(value: Any) -> None:
    with pytest.raises(WrongPaginationError):
        read_pagination(value)
