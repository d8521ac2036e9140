"""References lead to things of the kind that their place demands, or the run stops."""

from __future__ import annotations

import json
from pathlib import Path

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
        "responses": {"Target": {"description": "d"}},
        "requestBodies": {"Target": {"content": {"text/plain": {"schema": {"type": "string"}}}}},
        "headers": {"Target": {"schema": {"type": "string"}}},
        "callbacks": {"Target": {"{$url}": {"post": OPERATION}}},
        "pathItems": {"Target": {"get": OPERATION}},
    }
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "v"}, "paths": paths, "components": components}


def errors(data: object, folder: Path) -> list[str]:
    (folder / "api.json").write_text(json.dumps(data))
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    read = read_document(resolver.open(folder / "api.json"), resolver, report)
    for key in read.component_schemas.values():
        read.schema(key)
    return [one.code for one in report if one.severity is Severity.ERROR]


@pytest.mark.parametrize("wanted", ["schema", "parameter", "response", "requestBody", "header", "callback", "pathItem"])
@pytest.mark.parametrize("found", list(PLACES))
def test_kinds_must_agree(wanted: str, found: str, tmp_path: Path) -> None:
    expected = [] if wanted == found else ["wrong-reference"]
    assert errors(document(wanted, PLACES[found]), tmp_path) == expected


def test_parts_of_other_files_have_no_known_kind(tmp_path: Path) -> None:
    (tmp_path / "parts.json").write_text(json.dumps({"any": {"type": "string"}, "text": "t", "always": True}))
    assert errors(document("schema", "parts.json#/any"), tmp_path) == []
    assert errors(document("schema", "parts.json#/always"), tmp_path) == []
    assert errors(document("schema", "parts.json#/text"), tmp_path) == ["wrong-reference"]
    assert errors(document("parameter", "parts.json#/always"), tmp_path) == ["wrong-reference"]


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
