"""Unions of objects: tags, names of members, what is exclusive without a check, and what stands beside a union."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.ir import checks as c
from bothends.ir.declarations import Alias, Closed, Enumeration, Record
from bothends.ir.types import Const, Named, Nullable, Refined, Scalar, ScalarKind, Tag, Type, UnionOf

from .conftest import Lowered, component

STRING = Scalar(ScalarKind.STRING)
CAT = {
    "type": "object",
    "required": ["kind", "lives"],
    "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
}
DOG = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"enum": ["dog", "wolf"]}, "tail": {"type": "boolean"}},
}
PETS = {"Cat": CAT, "Dog": DOG}
BOTH = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
CAT_TYPE, DOG_TYPE = Named(component("Cat")), Named(component("Dog"))
TAG = Tag("kind", (("cat", component("Cat")), ("dog", component("Dog")), ("wolf", component("Dog"))))


def members(type_: Type) -> list[str]:
    """The labels of the inline members of a union, checks and null aside."""
    while isinstance(type_, Refined | Nullable):
        type_ = type_.inner
    assert isinstance(type_, UnionOf)
    return [found.id.steps[-1] for found in type_.members if isinstance(found, Named) and found.id.steps]


def checks(type_: Type) -> tuple[c.Check, ...]:
    return type_.checks if isinstance(type_, Refined) else ()


def with_property(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": [name], "properties": {name: {"type": "string"}}, **more}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_a_tag_that_is_plain_to_see(lowered: Any, keyword: str) -> None:
    assert lowered({**PETS, "It": {keyword: BOTH}}).type() == UnionOf((CAT_TYPE, DOG_TYPE), TAG)


def test_a_declared_tag_with_a_mapping(lowered: Any) -> None:
    pet = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    mapping = {"c": "#/components/schemas/Cat", "d": "Dog"}
    schema = {"oneOf": BOTH, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    tag = Tag("kind", (("c", component("Cat")), ("d", component("Dog"))))
    assert lowered({"Cat": pet, "Dog": pet, "It": schema}).type() == UnionOf((CAT_TYPE, DOG_TYPE), tag)


def test_a_declared_tag_without_a_mapping_takes_the_names(lowered: Any) -> None:
    pet = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    schema = {"oneOf": BOTH, "discriminator": {"propertyName": "kind"}}
    tag = Tag("kind", (("Cat", component("Cat")), ("Dog", component("Dog"))))
    assert lowered({"Cat": pet, "Dog": pet, "It": schema}).type() == UnionOf((CAT_TYPE, DOG_TYPE), tag)


def test_names_that_the_members_contradict_are_no_tag(lowered: Any) -> None:
    """The name of a schema is a value of the tag only where the property may have it."""
    easy = {"type": "object", "properties": {"type": {"const": "message"}, "text": {"type": "string"}}}
    hard = {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/Easy"}, {"$ref": "#/components/schemas/Hard"}],
        "discriminator": {"propertyName": "type"},
    }
    found = lowered({"It": schema, "Easy": easy, "Hard": hard}).type()
    assert isinstance(found, Refined)
    assert found.inner == UnionOf((Named(component("Easy")), Named(component("Hard"))))


def test_a_mapping_that_the_member_contradicts(lowered: Any) -> None:
    mapping = {"feline": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}
    schema = {"oneOf": BOTH, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    found = lowered({**PETS, "It": schema})
    assert found.type() == UnionOf((CAT_TYPE, DOG_TYPE), TAG)
    assert found.codes == ["invalid-document"]


def test_a_default_mapping_takes_what_no_value_selects(lowered: Any) -> None:
    one = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "One"}}}
    other = {"type": "object", "properties": {"kind": {"type": "string"}}}
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Other"}],
        "discriminator": {"propertyName": "kind", "defaultMapping": "Other"},
    }
    found = lowered({"One": one, "Other": other, "It": schema}, version="3.2.0").type()
    ids = component("One"), component("Other")
    cases = (("One", ids[0]), ("Other", ids[1]))
    assert found == UnionOf((Named(ids[0]), Named(ids[1])), Tag("kind", cases, ids[1]))


def test_a_default_mapping_is_no_tag_where_another_property_is(lowered: Any) -> None:
    schema = {"anyOf": BOTH, "discriminator": {"propertyName": "sort", "defaultMapping": "Dog"}}
    found = lowered({**PETS, "It": schema}, version="3.2.0").type()
    assert found == UnionOf((CAT_TYPE, DOG_TYPE), TAG)


def test_unions_of_unions_share_a_tag(lowered: Any) -> None:
    bird = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "bird"}}}
    schema = {"oneOf": [{"$ref": "#/components/schemas/Mammal"}, {"$ref": "#/components/schemas/Bird"}]}
    found = lowered({**PETS, "Mammal": {"oneOf": BOTH}, "Bird": bird, "It": schema})
    cases = [(value, component("Mammal")) for value in ("cat", "dog", "wolf")]
    expected = UnionOf((Named(component("Mammal")), Named(component("Bird"))))
    assert found.type() == UnionOf(expected.members, Tag("kind", (*cases, ("bird", component("Bird")))))


def test_the_names_of_members_select_the_union_that_they_are_members_of(lowered: Any) -> None:
    """By itself the tag of a union of unions would be the name of the union, which no value has."""
    animal = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    tagged = {"discriminator": {"propertyName": "kind"}}
    mammal = {"oneOf": BOTH, "discriminator": {"propertyName": "kind", "mapping": {"wolf": "Dog"}}}
    union = {"oneOf": [{"$ref": "#/components/schemas/Mammal"}, {"$ref": "#/components/schemas/Bird"}], **tagged}
    found = lowered({"Cat": animal, "Dog": animal, "Bird": animal, "Mammal": mammal, "It": union})
    cases = [(value, component("Mammal")) for value in ("Cat", "wolf")]
    expected = UnionOf((Named(component("Mammal")), Named(component("Bird"))))
    assert found.type() == UnionOf(expected.members, Tag("kind", (*cases, ("Bird", component("Bird")))))


@pytest.mark.parametrize(
    ("branches", "labels"),
    [
        ([CAT, DOG], ["variant:cat", "variant:object"]),
        ([CAT, {**DOG, "properties": {"kind": {"const": "dog"}}}], ["variant:cat", "variant:dog"]),
        ([with_property("a", title="First"), with_property("b", title="Second")], ["variant:First", "variant:Second"]),
        ([with_property("a"), {"type": "string"}], ["variant:object"]),
        ([with_property("a"), with_property("b")], ["variant:a", "variant:b"]),
        (
            [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
                {"type": "string", "enum": ["a", "b"]},
            ],
            ["variant:string"],
        ),
        (
            [
                {"type": "object", "required": ["on"], "properties": {"on": {"const": True}}},
                {"type": "object", "properties": {"on": {"type": "boolean"}, "off": {"type": "boolean"}}},
            ],
            ["variant:on", "variant:object"],
        ),
        (
            [
                {"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "string"}}}},
                {"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "object"}}}},
                {"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "array"}}}},
                {"type": "object", "properties": {"labels": {"type": "integer"}}},
            ],
            [
                "variant:labels strings",
                "variant:labels objects",
                "variant:labels arrays",
                "variant:labels integer",
            ],
        ),
    ],
    ids=str,
)
def test_names_of_inline_members(lowered: Any, branches: Any, labels: list[str]) -> None:
    found = lowered({"It": {"anyOf": branches}})
    assert (members(found.type()), found.codes) == (labels, [])


def test_members_that_nothing_tells_apart(lowered: Any) -> None:
    one = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 3}}}
    other = {"type": "object", "properties": {"a": {"type": "string", "pattern": "x"}}}
    found = lowered({"It": {"anyOf": [one, other]}})
    assert members(found.type()) == ["variant:1", "variant:2"]
    assert found.codes == ["name-collision"]
    assert "each of members 1, 2 of" in next(iter(found.report)).message


@pytest.mark.parametrize(
    "branches",
    [
        [{"type": "string"}, with_property("a")],
        [with_property("a", additionalProperties=False), with_property("b")],
        [CAT, {**DOG, "properties": {"kind": {"type": "integer"}}}],
        [{"const": "a"}, {"type": "string", "maxLength": 0}],
        [{"type": "array"}, {"type": ["boolean", "object"]}],
    ],
    ids=str,
)
def test_one_of_that_needs_no_check(lowered: Any, branches: Any) -> None:
    assert checks(lowered({"It": {"oneOf": branches}}).type()) == ()


def listing(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"all": {"type": "array", "items": items, **more}}}


def optional(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}


@pytest.mark.parametrize(
    ("branches", "checked"),
    [
        ([optional(a="string"), optional(b="string")], None),
        ([optional(a="string"), optional(a="string", b="string"), optional()], None),
        ([optional(a="string"), optional(a="string") | {"additionalProperties": {}}], None),
        ([optional(a="string") | {"required": ["a"]}, optional(a="string", b="string") | {"required": ["a"]}], None),
        ([optional(a="string", b="string"), optional(a="string", c="string"), optional(a="integer")], ((0, 1), (2,))),
        ([optional(a="string"), optional(a="integer")], ((0,), (1,))),
        ([optional(a="string"), optional(b="string") | {"required": ["b"]}], ((0,), (1,))),
        ([optional(a="string") | {"required": ["x"]}, optional(x="string") | {"required": ["x"]}], ((0,), (1,))),
        ([optional(a="string"), optional(b="string") | {"additionalProperties": False}], ((0,), (1,))),
        ([optional(a="string"), optional(b="string") | {"minProperties": 1}], ((0,), (1,))),
        ([listing(optional(a="string")), listing(optional(b="string"))], None),
        ([listing(listing(optional())), listing(listing(optional(b="string")))], None),
        ([listing(optional(a="string")), listing(optional(a="integer"))], ((0,), (1,))),
        ([listing(optional(a="string")), listing(optional(b="string"), maxItems=1)], ((0,), (1,))),
    ],
)
def test_open_members_that_agree_in_what_they_share(lowered: Any, branches: Any, checked: Any) -> None:
    schemas = {f"M{number}": branch for number, branch in enumerate(branches)}
    union = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in schemas]}
    found = lowered({**schemas, "It": union})
    groups = [tuple(c.Is(Named(component(f"M{number}"))) for number in group) for group in (checked or ())]
    expected = tuple(c.AnyOf(group) if len(group) > 1 else group[0] for group in groups)
    assert checks(found.type()) == ((c.OneOf(expected),) if checked else ())
    loosened = checked is None or any(len(group) > 1 for group in checked)
    assert found.codes == (["indistinct-one-of"] if loosened else [])


def test_indistinct_members_wherever_the_union_stands(lowered: Any) -> None:
    """Within another union and under a keyword that only checks, a union means what it means as a type."""
    either = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}
    holder = {"properties": {"nested": {"oneOf": [either, with_property("c")]}, "some": {"contains": either}}}
    found = lowered({"A": optional(a="string"), "B": optional(b="string"), "It": {"type": "object", **holder}})
    either_of_both = c.AnyOf((c.Is(Named(component("A"))), c.Is(Named(component("B")))))
    nested, some = (checks(field.type)[0] for field in found.component("It").fields)
    assert nested == c.OneOf((either_of_both, c.Is(Named(component("It", "nested", "variant:object")))))
    assert some == c.Contains(either_of_both)
    assert set(found.codes) == {"indistinct-one-of"}


def test_a_default_that_suits_indistinct_members_is_kept(lowered: Any) -> None:
    either = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}], "default": {"a": "x"}}
    holder = {"type": "object", "properties": {"either": either}}
    found = lowered({"A": optional(a="string"), "B": optional(b="string"), "It": holder})
    assert found.component("It").fields[0].default is not None
    assert found.codes == ["indistinct-one-of"]


def test_members_are_told_apart_to_the_letter_where_schemas_are_taken_so(lowered: Any) -> None:
    schemas = {"A": optional(a="string"), "B": optional(b="string")}
    union = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}
    found = lowered({**schemas, "It": union}, assume_types=False)
    assert checks(found.type()) == (c.OneOf((c.Is(Named(component("A"))), c.Is(Named(component("B"))))),)
    assert found.codes == []


def test_one_of_that_needs_a_check(lowered: Any) -> None:
    schemas = {"A": with_property("a"), "B": with_property("b")}
    branches = [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]
    found = lowered({**schemas, "It": {"oneOf": branches}}).type()
    a, b = Named(component("A")), Named(component("B"))
    assert found == Refined(UnionOf((a, b)), (c.OneOf((c.Is(a), c.Is(b))),))


def test_members_that_imply_what_stands_beside_the_union(lowered: Any) -> None:
    base = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["cat", "dog", "wolf", "fish"]}}}
    found = lowered({**PETS, "It": {"allOf": [base, {"oneOf": BOTH}]}})
    assert found.type() == UnionOf((CAT_TYPE, DOG_TYPE), TAG)


def test_members_that_contradict_what_stands_beside_the_union(lowered: Any) -> None:
    base = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["dog", "wolf"]}}}
    found = lowered({**PETS, "It": {"allOf": [base, {"oneOf": BOTH}]}})
    assert (found.type(), found.codes) == (DOG_TYPE, ["conflicting-all-of"])


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_an_object_that_closes_out_every_member_of_its_union(lowered: Any, keyword: str) -> None:
    closed = {"type": "object", "additionalProperties": False, keyword: BOTH}
    found = lowered({**PETS, "It": closed})
    assert (found.type(), found.codes) == (UnionOf((CAT_TYPE, DOG_TYPE), TAG), ["conflicting-all-of"])


@pytest.mark.parametrize("mapping", [{}, {"Cat": "#/components/schemas/Cat", "Dog": "#/components/schemas/Dog"}])
def test_a_declared_tag_whose_values_all_members_share(lowered: Any, mapping: dict[str, str]) -> None:
    pet = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["Cat", "Dog", "Fish"]}}}
    schema = {"oneOf": BOTH, "discriminator": {"propertyName": "kind", "mapping": mapping}}
    tag = Tag("kind", (("Cat", component("Cat")), ("Dog", component("Dog"))))
    assert lowered({"Cat": pet, "Dog": pet, "It": schema}).type() == UnionOf((CAT_TYPE, DOG_TYPE), tag)


def test_a_base_that_lists_its_heirs(lowered: Any) -> None:
    base = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["Cat", "Kitten"]}}}
    heirs = {
        "Cat": {"allOf": [{"$ref": "#/components/schemas/It"}, {"properties": {"lives": {"type": "integer"}}}]},
        "Kitten": {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"properties": {"age": {"type": "integer"}}}]},
    }
    members = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Kitten"}]
    found = lowered({**heirs, "It": {**base, "oneOf": members, "discriminator": {"propertyName": "kind"}}})
    cat, kitten = found.component("Cat"), found.component("Kitten")
    assert isinstance(cat, Record)
    assert isinstance(kitten, Record)
    assert [field.wire for field in cat.fields] == ["kind", "lives"]
    assert [field.wire for field in kitten.fields] == ["kind", "lives", "age"]
    assert (cat.checks, kitten.checks, found.codes) == ((), (), [])
    tag = Tag("kind", (("Cat", component("Cat")), ("Kitten", component("Kitten"))))
    assert found.type() == UnionOf((CAT_TYPE, Named(component("Kitten"))), tag)


def test_an_object_that_closes_out_some_members_of_its_union(lowered: Any) -> None:
    closed = {"type": "object", "additionalProperties": False, "properties": {"kind": {}}, "oneOf": BOTH}
    found = lowered({**PETS, "It": closed})
    type_ = found.type()
    assert isinstance(type_, Named)
    declaration = found.declarations[type_.id]
    assert isinstance(declaration, Record)
    assert (declaration.extra, found.codes) == (Closed(), ["conflicting-all-of"])


def test_what_stands_beside_a_union_goes_into_its_members(lowered: Any) -> None:
    found: Lowered = lowered(
        {**PETS, "It": {"properties": {"id": {"type": "string"}}, "required": ["id"], "oneOf": BOTH}}
    )
    assert members(found.type()) == ["variant:cat", "variant:Dog"]
    cat = found.component("It", "variant:cat")
    assert isinstance(cat, Record)
    assert [(field.wire, field.type) for field in cat.fields] == [
        ("kind", Const(("cat",))),
        ("lives", Scalar(ScalarKind.INTEGER)),
        ("id", STRING),
    ]


def test_members_that_close_what_stands_beside_the_union(lowered: Any) -> None:
    schema = {"type": "object", "unevaluatedProperties": False, "oneOf": [with_property("a"), with_property("b")]}
    found: Lowered = lowered({"It": schema})
    assert checks(found.type()) == ()
    for label in ("a", "b"):
        member = found.component("It", f"variant:{label}")
        assert isinstance(member, Record)
        assert member.extra == Closed()


def test_a_union_of_one_inline_member_and_null(lowered: Any) -> None:
    user = {"type": "array", "items": {"$ref": "#/components/schemas/It"}}
    found: Lowered = lowered({"It": {"anyOf": [with_property("a"), {"type": "null"}]}, "User": user})
    assert isinstance(found.component("It"), Record)
    alias = found.component("User")
    assert isinstance(alias, Alias)
    assert alias.type.item == Nullable(Named(component("It")))  # type: ignore[union-attr]


def test_constants_with_prose_are_an_enumeration(lowered: Any) -> None:
    schema = {
        "oneOf": [
            {"const": 1, "title": "Low", "description": "Little"},
            {"const": 2, "title": "High", "description": "Much"},
        ]
    }
    found = lowered({"It": schema}).component("It")
    assert isinstance(found, Enumeration)
    assert [(one.value, one.hint, one.doc.description) for one in found.members] == [
        (1, "Low", "Little"),
        (2, "High", "Much"),
    ]


def test_an_enumeration_with_names(lowered: Any) -> None:
    schema = {
        "type": "string",
        "enum": ["a", "b", "c", None],
        "x-enum-varnames": ["Ah", "Beh", "Ceh", "None"],
        "maxLength": 1,
    }
    found = lowered({"It": schema}).component("It")
    assert isinstance(found, Enumeration)
    assert [(one.value, one.hint) for one in found.members] == [("a", "Ah"), ("b", "Beh"), ("c", "Ceh")]


def test_lists_of_values_in_a_union_become_one(lowered: Any) -> None:
    schema = {"anyOf": [{"type": "number"}, {"enum": ["a"]}, {"enum": ["b", "a"]}]}
    found: Lowered = lowered({"It": schema})
    assert found.type() == UnionOf((Scalar(ScalarKind.NUMBER), Named(component("It", "variant:string"))))
