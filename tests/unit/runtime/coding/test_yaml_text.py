"""Bodies in YAML, by way of JSON text."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
import yaml

from bothends.runtime.coding import yaml_text
from bothends.runtime.coding.problem import CodingError
from bothends.runtime.coding.yaml_text import NoReaderError, from_yaml, to_yaml

VALUES: list[Any] = [
    None,
    True,
    "no",
    "",
    [],
    {},
    12345678901234567890123,
    {"a": [1, {"b": None, "c": [[], {}, [1, [2, "x"]]]}], "yes": True, "two words": 1.5, "n": {"m": {"o": -0.25}}},
    ["1", "null", "2020-01-01", "a: b # c", "- x", "line\nline", "\x85\u2028\ufeff\x7f", "\U0001f600", "\t", "é"],
    {"1": 1e300, "~": 1e-7, "": {"": [""]}, "<<": {"a": 1}, "y": False, "ok": [{"x": 1, "y": 2}, {"x": 3}]},
]


@pytest.mark.parametrize("value", VALUES)
def test_what_is_written_is_read_again_by_us_and_by_others(value: Any) -> None:
    written = to_yaml(json.dumps(value).encode())
    assert json.loads(from_yaml(written)) == value
    assert "<<" in str(value) or yaml.safe_load(written) == value


def test_collections_are_written_as_blocks_and_scalars_as_json() -> None:
    written = to_yaml(b'{"name": "Tom", "tags": ["a", {"b": 1.50, "c": {}}], "of": {"on": null}}')
    assert written.decode() == (
        'name: "Tom"\ntags:\n  - "a"\n  - b: 1.50\n    c: {}\nof:\n  "on": null\n'  # numbers as they were spelt
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing\n", None),
        ("~", None),
        ("a: no", {"a": "no"}),
        ("a: 2020-01-01", {"a": "2020-01-01"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: TRUE", {"a": True}),
        ("[007, -0, +3, 0o17, 0x1F]", [7, 0, 3, 15, 31]),
        ("[.5, 1., -1e5, 1.50]", [0.5, 1.0, -1e5, 1.5]),
        ("['5', \"5\", !!str 5]", ["5"] * 3),
        ("!!int '5'", 5),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("1: a\ntrue: b\n2.0: c", {"1": "a", "true": "b", "2.0": "c"}),
        ("&k a: *k", {"a": "a"}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("\ufeffa: 1", {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        ("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}),
    ],
)
def test_plain_scalars_are_those_of_the_core_schema(text: str, value: Any) -> None:
    assert json.loads(from_yaml(text.encode())) == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"!!python/object/apply:os.system [exit]", "has a tag"),
        (b"a: !thing 1", "has a tag"),
        (b"!!set {a}", "has a tag"),
        (b"a: 1\na: 2", "a key twice"),
        (b"1: 1\n'1': 2", "a key twice"),
        (b"? [a]\n: 1", "no text"),
        (b"--- 1\n--- 2", "more than one"),
        (b"a: .inf", "JSON does not have"),
        (b"a: .NaN", "JSON does not have"),
        (b"a: &a [*a]", "an alias"),
        (b"a: *b", "an alias"),
        (b"[", "is not YAML"),
        (b"a: \x01", "is not YAML"),
        (b"a: \xff", "UTF-8"),
        (b"- " * 5000 + b"1", "nested too deeply"),
        (b"{a: " * 5000, "nested too deeply"),
    ],
)
def test_what_is_no_json_in_another_spelling_is_refused(text: bytes, problem: str) -> None:
    with pytest.raises(CodingError, match=problem):
        from_yaml(text)


def test_aliases_cannot_make_much_of_little() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(CodingError, match="repeats too much"):
        from_yaml("\n".join(lines).encode())


def test_without_pyyaml_only_json_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    yaml_text._library.cache_clear()
    try:
        assert from_yaml(b'{"a": 1}') == b'{"a": 1}'
        with pytest.raises(NoReaderError, match="PyYAML"):
            from_yaml(b"a: 1")
    finally:
        yaml_text._library.cache_clear()
