"""Schemas of every version come out in the words of JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.diagnostics.model import DocumentError
from bothends.spec.schema import BooleanSchema, Discriminator, Reference

A = "#/components/schemas/A"
NULL = {"type": ("null",)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ("string", "null")}),
        ({"type": "string", "nullable": False}, {"type": ("string",)}),
        (
            {"type": "string", "enum": ["a"], "nullable": True},
            {"type": ("string", "null"), "enum": ["a", None]},
        ),
        ({"enum": ["a"], "nullable": True}, {"enum": ["a", None]}),
        ({"enum": ["a", None], "nullable": True}, {"enum": ["a", None]}),
        ({"nullable": True}, {}),
        ({"nullable": True, "description": "d"}, {"description": "d"}),
        (
            {"nullable": True, "allOf": [{"$ref": A}], "description": "d", "default": None},
            {"anyOf": ({"allOf": ({"$ref": A},)}, NULL), "description": "d", "default": None},
        ),
        (
            {"nullable": True, "type": "object", "oneOf": [{"$ref": A}]},
            {"anyOf": ({"type": ("object",), "oneOf": ({"$ref": A},)}, NULL)},
        ),
        (
            {"nullable": True, "properties": {"a": {}}},
            {"anyOf": ({"properties": {"a": {}}}, NULL)},
        ),
        ({"nullable": True, "$ref": A}, {"anyOf": ({"$ref": A}, NULL)}),
    ],
)
def test_nullable(read_schema: Any, given: Any, expected: Any) -> None:
    assert read_schema(given, "3.0.3").keywords() == expected


def test_nullable_is_reported_where_it_has_no_official_meaning(read_schema: Any) -> None:
    beside = read_schema({"nullable": True, "$ref": A}, "3.0.3")
    newer = read_schema({"nullable": True, "type": "string"}, "3.1.0")

    assert beside.said == ["warning invalid-document /components/schemas/X/nullable"]
    assert newer.said == ["warning invalid-document /components/schemas/X/nullable"]
    assert newer.keywords() == {"type": ("string", "null")}


def test_the_parts_of_a_nullable_schema_have_keys_of_their_own(read_schema: Any) -> None:
    read = read_schema({"nullable": True, "allOf": [{"$ref": A}]}, "3.0.3")
    first, second = read.component("X").get("anyOf")

    assert (first.key, second.key) == (
        "#/components/schemas/X/nullable/0",
        "#/components/schemas/X/nullable/1",
    )
    assert read.document.schema(first.key) is first
    assert first.get("allOf")[0].key == "#/components/schemas/X/allOf/0"


@pytest.mark.parametrize(
    ("given", "version", "expected", "said"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, "3.0.3", {"exclusiveMinimum": 1}, 0),
        ({"exclusiveMinimum": True, "minimum": 1}, "3.0.3", {"exclusiveMinimum": 1}, 0),
        ({"maximum": 2.5, "exclusiveMaximum": False}, "2.0", {"maximum": 2.5}, 0),
        ({"exclusiveMaximum": True}, "3.0.3", {}, 1),
        ({"exclusiveMinimum": 0}, "3.0.3", {"exclusiveMinimum": 0}, 1),
        ({"exclusiveMinimum": 0}, "3.1.0", {"exclusiveMinimum": 0}, 0),
        ({"minimum": 1, "exclusiveMinimum": True}, "3.1.0", {"exclusiveMinimum": 1}, 1),
        ({"example": 1}, "3.0.3", {"examples": [1]}, 0),
        ({"examples": [1], "example": 2}, "3.1.0", {"examples": [2, 1]}, 0),
        ({"type": "file"}, "2.0", {"type": ("string",), "format": "binary"}, 0),
        ({"type": "file"}, "3.0.3", {"type": ("string",), "format": "binary"}, 1),
        ({"type": "string", "x-nullable": True}, "2.0", {"type": ("string", "null")}, 0),
        ({"discriminator": "kind"}, "2.0", {"discriminator": Discriminator("kind")}, 0),
        ({"type": ["string", "null"]}, "3.1.0", {"type": ("string", "null")}, 0),
        ({"type": ["string", "null"]}, "3.0.3", {"type": ("string", "null")}, 1),
        ({"const": 1}, "3.1.0", {"const": 1}, 0),
        ({"const": 1}, "3.0.3", {"const": 1}, 1),
        ({"items": [{"type": "null"}, {}]}, "3.1.0", {"prefixItems": (NULL, {})}, 1),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "items": [{}], "additionalItems": False},
            "3.1.0",
            {"prefixItems": ({},), "items": False},
            0,
        ),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "dependencies": {"a": ["b"], "c": {"minItems": 1}}},
            "3.1.0",
            {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minItems": 1}}},
            0,
        ),
        ({"dependencies": {"a": ["b"]}}, "3.1.0", {"dependentRequired": {"a": ["b"]}}, 1),
        ({"dependencies": ["a"]}, "3.1.0", {}, 2),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": A, "minLength": 1},
            "3.1.0",
            {"$ref": A},
            1,
        ),
    ],
)
def test_older_words(read_schema: Any, given: Any, version: str, expected: Any, said: int) -> None:
    read = read_schema(given, version)

    assert read.component("X").keywords.get("discriminator") == expected.pop("discriminator", None)
    assert {name: value for name, value in read.keywords().items() if name != "discriminator"} == expected
    assert len(read.said) == said


STRING = ("string",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "string", "enum": [0, 1.5, True]}, {"enum": ["0", "1.5", "true"]}),
        ({"type": "string", "enum": ["a", 1, "1"], "x-enum-varnames": ["A", "B", "C"]}, {"enum": ["a", "1"]}),
        ({"type": "integer", "enum": ["1", "-20"]}, {"enum": [1, -20]}),
        ({"type": "number", "enum": ["1", "2.5"]}, {"enum": [1, 2.5]}),
        ({"type": "boolean", "enum": ["true", "False"]}, {"enum": [True, False]}),
        ({"type": ["integer", "null"], "enum": ["1", None]}, {"enum": [1, None]}),
        ({"type": "boolean", "default": "false"}, {"default": False}),
        ({"type": "string", "enum": [1, 2], "default": 2}, {"enum": ["1", "2"], "default": "2"}),
        ({"type": ["null", "integer"], "default": "7"}, {"default": 7}),
        ({"type": "array", "items": {"type": "string"}, "enum": ["a"]}, {"items": {"type": STRING, "enum": ["a"]}}),
        ({"type": "array", "items": {}, "enum": ["a", None], "x-enum-varnames": ["A", "B"]}, None),
        ({"type": "string", "enum": []}, {}),
        ({"format": "date", "pattern": "YYYY-MM-DD"}, {"format": "date"}),
        ({"type": "string", "pattern": "yyyy-MM-dd'T'HH"}, {"pattern": "yyyy-MM-dd'T'HH"}),
        # What has no one meaning, or is right, stays as it is.
        ({"type": "string", "enum": ["a", {}]}, {"enum": ["a", {}]}),
        ({"type": "integer", "enum": [0, "1", "a"]}, {"enum": [0, "1", "a"]}),
        ({"type": "string", "enum": ["a", None]}, {"enum": ["a", None]}),
        ({"type": "integer", "default": 1.0, "enum": [1.0]}, {"default": 1.0, "enum": [1.0]}),
        ({"type": "array", "items": {}, "enum": [["a"], "b"]}, {"items": {}, "enum": [["a"], "b"]}),
        ({"type": "string", "enum": ["1"], "default": 2}, {"enum": ["1"], "default": 2}),
        ({"enum": [1], "default": "1"}, {"enum": [1], "default": "1"}),
    ],
    ids=str,
)
def test_values_are_read_in_the_type_that_stands_beside_them(read_schema: Any, given: Any, expected: Any) -> None:
    read = read_schema(given)
    keywords = read.keywords()
    if expected is None:
        expected = {"items": {"enum": ["a"], "x-enum-varnames": ["A", "B"]}}
    assert {name: value for name, value in keywords.items() if name != "type"} == expected
    written = {name: value for name, value in given.items() if name != "type"}
    assert bool(read.said) == (expected != written)
    if "items" in read.component("X"):
        assert read.document.schema("#/components/schemas/X/items") is read.component("X").get("items")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "integer", "enum": ["1", "a"]}, {"enum": ["1", "a"]}),
        ({"type": ["integer", "null"], "enum": ["01"]}, {"enum": ["01", None]}),
        ({"type": "boolean", "enum": ["yes", "no"], "x-enum-varnames": ["Y", "N"]}, None),
        ({"type": "object", "properties": {}, "enum": ["a, b"]}, {"type": ("object",), "properties": {}}),
        ({"type": "array", "items": {"enum": ["a"]}, "enum": ["b"]}, {"type": ("array",), "items": {"enum": ["a"]}}),
        ({"type": "string", "enum": [["a"]], "x-enum-varnames": ["A"]}, {"type": STRING}),
    ],
    ids=str,
)
def test_values_of_which_none_can_be_of_the_type(read_schema: Any, given: Any, expected: Any) -> None:
    read = read_schema(given)
    assert read.keywords() == (expected or {name: given[name] for name in ("enum", "x-enum-varnames")})
    named = "type" if "enum" in read.keywords() else "enum"
    assert read.said == [f"warning invalid-value /components/schemas/X/{named}"]


@pytest.mark.parametrize("version", ["2.0", "3.0.3"])
def test_only_documentation_counts_beside_a_reference_before_3_1(read_schema: Any, version: str) -> None:
    start = "/definitions" if version == "2.0" else "/components/schemas"
    loud = read_schema({"$ref": f"#{start}/A", "minLength": 1, "description": "d"}, version)
    quiet = read_schema({"$ref": f"#{start}/A", "description": "d"}, version)

    assert loud.keywords() == quiet.keywords() == {"$ref": A, "description": "d"}
    assert loud.said == [f"warning ignored-keyword {start}/X/minLength"]
    assert quiet.said == [f"note ignored-keyword {start}/X/description"]


def test_keywords_beside_a_reference_count_since_3_1(read_schema: Any) -> None:
    read = read_schema({"$ref": A, "minProperties": 1, "description": "d"})

    assert read.keywords() == {"$ref": A, "minProperties": 1, "description": "d"}
    assert read.said == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"minLength": "1"}, {}),
        ({"minLength": 2.0}, {"minLength": 2}),
        ({"minLength": 1.5}, {}),
        ({"minLength": -1}, {}),
        ({"minLength": True}, {}),
        ({"multipleOf": 0}, {}),
        ({"maximum": 10**400}, {"maximum": 10**400}),
        ({"type": "strnig"}, {}),
        ({"type": ["string", "strnig"]}, {}),
        ({"type": None}, NULL),
        ({"type": []}, {}),
        ({"type": {}}, {}),
        ({"pattern": 1}, {}),
        ({"required": True}, {}),
        ({"required": ["a", "a", 1]}, {"required": ["a"]}),
        ({"enum": "a"}, {}),
        ({"enum": [1, 1.0, True, "1", [1], [1]]}, {"enum": [1, True, "1", [1], [1]]}),
        ({"properties": []}, {}),
        ({"properties": {"a": 1}}, {"properties": {"a": True}}),
        ({"allOf": {}}, {}),
        ({"allOf": []}, {}),
        ({"anyOf": [None]}, {"anyOf": (True,)}),
        ({"not": 1}, {"not": True}),
        ({"readOnly": "yes"}, {}),
        ({"dependentRequired": {"a": "b", "c": ["d"]}}, {"dependentRequired": {"c": ["d"]}}),
        ({"discriminator": {"mapping": {}}}, {}),
        ({"$ref": 1, "minLength": 1}, {"minLength": 1}),
        ({"optoinal": True}, {}),
        ({"type": "array", "minLength": 1}, {"type": ("array",), "minLength": 1}),
    ],
)
def test_what_is_wrong_is_reported_once_and_left_out(read_schema: Any, given: Any, kept: Any) -> None:
    read = read_schema(given)

    assert read.keywords() == kept
    if next(iter(given.values())) not in (2.0, 10**400):
        assert len(read.said) == 1
    assert not read.report.failed


def test_a_misspelled_keyword_gets_a_hint(read_schema: Any) -> None:
    (said,) = read_schema({"max_items": 1}).report

    assert said.hint == "did you mean 'maxItems'?"


def test_only_agreed_extensions_are_kept(read_schema: Any) -> None:
    names = {"x-enum-varnames": ["A"], "x-fern-type": 1, "x-python-type": "os.system", "x-other": 1}

    assert read_schema(names).keywords() == {"x-enum-varnames": ["A"], "x-fern-type": 1}


def test_boolean_schemas(read_schema: Any) -> None:
    read = read_schema(False)

    assert read.component("X") == BooleanSchema("#/components/schemas/X", read.component("X").location, accepts=False)


def test_discriminator_values_are_keys(read_schema: Any) -> None:
    mapping = {"a": "A", "b": "#/components/schemas/B", "c": "Nowhere", "d": 1}
    read = read_schema({"discriminator": {"propertyName": "k", "mapping": mapping, "defaultMapping": "B"}}, "3.2.0")

    b = "#/components/schemas/B"
    assert read.component("X").get("discriminator") == Discriminator("k", (("a", A), ("b", b)), b)
    assert [line.split()[:2] for line in read.said] == [["warning", "unresolved-reference"]] * 2


@pytest.mark.parametrize(
    "reference",
    ["#/components/schemas/a~1b%20c", "#/components/schemas/a~1b c", "openapi.json#/components/schemas/a~1b%20c"],
)
def test_one_key_for_every_spelling(read_schema: Any, reference: str) -> None:
    read = read_schema({"$ref": reference}, **{"a/b c": {"type": "string"}})
    target = read.component("X").get("$ref")

    assert target == Reference("#/components/schemas/a~1b c")
    assert read.document.schema(target.key).get("type") == ("string",)


def test_keys_are_the_same_whatever_the_version(read_schema: Any) -> None:
    old = read_schema({"properties": {"a/b": {"$ref": "#/definitions/A"}}}, "2.0")
    new = read_schema({"properties": {"a/b": {"$ref": A}}})

    for read in (old, new):
        inner = read.component("X").get("properties")["a/b"]
        assert inner.key == "#/components/schemas/X/properties/a~1b"
        assert inner.get("$ref") == Reference(A)
        assert read.document.schema(inner.key) is inner
    assert old.component("A").location.pointer == "/definitions/A"


def test_anchors_and_identifiers(read_schema: Any) -> None:
    other = {"$id": "https://example.com/b", "$defs": {"c": {"$anchor": "here", "type": "null"}}}
    read = read_schema(
        {"anyOf": [{"$ref": "https://example.com/b#here"}, {"$ref": "#top"}]}, B=other, C={"$anchor": "top"}
    )
    first, second = read.component("X").get("anyOf")

    assert first.get("$ref") == Reference("#/components/schemas/B/$defs/c")
    assert second.get("$ref") == Reference("#/components/schemas/C")


def test_a_dynamic_reference_leads_to_its_own_resource_where_no_other_is_around_it(read_schema: Any) -> None:
    tree = {"$dynamicAnchor": "node", "properties": {"next": {"$dynamicRef": "#node"}}}
    alone = read_schema(tree)
    beside = read_schema(tree, Y={"$id": "https://example.com/y", "$dynamicAnchor": "node"})

    for read in (alone, beside):
        assert read.component("X").get("properties")["next"].get("$dynamicRef").key == "#/components/schemas/X"
        assert read.said == []


PAGE = {
    "$id": "https://example.com/page",
    "properties": {"items": {"items": {"$dynamicRef": "#item"}}, "next": {"$ref": "#"}},
    "$defs": {"item": {"$dynamicAnchor": "item"}},
}


def test_a_dynamic_reference_means_what_the_outermost_resource_says(read_schema: Any) -> None:
    own = {"item": {"$dynamicAnchor": "item", "type": "string"}}
    read = read_schema(PAGE, Y={"$id": "https://example.com/y", "description": "Y", "$ref": "page", "$defs": own})
    page, copy = read.component("X"), read.component("Y")
    item = "#/components/schemas/{}/$defs/item"
    for schema, name in ((page, "X"), (copy, "Y")):
        properties = schema.get("properties")
        assert properties["items"].get("items").get("$dynamicRef").key == item.format(name)
        assert properties["next"].get("$ref").key == f"#/components/schemas/{name}"
    assert copy.get("description") == "Y"
    assert "$ref" not in copy
    assert read.said == []


def test_keywords_beside_a_reference_stay_beside_it(read_schema: Any) -> None:
    own = {"item": {"$dynamicAnchor": "item", "type": "string"}}
    read = read_schema(PAGE, Y={"$id": "https://example.com/y", "$ref": "page", "minProperties": 1, "$defs": own})
    assert read.component("Y").get("$ref").key == "#/components/schemas/Y/$ref"
    assert read.component("Y").get("minProperties") == 1


def test_a_tree_of_a_stricter_kind_has_branches_of_that_kind(read_schema: Any) -> None:
    tree = {
        "$id": "https://example.com/tree",
        "$dynamicAnchor": "node",
        "properties": {"children": {"items": {"$dynamicRef": "#node"}}},
    }
    strict = {"$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree"}
    read = read_schema(tree, Y={**strict, "unevaluatedProperties": False})

    def branch(key: str) -> str:
        key_of_items: str = read.document.schema(key).get("properties")["children"].get("items").get("$dynamicRef").key
        return key_of_items

    assert branch("#/components/schemas/X") == "#/components/schemas/X"
    assert branch(read.component("Y").get("$ref").key) == "#/components/schemas/Y"


def test_recursive_references_of_2019_09_do_the_same(read_schema: Any) -> None:
    draft = "https://json-schema.org/draft/2019-09/schema"
    tree = {
        "$schema": draft,
        "$id": "https://example.com/tree",
        "$recursiveAnchor": True,
        "properties": {"next": {"$recursiveRef": "#"}},
    }
    strict = {"$schema": draft, "$id": "https://example.com/s", "$recursiveAnchor": True, "$ref": "tree"}
    read = read_schema(tree, Y=strict)
    for name in "XY":
        found = read.component(name).get("properties")["next"].get("$dynamicRef").key
        assert found == f"#/components/schemas/{name}"
    assert read.said == []


def test_a_recursive_reference_means_the_anchor_around_it(read_schema: Any) -> None:
    read = read_schema({"$recursiveAnchor": True, "items": {"$recursiveRef": "#"}})

    assert read.keywords() == {"items": {"$dynamicRef": "#/components/schemas/X"}}


def test_a_reference_to_nothing_is_an_error(read_schema: Any) -> None:
    read = read_schema({"$ref": "#/components/schemas/Nowhere"})

    assert read.keywords() == {}
    assert read.said == ["error unresolved-reference /components/schemas/X/$ref"]
    with pytest.raises(DocumentError):
        read.document.schema("#/components/schemas/Nowhere")
    with pytest.raises(DocumentError):
        read.document.schema("nonsense")


def test_definitions_of_a_schema_that_was_made_by_itself_are_found(read_schema: Any) -> None:
    inner = {"$defs": {"Y": {"type": "integer"}}, "items": {"$ref": "#/$defs/Y"}}
    schema = {
        "$defs": {"Y": {"type": "string"}, "Z": {"items": {"$ref": "#/$defs/Y"}}},
        "properties": {"y": {"$ref": "#/$defs/Y"}, "inner": inner, "z": {"$ref": "#/$defs/Z"}},
        "discriminator": {"propertyName": "y", "mapping": {"z": "#/$defs/Z"}},
    }
    found = read_schema(schema, A={"$defs": {"Y": True}, "$ref": "#/$defs/Y"})

    here = "#/components/schemas/X"
    properties = found.keywords()["properties"]
    assert [properties["y"]["$ref"], properties["z"]["$ref"]] == [f"{here}/$defs/Y", f"{here}/$defs/Z"]
    assert properties["inner"]["items"]["$ref"] == f"{here}/properties/inner/$defs/Y"
    assert found.keywords()["$defs"]["Z"]["items"]["$ref"] == f"{here}/$defs/Y"
    assert found.component("X").get("discriminator").mapping == (("z", f"{here}/$defs/Z"),)
    assert found.keywords("A")["$ref"] == "#/components/schemas/A/$defs/Y"
    assert [said.split()[:2] for said in found.said].count(["warning", "unresolved-reference"]) == 1
    assert not any(said.startswith("error") for said in found.said)


def test_definitions_that_no_schema_around_has_are_an_error(read_schema: Any) -> None:
    found = read_schema({"$defs": {"Y": True}, "items": {"$ref": "#/$defs/Z"}})

    assert found.said == ["error unresolved-reference /components/schemas/X/items/$ref"]


def test_schemas_may_refer_to_themselves(read_schema: Any) -> None:
    read = read_schema({"properties": {"x": {"$ref": "#/components/schemas/X"}}})

    assert read.component("X").get("properties")["x"].get("$ref").key == "#/components/schemas/X"


def test_too_deep_a_schema_is_an_error(read_schema: Any) -> None:
    deep: Any = {}
    for _ in range(180):
        deep = {"not": deep}

    assert read_schema(deep).said[0].startswith("error too-deep /components/schemas/X/not")
