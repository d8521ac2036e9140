"""One schema, one type: the table of what each becomes, and which checks stay behind."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.ir import checks as c
from bothends.ir.types import (
    Anything,
    Const,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nothing,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    TupleOf,
    UnionOf,
)

from .conftest import component

STRING, INTEGER, NUMBER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER), Scalar(ScalarKind.NUMBER)
BOOLEAN = Scalar(ScalarKind.BOOLEAN)
OTHER = {"type": "object", "properties": {"a": {"type": "string"}}}


def string(**limits: Any) -> Scalar:
    return Scalar(ScalarKind.STRING, Limits(**limits))


SCALARS = [
    ({"type": "string"}, STRING),
    ({"type": "integer", "format": "int32"}, Scalar(ScalarKind.INT32)),
    ({"type": "integer", "format": "uint64", "minimum": 1}, Scalar(ScalarKind.UINT64, Limits(minimum=1))),
    ({"type": "integer", "format": "unix-time"}, INTEGER),
    ({"type": "string", "format": "int32"}, STRING),
    (
        {"allOf": [{"type": "integer", "format": "int64"}, {"format": "int8"}]},
        Refined(Scalar(ScalarKind.INT64), (c.Within(Limits(minimum=-128, maximum=127)),)),
    ),
    ({"type": "integer", "minimum": 1.0}, Scalar(ScalarKind.INTEGER, Limits(minimum=1))),
    ({"type": "number", "exclusiveMaximum": 2.5}, Scalar(ScalarKind.NUMBER, Limits(exclusive_maximum=2.5))),
    ({"type": "number", "multipleOf": 0.01}, Scalar(ScalarKind.NUMBER, Limits(multiple_of=0.01))),
    (
        {"type": "string", "minLength": 2, "maxLength": 3.0, "pattern": "^a"},
        string(min_length=2, max_length=3, pattern="^a"),
    ),
    ({"type": "string", "format": "date-time"}, Scalar(ScalarKind.DATE_TIME)),
    ({"type": "string", "format": "date", "pattern": "^2"}, Scalar(ScalarKind.DATE, Limits(pattern="^2"))),
    ({"type": "string", "format": "byte"}, Scalar(ScalarKind.BYTES)),
    ({"type": "string", "contentEncoding": "base64"}, Scalar(ScalarKind.BYTES)),
    ({"type": "string", "contentMediaType": "application/octet-stream"}, Scalar(ScalarKind.BINARY)),
    ({"type": "string", "format": "int-or-string"}, STRING),
    ({"type": "string", "format": "uri-reference"}, Refined(STRING, (c.HasFormat("uri-reference"),))),
    ({"type": "string", "format": "sf-token"}, Refined(STRING, (c.HasFormat("sf-token"),))),
    ({"type": "string", "format": "char"}, string(min_length=1, max_length=1)),
    ({"type": "string", "format": "char", "maxLength": 3}, string(min_length=1, max_length=3)),
    ({"type": "string", "format": "decimal"}, Scalar(ScalarKind.DECIMAL_TEXT)),
    ({"type": "string", "format": "date-time-local"}, Scalar(ScalarKind.DATE_TIME_LOCAL)),
    ({"type": "string", "format": "time-local"}, Scalar(ScalarKind.TIME_LOCAL)),
    ({"type": "string", "format": "base64url"}, Scalar(ScalarKind.BASE64URL)),
    ({"type": "string", "contentEncoding": "base64url"}, Scalar(ScalarKind.BASE64URL)),
    ({"type": "string", "format": "password"}, STRING),
    ({"type": "number", "format": "decimal", "minimum": 0}, Scalar(ScalarKind.DECIMAL, Limits(minimum=0))),
    ({"type": "number", "format": "double"}, Scalar(ScalarKind.NUMBER)),
    ({"type": "integer", "format": "double-int"}, Scalar(ScalarKind.DOUBLE_INT)),
    ({"type": "null"}, Scalar(ScalarKind.NULL)),
    ({"type": "string", "minimum": 3}, STRING),
    ({"type": "string", "not": {"const": "x"}}, Refined(STRING, (c.Not(c.OneOfValues(("x",))),))),
    ({}, Anything()),
    (True, Anything()),
    (False, Nothing()),
    ({"not": {}}, Nothing()),
    ({"pattern": "a"}, string(pattern="a")),
    ({"format": "uuid"}, Scalar(ScalarKind.UUID)),
    ({"minimum": 1}, Refined(Anything(), (c.Within(Limits(minimum=1)),))),
]
VALUES = [
    ({"const": "a"}, Const(("a",))),
    ({"type": "string", "enum": ["a"]}, Const(("a",))),
    ({"const": 7}, Const((7,))),
    ({"const": 7.0}, Const((7,))),
    ({"const": True}, Const((True,))),
    ({"const": 1}, Const((1,))),
    ({"enum": [True, False]}, BOOLEAN),
    ({"enum": ["a", 2]}, Const(("a", 2))),
    ({"enum": [0, "a"]}, Const((0, "a"))),
    ({"enum": [1.5, 2]}, Refined(NUMBER, (c.OneOfValues((1.5, 2)),))),
    ({"const": {"a": 1}}, Refined(MapOf(Anything()), (c.OneOfValues(({"a": 1},)),))),
    ({"const": None}, Scalar(ScalarKind.NULL)),
    ({"enum": ["a", None]}, Nullable(Const(("a",)))),
    ({"type": "string", "enum": ["a", None]}, Const(("a",))),
    ({"enum": ["a", "bb"], "maxLength": 1}, Const(("a",))),
    ({"type": "integer", "enum": ["a", 3, True]}, Const((3,))),
    ({"enum": []}, Nothing()),
]
CONTAINERS = [
    ({"type": "array"}, ListOf(Anything())),
    ({"type": "array", "items": {"type": "string"}, "minItems": 1}, ListOf(STRING, Limits(min_length=1))),
    ({"type": "array", "items": False}, ListOf(Anything(), Limits(max_length=0))),
    ({"type": "array", "uniqueItems": True}, Refined(ListOf(Anything()), (c.UniqueItems(),))),
    (
        {"type": "array", "contains": {"type": "string"}, "maxContains": 2},
        Refined(ListOf(Anything()), (c.Contains(c.HasType(("string",)), 1, 2),)),
    ),
    (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False, "minItems": 2},
        TupleOf((STRING, INTEGER)),
    ),
    (
        {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
        Refined(ListOf(UnionOf((STRING, INTEGER))), (c.Items((c.HasType(("string",)),), c.HasType(("integer",))),)),
    ),
    ({"type": "object"}, MapOf(Anything())),
    (
        {"type": "object", "additionalProperties": {"type": "integer"}, "maxProperties": 3},
        MapOf(INTEGER, None, Limits(max_length=3)),
    ),
    ({"additionalProperties": {"type": "integer"}}, MapOf(INTEGER)),
    ({"type": "object", "propertyNames": {"maxLength": 3}}, MapOf(Anything(), string(max_length=3))),
    (
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
        MapOf(INTEGER, string(pattern="^x")),
    ),
    (
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}},
        Refined(MapOf(Anything()), (c.Properties((), (("^x", c.HasType(("integer",))),)),)),
    ),
]
UNIONS = [
    ({"type": ["string", "null"]}, Nullable(STRING)),
    ({"type": ["string", "integer"], "maxLength": 2}, UnionOf((string(max_length=2), INTEGER))),
    ({"type": ["integer", "number"]}, NUMBER),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Nullable(STRING)),
    ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, UnionOf((STRING, INTEGER))),
    ({"anyOf": [{"type": "string"}, {"type": "string"}, {"type": "null"}]}, Nullable(STRING)),
    (
        {"oneOf": [{"type": "integer"}, {"type": "number"}]},
        Refined(UnionOf((INTEGER, NUMBER)), (c.OneOf((c.HasType(("integer",)), c.HasType(("number",)))),)),
    ),
    (
        {"anyOf": [{"type": "string", "pattern": "^{{"}, {"type": "string", "format": "uri"}]},
        UnionOf((string(pattern="^{{"), Scalar(ScalarKind.URI))),
    ),
    (
        {"oneOf": [{"type": "string", "format": "date"}, {"type": "string"}]},
        UnionOf((Scalar(ScalarKind.DATE), STRING)),
    ),
    (
        {"anyOf": [{"type": "integer"}, {"anyOf": [{"type": "string"}, {"type": ["boolean", "null"]}]}]},
        Nullable(UnionOf((INTEGER, STRING, BOOLEAN))),
    ),
    ({"anyOf": [{"type": "string"}, {}]}, Anything()),
    ({"anyOf": [{"type": "string"}, False]}, STRING),
    (
        {"type": "string", "anyOf": [{"maxLength": 2}, {"minLength": 4}]},
        Refined(STRING, (c.AnyOf((c.Within(Limits(max_length=2)), c.Within(Limits(min_length=4)))),)),
    ),
]


@pytest.mark.parametrize(("schema", "expected"), [*SCALARS, *VALUES, *CONTAINERS, *UNIONS], ids=str)
def test_type_of_schema(lowered: Any, schema: Any, expected: Any) -> None:
    assert lowered({"It": schema}).type() == expected


STRICT = [
    ({"properties": {"a": {"type": "string"}}}, Refined(Anything(), (c.Properties((("a", c.HasType(("string",))),)),))),
    ({"pattern": "a"}, Refined(Anything(), (c.Within(Limits(pattern="a")),))),
    ({"format": "date"}, Refined(Anything(), (c.HasFormat("date"),))),
    ({"type": "string", "contentEncoding": "base64"}, STRING),
    ({"items": {"type": "string"}}, Refined(Anything(), (c.Items((), c.HasType(("string",))),))),
]


@pytest.mark.parametrize(("schema", "expected"), STRICT, ids=str)
def test_type_of_schema_read_strictly(lowered: Any, schema: Any, expected: Any) -> None:
    assert lowered({"It": schema}, assume_types=False).type() == expected


ANNOTATED = [
    ({"type": "string", "format": "date-time"}, STRING),
    ({"type": "string", "format": "sf-token"}, STRING),
    ({"type": "string", "format": "char"}, STRING),
    ({"type": "string", "format": "byte"}, STRING),
    ({"type": "string", "format": "binary"}, Scalar(ScalarKind.BINARY)),
    ({"type": "integer", "format": "int32"}, INTEGER),
    ({"type": "number", "format": "decimal"}, NUMBER),
    ({"not": {"format": "date"}}, Nothing()),
]


@pytest.mark.parametrize(("schema", "expected"), ANNOTATED, ids=str)
def test_type_of_schema_with_formats_as_annotations(lowered: Any, schema: Any, expected: Any) -> None:
    assert lowered({"It": schema}, assert_formats=False).type() == expected


REFERENCES = [
    ({"$ref": "#/components/schemas/Other"}, Named(component("Other"))),
    ({"allOf": [{"$ref": "#/components/schemas/Other"}], "description": "x"}, Named(component("Other"))),
    ({"type": "object", "allOf": [{"$ref": "#/components/schemas/Other"}]}, Named(component("Other"))),
    ({"$ref": "#/components/schemas/Other", "type": "object"}, Named(component("Other"))),
    ({"anyOf": [{"$ref": "#/components/schemas/Other"}]}, Named(component("Other"))),
    ({"anyOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]}, Nullable(Named(component("Other")))),
    ({"$ref": "#/components/schemas/Maybe"}, Nullable(Named(component("Maybe")))),
    ({"$ref": "#/components/schemas/MaybeText"}, Named(component("MaybeText"))),
    (
        {"oneOf": [{"$ref": "#/components/schemas/Maybe"}, {"$ref": "#/components/schemas/MaybeText"}]},
        Nullable(UnionOf((Named(component("Maybe")), Named(component("MaybeText"))))),
    ),
]


@pytest.mark.parametrize(("schema", "expected"), REFERENCES, ids=str)
def test_type_of_reference(lowered: Any, schema: Any, expected: Any) -> None:
    maybe = {"type": ["object", "null"], "properties": {"a": {"type": "string"}}}
    found = lowered({"It": schema, "Other": OTHER, "Maybe": maybe, "MaybeText": {"type": ["string", "null"]}})
    assert found.type() == expected


def test_nullable_of_3_0_beside_all_of(lowered: Any) -> None:
    schema = {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Other"}]}
    assert lowered({"It": schema, "Other": OTHER}, version="3.0.3").type() == Nullable(Named(component("Other")))


def test_pattern_that_is_none(lowered: Any) -> None:
    found = lowered({"It": {"type": "string", "pattern": "(", "maxLength": 3}})
    assert found.type() == string(max_length=3)
    assert found.codes == ["invalid-pattern"]


@pytest.mark.parametrize("pattern", ["(?<=a{2,3})b", r"(a+)\1(?<!b+)", "(?=x)(a+)+$"])
def test_a_pattern_that_no_engine_can_do_in_a_known_time_is_reported_and_left_out(lowered: Any, pattern: str) -> None:
    found = lowered({"It": {"type": "string", "pattern": pattern}})
    assert found.type() == string()
    assert found.codes == ["unsupported-construct"]


def test_names_that_such_a_pattern_might_match_are_not_told_from_the_rest(lowered: Any) -> None:
    schema = {"type": "object", "patternProperties": {"(?<=a{2,3})b": {}, "^x": {}}, "additionalProperties": False}
    found = lowered({"It": schema})
    assert set(found.codes) == {"unsupported-construct"}
    assert "Never()" not in repr(found.api.declarations)


@pytest.mark.parametrize(
    "pattern", ["{{[^{}]+}}", r"[\w\d.-/+]+", r"^(?<year>\d{4})$", "a{,3}", r"^\p{L}+$", "(?<!a)b"]
)
def test_patterns_that_are_some(lowered: Any, pattern: str) -> None:
    found = lowered({"It": {"type": "string", "pattern": pattern}})
    assert (found.type(), found.codes) == (string(pattern=pattern), [])


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "conflicting-all-of"),
        ({"type": "string", "enum": ["a"], "minLength": 2}, "impossible-schema"),
        (
            {"type": "object", "required": ["a"], "properties": {"a": {"allOf": [{"const": 1}, {"const": 2}]}}},
            "impossible-schema",
        ),
    ],
    ids=str,
)
def test_schema_without_values(lowered: Any, schema: Any, code: str) -> None:
    found = lowered({"It": schema})
    assert (found.type(), found.codes) == (Nothing(), [code])


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"format": "uuid", "minLength": 24, "maxLength": 24}, ScalarKind.STRING),
        ({"format": "uuid", "maxLength": 36}, ScalarKind.UUID),
        ({"format": "date", "minLength": 11}, ScalarKind.STRING),
        ({"format": "date-time", "maxLength": 19}, ScalarKind.STRING),
        ({"format": "date-time", "minLength": 100}, ScalarKind.DATE_TIME),
        ({"format": "email", "maxLength": 3}, ScalarKind.EMAIL),
    ],
)
def test_formats_whose_values_have_another_length(lowered: Any, schema: dict[str, Any], kind: ScalarKind) -> None:
    found = lowered({"It": {"type": "string", **schema}})
    assert found.type().kind is kind
    assert found.codes == (["impossible-schema"] if kind is ScalarKind.STRING else [])
