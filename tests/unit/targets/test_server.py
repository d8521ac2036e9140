"""The ``server`` part, from a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.pipeline import Session, generate_files

OK: dict[str, Any] = {"description": "ok", "content": {"application/json": {"schema": {"type": "string"}}}}


def document(path: str, method: str, operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {method: {"operationId": "doIt", "responses": {"200": OK}, **operation}}},
        **more,
    }


def generate(content: dict[str, Any], folder: Path) -> dict[str, str]:
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(content))
    target = TargetConfig(str(spec), folder / "example", "example")
    session = Session(target, Report())
    return {file.path: file.text for file in generate_files(target, session.understand())}


def signature(text: str) -> str:
    """Return the handler's signature on one line."""
    found = text[text.index("def do_it(") : text.index('"""', text.index("def do_it("))]
    return " ".join(found.split()).replace("( ", "(").replace(" )", ")").removesuffix(":")


def parameter(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({}, "def do_it(self) -> MaybeAwaitable[str]"),
        (
            {"parameters": [parameter("pageSize", {"type": "integer", "default": 20})]},
            "def do_it(self, *, page_size: int) -> MaybeAwaitable[str]",
        ),
        (
            {"parameters": [parameter("q", {"type": "string"})]},
            "def do_it(self, *, q: str | None) -> MaybeAwaitable[str]",
        ),
        (
            {"parameters": [parameter("q", {"type": "array", "items": {"type": "string"}}, required=True)]},
            "def do_it(self, *, q: list[str]) -> MaybeAwaitable[str]",
        ),
        (
            {"requestBody": {"content": {"application/json": {"schema": {"type": "integer"}}}}},
            "def do_it(self, *, body: int | None) -> MaybeAwaitable[str]",
        ),
        (
            {"requestBody": {"required": True, "content": {"application/pdf": {}, "text/plain": {}}}},
            "def do_it(self, *, body: bytes | str) -> MaybeAwaitable[str]",
        ),
        ({"responses": {"204": {"description": ""}, "200": OK}}, "def do_it(self) -> MaybeAwaitable[str | None]"),
        ({"responses": {"200": OK, "404": {"description": ""}}}, "def do_it(self) -> MaybeAwaitable[str]"),
        (
            {"responses": {"200": {"description": "", "content": {"application/pdf": {}}}}},
            "def do_it(self) -> MaybeAwaitable[Octets]",
        ),
        (
            {
                "responses": {
                    "200": {"description": "", "content": {"application/jsonl": {"schema": {"type": "integer"}}}}
                }
            },
            "def do_it(self) -> MaybeAwaitable[Stream[int]]",
        ),
        (
            {
                "responses": {
                    "200": {"description": "", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
                }
            },
            "def do_it(self) -> MaybeAwaitable[Stream[str | Event]]",
        ),
    ],
)
def test_signatures(operation: dict[str, Any], expected: str, tmp_path: Path) -> None:
    files = generate(document("/it", "post", operation), tmp_path)
    assert signature(files["server/default.py"]) == expected


def test_prose_and_routes(tmp_path: Path) -> None:
    operation = {"summary": "Do it.", "description": "Now.", "tags": ["Big things"]}
    tags = [{"name": "Big things", "description": "What is big."}]
    text = generate(document("/it", "post", operation, tags=tags), tmp_path)["server/big_things.py"]
    assert '"""The handlers of the group Big things."""\n\nfrom __future__' in text
    assert 'class BigThingsHandlers:\n    """What is big."""\n' in text
    assert '"""Do it.\n\n        Now.\n\n        POST /it\n        """\n        raise NotImplementedError' in text
    assert text.endswith('\nROUTES = (Route("do_it", _operations.do_it),)\n')


def test_schemes(tmp_path: Path) -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "cookie", "name": 's"id'},
        "own": {"type": "http", "scheme": "AccessKey"},
        "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {}}}},
        "tls": {"type": "mutualTLS"},
    }
    content = document("/it", "get", {}, components={"securitySchemes": schemes})
    text = generate(content, tmp_path)["server/__init__.py"]
    for line in (
        '"key": ApiKey(\'s"id\', "cookie"),',
        '"own": HttpScheme("AccessKey"),',
        '"oauth": BearerToken(),',
        '"tls": MutualTls(),',
    ):
        assert line in text


def test_the_document_is_part_of_the_package(tmp_path: Path) -> None:
    content = document("/it", "get", {})
    files = generate(content, tmp_path)
    assert json.loads(files["server/openapi.json"])["paths"] == content["paths"]
