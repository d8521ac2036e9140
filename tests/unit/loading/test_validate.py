"""The verdict of openapi-spec-validator, as warnings with places."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report, Severity
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver
from bothends.loading.validate import validate_document

A = "/components/schemas/A"
INFO = {"title": "t", "version": "1"}


def found(document: Any, *, thorough: bool = False) -> list[tuple[str, str]]:
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    root = resolver.open_text(json.dumps(document), "a.json")
    validate_document(root, report, thorough=resolver if thorough else None)
    assert {one.severity for one in report} <= {Severity.WARNING, Severity.NOTE}
    assert {one.code for one in report} <= {"invalid-document"}
    return [(one.location.pointer, one.message) for one in report if one.location is not None]


def with_schema(schema: Any, version: str = "3.1.0") -> dict[str, Any]:
    return {"openapi": version, "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.1", "3.2.0"])
def test_valid_documents(version: str) -> None:
    assert found(with_schema({"type": "object", "properties": {"a": {"type": "string"}}}, version)) == []


def test_valid_20() -> None:
    assert found({"swagger": "2.0", "info": INFO, "paths": {}}) == []
    assert found({"swagger": "2.0", "info": INFO}) == [("", "the document lacks the field 'paths'")]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"openapi": "3.0.3", "info": {"title": "t"}, "paths": {}, "foo": 1},
            [
                ("", "the document has a field that does not belong there: 'foo'"),
                ("/info", "'info' lacks the field 'version'"),
            ],
        ),
        (
            {"openapi": "3.1.0", "info": INFO, "paths": {"/a": {"get": {"responses": {"x": {}}, "summary": 5}}}},
            [
                ("/paths/~1a/get/responses", "'responses' has a field that does not belong there: 'x'"),
                ("/paths/~1a/get/responses", "'responses' lacks the field 'default'"),
                ("/paths/~1a/get/summary", "'summary' must be a string, not an integer"),
            ],
        ),
        (
            with_schema({"properties": {"q": {"type": 5, "required": "no"}}}, "3.0.0"),
            [
                ("/components/schemas/A/properties/q/required", "'required' must be a list, not a string"),
                ("/components/schemas/A/properties/q/type", "'type' must be a string, not an integer"),
            ],
        ),
        (
            with_schema({"properties": {"q": {"minimum": "5", "exclusiveMinimum": True}}}),
            [
                (
                    "/components/schemas/A/properties/q/exclusiveMinimum",
                    "'exclusiveMinimum' must be a number, not a boolean",
                ),
                ("/components/schemas/A/properties/q/minimum", "'minimum' must be a number, not a string"),
            ],
        ),
        (
            with_schema({"required": ["a", "a"]}),
            [("/components/schemas/A/required", "'required' lists the same element twice")],
        ),
        (
            with_schema({"discriminator": {"mapping": {}}}),
            [("/components/schemas/A/discriminator", "'discriminator' lacks the field 'propertyName'")],
        ),
    ],
)
def test_findings(document: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(document) == expected


def test_alternatives_are_judged_by_what_was_meant() -> None:
    parameters = [{"name": "x", "in": "query", "schema": {"type": "strin"}}, {"name": "y"}, {"$ref": 5}]
    operation = {"parameters": parameters, "responses": {"200": {"description": "d"}}}
    places = {pointer for pointer, _ in found({"openapi": "3.0.3", "info": INFO, "paths": {"/a": {"get": operation}}})}
    base = "/paths/~1a/get/parameters"
    assert {f"{base}/0/schema/type", f"{base}/1"} <= places
    assert any(place.startswith(f"{base}/2") for place in places)


def test_large_documents_are_checked_by_parts() -> None:
    good = {f"G{number}": {"type": "string", "description": "d"} for number in range(30_000)}
    document = with_schema({"type": 5})
    document["components"]["schemas"] |= {**good, "B": {"properties": {f"p{n}": {"type": n} for n in range(60_000)}}}
    document["paths"] = {"/a": {"get": {"summary": 5}}}
    document["info"] = {"title": "t"}
    document["foo"] = 1
    places = [pointer for pointer, _ in found(document)]
    assert places == ["", "/components/schemas/A/type", places[2], "/info", "/paths/~1a/get/summary"]
    assert places[2].startswith("/components/schemas/B/properties/p")


@pytest.mark.parametrize("data", [[], "x", {}, {"openapi": 3}, {"openapi": "4.0.0"}, {"swagger": "1.2"}])
def test_other_things_are_left_to_the_readers(data: Any) -> None:
    assert found([data] if data == "x" else data) == []


def test_another_dialect_is_not_judged() -> None:
    document = with_schema({"required": True})
    assert found(document) != []
    assert found({**document, "jsonSchemaDialect": "https://example.com/dialect"}) == []
    for own in ("https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base"):
        assert found({**document, "jsonSchemaDialect": own}) == found(document)


@pytest.mark.parametrize(
    ("dialect", "schema"),
    [
        ("http://json-schema.org/draft-04/schema#", {"minimum": 1, "exclusiveMinimum": True}),
        ("https://json-schema.org/draft/2019-09/schema", {"items": [{"type": "string"}]}),
    ],
)
def test_a_schema_of_another_dialect_is_left_to_the_readers(dialect: str, schema: Any) -> None:
    inner = {"properties": {"a": schema}}
    assert found(with_schema(inner)) != []
    assert found(with_schema({**inner, "$schema": dialect})) == []
    assert found(with_schema({**inner, "$schema": "https://json-schema.org/draft/2020-12/schema"})) != []
    # What stands within may be of the document's dialect again.
    again = {"$schema": "https://json-schema.org/draft/2020-12/schema", **inner}
    assert found(with_schema({"$schema": dialect, "properties": {"b": again}})) != []


def test_rules_that_no_schema_can_say() -> None:
    document = with_schema({"allOf": [{"properties": {"a": {}}}], "required": ["a", "b"]})
    document["tags"] = [{"name": "x"}, {"name": "x"}]
    assert found(document) == []
    assert found(document, thorough=True) == [
        ("/components/schemas/A", "required list has not defined properties: ['b']"),
        ("/tags", "duplicate tag name 'x'"),
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/A"},
        {"allOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/A"}], "required": ["x"]},
        {"$ref": "file:///etc/passwd"},
        {"$ref": "http://127.0.0.1:1/x"},
        {"$ref": "#/nothing"},
        {"type": "string", "pattern": "(a+)+$", "default": "a" * 60 + "!"},
        {"allOf": 5, "properties": [], "required": {"a": 1}},
        None,
    ],
)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_hostile_schemas_end(schema: Any, version: str) -> None:
    found(with_schema(schema, version), thorough=True)


def test_exponential_compositions_end() -> None:
    schemas: dict[str, Any] = {
        f"S{number}": {"allOf": [{"$ref": f"#/components/schemas/S{number + 1}"}] * 2, "default": {}, "required": ["x"]}
        for number in range(60)
    }
    schemas["S60"] = {"type": "object"}
    document = {"openapi": "3.1.0", "info": INFO, "paths": {}, "components": {"schemas": schemas}}
    found(document, thorough=True)


def test_many_findings_end() -> None:
    wide = {f"p{number}": {"type": number} for number in range(20_000)}
    assert 0 < len(found(with_schema({"properties": wide}))) <= 2_000


def test_the_quick_check_imports_nothing_slow() -> None:
    code = (
        "import sys\nfrom bothends.loading.metaschemas import validator\nvalidator('3.1')\n"
        "assert 'openapi_spec_validator' not in sys.modules and 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
