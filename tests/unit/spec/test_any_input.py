"""Whatever JSON comes in, what comes out is a document or a diagnostic."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver
from bothends.spec.objects import Document, MediaType, Operation
from bothends.spec.read_document import read_document
from bothends.spec.schema import (
    MANY_SCHEMAS,
    NAMED_SCHEMAS,
    ONE_SCHEMA,
    BooleanSchema,
    Discriminator,
    Reference,
    Schema,
    SchemaObject,
)

SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*/openapi.*"))

WORDS = st.sampled_from(
    [
        "$ref",
        "#/",
        "#",
        "#/components/schemas/A",
        "#/paths",
        "/a/{b}",
        "/",
        "{",
        "get",
        "parameters",
        "in",
        "path",
        "name",
        "schema",
        "type",
        "object",
        "array",
        "null",
        "items",
        "properties",
        "allOf",
        "nullable",
        "content",
        "responses",
        "200",
        "default",
        "security",
        "a/b",
        "x-a",
        "query",
        "callbacks",
        "required",
        "$dynamicRef",
        "$id",
        "$schema",
        "enum",
        "4xx",
        "formData",
        "body",
        "style",
        "encoding",
        "headers",
    ]
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False), WORDS
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "info",
        "paths",
        "components",
        "servers",
        "tags",
        "security",
        "webhooks",
        "definitions",
        "securityDefinitions",
        "consumes",
        "schemes",
        "host",
        "jsonSchemaDialect",
        "$self",
        "x-webhooks",
    ]
)
ROOTS = st.one_of(
    VALUES,
    st.builds(
        lambda version, fields: {**version, **fields},
        st.sampled_from(
            [{"swagger": "2.0"}, {"openapi": "3.0.3"}, {"openapi": "3.1.0"}, {"openapi": "3.2.0"}, {"openapi": 3.1}]
        ),
        st.dictionaries(FIELDS, VALUES, max_size=5),
    ),
)
RICH: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "t", "version": "1"},
    "servers": [{"url": "/{v}", "variables": {"v": {"default": "1", "enum": ["1"]}}}],
    "tags": [{"name": "t", "parent": "t"}],
    "security": [{"key": ["s"]}],
    "paths": {
        "/a/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "operationId": "x",
                "tags": ["t"],
                "parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}],
                "requestBody": {
                    "content": {"multipart/form-data": {"encoding": {"a": {"headers": {"H": {"schema": {}}}}}}}
                },
                "responses": {"200": {"description": "", "links": {"l": {"parameters": {"a": 1}}}}},
                "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
                "security": [{}],
            },
            "additionalOperations": {"COPY": {"responses": {"200": {"$ref": "#/components/responses/R"}}}},
        }
    },
    "components": {
        "responses": {"R": {"description": "", "content": {"application/jsonl": {"itemSchema": {}}}}},
        "securitySchemes": {
            "key": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "/", "scopes": {"s": ""}}}}
        },
        "schemas": {
            "A": {
                "type": ["object", "null"],
                "properties": {"b": {"$ref": "#/components/schemas/A"}},
                "oneOf": [{"required": ["b"]}, {"$dynamicRef": "#n"}],
                "discriminator": {"propertyName": "b", "mapping": {"a": "A"}},
                "dependentRequired": {"b": ["c"]},
                "$dynamicAnchor": "n",
                "enum": [1, None],
                "example": 1,
            }
        },
    },
}
OLD: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "t", "version": "1"},
    "host": "h",
    "basePath": "/b",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "securityDefinitions": {"o": {"type": "oauth2", "flow": "application", "tokenUrl": "/", "scopes": {"s": ""}}},
    "definitions": {"A": {"type": "object", "discriminator": "b", "x-nullable": True, "properties": {"b": {}}}},
    "paths": {
        "/a/{id}": {
            "post": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "type": "string"},
                    {"name": "f", "in": "formData", "type": "array", "items": {}, "collectionFormat": "multi"},
                    {"name": "f", "in": "query", "type": "array", "items": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "schema": {"$ref": "#/definitions/A"},
                        "headers": {"H": {"type": "string"}},
                        "examples": {"application/json": 1},
                    }
                },
            },
            "put": {
                "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A"}}],
                "responses": {"default": {"description": ""}},
            },
        }
    },
}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(root=ROOTS)
@example(root={"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}})
@example(root={"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "#"}}}})
@example(root={"openapi": "3.1.0", "components": {"schemas": {"A": {"$id": "http://[", "$ref": "http://["}}}})
def test_any_value(root: Any) -> None:
    check(root)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), source=st.sampled_from([RICH, OLD]))
def test_any_value_in_any_place(data: st.DataObject, source: dict[str, Any]) -> None:
    root = copy.deepcopy(source)
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(containers(root))
        holder, token = places[data.draw(st.integers(0, len(places) - 1))]
        holder[token] = data.draw(VALUES)
    check(root)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, True], ids=json.dumps)
def test_every_place_of_a_real_document_in_turn(spec: Path, wrong: Any) -> None:
    resolver = Resolver(FetchPolicy(), Limits(), Report())
    root: Any = resolver.open(spec).value
    places = list(containers(root))
    step = max(1, len(places) // 12)
    for holder, token in places[::step]:
        before = holder[token]
        holder[token] = wrong
        check(root)
        holder[token] = before


@pytest.mark.parametrize("source", [RICH, OLD])
@pytest.mark.parametrize("wrong", [None, 7, -1.5, "x", "", [], [1], {}, {"a": 1}, True], ids=json.dumps)
def test_every_place_in_turn(source: dict[str, Any], wrong: Any) -> None:
    root = copy.deepcopy(source)
    for holder, token in list(containers(root)):
        before = holder[token]
        holder[token] = wrong
        check(root)
        holder[token] = before


def check(root: Any) -> None:
    """Read a document, and every schema that can be reached from it."""
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    try:
        document = read_document(resolver.open_text(json.dumps(root), "openapi.json"), resolver, report)
    except DocumentError as error:
        assert error.diagnostics
        return
    for schema in all_schemas(document):
        if isinstance(schema, SchemaObject):
            check_keywords(schema)
    for diagnostic in report:
        assert diagnostic.location is not None
        resolver.locate(diagnostic.location)


def check_keywords(schema: SchemaObject) -> None:
    """Check that what the normal form promises of a keyword holds."""
    for name, value in schema.keywords.items():
        if name in {"$ref", "$dynamicRef"}:
            assert isinstance(value, Reference)
        elif name == "type":
            assert value
            assert set(value) <= {"array", "boolean", "integer", "null", "number", "object", "string"}
        elif name == "discriminator":
            assert isinstance(value, Discriminator)
        elif name in {"required", "enum", "examples"}:
            assert isinstance(value, list)
        elif name in ONE_SCHEMA:
            assert isinstance(value, SchemaObject | BooleanSchema)
    assert not schema.keywords.keys() & {"nullable", "example", "x-nullable", "additionalItems"}
    assert not any(isinstance(schema.get(name), bool) for name in ("exclusiveMinimum", "exclusiveMaximum"))


def all_schemas(document: Document) -> Iterator[Schema]:
    waiting = [document.schema(key) for key in document.component_schemas.values()]
    for operation in (*document.operations, *document.webhooks):
        waiting.extend(schemas_of(operation))
    seen: set[str] = set()
    while waiting:
        schema = waiting.pop()
        if schema.key in seen:
            continue
        seen.add(schema.key)
        yield schema
        if isinstance(schema, SchemaObject):
            waiting.extend(below(document, schema))


def below(document: Document, schema: SchemaObject) -> Iterator[Schema]:
    for name, value in schema.keywords.items():
        if isinstance(value, Reference):
            yield document.schema(value.key)
        elif name in ONE_SCHEMA:
            yield value
        elif name in MANY_SCHEMAS:
            yield from value
        elif name in NAMED_SCHEMAS:
            yield from value.values()


def schemas_of(operation: Operation) -> Iterator[Schema]:
    contents: list[MediaType] = list(operation.body.contents) if operation.body else []
    parameters = list(operation.parameters)
    for response in operation.responses:
        contents.extend(response.contents)
        parameters.extend(response.headers)
    for parameter in parameters:
        assert (parameter.schema is None) != (parameter.content is None)
        if parameter.schema:
            yield parameter.schema
        contents.extend([parameter.content] if parameter.content else [])
    for content in contents:
        yield from (schema for schema in (content.schema, content.item_schema) if schema)
    for _, _, operations in operation.callbacks:
        for inner in operations:
            yield from schemas_of(inner)


def containers(value: Any) -> Iterator[tuple[Any, Any]]:
    """Iterate over every place of a value, as the mapping or list that holds it and its name or index."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, inner in list(pairs):
        yield value, token
        yield from containers(inner)
