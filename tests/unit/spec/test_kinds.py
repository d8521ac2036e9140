"""References lead to things of the kind that their place demands; what leads elsewhere is not used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report, Severity
from bothends.loading.fetch import FetchPolicy
from bothends.loading.grammar import DATA, kind_at
from bothends.loading.resolve import Resolver
from bothends.spec.read_document import read_document

PLACES = {
    "schema": "#/components/schemas/Target",
    "parameter": "#/components/parameters/Target",
    "response": "#/components/responses/Target",
    "requestBody": "#/components/requestBodies/Target",
    "header": "#/components/headers/Target",
    "callback": "#/components/callbacks/Target",
    "pathItem": "#/components/pathItems/Target",
    "operation": "#/components/pathItems/Target/get",
    "document": "#",
    "info": "#/info",
    "text": "#/info/title",
    "section": "#/components/schemas",
    "properties": "#/components/schemas/Target/properties",
}
OPERATION = {"responses": {"200": {"description": "d"}}}


def document(wanted: str, to: str) -> dict[str, object]:
    reference = {"$ref": to}
    operation: dict[str, object] = {"responses": {"200": {"description": "d"}}}
    paths: dict[str, object] = {"/a": {"post": operation}}
    schemas: dict[str, object] = {"Target": {"type": "object", "properties": {"a": {"type": "string"}}}}
    match wanted:
        case "schema":
            schemas["Source"] = {"type": "array", "items": reference}
        case "parameter":
            operation["parameters"] = [reference]
        case "response":
            operation["responses"] = {"200": reference}
        case "requestBody":
            operation["requestBody"] = reference
        case "header":
            operation["responses"] = {"200": {"description": "d", "headers": {"X": reference}}}
        case "callback":
            operation["callbacks"] = {"c": reference}
        case _:
            paths["/b"] = reference
    components = {
        "schemas": schemas,
        "parameters": {"Target": {"name": "t", "in": "query", "schema": {"type": "string"}}},
        "responses": {"Target": {"description": "d", "content": {"text/plain": {"schema": {"type": "string"}}}}},
        "requestBodies": {"Target": {"content": {"text/plain": {"schema": {"type": "string"}}}}},
        "headers": {"Target": {"schema": {"type": "string"}}},
        "callbacks": {"Target": {"{$url}": {"post": OPERATION}}},
        "pathItems": {"Target": {"get": OPERATION}},
    }
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "v"}, "paths": paths, "components": components}


def warnings(data: object, folder: Path) -> list[str]:
    (folder / "api.json").write_text(json.dumps(data))
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    read = read_document(resolver.open(folder / "api.json"), resolver, report)
    for key in read.component_schemas.values():
        read.schema(key)
    assert not any(one.severity is Severity.ERROR for one in report)
    return [one.code for one in report if one.severity is Severity.WARNING]


@pytest.mark.parametrize("wanted", ["schema", "parameter", "response", "requestBody", "header", "callback", "pathItem"])
@pytest.mark.parametrize("found", list(PLACES))
def test_kinds_must_agree(wanted: str, found: str, tmp_path: Path) -> None:
    expected = [] if wanted == found else ["wrong-reference"]
    assert warnings(document(wanted, PLACES[found]), tmp_path) == expected


def test_parts_of_other_files_have_no_known_kind(tmp_path: Path) -> None:
    (tmp_path / "parts.json").write_text(json.dumps({"any": {"type": "string"}, "text": "t", "always": True}))
    assert warnings(document("schema", "parts.json#/any"), tmp_path) == []
    assert warnings(document("schema", "parts.json#/always"), tmp_path) == []
    assert warnings(document("schema", "parts.json#/text"), tmp_path) == ["wrong-reference"]
    assert warnings(document("parameter", "parts.json#/always"), tmp_path) == ["wrong-reference"]


def test_kinds_of_places() -> None:
    api = {"openapi": "3.1.0", "x": {}, "components": {"schemas": {"A": {"items": [{}], "example": {}}}}}
    place = "/components/schemas/A"
    assert kind_at(api, place) == "schema"
    assert kind_at(api, f"{place}/items/0") == "schema"
    assert kind_at(api, f"{place}/additionalProperties") == "schema"
    assert kind_at(api, f"{place}/properties") == DATA
    assert kind_at(api, f"{place}/example") is None
    assert kind_at(api, "/x") is None
    assert kind_at(api, "/info/title") == DATA
    assert kind_at({"a": 1}, "/a") is None


PET = {"type": "object", "properties": {"name": {"type": "string"}}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_body_that_leads_to_a_schema_is_json_of_it(read_operation: Any, version: str) -> None:
    reference = {"$ref": "#/components/schemas/Pet"}
    operation = {"requestBody": reference, "responses": {"200": reference}}

    found = read_operation(operation, version, method="post", components={"schemas": {"Pet": PET}})

    assert found.said == [
        "warning wrong-reference /paths/~1a/post/requestBody/$ref",
        "warning wrong-reference /paths/~1a/post/responses/200/$ref",
    ]
    bodies = [found.operation.body.contents, found.operation.responses[0].contents]
    assert [(one.media_type, one.schema.get("$ref").key) for (one,) in bodies] == [
        ("application/json", "#/components/schemas/Pet")
    ] * 2
    assert found.document.schema("#/components/schemas/Pet").get("properties").keys() == {"name"}


def test_a_response_that_leads_to_a_request_body_has_its_content(read_operation: Any) -> None:
    operation = {"responses": {"200": {"$ref": "#/components/requestBodies/Pets"}}}
    bodies = {"Pets": {"content": {"text/plain": {"schema": PET}}}}

    found = read_operation(operation, components={"requestBodies": bodies})

    assert found.said == ["warning wrong-reference /paths/~1a/get/responses/200/$ref"]
    assert [one.media_type for one in found.operation.responses[0].contents] == ["text/plain"]


def test_a_response_of_2_0_that_leads_to_a_schema_is_one_of_it(read_operation: Any) -> None:
    operation = {"produces": ["text/plain"], "responses": {"200": {"$ref": "#/definitions/Pet"}}}

    found = read_operation(operation, "2.0", definitions={"Pet": PET})

    assert found.said == ["warning wrong-reference /paths/~1a/get/responses/200/$ref"]
    (content,) = found.operation.responses[0].contents
    assert (content.media_type, content.schema.get("$ref").key) == ("text/plain", "#/components/schemas/Pet")


def test_a_schema_that_leads_to_something_else_takes_any_value(read_schema: Any) -> None:
    found = read_schema({"$ref": "#/info", "minLength": 1}, "3.1.0")

    assert found.said == ["warning wrong-reference /components/schemas/X/$ref"]
    assert found.keywords() == {"minLength": 1}
