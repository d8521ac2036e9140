"""Styles beside RFC 6570, as an implementation of its own has it: what OpenAPI 3.2, appendix C, calls equivalent."""

from __future__ import annotations

from typing import Any

import pytest
import uritemplate
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bothends.runtime.coding.arguments import decode_path, decode_query, parse_query
from bothends.runtime.coding.parameters import encode_path, encode_query
from bothends.runtime.operation import PathParameter, QueryParameter

# A path segment of one or two full stops is refused before it is sent, and says nothing about styles.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
ARRAYS = st.lists(TEXT, min_size=1, max_size=4)


class Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    G: str
    R: str


OBJECTS = st.builds(lambda one, other: {"G": one, "R": other}, TEXT, TEXT)
VALUES = {str: TEXT, list: ARRAYS, dict: OBJECTS}
TYPES: dict[Any, Any] = {str: str, list: list[str], dict: Named}
OPERATORS = {"simple": "", "label": ".", "matrix": ";"}


def expanded(operator: str, explode: bool, value: Any) -> str:
    """Return what RFC 6570 makes of a value."""
    return str(uritemplate.expand(f"{{{operator}color{'*' if explode else ''}}}", {"color": value}))


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize("style", OPERATORS)
def test_paths_are_expanded_alike_and_read_back(style: Any, explode: bool, kind: Any) -> None:
    parameter = PathParameter("color", TYPES[kind], style=style, explode=explode)

    @given(VALUES[kind])
    def check(value: Any) -> None:
        # The RFC leaves a full stop in the value as it is, where it cannot be told from the delimiter; we do not.
        assume(not (style == "label" and "." in repr(value)))
        theirs = expanded(OPERATORS[style], explode, value)
        assert encode_path(parameter, value) == theirs
        found = decode_path(parameter, theirs)
        assert (found.model_dump() if isinstance(found, BaseModel) else found) == value

    check()


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("explode", [False, True])
def test_queries_are_expanded_alike_and_read_back(explode: bool, kind: Any) -> None:
    parameter = QueryParameter("color", TYPES[kind], explode=explode)

    @given(VALUES[kind])
    def check(value: Any) -> None:
        theirs = expanded("?", explode, value).removeprefix("?")
        assert "&".join(encode_query(parameter, value)) == theirs
        found = decode_query(parameter, parse_query(theirs))
        assert (found.model_dump() if isinstance(found, BaseModel) else found) == value

    check()


@given(st.text("abz019-._~:/?@!$'()*,;", min_size=1))
def test_what_may_stay_reserved_is_expanded_alike(text: str) -> None:
    parameter = QueryParameter("color", str, allow_reserved=True)
    assert encode_query(parameter, text) == [f"color={expanded('+', False, text)}"]
