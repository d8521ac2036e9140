"""Objects and ``allOf``: fields, further properties, checks, and what merging does to them."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.ir import checks as c
from bothends.ir.declarations import Access, Alias, Closed, DefaultValue, Enumeration, Field, Open, Record, Typed
from bothends.ir.types import (
    Anything,
    Const,
    Limits,
    ListOf,
    Named,
    Nothing,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    UnionOf,
)

from .conftest import Lowered, component

STRING, INTEGER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER)


def record(found: Lowered, name: str = "It", *steps: str) -> Record:
    declaration = found.component(name, *steps)
    assert isinstance(declaration, Record)
    return declaration


def fields(found: Record) -> dict[str, tuple[Any, bool]]:
    return {field.wire: (field.type, field.required) for field in found.fields}


def test_properties_keep_their_order_and_say_what_is_required(lowered: Any) -> None:
    schema = {
        "type": "object",
        "required": ["b", "c"],
        "properties": {"b": {"type": "string"}, "a": {"type": ["integer", "null"]}},
    }
    found = record(lowered({"It": schema}))
    assert fields(found) == {"b": (STRING, True), "a": (Nullable(INTEGER), False), "c": (Anything(), True)}
    assert (list(fields(found)), found.extra) == (["b", "a", "c"], Open())


@pytest.mark.parametrize(
    ("rest", "extra"),
    [({}, Open()), (True, Open()), (False, Closed()), ({"type": "integer"}, Typed(INTEGER)), ({"not": {}}, Closed())],
)
def test_further_properties(lowered: Any, rest: Any, extra: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": rest}
    assert record(lowered({"It": schema})).extra == extra


def test_a_closed_object_without_properties_is_a_record(lowered: Any) -> None:
    found = record(lowered({"It": {"type": "object", "additionalProperties": False}}))
    assert (found.fields, found.extra) == ((), Closed())


def test_inline_types_are_declared_at_their_place(lowered: Any) -> None:
    schema = {
        "type": "object",
        "properties": {
            "owner": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a", "b"]}}},
            "tags": {"type": "array", "items": {"type": "object", "properties": {"x": True}}},
            "byName": {"type": "object", "additionalProperties": {"type": "object", "properties": {"y": True}}},
        },
    }
    found = lowered({"It": schema})
    assert set(found.declarations) == {
        component("It"),
        component("It", "owner"),
        component("It", "owner", "kind"),
        component("It", "tags", "item"),
        component("It", "byName", "value"),
    }
    assert isinstance(found.component("It", "owner", "kind"), Enumeration)


def test_a_reference_to_a_place_names_the_type_of_the_place(lowered: Any) -> None:
    owner = {"type": "object", "properties": {"x": {"type": "string"}}}
    found = lowered(
        {
            "It": {"$ref": "#/components/schemas/Pet/properties/owner"},
            "Text": {"$ref": "#/components/schemas/Pet/properties/owner/properties/x"},
            "Defined": {"$ref": "#/components/schemas/Pet/$defs/Thing"},
            "Pet": {"type": "object", "properties": {"owner": owner}, "$defs": {"Thing": owner}},
        }
    )
    assert found.type() == Named(component("Pet", "owner"))
    assert found.type("Text") == STRING
    assert found.type("Defined") == Named(component("Pet", "definition:Thing"))


@pytest.mark.parametrize(
    ("keywords", "checks"),
    [
        ({"minProperties": 2}, (c.Count("properties", 2, None),)),
        ({"minProperties": 1, "required": ["a"]}, ()),
        ({"maxProperties": 3, "additionalProperties": False}, ()),
        ({"dependentRequired": {"a": ["b"]}}, (c.DependentRequired((("a", ("b",)),)),)),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, (c.AnyOf((c.Required(("a",)), c.Required(("b",)))),)),
        (
            {"oneOf": [{"required": ["a"], "not": {"required": ["b"]}}, {"required": ["b"]}]},
            (c.OneOf((c.AllOf((c.Required(("a",)), c.Not(c.Required(("b",))))), c.Required(("b",)))),),
        ),
        ({"not": {"required": ["a", "b"]}}, (c.Not(c.Required(("a", "b"))),)),
        ({"propertyNames": {"maxLength": 3}}, (c.PropertyNames(c.Within(Limits(max_length=3))),)),
        (
            {"if": {"properties": {"a": {"const": "x"}}, "required": ["a"]}, "then": {"required": ["b"]}},
            (
                c.IfThen(
                    c.AllOf((c.Properties((("a", c.OneOfValues(("x",))),)), c.Required(("a",)))), c.Required(("b",))
                ),
            ),
        ),
        (
            {"dependentSchemas": {"a": {"properties": {"b": {"minLength": 2}}}}},
            (c.DependentSchemas((("a", c.Properties((("b", c.Within(Limits(min_length=2))),))),)),),
        ),
        (
            {"patternProperties": {"^x": {"type": "integer"}}},
            (c.Properties((), (("^x", c.HasType(("integer",))),)),),
        ),
    ],
    ids=str,
)
def test_what_fields_cannot_say_is_checked(lowered: Any, keywords: Any, checks: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, **keywords}
    assert record(lowered({"It": schema})).checks == checks


def test_patterns_beside_properties_type_the_rest(lowered: Any) -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "patternProperties": {"^x-": {"type": "integer"}},
        "additionalProperties": False,
    }
    found = record(lowered({"It": schema}))
    assert found.extra == Typed(INTEGER)
    assert found.checks == (c.Properties((("a", c.Always()),), (("^x-", c.Always()),), c.Never()),)


def test_a_property_that_may_not_be_there(lowered: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "no": False}}
    found = record(lowered({"It": schema}))
    assert (list(fields(found)), found.checks) == (["a"], (c.Not(c.Required(("no",))),))


def test_what_is_said_about_a_property(lowered: Any) -> None:
    schema = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "readOnly": True, "description": "Who"},
            "secret": {"type": "string", "writeOnly": True, "deprecated": True},
            "size": {"type": "integer", "default": 3},
            "wrong": {"type": "integer", "default": "x"},
            "limit": {"$ref": "#/components/schemas/Limit"},
        },
    }
    found = lowered({"It": schema, "Limit": {"type": "integer", "default": 20}})
    by_name: dict[str, Field] = {field.wire: field for field in record(found).fields}
    assert [by_name[name].access for name in ("id", "secret")] == [Access.READ_ONLY, Access.WRITE_ONLY]
    assert (by_name["id"].doc.description, by_name["secret"].deprecated) == ("Who", True)
    assert by_name["size"].default == DefaultValue(3)
    assert by_name["limit"].default == DefaultValue(20)
    assert (by_name["wrong"].default, found.codes) == (None, ["invalid-default"])


def test_all_of_becomes_one_record(lowered: Any) -> None:
    found = lowered(
        {
            "Base": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}},
                "description": "B",
            },
            "It": {
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}},
                    {"properties": {"size": {"maximum": 3}}},
                ]
            },
        }
    )
    assert fields(record(found)) == {
        "id": (STRING, True),
        "size": (Scalar(ScalarKind.INTEGER, Limits(maximum=3)), True),
    }
    assert record(found).doc.description == ""


def test_inherited_properties_keep_the_types_of_where_they_come_from(lowered: Any) -> None:
    state = {"type": "string", "enum": ["on", "off"]}
    found = lowered(
        {
            "Base": {"type": "object", "properties": {"state": state, "other": {"enum": ["on", "off", "x"]}}},
            "Middle": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"mine": state}}]},
            "It": {
                "allOf": [
                    {"$ref": "#/components/schemas/Middle"},
                    {"properties": {"other": {"enum": ["on", "off", "y"]}}},
                ]
            },
        }
    )
    assert {name: type_ for name, (type_, _) in fields(record(found)).items()} == {
        "state": Named(component("Base", "state")),
        "mine": Named(component("Middle", "mine")),
        "other": Named(component("It", "other")),
    }


def test_all_of_narrows_an_enum_to_a_constant(lowered: Any) -> None:
    kind = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["a", "b"]}}}
    found = lowered({"It": {"allOf": [kind, {"properties": {"kind": {"const": "a"}}}]}})
    assert fields(record(found)) == {"kind": (Const(("a",)), True)}


ONE = {"type": "object", "properties": {"a": {"type": "string"}}}
OTHER = {"type": "object", "properties": {"b": {"type": "integer"}}}
CLOSED = {"additionalProperties": False}
INTEGERS = {"additionalProperties": {"type": "integer"}}
TEXTS = {"additionalProperties": {"type": "string", "maxLength": 5}}


@pytest.mark.parametrize(
    "schema",
    [{"allOf": [ONE | CLOSED, OTHER]}, {"allOf": [ONE | CLOSED, OTHER | CLOSED]}, {"allOf": [ONE], **OTHER, **CLOSED}],
)
def test_a_closed_part_does_not_close_out_what_other_parts_describe(lowered: Any, schema: dict[str, Any]) -> None:
    found = lowered({"It": schema})
    assert fields(record(found)) == {"a": (STRING, False), "b": (Scalar(ScalarKind.INTEGER), False)}
    assert (record(found).extra, found.codes) == (Closed(), ["conflicting-all-of"])


@pytest.mark.parametrize(
    ("schema", "kind"),
    [({"allOf": [ONE], **OTHER, **INTEGERS}, ScalarKind.INTEGER), ({"allOf": [ONE | TEXTS, OTHER]}, ScalarKind.STRING)],
)
def test_a_type_of_further_properties_is_not_that_of_described_ones(
    lowered: Any, schema: dict[str, Any], kind: ScalarKind
) -> None:
    found = lowered({"It": schema})
    assert fields(record(found)) == {"a": (STRING, False), "b": (Scalar(ScalarKind.INTEGER), False)}
    extra = record(found).extra
    assert isinstance(extra, Typed)
    assert isinstance(extra.type, Scalar)
    assert (extra.type.kind, found.codes) == (kind, ["conflicting-all-of"])


def test_what_further_properties_can_be_holds_for_described_ones_that_can_be_it(lowered: Any) -> None:
    found = lowered({"It": {"allOf": [OTHER], **ONE, "additionalProperties": {"type": "integer", "maximum": 5}}})
    limited = Scalar(ScalarKind.INTEGER, Limits(maximum=5))
    assert (fields(record(found)), found.codes) == ({"a": (STRING, False), "b": (limited, False)}, [])


def test_closed_parts_close_out_the_others_where_schemas_are_taken_to_the_letter(lowered: Any) -> None:
    found = lowered({"It": {"allOf": [ONE | CLOSED, OTHER]}}, assume_types=False)
    assert (list(fields(record(found))), record(found).extra, found.codes) == (["a"], Closed(), [])


@pytest.mark.parametrize("base", [ONE, ONE | CLOSED, ONE | TEXTS, ONE | {"additionalProperties": {}}])
@pytest.mark.parametrize("described", [{"b": {"type": "string"}}, {"b": {}}])
def test_what_an_heir_describes_is_a_field_of_its_own(lowered: Any, base: Any, described: Any) -> None:
    """Also where the base implies it: by the letter, or because it says nothing of the value."""
    heir = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": described}]}
    assert list(fields(record(lowered({"Base": base, "It": heir})))) == ["a", "b"]


def test_parts_that_close_each_other_out_are_closed_together(lowered: Any) -> None:
    key = {"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}}}
    mail = {"type": "object", "required": ["mail"], "properties": {"mail": {}, "note": {"type": "string"}}}
    closed = {"additionalProperties": False}
    schemas = {"Key": key | closed, "Both": {"allOf": [{"$ref": "#/components/schemas/Key"}, mail | closed]}}
    found = lowered({**schemas, "It": {"allOf": [{"$ref": "#/components/schemas/Both"}, {"required": ["note"]}]}})
    it = record(found)
    assert fields(it) == {"key": (STRING, True), "mail": (Anything(), True), "note": (STRING, True)}
    assert it.extra == Closed()
    assert list(fields(record(found, "Both"))) == ["key", "mail", "note"]
    assert found.codes == ["conflicting-all-of"] * 2


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_demanded_of_a_closed_object_is_any_value(lowered: Any, whole: bool) -> None:
    one = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
    other = {"required": ["b"]}
    found = lowered({"It": one | other if whole else {"allOf": [one, other]}})
    it = record(found)
    assert (fields(it), it.extra) == ({"a": (STRING, False), "b": (Anything(), True)}, Closed())
    assert found.codes == ["impossible-schema" if whole else "conflicting-all-of"]


def test_a_demanded_object_that_forgot_what_it_demands_itself(lowered: Any) -> None:
    forgetful = {"type": "object", "required": ["it", "whole"], "additionalProperties": False}
    part = {**forgetful, "properties": {"whole": {"$ref": "#/components/schemas/It"}}}
    found = lowered({"Part": part, "It": {**forgetful, "properties": {"it": {"$ref": "#/components/schemas/Part"}}}})
    it, part = found.component("It"), found.component("Part")
    assert isinstance(it, Record)
    assert isinstance(part, Record)
    assert [(field.wire, field.type) for field in it.fields] == [("it", Named(part.id)), ("whole", Anything())]
    assert [(field.wire, field.type) for field in part.fields] == [("whole", Named(it.id)), ("it", Anything())]
    assert found.codes == ["impossible-schema"] * 2


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"type": "object", "additionalProperties": False, "required": ["a"]}, {"properties": {"a": False}}]},
        {"type": "object", "properties": {"a": False}, "required": ["a", "b"], "additionalProperties": False},
        {"allOf": [{"type": "string"}, {"type": "object", "additionalProperties": False, "required": ["a"]}]},
    ],
    ids=str,
)
def test_all_of_that_contradicts_itself(lowered: Any, schema: Any) -> None:
    found = lowered({"It": schema})
    assert found.type() == Nothing()
    assert found.codes == ["conflicting-all-of" if "allOf" in schema else "impossible-schema"]


def test_two_patterns_leave_a_check(lowered: Any) -> None:
    found = lowered({"It": {"allOf": [{"type": "string", "pattern": "a"}, {"pattern": "b"}]}})
    scalar = Scalar(ScalarKind.STRING, Limits(pattern="a"))
    assert found.type() == Refined(scalar, (c.Within(Limits(pattern="b")),))


def test_unevaluated_properties_without_anything_in_place_close_the_record(lowered: Any) -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    schema = {
        "allOf": [{"$ref": "#/components/schemas/Base"}],
        "properties": {"b": True},
        "unevaluatedProperties": False,
    }
    found = record(lowered({"Base": base, "It": schema}))
    assert (list(fields(found)), found.extra, found.checks) == (["b", "a"], Closed(), ())


def test_unevaluated_properties_beside_if(lowered: Any) -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "if": {"required": ["a"]},
        "then": {"properties": {"b": True}},
        "unevaluatedProperties": False,
    }
    (_, check) = record(lowered({"It": schema})).checks
    assert isinstance(check, c.Unevaluated)
    assert (check.of, check.check) == ("properties", c.Never())


def test_a_recursive_record(lowered: Any) -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/It"}}}
    assert fields(record(lowered({"It": node}))) == {"next": (Named(component("It")), False)}


def test_recursive_aliases_are_marked(lowered: Any) -> None:
    tree = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/It"}}]}
    found = lowered({"It": tree, "User": {"type": "array", "items": {"$ref": "#/components/schemas/It"}}})
    it, user = found.component("It"), found.component("User")
    assert isinstance(it, Alias)
    assert isinstance(user, Alias)
    assert it.type == UnionOf((STRING, ListOf(Named(component("It")))))
    assert (it.recursive, user.recursive) == (True, False)


def test_a_place_that_leads_back_to_itself(lowered: Any) -> None:
    place = "#/components/schemas/It/properties/tree"
    tree = {"type": "array", "items": {"$ref": place}}
    found = lowered({"It": {"type": "object", "properties": {"tree": tree}}})
    alias = found.component("It", "tree")
    assert isinstance(alias, Alias)
    assert (alias.type, alias.recursive) == (ListOf(Named(component("It", "tree"))), True)


def test_a_schema_that_is_made_of_itself(lowered: Any) -> None:
    found = lowered({"It": {"allOf": [{"$ref": "#/components/schemas/It"}, {"maxLength": 3}]}})
    assert (found.type(), "reference-loop" in found.codes) == (Anything(), True)


def test_what_evaluates_is_followed_by_name(lowered: Any) -> None:
    schema = {
        "type": "object",
        "properties": {"a": True},
        "if": {"$ref": "#/components/schemas/Other"},
        "unevaluatedProperties": False,
    }
    found = lowered({"It": schema, "Other": {"type": "object", "properties": {"b": {"const": "x"}}}})
    assert [named.anchor for named in found.api.checks] == ["#/components/schemas/Other"]


@pytest.mark.parametrize(
    "schemas",
    [
        {"It": {"anyOf": [{"$ref": "#/components/schemas/It"}, {"type": "string"}]}},
        {"It": {"$ref": "#/components/schemas/Other"}, "Other": {"allOf": [{"$ref": "#/components/schemas/It"}]}},
        {"It": {"oneOf": [{"$ref": "#/components/schemas/It"}, {"type": "null"}], "maxLength": 3}},
        {"It": {"$ref": "#/components/schemas/It"}},
    ],
    ids=str,
)
def test_what_leads_back_to_itself_in_place_takes_any_value(lowered: Any, schemas: Any) -> None:
    found = lowered(schemas)
    assert "reference-loop" in found.codes


def test_unions_in_place_of_each_other(lowered: Any) -> None:
    """Each adds a limit of its own, so that none can stand for another; spreading them out would never end."""
    names = [f"S{n}" for n in range(6)]
    branches = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    found = lowered({name: {"anyOf": [*branches, {"type": "string"}], "minLength": n} for n, name in enumerate(names)})
    assert len(found.declarations) >= 6


def test_deep_lists_get_a_name_inside(lowered: Any) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(120):
        schema = {"type": "array", "items": schema}
    found = lowered({"It": schema})
    assert (len(found.declarations), found.codes) == (2, [])


def test_deep_objects_are_no_trouble(lowered: Any) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(70):
        schema = {"type": "object", "properties": {"x": schema}}
    found = lowered({"It": schema})
    assert (len(found.declarations), found.codes) == (70, [])


def test_long_chains_of_references(lowered: Any) -> None:
    schemas: dict[str, Any] = {f"S{n}": {"$ref": f"#/components/schemas/S{n + 1}"} for n in range(400)}
    found = lowered({**schemas, "S400": {"type": "object", "properties": {"a": True}}})
    assert len(found.declarations) == 401


def test_all_of_that_doubles_at_every_step(lowered: Any) -> None:
    schemas: dict[str, Any] = {"S30": {"type": "object", "properties": {"a": {"type": "string"}}}}
    for n in range(30):
        other = {"$ref": f"#/components/schemas/S{n + 1}"}
        schemas[f"S{n}"] = {"allOf": [other, other], "properties": {f"p{n}": {"allOf": [other, other]}}}
    assert len(record(lowered(schemas), "S0").fields) == 31


def test_a_default_that_no_tag_selects_is_left_out(lowered: Any) -> None:
    branches = [
        {"type": "object", "properties": {"kind": {"type": "string"}, name: {"type": "integer"}}, "required": ["kind"]}
        for name in ("a", "b")
    ]
    union = {
        "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
        "discriminator": {"propertyName": "kind", "mapping": {"a": "A", "b": "B"}},
    }
    schema = {
        "type": "object",
        "properties": {
            "wide": {"type": "integer", "format": "int8", "default": 200},
            "wrong": {"anyOf": union["oneOf"], "discriminator": union["discriminator"], "default": {"kind": "c"}},
        },
    }
    found = lowered({"A": branches[0], "B": branches[1], "It": schema})
    defaults = [field.default for field in record(found).fields]
    assert (defaults, found.codes) == ([None, None], ["invalid-default", "invalid-default"])
