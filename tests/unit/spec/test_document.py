"""Documents of OpenAPI 3: operations, what they inherit, and what is repaired."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver
from bothends.spec.objects import Example, Link, SecurityScheme, Server, ServerVariable, Tag
from bothends.spec.read_document import read_document

OK: dict[str, Any] = {"responses": {"200": {"description": "ok"}}}
STRING = {"schema": {"type": "string"}}
INFO = {"title": "t", "version": "1"}


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ([], "not-openapi"),
        ("text", "not-openapi"),
        ({"info": {}}, "not-openapi"),
        ({"openapi": "4.0.0"}, "unsupported-version"),
        ({"openapi": "2.0"}, "unsupported-version"),
        ({"openapi": None}, "unsupported-version"),
        ({"swagger": "1.2"}, "unsupported-version"),
        ({"openapi": True}, "unsupported-version"),
    ],
)
def test_only_an_unusable_root_stops_the_run(read: Any, root: Any, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(root)

    assert [found.code for found in caught.value.diagnostics] == [code]


@pytest.mark.parametrize("version", ["3.0.0", "3.1.1", "3.2.0", "3.1", "3.2.0-rc1"])
def test_versions(read: Any, version: str) -> None:
    found = read({"openapi": version, "info": INFO, "paths": {}})

    assert (found.document.version, found.said) == (version, [])


def test_a_version_without_quotes_is_read(read: Any) -> None:
    assert read({"swagger": 2.0, "info": INFO, "paths": {}}).said == ["warning wrong-type /swagger"]
    assert read({"openapi": 3.1, "info": INFO}).said == ["warning wrong-type /openapi"]


def test_a_document_without_anything(read: Any) -> None:
    found = read({"openapi": "3.0.3"})

    assert found.document.operations == ()
    assert found.said == ["warning missing-field "] * 2
    assert read({"openapi": "3.1.0", "info": INFO}).said == []


@pytest.mark.parametrize("wrong", [None, 1, "x", [], {}, True])
@pytest.mark.parametrize(
    "field", ["info", "paths", "components", "servers", "tags", "security", "webhooks", "jsonSchemaDialect"]
)
def test_wrong_types_at_the_root_never_stop_the_run(read: Any, field: str, wrong: Any) -> None:
    found = read({"openapi": "3.1.0", "info": INFO, "paths": {"/a": {"get": OK}}, field: wrong})

    assert not found.report.failed
    assert len(found.document.operations) == (0 if field == "paths" else 1)


def test_operations_inherit_parameters(read_operation: Any) -> None:
    shared = [{"name": "a", "in": "query", **STRING}, {"name": "b", "in": "query", "required": True, **STRING}]
    own = [{"name": "b", "in": "query", **STRING}, {"name": "b", "in": "header", **STRING}]
    found = read_operation({**OK, "parameters": own}, item={"parameters": shared})

    parameters = [(one.name, one.place, one.required) for one in found.operation.parameters]
    assert parameters == [("a", "query", False), ("b", "query", False), ("b", "header", False)]
    assert found.said == []


@pytest.mark.parametrize(
    ("given", "style", "explode"),
    [
        ({"in": "query"}, "form", True),
        ({"in": "cookie"}, "form", True),
        ({"in": "header"}, "simple", False),
        ({"in": "query", "style": "pipeDelimited"}, "pipeDelimited", False),
        ({"in": "query", "explode": False}, "form", False),
        ({"in": "query", "style": "deepObject", "explode": True}, "deepObject", True),
        ({"in": "header", "style": "form"}, "simple", False),
    ],
)
def test_styles(read_operation: Any, given: dict[str, Any], style: str, explode: bool) -> None:
    found = read_operation({**OK, "parameters": [{"name": "p", **STRING, **given}]})
    (parameter,) = found.operation.parameters

    assert (parameter.style, parameter.explode) == (style, explode)
    wrong = given.get("style") == "form"
    assert found.said == (["warning invalid-value /paths/~1a/get/parameters/0/style"] if wrong else [])


def test_an_undeclared_path_parameter_is_a_required_string(read_operation: Any) -> None:
    found = read_operation(OK, path="/a/{id}")
    (parameter,) = found.operation.parameters

    assert (parameter.name, parameter.place, parameter.required) == ("id", "path", True)
    assert parameter.schema is not None
    assert found.document.schema(parameter.schema.key) is parameter.schema
    assert parameter.schema.get("type") == ("string",)
    assert found.said == ["warning undeclared-path-parameter /paths/~1a~1{id}"]
    (diagnostic,) = found.report
    assert diagnostic.fix[0]["target"] == "$.paths['/a/{id}']"


def test_path_parameters_are_always_required(read_operation: Any) -> None:
    found = read_operation({**OK, "parameters": [{"name": "id", "in": "path", **STRING}]}, path="/a/{id}")

    assert found.operation.parameters[0].required
    assert found.said == ["warning invalid-document /paths/~1a~1{id}/get/parameters/0"]


def test_a_path_that_names_a_parameter_twice(read_operation: Any) -> None:
    parameter = {"name": "id", "in": "path", "required": True, **STRING}
    found = read_operation({**OK, "parameters": [parameter]}, path="/{id}/b/{id}")

    assert [one.name for one in found.operation.parameters] == ["id"]
    assert found.said == ["warning invalid-document /paths/~1{id}~1b~1{id}"]


def test_an_unused_path_parameter_is_left_out(read_operation: Any) -> None:
    found = read_operation({**OK, "parameters": [{"name": "id", "in": "path", "required": True, **STRING}]})

    assert found.operation.parameters == ()
    assert found.said == ["warning unused-path-parameter /paths/~1a/get/parameters/0"]


def test_a_slot_that_is_written_as_routers_have_it(read_operation: Any) -> None:
    parameter = {"name": "id", "in": "path", "required": True, **STRING}
    found = read_operation({**OK, "parameters": [parameter]}, path="/a/:id/b")

    (diagnostic,) = found.report
    assert (diagnostic.code, diagnostic.hint) == ("unused-path-parameter", "write '{id}' for ':id' in the path")
    assert diagnostic.fix == ()


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        (5, "wrong-type"),
        ({"in": "query"}, "missing-field"),
        ({"name": "a"}, "invalid-value"),
        ({"name": "a", "in": "body"}, "invalid-value"),
        ({"name": "a", "in": ["query"]}, "invalid-value"),
        ({"name": "Authorization", "in": "header", **STRING}, "ignored-keyword"),
    ],
)
def test_parameters_that_are_left_out(read_operation: Any, parameter: Any, code: str) -> None:
    found = read_operation({**OK, "parameters": [parameter]})

    assert found.operation.parameters == ()
    assert [line.split()[1] for line in found.said] == [code]


def test_the_second_of_two_same_parameters_is_left_out(read_operation: Any) -> None:
    twice = [{"name": "X-A", "in": "header", **STRING}, {"name": "x-a", "in": "header", **STRING}]
    found = read_operation({**OK, "parameters": twice})

    assert [one.name for one in found.operation.parameters] == ["X-A"]
    assert found.said == ["warning duplicate-parameter /paths/~1a/get/parameters/1"]


def test_parameters_with_content_or_without_anything(read_operation: Any) -> None:
    content = {"name": "a", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}
    found = read_operation({**OK, "parameters": [content, {"name": "b", "in": "query"}]})
    first, second = found.operation.parameters

    assert first.schema is None
    assert first.content is not None
    assert first.content.media_type == "application/json"
    assert second.schema is not None
    assert second.schema.get("type") == ("string",)
    assert found.said == ["warning missing-field /paths/~1a/get/parameters/1"]


def test_reusable_parts_are_resolved(read_operation: Any) -> None:
    def use(kind: str) -> dict[str, str]:
        return {"$ref": f"#/components/{kind}/x", "description": "own"}

    components = {
        "parameters": {"x": {"name": "p", "in": "query", "description": "shared", **STRING}},
        "requestBodies": {"x": {"content": {"text/plain": STRING}, "required": True}},
        "responses": {"x": {"description": "shared", "headers": {"X-H": {"$ref": "#/components/headers/x"}}}},
        "headers": {"x": {"required": True, **STRING}},
        "examples": {"x": {"value": 1}},
    }
    operation = {
        "parameters": [use("parameters")],
        "requestBody": use("requestBodies"),
        "responses": {"200": use("responses")},
    }
    components["parameters"]["x"]["examples"] = {"one": {"$ref": "#/components/examples/x"}}
    found = read_operation(operation, components=components).operation

    assert (found.parameters[0].name, found.parameters[0].description) == ("p", "own")
    assert found.parameters[0].examples == (Example("one", 1),)
    assert found.body is not None
    assert (found.body.required, found.body.description) == (True, "own")
    assert (found.responses[0].description, found.responses[0].headers[0].name) == ("own", "X-H")
    older = read_operation(operation, "3.0.3", components=components).operation
    assert (older.parameters[0].description, older.responses[0].description) == ("shared", "shared")


def test_a_path_item_may_be_a_reference(read: Any) -> None:
    shared = {"get": {**OK, "summary": "shared"}, "put": OK, "parameters": [{"name": "a", "in": "query", **STRING}]}
    paths = {"/a": {"$ref": "#/components/pathItems/x", "get": {**OK, "summary": "own"}}}
    found = read({"openapi": "3.1.0", "info": INFO, "paths": paths, "components": {"pathItems": {"x": shared}}})

    summaries = {operation.method: operation.summary for operation in found.document.operations}
    assert summaries == {"GET": "own", "PUT": ""}
    assert all(operation.parameters[0].name == "a" for operation in found.document.operations)


def test_bodies_and_media_types(read_operation: Any) -> None:
    encoding = {
        "file": {"contentType": "image/png", "headers": {"X-H": STRING}},
        "tags": {"style": "form", "explode": False},
    }
    multipart = {"schema": {"type": "object"}, "encoding": encoding, "example": {"a": 1}}
    body = {"content": {"multipart/form-data": multipart, "nonsense": {}}}
    found = read_operation({**OK, "requestBody": body}, method="post")
    body_read = found.operation.body

    assert body_read is not None
    (content,) = body_read.contents
    assert [(one.name, one.content_type, one.style, one.explode) for one in content.encodings] == [
        ("file", "image/png", "", None),
        ("tags", "", "form", False),
    ]
    assert content.encodings[0].headers[0].name == "X-H"
    assert content.examples == (Example("", {"a": 1}),)
    assert found.said == ["warning invalid-value /paths/~1a/post/requestBody/content/nonsense"]


@pytest.mark.parametrize(("version", "counts"), [("3.0.4", False), ("3.1.0", True), ("3.2.0", True)])
@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_the_style_of_a_part_counts_since_3_1(read: Any, version: str, counts: bool, media_type: str) -> None:
    media = {"schema": {"type": "object"}, "encoding": {"tags": {"style": "pipeDelimited", "allowReserved": True}}}
    paths = {"/a": {"post": {**OK, "requestBody": {"content": {media_type: media}}}}}
    found = read({"openapi": version, "info": INFO, "paths": paths})

    [encoding] = found.document.operations[0].body.contents[0].encodings
    counts = counts or media_type == "application/x-www-form-urlencoded"
    assert (encoding.style, encoding.allow_reserved) == (("pipeDelimited", True) if counts else ("", False))
    assert len([said for said in found.said if "ignored-keyword" in said]) == (0 if counts else 2)


@pytest.mark.parametrize("body", [5, {}, {"content": []}, {"content": {}}])
def test_a_body_without_content_is_left_out(read_operation: Any, body: Any) -> None:
    found = read_operation({**OK, "requestBody": body}, method="post")

    assert found.operation.body is None
    assert found.said
    assert not found.report.failed


def test_responses(read_operation: Any) -> None:
    links = {"next": {"operationId": "x", "parameters": {"id": "$response.body#/id"}, "description": "d"}}
    responses = {
        "200": {"description": "ok", "links": links, "headers": {"Content-Type": STRING, "X-H": {}}},
        "4xx": {"description": "no"},
        "default": {"content": {"application/json": {"schema": {}}}},
        "99": {},
        "500": 1,
        "x-note": "kept out",
    }
    found = read_operation({"responses": responses})
    first, second, third = found.operation.responses

    assert (first.status, second.status, third.status) == ("200", "4XX", "default")
    assert first.links == (Link("next", "x", "", (("id", "$response.body#/id"),), "d"),)
    assert [header.name for header in first.headers] == ["X-H"]
    assert third.contents[0].media_type == "application/json"
    assert found.said == [
        "warning missing-field /paths/~1a/get/responses/200/headers/X-H",
        "warning invalid-value /paths/~1a/get/responses/4xx",
        "warning wrong-type /paths/~1a/get/responses/500",
        "warning invalid-value /paths/~1a/get/responses/99",
    ]


def test_responses_may_be_missing_since_3_1(read_operation: Any) -> None:
    assert read_operation({}, "3.0.3").said == ["warning missing-field /paths/~1a/get"]
    assert read_operation({}, "3.1.0").said == []


@pytest.mark.parametrize("operation", [None, 5, [], "x"])
def test_one_bad_operation_is_dropped(read_operation: Any, operation: Any) -> None:
    found = read_operation(operation, item={"put": OK})

    assert [one.method for one in found.document.operations] == ["PUT"]
    assert found.said == ["warning dropped-operation /paths/~1a/get"]


def test_a_bad_path_item_drops_its_operations_only(read: Any) -> None:
    found = read({"openapi": "3.1.0", "info": INFO, "paths": {"/a": 5, "/b": {"get": OK}, "x-c": {}}})

    assert [one.path for one in found.document.operations] == ["/b"]
    assert found.said == ["warning wrong-type /paths/~1a"]


def test_paths_and_methods_that_are_misspelled(read: Any) -> None:
    paths = {"a": {"GET": OK, "fetch": OK}, "/b": {"query": OK}}
    found = read({"openapi": "3.1.0", "info": INFO, "paths": paths})

    assert [(one.method, one.path) for one in found.document.operations] == [("GET", "/a"), ("QUERY", "/b")]
    assert set(found.said) == {
        "warning invalid-document /paths/a",
        "warning invalid-document /paths/a/GET",
        "warning ignored-keyword /paths/a/fetch",
        "warning invalid-document /paths/~1b/query",
    }


def test_the_second_use_of_an_operation_id_goes_without(read: Any) -> None:
    paths = {"/a": {"get": {**OK, "operationId": "x"}, "put": {**OK, "operationId": "x"}}}
    found = read({"openapi": "3.1.0", "info": INFO, "paths": paths})

    assert [one.operation_id for one in found.document.operations] == ["x", ""]
    (diagnostic,) = found.report
    assert diagnostic.code == "duplicate-operation-id"
    assert diagnostic.related[0].location.pointer == "/paths/~1a/get"


@pytest.mark.parametrize(("method", "severity"), [("get", "warning"), ("put", "note")])
def test_paths_that_differ_in_names_only(read: Any, method: str, severity: str) -> None:
    def item(method: str, name: str) -> Any:
        return {method: {**OK, "parameters": [{"name": name, "in": "path", "required": True, **STRING}]}}

    found = read({"openapi": "3.1.0", "info": INFO, "paths": {"/{a}": item("get", "a"), "/{b}": item(method, "b")}})

    assert len(found.document.operations) == 2
    assert found.said == [f"{severity} duplicate-path /paths/~1{{b}}"]


def test_security(read: Any) -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "d"},
        "http": {"type": "http", "scheme": "AccessKey"},
        "oauth": {
            "type": "oauth2",
            "flows": {"authorizationCode": {"authorizationUrl": "/a", "tokenUrl": "/t", "scopes": {"r": "read"}}},
        },
        "open": {"type": "openIdConnect", "openIdConnectUrl": "/o"},
        "tls": {"type": "mutualTLS"},
    }
    paths = {
        "/inherits": {"get": OK},
        "/open": {"get": {**OK, "security": []}},
        "/either": {"get": {**OK, "security": [{"oauth": ["r"], "key": []}, {}]}},
    }
    root = {"openapi": "3.1.0", "info": INFO, "paths": paths, "security": [{"http": []}]}
    found = read({**root, "components": {"securitySchemes": schemes}})

    assert found.document.security == ((("http", ()),),)
    assert [one.security for one in found.document.operations] == [
        None,
        (),
        ((("oauth", ("r",)), ("key", ())), ()),
    ]
    by_key = {scheme.key: scheme for scheme in found.document.security_schemes}
    assert (by_key["key"].place, by_key["key"].name) == ("header", "X-Key")
    assert by_key["http"].scheme == "AccessKey"
    assert by_key["oauth"].flows[0].scopes == (("r", "read"),)
    assert (by_key["open"].url, by_key["tls"].kind) == ("/o", "mutualTLS")
    assert found.said == []


@pytest.mark.parametrize("schemes", [{}, {"key": {"type": "magic"}}, {"key": {}}])
def test_security_that_is_not_understood_stays_closed(read_operation: Any, schemes: Any) -> None:
    operation = {**OK, "security": [{"key": []}]}
    found = read_operation(operation, components={"securitySchemes": schemes})

    assert found.operation.security == ((("key", ()),),)
    (scheme,) = found.document.security_schemes
    assert (scheme.kind, scheme.place, scheme.name) == ("apiKey", "header", "Authorization")
    assert isinstance(scheme, SecurityScheme)
    assert len(found.said) == 1
    assert not found.report.failed


@pytest.mark.parametrize(
    ("security", "expected"),
    [
        ({"key": []}, ((("key", ()),),)),
        (["key"], ((("key", ()),),)),
        ([{"key": None}], ((("key", ()),),)),
        (5, None),
        ([5], None),
    ],
)
def test_security_of_a_wrong_type_stays_closed(read_operation: Any, security: Any, expected: Any) -> None:
    schemes = {"key": {"type": "apiKey", "in": "query", "name": "k"}}
    found = read_operation({**OK, "security": security}, components={"securitySchemes": schemes})

    assert found.operation.security == expected
    assert [line.split()[1] for line in found.said] == ["wrong-type"]


def test_servers(read: Any) -> None:
    variables = {"v": {"default": "1", "enum": ["1", 2], "description": "d"}, "port": {"default": 80}, "w": {}}
    servers = [{"url": "/v{v}", "variables": variables, "description": "s"}, {}]
    item = {"get": {**OK, "servers": [{"url": "https://own"}]}, "put": OK, "servers": [{"url": "https://item"}]}
    found = read({"openapi": "3.1.0", "info": INFO, "servers": servers, "paths": {"/a": item, "/b": {"get": OK}}})

    expected = (
        ServerVariable("v", "1", ("1", "2"), "d"),
        ServerVariable("port", "80"),
        ServerVariable("w", ""),
    )
    assert found.document.servers == (Server("/v{v}", expected, "", "s"),)
    assert [tuple(server.url for server in one.servers) for one in found.document.operations] == [
        ("https://own",),
        ("https://item",),
        (),
    ]
    assert len(found.said) == 3


def test_callbacks_and_webhooks(read_operation: Any) -> None:
    expression = "{$request.body#/url}"
    callbacks = {"done": {expression: {"post": {**OK, "operationId": "done"}}}}
    found = read_operation({**OK, "callbacks": callbacks}, webhooks={"new": {"post": OK}})

    ((name, place, (operation,)),) = found.operation.callbacks
    assert (name, place, operation.operation_id) == ("done", expression, "done")
    (webhook,) = found.document.webhooks
    assert (webhook.method, webhook.path) == ("POST", "webhook:new")
    assert found.said == []


def test_a_callback_that_calls_back_into_itself(read_operation: Any) -> None:
    reference = {"$ref": "#/components/callbacks/x"}
    components = {"callbacks": {"x": {"{$url}": {"post": {**OK, "callbacks": {"again": reference}}}}}}
    found = read_operation({**OK, "callbacks": {"x": reference}}, components=components)

    assert found.operation.callbacks[0][2][0].callbacks == ()
    assert [line.split()[1] for line in found.said] == ["unsupported-construct"]


def test_what_3_2_adds(read: Any) -> None:
    whole = {"name": "q", "in": "querystring", "content": {"application/x-www-form-urlencoded": STRING}}
    stream = {"application/jsonl": {"itemSchema": {"type": "object"}, "itemEncoding": {"contentType": "text/plain"}}}
    item = {
        "query": {**OK, "parameters": [whole]},
        "additionalOperations": {"COPY": {"responses": {"200": {"content": stream}}}, "a b": OK, "query": OK},
    }
    tags = [{"name": "a"}, {"name": "b", "parent": "a", "summary": "s"}, "c", {"name": "a"}, 5]
    found = read({"openapi": "3.2.0", "info": INFO, "paths": {"/a": item}, "tags": tags})

    query, copy = found.document.operations
    assert (query.method, copy.method) == ("QUERY", "COPY")
    assert query.parameters[0].place == "querystring"
    content = copy.responses[0].contents[0]
    assert (content.schema, content.item_schema and content.item_schema.get("type")) == (None, ("object",))
    assert content.item_encoding is not None
    assert content.item_encoding.content_type == "text/plain"
    assert found.document.tags == (Tag("a"), Tag("b", "s", "a", "s"), Tag("c"))
    assert sorted(line.split()[1] for line in found.said) == [
        "dropped-operation",
        "dropped-operation",
        "wrong-type",
        "wrong-type",
    ]


def test_fields_of_an_operation(read_operation: Any) -> None:
    operation = {**OK, "operationId": "x", "tags": ["t", 1], "deprecated": True, "x-internal": True, "x-other": 1}
    found = read_operation(operation, item={"summary": "s", "description": "d"})
    one = found.operation

    assert (one.operation_id, one.tags, one.deprecated) == ("x", ("t",), True)
    assert (one.summary, one.description, one.extensions) == ("s", "d", {"x-internal": True})
    assert found.said == ["warning wrong-type /paths/~1a/get/tags/1"]


def test_names_of_any_length_leave_messages_readable(read_operation: Any) -> None:
    long = "x" * 10_000
    found = read_operation({**OK, "tags": [1]}, path=f"/{{{long}}}")

    assert found.operation.parameters[0].name == long
    assert max(len(diagnostic.message) for diagnostic in found.report) == 400


def test_strict_makes_repairs_errors() -> None:
    report = Report(strict=True)
    resolver = Resolver(FetchPolicy(), Limits(), report)
    root = resolver.open_text('{"openapi": "3.1.0", "info": [], "paths": {"/{a}": {"get": {}}}}', "-")
    read_document(root, resolver, report)

    assert {(found.severity, found.code) for found in report} == {
        ("error", "wrong-type"),
        ("error", "undeclared-path-parameter"),
    }


def test_a_requirement_may_name_a_scheme_by_its_uri(read: Any) -> None:
    key = {"type": "apiKey", "in": "header", "name": "X-Key", "deprecated": True}
    found = read(
        {
            "openapi": "3.2.0",
            "$self": "https://api.example/openapi.json",
            "info": {"title": "t", "version": "1"},
            "security": [{"https://api.example/openapi.json#/components/securitySchemes/key": []}],
            "paths": {"/a": {"get": {"security": [{"#/x-schemes/other": ["a"]}], "responses": {}}}},
            "components": {"securitySchemes": {"key": key}},
            "x-schemes": {"other": {"type": "http", "scheme": "bearer"}},
        }
    )
    assert found.document.security == ((("key", ()),),)
    assert found.operation.security == ((("other", ("a",)),),)
    assert [(scheme.key, scheme.kind, scheme.deprecated) for scheme in found.document.security_schemes] == [
        ("key", "apiKey", True),
        ("other", "http", False),
    ]
    assert found.said == []


def test_fields_that_3_2_has_added_are_kept(read: Any) -> None:
    found = read(
        {
            "openapi": "3.2.0",
            "info": {"title": "t", "version": "1"},
            "tags": [{"name": "Pets", "summary": "The pets", "kind": "nav", "parent": "Animals"}],
            "servers": [{"url": "./v1", "name": "main"}],
            "paths": {
                "/a": {
                    "query": {"responses": {"200": {"summary": "Found"}}},
                    "additionalOperations": {"COPY": {"responses": {}}},
                }
            },
            "components": {
                "securitySchemes": {
                    "o": {
                        "type": "oauth2",
                        "oauth2MetadataUrl": "https://a.example/meta",
                        "flows": {
                            "deviceAuthorization": {
                                "deviceAuthorizationUrl": "https://a.example/device",
                                "tokenUrl": "https://a.example/token",
                                "scopes": {},
                            }
                        },
                    }
                },
            },
        }
    )
    (tag,), (server,) = found.document.tags, found.document.servers
    assert (tag.name, tag.summary, tag.kind, tag.parent) == ("Pets", "The pets", "nav", "Animals")
    assert (server.url, server.name) == ("./v1", "main")
    assert [operation.method for operation in found.document.operations] == ["QUERY", "COPY"]
    assert found.document.operations[0].responses[0].description == "Found"
    (scheme,) = found.document.security_schemes
    assert (scheme.url, scheme.flows[0].kind, scheme.flows[0].device_url) == (
        "https://a.example/meta",
        "deviceAuthorization",
        "https://a.example/device",
    )
    assert found.said == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"openapi": "3.1.0", "servers": [{"url": "./v1"}, {"url": "/v2"}, {"url": "https://b.example/{x}"}]},
         ["https://a.example/docs/v1", "https://a.example/v2", "https://b.example/{x}"]),
        ({"openapi": "3.1.0", "servers": [{"url": "{scheme}://b.example"}]}, ["{scheme}://b.example"]),
        ({"swagger": "2.0", "basePath": "/v1"}, ["https://a.example/v1"]),
        ({"swagger": "2.0"}, ["https://a.example"]),
        ({"openapi": "3.1.0"}, ["https://a.example"]),
    ],
)  # fmt: skip
def test_servers_are_relative_to_where_the_document_was_fetched(document: dict[str, Any], expected: list[str]) -> None:
    whole = {**document, "info": {"title": "t", "version": "1"}, "paths": {}}
    for uri, wanted in (("https://a.example/docs/openapi.json", expected), ("openapi.json", None)):
        report = Report()
        resolver = Resolver(FetchPolicy(), Limits(), report)
        found = read_document(resolver.open_text(json.dumps(whole), uri), resolver, report)
        urls = [server.url for server in found.servers]
        assert urls == wanted if wanted else not any("a.example" in url for url in urls)
