"""Models: what they read, what they send, and how absent differs from null."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, field_validator, model_validator
from typing_extensions import TypeAliasType

from bothends.naming.reserved import words_of
from bothends.runtime import checks
from bothends.runtime.model import Model, Nullable
from bothends.runtime.types import Date, DateTime, Exact, Integer, Nothing, Number

Tree = TypeAliasType("Tree", "str | list[Tree] | None")
MaybeName = Nullable[Annotated[str, Field(max_length=3)]]


class Pet(Model):
    name: str
    tag: str | None = None
    note: Nullable[str] = None
    owner: str | None
    short: Annotated[str | None, Field(alias="shortName", max_length=3)] = None
    nick: Annotated[Nullable[str], Field(alias="nickName", max_length=3)] = None
    legs: Annotated[Integer | None, Field(ge=0)] = None
    size: Integer = 3
    weight: Number | None = 1
    tags: Annotated[list[str] | None, checks.unique_items()] = None
    friend: Pet | None = None
    alias: MaybeName = None
    tree: Tree = None
    tree_or_none: Tree | None = None
    kind: Literal["cat", None] = None
    anything: Any = None
    gone: Nothing | None = None
    flag: Annotated[Literal[True] | None, Exact] = None


class Cat(Model):
    kind: Literal["cat"]
    lives: Integer | None = None


class Dog(Model):
    kind: Literal["dog"]


class Strict(Model, extra="forbid"):
    first_name: Annotated[str | None, Field(alias="firstName")] = None


class Dated(Model):
    __pydantic_extra__: dict[str, Date]


class Message(
    Model,
    checks=(
        checks.any_of(checks.required("text"), checks.required("htmlBody")),
        checks.properties({"size": checks.has_type("integer")}),
    ),
):
    text: str | None = None
    html_body: Annotated[str | None, Field(alias="htmlBody")] = None
    size: Number | None = None
    sent: DateTime | None = None


class LongMessage(Message, checks=(checks.required("size"),)):
    pass


def refused(make: Callable[[], object]) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        make()
    return [(error["loc"], error["type"]) for error in caught.value.errors()]


@pytest.mark.parametrize("wire", ["tag", "shortName", "legs", "tags", "friend", "gone", "flag"])
def test_null_is_refused_where_a_field_may_only_be_absent(wire: str) -> None:
    assert [place for place, _ in refused(lambda: Pet.from_dict({"name": "x", "owner": "y", wire: None}))] == [(wire,)]


@pytest.mark.parametrize(
    "wire", ["note", "nickName", "weight", "alias", "tree", "tree_or_none", "kind", "anything", "owner"]
)
def test_null_is_kept_where_it_is_a_value(wire: str) -> None:
    data = {"name": "x", "owner": "y", wire: None}
    assert Pet.from_dict(data).to_dict() == data


def test_null_deep_inside_is_refused() -> None:
    assert refused(
        lambda: Pet.from_json('{"name":"x","owner":null,"friend":{"name":"y","owner":null,"tag":null}}')
    ) == [(("friend", "tag"), "string_type")]


def test_none_from_python_means_absent_or_null_as_the_field_says() -> None:
    pet = Pet(name="x", owner=None, tag=None, note=None, short=None, legs=None, tags=None, flag=None, gone=None)
    assert pet.to_json() == b'{"name":"x","note":null,"owner":null}'


def test_what_is_not_set_is_not_sent() -> None:
    pet = Pet(name="x", owner=None)
    assert pet.to_dict() == {"name": "x", "owner": None}
    assert pet.size == 3
    pet.size = 4
    pet.nick = None
    assert pet.to_dict() == {"name": "x", "owner": None, "nickName": None, "size": 4}


def test_constraints_hold_beside_the_null_rule() -> None:
    assert refused(
        lambda: Pet.from_dict({"name": "x", "owner": None, "shortName": "long", "nickName": "long", "alias": "long"})
    ) == [
        (("shortName",), "string_too_long"),
        (("nickName",), "string_too_long"),
        (("alias",), "string_too_long"),
    ]
    assert refused(lambda: Pet(name="x", owner=None, tags=["a", "a"])) == [(("tags",), "check")]
    assert refused(lambda: Pet.from_dict({"name": "x", "owner": None, "flag": 1})) == [(("flag",), "bool_type")]


def test_a_validator_around_does_not_switch_the_rule_off() -> None:
    class Wrapped(Model):
        inner: Pet | None = None
        text: str | None = None

        @model_validator(mode="before")
        @classmethod
        def _before(cls, value: Any) -> Any:
            return value

        @field_validator("text", mode="before")
        @classmethod
        def _text(cls, value: Any) -> Any:
            return value

    assert refused(lambda: Wrapped.from_json('{"text":null}')) == [(("text",), "string_type")]
    assert refused(lambda: Wrapped.from_json('{"inner":{"name":"x","owner":"y","tag":null}}')) == [
        (("inner", "tag"), "string_type")
    ]
    assert Wrapped(text=None).to_dict() == {}


def test_a_discriminated_union_may_be_absent_but_not_null() -> None:
    class Home(Model):
        pet: Annotated[Cat | Dog | None, Field(discriminator="kind")] = None
        other: Annotated[Nullable[Cat | Dog], Field(discriminator="kind")] = None

    assert Home.from_json('{"pet":{"kind":"cat","lives":9},"other":null}').to_dict() == {
        "pet": {"kind": "cat", "lives": 9},
        "other": None,
    }
    assert refused(lambda: Home.from_json('{"pet":null}')) == [(("pet",), "dict_type")]
    assert refused(lambda: Home.from_json('{"pet":{"kind":"cat","lives":null}}')) == [
        (("pet", "cat", "lives"), "integer")
    ]


def test_classes_that_are_defined_later() -> None:
    class Node(Model):
        union: Annotated[Leaf | Branch | None, Field(discriminator="kind")] = None

    class Leaf(Model):
        kind: Literal["leaf"]

    class Branch(Model):
        kind: Literal["branch"]
        node: Node | None = None

    Node.model_rebuild(_types_namespace={"Leaf": Leaf, "Branch": Branch})
    Branch.model_rebuild(_types_namespace={"Node": Node})
    data = {"union": {"kind": "branch", "node": {"union": {"kind": "leaf"}}}}
    assert Node.from_dict(data).to_dict() == data
    assert refused(lambda: Node.from_json('{"union":null}')) == [(("union",), "dict_type")]


def test_python_names_mean_nothing_on_the_wire() -> None:
    assert refused(lambda: Strict.from_json('{"first_name":"x"}')) == [(("first_name",), "extra_forbidden")]
    assert Strict(first_name="x").to_json() == b'{"firstName":"x"}'


def test_unknown_properties_are_kept_and_sent_back() -> None:
    data = {"kind": "dog", "bark": [1, 1.5, None, {"x": True}]}
    assert Dog.from_dict(data).to_dict() == data


def test_unknown_properties_may_have_a_type() -> None:
    dated = Dated.from_json('{"born":"2020-02-29"}')
    assert dated.to_json() == b'{"born":"2020-02-29"}'
    assert refused(lambda: Dated.from_json('{"born":"2021-02-29"}')) == [(("born",), "format")]


def test_checks_of_a_class_see_the_wire() -> None:
    assert Message.from_json('{"htmlBody":"x"}').html_body == "x"
    assert refused(lambda: Message.from_json("{}")) == [((), "check")]
    assert refused(lambda: Message.from_json('{"text":"x","size":1.5}')) == [((), "check")]
    assert refused(lambda: Message.from_json('{"text":null}')) == [(("text",), "string_type")]


def test_checks_of_a_class_see_what_python_code_is_going_to_send() -> None:
    message = Message(html_body="x", size=1.0, sent="2020-01-01T00:00:00Z")
    assert message.to_dict() == {"htmlBody": "x", "size": 1.0, "sent": "2020-01-01T00:00:00Z"}
    assert refused(lambda: Message()) == [((), "check")]
    assert refused(lambda: Message(text=None)) == [((), "check")]
    assert refused(lambda: Message(text="x", size=1.5)) == [((), "check")]
    assert refused(lambda: Message.model_validate({"html_body": None})) == [((), "check")]


def test_a_class_inherits_checks() -> None:
    assert refused(lambda: LongMessage(text="x")) == [((), "check")]
    assert refused(lambda: LongMessage(size=1)) == [((), "check")]
    assert LongMessage(text="x", size=1).size == 1
    assert Message(text="x").size is None


def test_models_are_values() -> None:
    pet = Pet(name="x", owner=None, friend=Pet(name="y", owner="z", extra=[1]))
    assert Pet.from_json(pet.to_json()) == pet
    assert copy.deepcopy(pet) == pet
    assert pickle.loads(pickle.dumps(pet)) == pet
    assert pickle.loads(pickle.dumps(pet)).to_json() == pet.to_json()
    assert pet != Pet(name="x", owner=None)


def test_repr_shows_what_is_set() -> None:
    assert repr(Pet(name="x", owner=None, more=1)) == "Pet(name='x', owner=None, more=1)"


def test_the_rule_is_for_models_only() -> None:
    class Other(BaseModel):
        pet: Cat
        text: str | None = None

    assert Other.model_validate_json('{"pet":{"kind":"cat"},"text":null}').text is None


def test_pydantic_can_describe_a_model() -> None:
    described = Message.model_json_schema()
    assert described["properties"]["sent"] == {
        "default": None,
        "format": "date-time",
        "title": "Sent",
        "type": "string",
    }


def test_every_attribute_is_known_to_naming() -> None:
    attributes = {name for name in dir(Model) if not name.startswith("_")}
    assert {"model_dump", "to_json"} <= attributes
    assert attributes <= words_of("fields")


class Circle(Model):
    type: Literal["circle"] = "circle"
    number: Annotated[Literal[1], Field(alias="no")] = 1
    size: Integer = 3


class Disc(Circle):
    colour: str | None = None


def test_what_can_have_one_value_only_is_sent() -> None:
    for circle in (Circle(), Disc(), Circle(type="circle"), Disc(colour=None)):
        assert circle.to_dict() == {"type": "circle", "no": 1}
    circles = TypeAdapter(list[Circle])
    assert circles.dump_json([Circle(size=4)], exclude_unset=True) == b'[{"type":"circle","no":1,"size":4}]'


def test_what_was_read_goes_out_again_without_what_was_not_there() -> None:
    assert Circle.from_json("{}").to_dict() == {}
    assert Circle.from_json('{"size":1}').size == 1
    with pytest.raises(ValidationError):
        Circle(type="square")  # type: ignore[arg-type]


def test_constructors_of_ones_own_are_kept() -> None:
    class Named(Circle):
        def __init__(self, /, **data: Any) -> None:
            super().__init__(**{"size": 7, **data})

    assert Named().to_dict() == {"type": "circle", "no": 1, "size": 7}
    assert copy.deepcopy(Named()).to_dict() == {"type": "circle", "no": 1, "size": 7}
