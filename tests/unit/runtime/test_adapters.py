"""JSON text to values of types and back."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from bothends.runtime import adapters
from bothends.runtime.adapters import adapter, decode, encode, to_jsonable
from bothends.runtime.model import Model
from bothends.runtime.types import Date, Integer


class Pet(Model):
    first_name: Annotated[str, Field(alias="firstName")]
    born: Date | None = None


def test_values_go_by_their_wire_names() -> None:
    assert decode(list[Pet], '[{"firstName":"x"}]') == [Pet(first_name="x")]
    with pytest.raises(ValidationError):
        decode(Pet, '{"first_name":"x"}')
    assert encode(Pet, Pet(first_name="x")) == b'{"firstName":"x"}'


def test_dicts_make_models() -> None:
    assert encode(Pet, {"firstName": "x"}) == b'{"firstName":"x"}'
    assert encode(list[Pet], [{"first_name": "x", "born": datetime.date(2020, 1, 1)}]) == (
        b'[{"firstName":"x","born":"2020-01-01"}]'
    )
    with pytest.raises(ValidationError):
        encode(Pet, {"name": "x"})


def test_jsonable() -> None:
    value = {"a": Pet(first_name="x", born=datetime.date(2020, 1, 1))}
    assert to_jsonable(dict[str, Pet], value) == {"a": {"firstName": "x", "born": "2020-01-01"}}


def test_adapters_are_made_once() -> None:
    type_ = list[Pet]
    assert adapter(type_) is adapter(type_)
    assert adapter(Pet) is adapter(Pet)


def test_unions_are_told_apart_by_their_order() -> None:
    assert adapter(Integer | str) is not adapter(str | Integer)


def test_adapters_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters, "_ADAPTERS", {})
    monkeypatch.setattr(adapters, "_MOST_ADAPTERS", 3)
    for number in range(9):
        type_: Any = Annotated[str, Field(max_length=number)]
        assert decode(type_, '""') == ""
    assert len(adapters._ADAPTERS) == 3


@pytest.mark.parametrize("text", ["", "{", "[1", b"\xff", '"\\ud800"'])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValidationError):
        decode(Any, text)
