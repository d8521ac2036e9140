"""Code is made of literals, identifiers and constant templates only."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothends.python.code import Code, code, dotted, identifier, join, literal

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_a_literal_is_exactly_its_value(value: object) -> None:
    written = literal(value).text
    assert repr(ast.literal_eval(written)) == repr(value)
    assert all(character.isprintable() for character in written)


@given(st.text())
def test_an_identifier_is_one_or_nothing(name: str) -> None:
    try:
        written = identifier(name).text
    except ValueError:
        return
    assert isinstance(ast.parse(written, mode="eval").body, ast.Name)


@pytest.mark.parametrize("name", ["", "a b", "class", "1a", "a\n", "a.b", "x=1"])
def test_what_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an identifier"):
        identifier(name)


def test_numbers_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        literal(float("nan"))


def test_templates_take_code_alone() -> None:
    assert code("{}[{}]", identifier("list"), literal("a")).text == 'list["a"]'
    with pytest.raises(TypeError):
        code("{}", "raw")  # type: ignore[arg-type]


def test_code_cannot_be_made_elsewhere() -> None:
    with pytest.raises(TypeError):
        Code("import os")


def test_dotted_paths_are_identifiers() -> None:
    assert dotted("..schemas.pet").text == "..schemas.pet"
    with pytest.raises(ValueError, match="not an identifier"):
        dotted("..schemas.pet;x")


def test_pieces_are_joined() -> None:
    assert join(", ", [literal(1), literal(None)]).text == "1, None"
