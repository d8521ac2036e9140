"""Pages of Docusaurus' OpenAPI plugin: the operation is packed into the front matter."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest

from bothends.diagnostics.model import DocumentError, Report
from bothends.extraction.extract import extract
from bothends.extraction.page import Page


def packed(data: Any) -> str:
    return base64.b64encode(zlib.compress(json.dumps(data).encode())).decode()


def page(name: str, api: str) -> Page:
    return Page(f"{name}.api.mdx", f"---\nid: {name}\ntitle: Pets\napi: {api}\n---\n\nimport X from 'x';\n\n<X />\n")


def operation(method: str, **more: Any) -> dict[str, Any]:
    return {
        "operationId": f"{method}Pet",
        "responses": {"200": {"description": "fine"}},
        "method": method,
        "path": "/pets",
        "servers": [{"url": "https://pets.test"}],
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "info": {"title": "Pets", "version": "2"},
        "postman": {"name": "not of OpenAPI"},
        **more,
    }


@pytest.mark.parametrize("write", [packed, json.dumps])
def test_pages_are_united(write: Any) -> None:
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "nullable": True},
            "weight": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
            "parent": "circular(Pet)",
        },
    }
    body = {"content": {"application/json": {"schema": schema}}}
    pages = [page("get", write(operation("get"))), page("post", write(operation("post", requestBody=body)))]
    report = Report()
    data = json.loads(extract(pages, report, "json").text)
    assert not list(report)
    assert data["info"] == {"title": "Pets", "version": "2"}
    assert data["servers"] == [{"url": "https://pets.test"}]
    assert list(data["components"]["securitySchemes"]) == ["key"]
    assert list(data["paths"]["/pets"]["get"]) == ["operationId", "responses"]
    properties = data["paths"]["/pets"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert properties == {
        "name": {"type": ["string", "null"]},
        "weight": {"type": "number", "exclusiveMinimum": 0},
        "parent": {},
    }


@pytest.mark.parametrize(
    "api",
    [
        "QUJDREVGR0hJSktMTU5PUFFSUw==",
        "A" * 33,
        base64.b64encode(zlib.compress(b"{" * 100_000)).decode(),
        base64.b64encode(zlib.compress(b" " * 30_000_000)).decode(),
        packed([1, 2, 3, 4, 5]),
        packed({"path": 3, "method": None, "more": "x" * 20}),
    ],
    ids=["no zlib", "no base 64", "no JSON", "a bomb", "a list", "no operation"],
)
def test_what_is_none_is_left_alone(api: str) -> None:
    with pytest.raises(DocumentError) as caught:
        extract([page("get", api)], Report())
    assert caught.value.diagnostics[0].code == "no-document-found"
