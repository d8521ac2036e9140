"""What only OpenAPI 2.0 has in its shape comes out as OpenAPI 3 would have it."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.spec.objects import Encoding, Example, OAuthFlow, Server

OK: dict[str, Any] = {"responses": {"200": {"description": "ok"}}}


def operation(**fields: Any) -> dict[str, Any]:
    return {**OK, **fields}


@pytest.mark.parametrize(
    ("place", "collection", "style", "explode"),
    [
        ("query", None, "form", False),
        ("query", "csv", "form", False),
        ("query", "multi", "form", True),
        ("query", "ssv", "spaceDelimited", False),
        ("query", "tsv", "tabDelimited", False),
        ("query", "pipes", "pipeDelimited", False),
        ("header", "csv", "simple", False),
    ],
)
def test_collection_formats(read_operation: Any, place: str, collection: str, style: str, explode: bool) -> None:
    parameter = {"name": "p", "in": place, "type": "array", "items": {"type": "integer"}, "maxItems": 3}
    if collection:
        parameter["collectionFormat"] = collection
    found = read_operation(operation(parameters=[parameter]), "2.0")
    (one,) = found.operation.parameters

    assert (one.style, one.explode) == (style, explode)
    assert (one.schema.get("type"), one.schema.get("maxItems")) == (("array",), 3)
    assert one.schema.get("items").get("type") == ("integer",)
    assert found.document.schema(one.schema.key) is one.schema
    assert found.said == []


@pytest.mark.parametrize(("place", "collection"), [("header", "multi"), ("query", "spaces")])
def test_collection_formats_that_mean_nothing(read_operation: Any, place: str, collection: str) -> None:
    parameter = {"name": "p", "in": place, "type": "array", "items": {}, "collectionFormat": collection}
    found = read_operation(operation(parameters=[parameter]), "2.0")

    assert not found.operation.parameters[0].explode
    assert found.said == ["warning invalid-value /paths/~1a/get/parameters/0"]


def test_a_parameter_is_its_own_schema(read_operation: Any) -> None:
    parameter = {"name": "p", "in": "query", "type": "string", "enum": ["a"], "default": "a", "required": True}
    found = read_operation(operation(parameters=[{**parameter, "description": "d"}]), "2.0").operation.parameters[0]

    assert dict(found.schema.keywords) == {"type": ("string",), "enum": ["a"], "default": "a"}
    assert (found.required, found.description) == (True, "d")


def test_a_body(read_operation: Any) -> None:
    body = {"name": "b", "in": "body", "required": True, "description": "d", "schema": {"$ref": "#/definitions/X"}}
    found = read_operation(
        operation(parameters=[body], consumes=["application/json", "application/xml"]),
        "2.0",
        method="post",
        definitions={"X": {"type": "object"}},
    ).operation

    assert found.parameters == ()
    assert (found.body.required, found.body.description) == (True, "d")
    assert [content.media_type for content in found.body.contents] == ["application/json", "application/xml"]
    assert found.body.contents[0].schema.get("$ref").key == "#/components/schemas/X"


@pytest.mark.parametrize(
    ("own", "root", "expected"),
    [
        (None, None, "application/json"),
        (None, ["text/plain"], "text/plain"),
        (["a/b"], ["text/plain"], "a/b"),
        ([], ["text/plain"], "application/json"),
    ],
)
def test_media_types_come_from_the_operation_or_the_root(
    read_operation: Any, own: Any, root: Any, expected: str
) -> None:
    body = {"name": "b", "in": "body", "schema": {}}
    fields: dict[str, Any] = {"responses": {"200": {"schema": {}}}, "parameters": [body]}
    if own is not None:
        fields.update(consumes=own, produces=own)
    others = {"consumes": root, "produces": root} if root else {}
    found = read_operation(fields, "2.0", method="post", **others).operation

    assert [content.media_type for content in found.body.contents] == [expected]
    assert [content.media_type for content in found.responses[0].contents] == [expected]


@pytest.mark.parametrize(
    ("kind", "consumes", "expected"),
    [
        ("string", None, "application/x-www-form-urlencoded"),
        ("string", ["multipart/form-data"], "multipart/form-data"),
        ("string", ["application/json"], "application/x-www-form-urlencoded"),
        ("file", None, "multipart/form-data"),
        ("file", ["application/x-www-form-urlencoded"], "multipart/form-data"),
    ],
)
def test_a_form(read_operation: Any, kind: str, consumes: Any, expected: str) -> None:
    fields = [
        {"name": "f", "in": "formData", "type": kind, "required": True},
        {"name": "tags", "in": "formData", "type": "array", "items": {}, "collectionFormat": "multi"},
    ]
    more = {"consumes": consumes} if consumes else {}
    found = read_operation(operation(parameters=fields, **more), "2.0", method="post")
    body = found.operation.body
    (content,) = body.contents

    assert (content.media_type, body.required) == (expected, True)
    assert (content.schema.get("type"), content.schema.get("required")) == (("object",), ["f"])
    assert list(content.schema.get("properties")) == ["f", "tags"]
    assert content.schema.get("properties")["f"].get("format") == ("binary" if kind == "file" else None)
    assert content.encodings == (Encoding("tags", style="form", explode=True),)
    assert found.document.schema(content.schema.key) is content.schema


def test_two_bodies(read_operation: Any) -> None:
    bodies = [{"name": "b", "in": "body", "schema": {}}, {"name": "f", "in": "formData", "type": "string"}]
    found = read_operation(operation(parameters=bodies), "2.0", method="post")

    assert [content.media_type for content in found.operation.body.contents] == ["application/json"]
    assert found.said == ["warning invalid-document /paths/~1a/post/parameters/1"]


def test_responses(read_operation: Any) -> None:
    responses = {
        "200": {
            "schema": {"type": "string"},
            "headers": {"X-H": {"type": "array", "items": {"type": "integer"}, "description": "d"}},
            "examples": {"application/json": "x"},
        },
        "201": {"schema": {"type": "file"}},
        "204": {"description": "nothing"},
        "404": {"$ref": "#/responses/missing"},
    }
    found = read_operation({"responses": responses}, "2.0", responses={"missing": {"description": "m"}}).operation
    first, second, third, fourth = found.responses

    assert first.contents[0].examples == (Example("", "x"),)
    assert (first.headers[0].name, first.headers[0].style, first.headers[0].description) == ("X-H", "simple", "d")
    assert first.headers[0].schema.get("items").get("type") == ("integer",)
    assert second.contents[0].media_type == "application/octet-stream"
    assert (third.contents, fourth.description) == ((), "m")


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ({}, []),
        ({"basePath": "/v1/"}, ["/v1"]),
        ({"host": "h"}, ["https://h"]),
        ({"host": "h:1", "basePath": "v1", "schemes": ["http", "https"]}, ["https://h:1/v1", "http://h:1/v1"]),
        ({"host": "h", "schemes": ["http"]}, ["http://h"]),
    ],
)
def test_servers(read_operation: Any, root: Any, expected: list[str]) -> None:
    found = read_operation(operation(), "2.0", **root)

    assert [server.url for server in found.document.servers] == expected
    assert found.operation.servers == ()


def test_an_operation_may_have_schemes_of_its_own(read_operation: Any) -> None:
    found = read_operation(operation(schemes=["http"]), "2.0", host="h", schemes=["https"])

    assert found.operation.servers == (Server("http://h"),)


def test_security(read_operation: Any) -> None:
    definitions = {
        "basic": {"type": "basic"},
        "key": {"type": "apiKey", "in": "query", "name": "k"},
        "app": {"type": "oauth2", "flow": "application", "tokenUrl": "/t", "scopes": {"r": "read"}},
        "code": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "/a", "tokenUrl": "/t", "scopes": {}},
    }
    found = read_operation(
        operation(security=[{"app": ["r"]}]), "2.0", securityDefinitions=definitions, security=[{"basic": []}]
    )
    schemes = {scheme.key: scheme for scheme in found.document.security_schemes}

    assert (schemes["basic"].kind, schemes["basic"].scheme) == ("http", "basic")
    assert (schemes["key"].place, schemes["key"].name) == ("query", "k")
    assert schemes["app"].flows == (OAuthFlow("clientCredentials", token_url="/t", scopes=(("r", "read"),)),)
    assert schemes["code"].flows[0].kind == "authorizationCode"
    assert found.document.security == ((("basic", ()),),)
    assert found.operation.security == ((("app", ("r",)),),)
    assert found.said == []


def test_shared_parameters_and_path_items(read_operation: Any) -> None:
    found = read_operation(
        operation(parameters=[{"$ref": "#/parameters/limit"}]),
        "2.0",
        path="/a/{id}",
        item={"parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}]},
        parameters={"limit": {"name": "limit", "in": "query", "type": "integer"}},
    )

    assert [one.name for one in found.operation.parameters] == ["id", "limit"]
    assert found.said == []
