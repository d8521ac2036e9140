from __future__ import annotations

import json
from itertools import islice
from typing import Any

import jsonschema_rs
import pytest
from architect import DOCUMENT, PATTERN

from bothends.runtime.adapters import adapter
from bothends.runtime.model import Model
from bothends.runtime.server.mock.declared import declared_candidates
from bothends.runtime.server.mock.holds import Rules, holds
from bothends.runtime.server.mock.samples import Sampler
from bothends.runtime.server.mock.visible import visible
from bothends.runtime.types import Integer

TREE = {
    "type": "object",
    "required": ["name", "children"],
    "properties": {
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}
SCHEMAS: dict[str, Any] = {
    "Tree": TREE,
    "Cat": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}},
    },
    "Dog": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "bark": {"type": "boolean"}},
    },
    "Linked": {"oneOf": [{"$ref": "#/components/schemas/Link"}, {"type": "string"}]},
    "Link": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Linked"}}},
    "Base": {
        "type": "object",
        "required": ["kind"],
        "discriminator": {"propertyName": "kind", "mapping": {"heir": "#/components/schemas/Heir"}},
        "properties": {"kind": {"type": "string"}},
    },
    "Heir": {
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"required": ["size"], "properties": {"size": {"type": "integer"}}},
        ]
    },
}
ROOT = {"components": {"schemas": SCHEMAS}}

CASES: dict[str, Any] = {
    "nothing said": {},
    "true": True,
    "pattern and format": {"type": "string", "format": "date-time", "pattern": PATTERN},
    "pattern and lengths": {"type": "string", "pattern": "^[a-z]+$", "minLength": 12, "maxLength": 14},
    "open bounds": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
    "a step": {"type": "integer", "multipleOf": 7, "minimum": 20, "maximum": 29},
    "a step of a fraction": {"type": "number", "multipleOf": 0.01, "minimum": 5.005},
    "negative": {"type": "integer", "maximum": -3},
    "unique items": {"type": "array", "items": {"type": "string"}, "minItems": 3, "uniqueItems": True},
    "unique numbers": {
        "type": "array",
        "items": {"type": "integer", "minimum": 0, "maximum": 5},
        "minItems": 4,
        "uniqueItems": True,
    },
    "a tuple": {
        "type": "array",
        "prefixItems": [{"type": "string"}, {"type": "integer"}],
        "minItems": 2,
        "items": False,
    },
    "contains": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 10}, "minContains": 2},
    "a map": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
    "a map by pattern": {
        "type": "object",
        "patternProperties": {"^x-[a-z]+$": {"type": "integer"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "names of properties": {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2}$"}, "minProperties": 1},
    "few properties": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in "abcdef"},
        "required": ["e"],
        "maxProperties": 2,
    },
    "if then": {
        "type": "object",
        "properties": {"a": {"type": "boolean"}, "b": {"type": "integer"}},
        "required": ["a"],
        "if": {"properties": {"a": {"const": True}}},
        "then": {"required": ["c"], "properties": {"c": {"const": 5}}},
        "else": {"required": ["b"]},
    },
    "two conditions": {
        "type": "object",
        "properties": {"kind": {"enum": ["x", "y"]}},
        "required": ["kind"],
        "allOf": [
            {"if": {"properties": {"kind": {"const": "x"}}}, "then": {"required": ["p"]}},
            {"if": {"properties": {"kind": {"const": "y"}}}, "then": {"required": ["q"]}},
        ],
    },
    "dependent": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "integer"}},
        "dependentRequired": {"a": ["b"], "b": ["c"]},
        "dependentSchemas": {"c": {"required": ["d"]}},
    },
    "one of required": {
        "type": "object",
        "properties": {"text": {"type": "string"}, "html": {"type": "string"}},
        "oneOf": [{"required": ["text"]}, {"required": ["html"]}],
    },
    "not": {"type": "object", "properties": {"x": {"type": "integer"}}, "not": {"required": ["x"]}},
    "merged bounds": {"allOf": [{"type": "integer", "minimum": 5}, {"maximum": 6}, {"multipleOf": 3}]},
    "discriminator": {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"tabby": "#/components/schemas/Cat"}},
    },
    "recursive": {"$ref": "#/components/schemas/Tree"},
    "recursive through a union": {"$ref": "#/components/schemas/Linked"},
    "inherited": {"$ref": "#/components/schemas/Base"},
    "nullable": {"type": ["null", "integer"]},
    "escaped name": {"$ref": "#/components/schemas/Cat/properties/kind"},
}


@pytest.mark.parametrize("case", CASES)
def test_values_satisfy_their_schema(case: str) -> None:
    schema = CASES[case]
    known = {**ROOT, "allOf": [schema]}
    validator = jsonschema_rs.Draft202012Validator(known, validate_formats=True)
    made = list(Sampler(ROOT).candidates(schema))
    assert made
    if case != "discriminator":
        validator.validate(made[0])
    for value in made:
        assert holds(value, schema, Rules(Sampler(ROOT).resolve, lenient=case == "discriminator"))


def test_the_union_is_told_apart_by_its_discriminator() -> None:
    made = next(Sampler(ROOT).candidates(CASES["discriminator"]))
    assert made == {"kind": "tabby", "lives": 1}


def test_a_base_with_a_discriminator_becomes_an_heir() -> None:
    assert next(Sampler(ROOT).candidates(CASES["inherited"])) == {"kind": "heir", "size": 1}


def test_old_dialects() -> None:
    sampler = Sampler(
        {"definitions": {"Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}}
    )
    assert next(sampler.candidates({"$ref": "#/definitions/Pet"})) == {"name": "name"}
    assert next(sampler.candidates({"type": "integer", "minimum": 3, "exclusiveMinimum": True})) > 3
    assert next(sampler.candidates({"type": "string", "nullable": True, "enum": [None, "x"]})) == "x"


def test_documented_values_come_first() -> None:
    sampler = Sampler({})
    assert next(sampler.candidates({"type": "string", "example": "Rex"})) == "Rex"
    assert next(sampler.candidates({"type": "string", "examples": ["Rex"]})) == "Rex"
    assert next(sampler.candidates({"type": "integer", "example": "wrong", "default": 7})) == 7
    assert next(sampler.candidates({"const": None})) is None


def test_what_never_comes_back_is_left_out() -> None:
    schema = {
        "type": "object",
        "required": ["name", "password"],
        "properties": {"name": {"type": "string"}, "password": {"type": "string", "writeOnly": True}},
    }
    assert next(Sampler({}).candidates(schema)) == {"name": "name"}


def test_impossible_schemas_make_nothing() -> None:
    sampler = Sampler(
        {
            "components": {
                "schemas": {"Endless": {**TREE, "properties": {}, "allOf": [{"$ref": "#/components/schemas/Endless"}]}}
            }
        }
    )
    assert list(sampler.candidates(False)) == []
    assert list(sampler.candidates({"type": "integer", "minimum": 3, "maximum": 2})) == []
    assert list(sampler.candidates({"$ref": "#/components/schemas/Endless"})) == []


def test_a_forest_of_optional_branches_is_cut_short() -> None:
    node = {
        "type": "object",
        "properties": {f"p{n}": {"$ref": f"#/components/schemas/N{m}"} for n, m in enumerate(range(12))},
    }
    schemas = {f"N{m}": node for m in range(12)}
    made = next(Sampler({"components": {"schemas": schemas}}).candidates({"$ref": "#/components/schemas/N0"}))
    assert len(json.dumps(made)) < 1_000_000


def test_values_are_the_same_every_time_and_differ_by_seed() -> None:
    schema = {"$ref": "#/components/schemas/PostAudience"}

    def made(seed: int) -> list[Any]:
        return list(islice(Sampler(DOCUMENT, seed).candidates(schema), 3))

    assert made(0) == made(0)
    assert made(0) != made(3)


def test_documented_values_lose_what_never_comes_back() -> None:
    secret = {"type": "string", "writeOnly": True}
    card = {
        "type": "object",
        "required": ["number", "code"],
        "properties": {"number": {"type": "string"}, "code": secret},
    }
    schema = {
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "cards": {"type": "array", "items": {"oneOf": [{"type": "null"}, card]}},
        },
    }
    value = {"code": "kept", "cards": [{"number": "1", "code": "2"}, None], "more": 1}
    seen = visible(value, schema, Sampler({}).flattener)
    assert seen == {"code": "kept", "cards": [{"number": "1"}, None], "more": 1}


@pytest.mark.parametrize(
    "kind", [{"const": "audio.done"}, {"enum": ["audio.done"]}, {"$ref": "#/components/schemas/K"}]
)
def test_a_member_of_a_union_that_fixes_its_own_value_keeps_it(kind: Any) -> None:
    schemas = {
        "K": {"type": "string", "enum": ["audio.done"]},
        "Base": {"properties": {"kind": kind}},
        "Done": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["kind"]}]},
        "Other": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
    }
    union = {
        "anyOf": [{"$ref": "#/components/schemas/Done"}, {"$ref": "#/components/schemas/Other"}],
        "discriminator": {"propertyName": "kind"},
    }
    made = {value["kind"] for value in Sampler({"components": {"schemas": schemas}}).candidates(union)}
    assert made == {"audio.done", "Other"}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "minItems": 1, "items": [{"type": "string"}]},
        {"type": "object", "properties": ["name"]},
        {"type": "object", "required": 1, "properties": {"a": {"allOf": {"type": "string"}}}},
        {"type": "string", "minLength": "many"},
        {"allOf": [{"type": "object", "required": ["a"]}, {"required": True}]},
        {"$ref": 5, "anyOf": {"type": "string"}},
    ],
)
def test_keywords_of_the_wrong_type_are_read_past(schema: dict[str, Any]) -> None:
    sampler = Sampler({})
    assert 0 < len(list(sampler.candidates(schema))) < 100
    assert visible({"a": 1}, {"properties": {"x": schema, "a": schema}}, sampler.flattener) == {"a": 1}


class Crew(Model):
    name: str
    age: Integer | None = None


def test_candidates_of_a_declared_type_are_of_it() -> None:
    found = [adapter(list[Crew]).validate_python(value) for value in declared_candidates(list[Crew])]
    assert any(found)
    assert list(declared_candidates(object())) == []
