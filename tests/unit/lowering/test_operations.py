"""Operations: groups, parameters, bodies by media type, responses, security; and that their order has no meaning."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from bothends.ir.declarations import DefaultValue, Enumeration
from bothends.ir.operations import (
    Codec,
    Content,
    Exact,
    Operation,
    Otherwise,
    Part,
    PathTemplate,
    Place,
    Requirement,
    Slot,
    StatusRange,
    Style,
    StyleName,
)
from bothends.ir.types import Anything, ListOf, MapOf, Named, Scalar, ScalarKind, TypeId
from bothends.lowering.contents import codec_of
from bothends.lowering.prune import prune

from .conftest import Lowered, component

STRING, BINARY = Scalar(ScalarKind.STRING), Scalar(ScalarKind.BINARY)
OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}
RESPONSES = {"204": {"description": "Done"}}


def only(found: Lowered) -> Operation:
    (operation,) = found.api.operations
    return operation


def body(found: Lowered) -> Content:
    operation = only(found)
    assert operation.body is not None
    return operation.body.contents[0]


@pytest.mark.parametrize(
    ("media_type", "codec"),
    [
        ("application/json", Codec.JSON),
        ("application/json; charset=utf-8", Codec.JSON),
        ("application/vnd.api+json", Codec.JSON),
        ("application/problem+JSON", Codec.JSON),
        ("application/x-www-form-urlencoded", Codec.FORM),
        ("multipart/form-data", Codec.MULTIPART),
        ("multipart/mixed", Codec.MULTIPART),
        ("text/plain", Codec.TEXT),
        ("text/csv", Codec.TEXT),
        ("application/yaml", Codec.YAML),
        ("text/x-yaml", Codec.YAML),
        ("application/vnd.oai.openapi+yaml", Codec.YAML),
        ("application/octet-stream", Codec.BYTES),
        ("image/png", Codec.BYTES),
        ("image/*", Codec.BYTES),
        ("application/pdf", Codec.BYTES),
        ("text/event-stream", Codec.EVENTS),
        ("application/jsonl", Codec.JSON_LINES),
        ("application/x-ndjson", Codec.JSON_LINES),
        ("application/json-seq", Codec.JSON_LINES),
        ("application/geo+json-seq", Codec.JSON_LINES),
        ("application/xml", Codec.XML),
        ("text/xml", Codec.XML),
        ("image/svg+xml", Codec.XML),
    ],
)
def test_codec_of_media_type(media_type: str, codec: Codec) -> None:
    assert codec_of(media_type) == codec


@pytest.mark.parametrize(
    ("media_type", "schema", "codec", "kind"),
    [
        ("application/x-www-form-urlencoded", {"type": "string"}, Codec.TEXT, STRING),
        ("application/x-www-form-urlencoded", {"type": "string", "format": "binary"}, Codec.BYTES, BINARY),
        ("multipart/mixed", {"type": "string", "format": "binary"}, Codec.BYTES, BINARY),
    ],
)
def test_a_form_that_is_a_string_is_left_to_the_caller(
    lowered: Any, media_type: str, schema: Any, codec: Codec, kind: Scalar
) -> None:
    operation = {"requestBody": {"content": {media_type: {"schema": schema}}}, "responses": RESPONSES}
    content = body(lowered(paths={"/a": {"post": operation}}))
    assert (content.codec, content.type) == (codec, kind)


def test_an_operation_and_its_parameters(lowered: Any) -> None:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["a", "b"], "default": "a"}},
        {"name": "filter", "in": "query", "style": "deepObject", "explode": True, "schema": {"type": "object"}},
        {"name": "q", "in": "query", "content": {"application/json": {"schema": OBJECT}}},
    ]
    operation = {"operationId": "getPet", "tags": ["pets", "x"], "summary": "S", "parameters": parameters}
    found = lowered(paths={"/pets/{id}.json": {"get": {**operation, "responses": RESPONSES}}})
    (got,) = found.api.operations
    assert (got.key, got.group, got.doc.title) == ("getPet", "pets", "S")
    assert got.path == PathTemplate(("/pets/", Slot("id"), ".json"))
    by_name = {parameter.wire: parameter for parameter in got.parameters}
    assert (by_name["id"].place, by_name["id"].required, by_name["id"].type) == (
        Place.PATH,
        True,
        Scalar(ScalarKind.UUID),
    )
    assert by_name["sort"].default == DefaultValue("a")
    assert by_name["sort"].type == Named(TypeId("operation:GET /pets/{id}.json", ("parameter", "sort")))
    assert by_name["sort"].encoding == Style(StyleName.FORM, explode=True)
    assert by_name["filter"].encoding == Style(StyleName.DEEP_OBJECT, explode=True)
    assert by_name["filter"].type == MapOf(Anything())
    encoding = by_name["q"].encoding
    assert isinstance(encoding, Content)
    assert (encoding.codec, encoding.type) == (Codec.JSON, by_name["q"].type)


def test_bodies_and_responses_declare_their_inline_types(lowered: Any) -> None:
    operation = {
        "requestBody": {"content": {"application/json": {"schema": OBJECT}}},
        "responses": {
            "200": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": OBJECT}}}},
            "4XX": {"description": "", "headers": {"X-A": {"schema": {"type": "string", "enum": ["a", "b"]}}}},
            "default": {"description": "Else"},
        },
    }
    found = lowered(paths={"/a": {"post": operation}})
    anchor = "operation:POST /a"
    assert set(found.declarations) == {
        TypeId(anchor, ("body",)),
        TypeId(anchor, ("response", "200", "item")),
        TypeId(anchor, ("response", "4XX", "header", "X-A")),
    }
    responses = only(found).responses
    assert [one.status for one in responses] == [Exact(200), StatusRange(4), Otherwise()]
    assert responses[0].contents[0].type == ListOf(Named(TypeId(anchor, ("response", "200", "item"))))
    assert (responses[2].contents, responses[2].doc.description) == ((), "Else")
    assert only(found).group == "default"


def test_reusable_responses_declare_their_types_once(lowered: Any) -> None:
    response = {"description": "", "content": {"application/json": {"schema": OBJECT}}}
    operation = {"responses": {"404": {"$ref": "#/components/responses/Missing"}}}
    found = lowered(paths={"/a": {"get": operation, "put": operation}}, components={"responses": {"Missing": response}})
    assert list(found.declarations) == [TypeId("#/components/responses/Missing")]


def test_different_inline_types_by_media_type(lowered: Any) -> None:
    contents = {
        "application/json": {"schema": OBJECT},
        "application/x-www-form-urlencoded": {"schema": OBJECT},
        "application/vnd.b+json": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}},
    }
    found = lowered(paths={"/a": {"post": {"requestBody": {"content": contents}, "responses": RESPONSES}}})
    anchor = "operation:POST /a"
    assert set(found.declarations) == {TypeId(anchor, ("body",)), TypeId(anchor, ("body", "application/vnd.b+json"))}


def test_multipart(lowered: Any) -> None:
    properties = {
        "name": {"type": "string"},
        "photo": {"type": "string", "format": "binary"},
        "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "meta": OBJECT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "doc": {"type": "string", "format": "binary"},
    }
    encoding = {
        "tags": {"style": "form", "explode": False},
        "doc": {"contentType": "application/pdf", "headers": {"X-Id": {"schema": {"type": "string"}}}},
    }
    content = {"multipart/form-data": {"schema": {"type": "object", "properties": properties}, "encoding": encoding}}
    found = lowered(paths={"/a": {"post": {"requestBody": {"content": content}, "responses": RESPONSES}}})
    parts = {part.wire: part for part in body(found).parts}
    assert parts["name"] == Part("name", STRING)
    assert parts["photo"] == Part("photo", BINARY, "application/octet-stream")
    assert parts["more"] == Part("more", ListOf(BINARY), "application/octet-stream", repeated=True)
    assert parts["meta"].media_type == "application/json"
    assert parts["tags"].style == Style(StyleName.FORM, explode=False)
    assert parts["doc"].media_type == "application/pdf"
    assert [header.wire for header in parts["doc"].headers] == ["X-Id"]


@pytest.mark.parametrize(
    ("schema", "media_type", "repeated"),
    [
        ({"$ref": "#/components/schemas/Colour"}, None, False),
        ({"$ref": "#/components/schemas/Name"}, None, False),
        ({"$ref": "#/components/schemas/Scan"}, "application/octet-stream", False),
        ({"$ref": "#/components/schemas/It"}, "application/json", False),
        ({"$ref": "#/components/schemas/Names"}, None, True),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Colour"}}, None, True),
        ({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, None, True),
        ({"type": "array", "items": {"$ref": "#/components/schemas/It"}}, "application/json", True),
        ({"type": ["array", "null"], "items": {"$ref": "#/components/schemas/Scan"}}, "application/octet-stream", True),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "application/json", True),
        ({"const": "x"}, None, False),
        ({"type": ["string", "integer"]}, None, False),
        ({"type": "object", "additionalProperties": True}, "application/json", False),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, "application/octet-stream", False),
        ({}, None, False),
    ],
)
def test_parts_that_name_no_media_type(lowered: Any, schema: Any, media_type: str | None, repeated: bool) -> None:
    schemas = {
        "It": OBJECT,
        "Colour": {"type": "string", "enum": ["red", "blue"]},
        "Name": {"type": "string", "minLength": 1},
        "Scan": {"type": "string", "format": "binary"},
        "Names": {"type": "array", "items": {"$ref": "#/components/schemas/Name"}},
    }
    content = {"multipart/form-data": {"schema": {"type": "object", "properties": {"p": schema}}}}
    paths = {"/a": {"post": {"requestBody": {"content": content}, "responses": RESPONSES}}}
    (part,) = body(lowered(schemas, paths=paths)).parts
    assert (part.media_type, part.repeated) == (media_type, repeated)


@pytest.mark.parametrize(
    ("media_type", "content", "item"),
    [
        ("text/event-stream", {"itemSchema": {"$ref": "#/components/schemas/It"}}, Named(component("It"))),
        ("application/jsonl", {"schema": {"type": "array", "items": {"type": "string"}}}, STRING),
        ("application/x-ndjson", {"schema": {"$ref": "#/components/schemas/It"}}, Named(component("It"))),
        ("text/event-stream", {"schema": {"type": "string"}}, None),
        ("text/event-stream", {}, None),
    ],
)
def test_sequences(lowered: Any, media_type: str, content: Any, item: Any) -> None:
    responses = {"200": {"description": "", "content": {media_type: content}}}
    found = lowered({"It": OBJECT}, version="3.2.0", paths={"/a": {"get": {"responses": responses}}})
    (got,) = only(found).responses[0].contents
    assert (got.type, got.item) == (None, item)


@pytest.mark.parametrize(
    ("content", "codec", "type_"),
    [
        ({"*/*": {"schema": {"type": "string", "format": "binary"}}}, Codec.BYTES, BINARY),
        ({"*/*": {"schema": {"type": "array", "items": {"type": "string"}}}}, Codec.JSON, ListOf(STRING)),
        ({"*/*": {}}, Codec.BYTES, BINARY),
        ({"text/plain": {"schema": {"type": "integer"}}}, Codec.TEXT, Scalar(ScalarKind.INTEGER)),
        ({"text/html": {}}, Codec.TEXT, STRING),
        ({"text/csv": {"schema": {"type": "string", "format": "binary"}}}, Codec.BYTES, BINARY),
        ({"application/xml": {"schema": OBJECT}}, Codec.XML, STRING),
        ({"image/png": {"schema": {"type": "string"}}}, Codec.BYTES, BINARY),
        ({"application/json": {}}, Codec.JSON, Anything()),
    ],
    ids=str,
)
def test_responses_by_media_type(lowered: Any, content: Any, codec: Codec, type_: Any) -> None:
    responses = {"200": {"description": "", "content": content}}
    (got,) = only(lowered(paths={"/a": {"get": {"responses": responses}}})).responses[0].contents
    assert (got.codec, got.type) == (codec, type_)


SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "auth": {"type": "http", "scheme": "bearer"},
}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, (Requirement((("key", ()),)),)),
        ({"security": []}, ()),
        ({"security": [{}]}, ()),
        ({"security": [{"auth": ["a"]}, {}]}, (Requirement((("auth", ("a",)),)), Requirement(()))),
        ({"security": [{"auth": [], "key": []}]}, (Requirement((("auth", ()), ("key", ()))),)),
    ],
    ids=str,
)
def test_security_of_an_operation(lowered: Any, own: Any, expected: Any) -> None:
    found = lowered(
        paths={"/a": {"get": {"responses": RESPONSES, **own}}},
        components={"securitySchemes": SCHEMES},
        security=[{"key": []}],
    )
    assert only(found).security == expected
    assert [scheme.key for scheme in found.api.schemes] == ["auth", "key"]


def test_webhooks(lowered: Any) -> None:
    webhook = {"post": {"requestBody": {"content": {"application/json": {"schema": OBJECT}}}, "responses": RESPONSES}}
    found = lowered(webhooks={"petSold": webhook})
    (got,) = found.api.webhooks
    assert got.path == PathTemplate(("webhook:petSold",))
    assert list(found.declarations) == [TypeId("operation:POST webhook:petSold", ("body",))]


def test_prune_keeps_what_operations_reach(lowered: Any) -> None:
    schemas = {
        "Used": {"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
        "Inner": {"type": "string", "enum": ["a", "b"]},
        "Unused": OBJECT,
    }
    responses = {
        "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Used"}}}}
    }
    found = lowered(schemas, paths={"/a": {"get": {"responses": responses}}})
    assert [one.id for one in prune(found.api).declarations] == [component("Inner"), component("Used")]


def shuffled(value: Any, chance: random.Random) -> Any:
    pairs = list(value.items())
    chance.shuffle(pairs)
    return dict(pairs)


def test_the_order_of_paths_and_components_has_no_meaning(lowered: Any) -> None:
    operation = {"requestBody": {"content": {"application/json": {"schema": OBJECT}}}, "responses": RESPONSES}
    schemas: dict[str, Any] = {
        f"S{n}": {
            "type": "object",
            "properties": {"next": {"$ref": f"#/components/schemas/S{(n + 1) % 9}"}, "kind": {"enum": ["a", f"b{n}"]}},
        }
        for n in range(9)
    }
    schemas["Any"] = {"anyOf": [{"$ref": f"#/components/schemas/S{n}"} for n in range(9)]}
    paths = {f"/p{n}": {"post": {**operation, "tags": [f"t{n}"]}, "get": {"responses": RESPONSES}} for n in range(9)}
    first = lowered(schemas, paths=paths)
    assert any(isinstance(found, Enumeration) for found in first.api.declarations)
    for seed in range(5):
        chance = random.Random(seed)
        other = lowered(shuffled(schemas, chance), paths=shuffled(paths, chance))
        assert other.api == first.api


def test_lowering_twice_gives_the_same(lowered: Any) -> None:
    schemas = json.loads(json.dumps({"A": OBJECT, "B": {"oneOf": [OBJECT, {"$ref": "#/components/schemas/A"}]}}))
    assert lowered(schemas).api == lowered(schemas).api


@pytest.mark.parametrize(
    ("extensions", "group", "hint", "deprecated"),
    [
        ({}, "Users", "", False),
        ({"x-fern-sdk-group-name": ["a", "users"], "x-fern-sdk-method-name": "list"}, "a users", "list a users", False),
        ({"x-speakeasy-name-override": "list"}, "Users", "list", False),
        ({"x-speakeasy-group": "admin"}, "admin", "", False),
        ({"x-speakeasy-group": 3, "x-fern-sdk-method-name": ["a", 3]}, "Users", "", False),
        ({"x-fern-availability": "deprecated"}, "Users", "", True),
        ({"x-fern-availability": "beta", "x-deprecated": "no"}, "Users", "", False),
        ({"x-speakeasy-deprecation-message": "Use another."}, "Users", "", True),
    ],
)
def test_extensions_that_vendors_have(
    lowered: Any, extensions: dict[str, Any], group: str, hint: str, deprecated: bool
) -> None:
    operation = {"operationId": "getUsersV1", "tags": ["Users"], "responses": RESPONSES, **extensions}
    found = only(lowered({}, paths={"/users": {"get": operation}}))
    assert (found.key, found.group, found.hint, found.deprecated) == ("getUsersV1", group, hint, deprecated)


@pytest.mark.parametrize(
    "extension",
    [
        {"x-ms-enum": {"name": "It", "values": [{"value": 1, "name": "One", "description": "First"}, {"value": 2}]}},
        {"x-fern-enum": {"1": {"name": "One", "description": "First"}}},
        {"x-speakeasy-enums": {"1": "One"}, "x-enum-descriptions": ["First", ""]},
    ],
)
def test_names_and_prose_of_values_in_extensions(lowered: Any, extension: dict[str, Any]) -> None:
    found = lowered({"It": {"type": "integer", "enum": [1, 2], **extension}}).component("It")
    assert isinstance(found, Enumeration)
    assert [(member.value, member.hint, member.doc.description) for member in found.members] == [
        (1, "One", "First"),
        (2, None, ""),
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"schema": {"type": "array", "items": {"type": "string"}}},
        {"itemSchema": {"type": "string"}},
        {"schema": {}, "prefixEncoding": [{"contentType": "text/plain"}]},
        {"schema": {}, "itemEncoding": {"contentType": "text/plain"}},
    ],
)
def test_parts_by_position_are_octets(lowered: Any, content: dict[str, Any]) -> None:
    request = {"content": {"multipart/mixed": content}}
    found = lowered({}, version="3.2.0", paths={"/a": {"post": {"requestBody": request, "responses": RESPONSES}}})
    sent = only(found).body
    assert sent is not None
    assert [(one.codec, one.type) for one in sent.contents] == [(Codec.BYTES, BINARY)]
    assert found.codes == ["unsupported-construct"]


@pytest.mark.parametrize(
    ("schema", "codec"),
    [
        (OBJECT, Codec.YAML),
        ({"properties": {"a": {}}}, Codec.YAML),
        ({"type": ["array", "null"]}, Codec.YAML),
        ({"oneOf": [OBJECT, {"type": "array"}]}, Codec.YAML),
        ({"type": "integer"}, Codec.YAML),
        ({"type": "string"}, Codec.TEXT),
        ({"type": ["object", "string"]}, Codec.TEXT),
        ({"type": "string", "format": "binary"}, Codec.BYTES),
        ({}, Codec.TEXT),
        (None, Codec.TEXT),
    ],
)
def test_yaml_is_text_where_the_schema_says_no_more(lowered: Any, schema: Any, codec: Codec) -> None:
    media_type = {} if schema is None else {"schema": schema}
    request = {"content": {"application/yaml": media_type}}
    sent = only(lowered(paths={"/a": {"post": {"requestBody": request, "responses": RESPONSES}}})).body
    assert [one.codec for one in sent.contents] == [codec]


def test_content_where_http_has_no_body_is_left_out(lowered: Any) -> None:
    content = {"application/json": {"schema": OBJECT}}
    responses = {status: {"description": "", "content": content} for status in ("200", "204", "205", "304", "4XX")}
    found = lowered(paths={"/a": {"put": {"responses": responses}}})
    assert [len(one.contents) for one in only(found).responses] == [1, 0, 0, 0, 1]
    assert [(one.severity, one.code) for one in found.report] == [("warning", "ignored-keyword")] * 3


def test_a_head_request_gets_no_body(lowered: Any) -> None:
    responses = {status: {"description": "", "content": {"text/plain": {}}} for status in ("200", "404", "default")}
    found = lowered(paths={"/a": {"head": {"responses": responses}}})
    assert [one.contents for one in only(found).responses] == [(), (), ()]
    assert [(one.severity, one.code) for one in found.report] == [("note", "ignored-keyword")] * 3


def test_servers_that_the_document_has_are_not_those_of_an_operation(lowered: Any) -> None:
    here, there = {"url": "https://a.example"}, {"url": "https://b.example"}
    paths = {
        "/same": {"servers": [here], "get": {"responses": RESPONSES}},
        "/other": {"servers": [there], "get": {"responses": RESPONSES}},
    }
    operations = lowered(paths=paths, servers=[here]).api.operations
    assert {one.id.path: [server.url for server in one.servers] for one in operations} == {
        "/same": [],
        "/other": ["https://b.example"],
    }
