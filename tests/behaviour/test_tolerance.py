"""Answers that deviate: what a client makes of them holds all that came in, and goes out again as it came in.

Every deviation in every place: the matrix is one document and the products of two tables.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from support.packages import Package, make_package

_REF = "#/components/schemas/"
THING: dict[str, Any] = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "integer"},
        "state": {"$ref": f"{_REF}State"},
        "label": {"type": "string"},
        "shortName": {"type": "string", "maxLength": 5},
        "at": {"type": "string", "format": "date-time"},
        "level": {"type": "integer", "enum": [1, 2, 3]},
        "pet": {"$ref": f"{_REF}Pet"},
        "note": {"type": ["string", "null"]},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
        "closed": {"$ref": f"{_REF}Closed"},
        "size": {"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["s", "m"]}]},
        "counts": {"type": "object", "additionalProperties": {"type": "integer", "format": "int32"}},
        "pair": {
            "type": "array",
            "prefixItems": [{"type": "integer"}, {"$ref": f"{_REF}State"}],
            "items": False,
            "minItems": 2,
        },
    },
}
SCHEMAS: dict[str, Any] = {
    "State": {"type": "string", "enum": ["on", "off"]},
    "Thing": THING,
    "Closed": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
        "additionalProperties": False,
    },
    "Cat": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
    },
    "Dog": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": "dog"}, "name": {"type": "string"}},
    },
    "Pet": {
        "oneOf": [{"$ref": f"{_REF}Cat"}, {"$ref": f"{_REF}Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": f"{_REF}Cat", "dog": f"{_REF}Dog"}},
    },
    "Nested": {"type": "object", "required": ["inner"], "properties": {"inner": {"$ref": f"{_REF}Thing"}}},
    "Optional": {"type": "object", "properties": {"inner": {"$ref": f"{_REF}Thing"}}},
    "Listed": {"type": "array", "items": {"$ref": f"{_REF}Thing"}},
    "Mapped": {"type": "object", "additionalProperties": {"$ref": f"{_REF}Thing"}},
    "Extras": {
        "type": "object",
        "properties": {"first": {"type": "string"}},
        "additionalProperties": {"$ref": f"{_REF}Thing"},
    },
    "Other": {"type": "object", "required": ["other"], "properties": {"other": {"type": "boolean"}}},
    "United": {"anyOf": [{"$ref": f"{_REF}Thing"}, {"$ref": f"{_REF}Other"}]},
    "Maybe": {"anyOf": [{"$ref": f"{_REF}Thing"}, {"type": "null"}]},
    "Composed": {
        "allOf": [
            {"$ref": f"{_REF}Thing"},
            {"type": "object", "required": ["more"], "properties": {"more": {"type": "string"}}},
        ]
    },
    "Wrapped": {
        "type": "object",
        "required": ["type", "thing"],
        "properties": {"type": {"const": "wrapped"}, "thing": {"$ref": f"{_REF}Thing"}},
    },
    "Bare": {"type": "object", "required": ["type"], "properties": {"type": {"const": "bare"}}},
    "Tagged": {"oneOf": [{"$ref": f"{_REF}Wrapped"}, {"$ref": f"{_REF}Bare"}]},
    "Checked": {
        "type": "object",
        "required": ["inner"],
        "properties": {"inner": {"$ref": f"{_REF}Thing"}, "a": {}, "b": {}},
        "dependentRequired": {"a": ["b"]},
    },
}
#: Where a thing stands: the schema, and the JSON around it.
PLACES: dict[str, Any] = {
    "Thing": lambda thing: thing,
    "Nested": lambda thing: {"inner": thing},
    "Optional": lambda thing: {"inner": thing},
    "Listed": lambda thing: [{"id": 0, "state": "on"}, thing],
    "Mapped": lambda thing: {"one": {"id": 0, "state": "on"}, "two": thing},
    "Extras": lambda thing: {"first": "x", "second": thing},
    "United": lambda thing: thing,
    "Maybe": lambda thing: thing,
    "Composed": lambda thing: {**thing, "more": "x"},
    "Tagged": lambda thing: {"type": "wrapped", "thing": thing},
    "Checked": lambda thing: {"inner": thing, "a": 1, "b": 2},
}
#: What deviates in a thing, and what is told of it.
DEVIATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a new value of an enumeration": ({"state": "standby"}, "state"),
    "a new number of an enumeration": ({"level": 4}, "level"),
    "a new member of a union by tag": ({"pet": {"kind": "fish", "depth": 3}}, "pet"),
    "a member of a union without its tag": ({"pet": {"lives": 3}}, "pet"),
    "a new property in a member of a union": ({"pet": {"kind": "cat", "lives": "many"}}, "pet"),
    "a new value in a union": ({"size": "xxl"}, "size"),
    "null where a value is demanded": ({"state": None}, "state"),
    "null in an optional property": ({"label": None}, "label"),
    "null in an optional property with a name of its own": ({"shortName": None}, "shortName"),
    "null in place of an object": ({"closed": None}, "closed"),
    "null in a list": ({"tags": ["a", None]}, "tags.1"),
    "null in place of a list": ({"tags": None}, "tags"),
    "null in a map": ({"counts": {"a": None}}, "counts.a"),
    "null in a union": ({"pet": None}, "pet"),
    "a property that a closed object does not name": ({"closed": {"a": 1, "z": [1, {"y": None}]}}, "closed"),
    "nothing but such a property": ({"closed": {"z": 1}}, "closed"),
    "a text that is too long": ({"shortName": "longer than that"}, "shortName"),
    "a list that is too long": ({"tags": ["a", "b", "c"]}, "tags"),
    "a text without its format": ({"at": "yesterday"}, "at"),
    "a date and time in another spelling": ({"at": "2024-05-01 12:30:00Z"}, "at"),
    "a number out of range": ({"counts": {"a": 2**40}}, "counts.a"),
    "a new value in a tuple": ({"pair": [1, "standby"]}, "pair"),
    "several at once": ({"state": "standby", "label": None, "level": 9, "closed": {"z": None}}, "state"),
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = tmp_path_factory.mktemp("tolerance")
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Tolerance", "version": "1"},
        "paths": {
            f"/{name}": {
                "get": {
                    "operationId": f"get{name}",
                    "responses": {
                        "200": {
                            "description": "OK",
                            "content": {"application/json": {"schema": {"$ref": f"{_REF}{name}"}}},
                        }
                    },
                }
            }
            for name in PLACES
        },
        "components": {"schemas": SCHEMAS},
    }
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield make_package(folder / "openapi.json", folder, "tolerated")
    sys.path.remove(str(folder))


@pytest.mark.parametrize("deviation", DEVIATIONS)
@pytest.mark.parametrize("place", PLACES)
def test_what_deviates_comes_through_unharmed(package: Package, place: str, deviation: str) -> None:
    change, where = DEVIATIONS[deviation]
    given = PLACES[place]({"id": 1, "state": "on", "label": "x", "note": None, "unheardOf": [1.5], **change})
    type_ = getattr(package.load("schemas"), place)
    found = package.load("_runtime.client.tolerant").decode_tolerantly(type_, json.dumps(given).encode())
    assert found is not None
    value, told = found
    assert any(where in one.split(":")[0] for one in told), told
    adapters = package.load("_runtime.adapters")
    assert json.loads(adapters.encode(type_, value)) == given
    assert adapters.to_jsonable(type_, value) == given


@pytest.mark.parametrize("place", PLACES)
def test_what_does_not_deviate_needs_no_tolerance(package: Package, place: str) -> None:
    given = PLACES[place]({"id": 1, "state": "on", "unheardOf": [1.5], "closed": {"a": 1}})
    type_ = getattr(package.load("schemas"), place)
    _, told = package.load("_runtime.client.tolerant").decode_tolerantly(type_, json.dumps(given).encode())
    assert told == ()


def test_what_came_in_can_be_read_and_changed(package: Package) -> None:
    schemas = package.load("schemas")
    decode = package.load("_runtime.client.tolerant").decode_tolerantly
    given = {"id": 1, "state": "standby", "label": None, "closed": {"a": 1, "z": 2}}
    thing, _ = decode(schemas.Thing, json.dumps(given).encode())
    assert (type(thing), thing.state, thing.label) == (schemas.Thing, "standby", None)
    assert (type(thing.closed), thing.closed.a) == (schemas.Closed, 1)
    assert json.loads(thing.to_json()) == thing.to_dict() == given
    thing.label = "named"
    assert thing.to_dict() == {**given, "label": "named"}


def test_servers_and_strict_readers_refuse_all_of_it(package: Package) -> None:
    pydantic_errors = package.load("_runtime.adapters").decode
    for change, _ in DEVIATIONS.values():
        thing = {"id": 1, "state": "on", **change}
        with pytest.raises(ValueError, match="validation error"):
            pydantic_errors(package.load("schemas").Thing, json.dumps(thing))
