"""Checks in annotations, what they say when they fail, and types within checks."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from bothends.runtime import checks as c
from bothends.runtime.adapters import decode, encode
from bothends.runtime.model import Model, Nullable
from bothends.runtime.types import Base64, DateTime, Duration, Integer, Number


class Point(Model, extra="forbid"):
    x: Integer
    why: Annotated[Integer | None, Field(alias="y")] = None


class Named(Model):
    name: str
    label: Annotated[str | None, Field(alias="theLabel")] = None


class Labelled(Model, checks=(c.properties({"note": c.always()}),)):
    label: str


class Counted(Model):
    __pydantic_extra__: dict[str, Integer]


def message(type_: Any, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        decode(type_, text)
    (error,) = caught.value.errors()
    assert error["type"] == "check"
    return error["msg"]


@pytest.mark.parametrize(
    ("check", "text", "said"),
    [
        (c.required("a", "b"), '{"a":1}', 'have "b"'),
        (c.any_of(c.required("a"), c.required("b")), "{}", 'have "a" or have "b"'),
        (c.one_of(c.required("a"), c.required("b")), '{"a":1,"b":2}', 'do exactly one of these: have "a"; have "b"'),
        (c.not_(c.required("a")), '{"a":1}', 'not have "a"'),
        (c.unique_items(), "[1,1.0]", "have unique items"),
        (c.dependent_required({"a": ["b"], "c": ["d"]}), '{"c":1}', 'have "d" where it has "c"'),
        (c.dependent_schemas({"a": c.required("b")}), '{"a":1}', 'have "b" (since it has "a")'),
        (c.count("items", minimum=1, maximum=2), "[1,2,3]", "have at least 1 and at most 2 items"),
        (c.count("properties", minimum=1), "{}", "have at least 1 properties"),
        (c.contains(c.has_type("null")), "[1]", "contain at least 1 items that be of type null"),
        (c.items(c.has_type("string"), rest=c.has_type("number")), '["a",1,"b"]', "be of type number at /2"),
        (c.properties({"a/b": c.one_of_values(1, True)}), '{"a/b":0}', "be 1 or true at /a~1b"),
        (c.property_names(c.within(max_length=1)), '{"ab":1}', "have property names that have at most 1 characters"),
        (c.has_format("uuid"), '"x"', "have the format uuid"),
        (c.within(minimum=1, multiple_of=0.1), "0.5", "be at least 1 and be a multiple of 0.1"),
        (c.never(), "1", "be absent"),
        (
            c.if_then(c.required("a"), then=c.required("b"), otherwise=c.required("c")),
            "{}",
            'have "c" (unless it does have "a")',
        ),
        (c.unevaluated("properties", c.never(), beside=c.properties({"a": c.always()})), '{"b":1}', "be absent at /b"),
        (c.unevaluated("items", c.never(), beside=c.items(c.always())), "[1,2]", "be absent at /1"),
        (c.all_of(c.has_type("object"), c.required("a")), "{}", 'have "a"'),
        (c.is_valid(lambda: Point), '{"x":"1"}', "be a valid Point (Input should be a valid integer)"),
    ],
)
def test_messages_say_what_was_expected(check: c.Check, text: str, said: str) -> None:
    assert message(Annotated[Any, check], text) == f"Input should {said}"
    assert check.expected


def test_a_check_sees_the_value_as_it_came() -> None:
    whole = c.one_of_values(1)
    assert decode(Annotated[Number, whole], "1.0") == 1
    assert message(Annotated[Any, whole], "true") == "Input should be 1"


def test_a_check_of_a_python_value_sees_what_will_be_sent() -> None:
    late = Annotated[DateTime, c.within(pattern=r"^2020-.*Z\Z")]
    assert encode(late, datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)) == b'"2020-01-01T00:00:00Z"'
    assert encode(Annotated[Base64, c.within(max_length=4)], b"abc") == b'"YWJj"'
    assert encode(Annotated[Duration, c.one_of_values("P1D")], datetime.timedelta(hours=24)) == b'"P1D"'
    points = Annotated[list[Point], c.unique_items()]
    assert encode(points, [Point(x=1), {"x": 1, "why": 2}]) == b'[{"x":1},{"x":1,"y":2}]'
    with pytest.raises(ValidationError, match="unique items"):
        encode(points, [Point(x=1), {"x": 1}])


def test_a_check_sees_null_where_null_is_a_value() -> None:
    class Holder(Model):
        optional: Annotated[str | None, c.has_type("string")] = None
        nullable: Annotated[Nullable[str], c.has_type("string")] = None

    assert Holder(optional=None).to_dict() == {}
    with pytest.raises(ValidationError, match="of type string"):
        Holder.from_json('{"nullable":null}')


def test_types_may_mention_themselves() -> None:
    tree = c.all_of(c.has_type("object"), c.properties({"child": c.recursive(lambda: tree)}))
    assert tree.holds({"child": {"child": {}}})
    assert not tree.holds({"child": {"child": 1}})
    assert tree.failure({"child": {"child": 1}}) == (("child", "child"), "be of type object")


@pytest.mark.parametrize(
    ("type_", "value", "others"),
    [
        (Point, {"x": 1}, []),
        (Named, {"name": "a", "theLabel": "b", "z": 1}, ["z"]),
        (Named, {"name": "a", "label": 1}, ["label"]),
        (Labelled, {"label": "a", "note": 1, "z": 1}, ["z"]),
        (Counted, {"a": 1}, []),
        (dict[str, Integer], {"a": 1}, []),
        (Point | Named, {"name": "a", "z": 1}, ["z"]),
        (Annotated[Any, c.properties({"a": c.always()})], {"a": 1, "b": 1}, ["b"]),
        (Any, {"a": 1}, ["a"]),
    ],
)
def test_types_tell_which_properties_they_evaluate(type_: Any, value: dict[str, Any], others: list[str]) -> None:
    check = c.unevaluated("properties", c.never(), beside=c.is_valid(lambda: type_))
    assert check.holds(value) is (not others)
    allowed = c.unevaluated("properties", c.always(), beside=c.is_valid(lambda: type_))
    assert allowed.holds(value)
    if others:
        assert check.failure(value).path == (others[0],)


@pytest.mark.parametrize("type_", [list[Integer], tuple[Integer, Integer]])
def test_types_tell_which_items_they_evaluate(type_: Any) -> None:
    assert c.unevaluated("items", c.never(), beside=c.is_valid(lambda: type_)).holds([1, 2])


def test_types_within_checks_follow_the_rules_of_the_wire() -> None:
    check = c.is_valid(lambda: Point)
    assert check.holds({"x": 1.0, "y": 2})
    assert not check.holds({"x": 1, "y": None})
    assert not check.holds({"x": 1, "why": 2})
    assert not check.holds({"x": True})


def test_values_compare_as_json() -> None:
    check = c.one_of_values([1, {"a": 2.0}], False, None)
    assert check.holds([1.0, {"a": 2}])
    assert check.holds(False)
    assert check.holds(None)
    assert not check.holds(0)
    assert not check.holds([True, {"a": 2}])
    assert not c.unique_items().holds([{"a": 1, "b": 2}, {"b": 2, "a": 1}])
    assert c.unique_items().holds([1, True, "1", [1], [True], {"a": 1}, {"a": True}, None, False, 0])
