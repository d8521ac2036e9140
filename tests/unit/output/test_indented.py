"""Indented JSON is what the standard library writes, to the byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothends.output.indented import indented_json

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers() | st.booleans() | st.none(), inner),
    max_leaves=20,
)


@given(_VALUES, st.integers(0, 3))
def test_it_is_what_the_standard_library_writes(value: Any, indent: int) -> None:
    assert indented_json(value, indent) == json.dumps(value, indent=indent)


def test_what_is_no_json_is_refused_as_there() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        indented_json({"a": {1, 2}}, 1)
