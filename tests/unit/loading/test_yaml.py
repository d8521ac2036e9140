"""YAML is read by the core schema of YAML 1.2, and nothing but JSON values comes out."""

from __future__ import annotations

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report, Severity
from bothends.loading.document import Document, parse_document


def read(text: str, report: Report | None = None, limits: Limits | None = None) -> Document:
    return parse_document(text.encode(), "a.yaml", limits or Limits(), Report() if report is None else report)


def refused(text: str, limits: Limits | None = None) -> tuple[str, int | None, int | None]:
    with pytest.raises(DocumentError) as caught:
        read(text, limits=limits)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.severity is Severity.ERROR
    assert diagnostic.location is not None
    return diagnostic.code, diagnostic.location.line, diagnostic.location.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("On", "On"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("~", None),
        ("NULL", None),
        ("", None),
        ("2020-01-01", "2020-01-01"),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("+12", 12),
        ("-0", 0),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.0", 1.0),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("=", "="),
        ("'12'", "12"),
        ("! 12", "12"),
        ("!!str 12", "12"),
        ("!!int 12", 12),
        ("!!float 12", 12.0),
        ("-9223372036854776000", -9223372036854776000),
        ('"\\u2028\\x85"', "\u2028\x85"),
        ('"a\u2028 b\x85c"', "a\u2028 b\x85c"),
        ("|\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    found = read(f"- {text}" if text != "-" else "['-']").data[0]
    assert (type(found), found) == (type(value), value)


def test_keys_are_the_strings_that_were_written() -> None:
    data = read("200: a\nnull: b\ntrue: c\non: d\n1.10: e\n0x1: f\n? g\n: h\n'': i\n").data
    assert data == {"200": "a", "null": "b", "true": "c", "on": "d", "1.10": "e", "0x1": "f", "g": "h", "": "i"}


def test_anchors_and_merge_keys() -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  y: 5\n  <<: [*a, *b]\nd: *a\n'<<': 1\n&k e: *k\n"
    data = read(text).data
    assert data["c"] == {"x": 1, "y": 5, "z": 4}
    assert data["d"] == {"x": 1, "y": 2}
    assert data["<<"] == 1
    assert data["e"] == "e"


def test_a_redefined_anchor_means_the_last_value() -> None:
    assert read("[&a 1, *a, &a 2, *a]").data == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!python/object/apply:os.system [id]", ("invalid-yaml", 1, 4)),
        ("a: !include b.yaml", ("invalid-yaml", 1, 4)),
        ("a: !!binary aGk=", ("invalid-yaml", 1, 4)),
        ("a: !!set {b}", ("invalid-yaml", 1, 4)),
        ("!!timestamp k: 1", ("invalid-yaml", 1, 1)),
        ("a: !!int x", ("invalid-yaml", 1, 4)),
        ("? [a]\n: b", ("invalid-yaml", 1, 3)),
        ("a: &a [*a]", ("invalid-yaml", 1, 8)),
        ("a: *b", ("invalid-yaml", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("invalid-yaml", 2, 1)),
        ("a: b: c", ("invalid-yaml", 1, 5)),
        ("a:\n\t- b", ("invalid-yaml", 2, 1)),
        ("b: {<<: 5}", ("invalid-yaml", 1, 9)),
        ("a: .nan", ("invalid-number", 1, 4)),
        ("a: -.INF", ("invalid-number", 1, 4)),
        ("a: 1e999", ("invalid-number", 1, 4)),
        ("a: " + "9" * 5000, ("too-many-digits", 1, 4)),
        ("x" * 2000 + ": 1", ("invalid-yaml", 1, 2001)),
        ("%YAML 3.0\n---\na: 1", ("invalid-yaml", 1, 1)),
        ("# nothing", ("empty-document", 1, 1)),
        ("null", ("empty-document", 1, 1)),
    ],
)
def test_refused(text: str, expected: tuple[str, int, int]) -> None:
    assert refused(text) == expected


def test_a_trailing_empty_document_is_no_second_one() -> None:
    assert read("---\na: 1\n---\n...\n").data == {"a": 1}


@pytest.mark.parametrize("unit", ["[\n", "- ", "{a: ", "[", "? "])
def test_nesting_without_end(unit: str) -> None:
    code, _, _ = refused(unit * 100_000)
    assert code in ("too-deep", "invalid-yaml")


def test_nesting_up_to_the_limit() -> None:
    limits = Limits(depth=5)
    assert read("[" * 5 + "]" * 5, limits=limits).data == [[[[[]]]]]
    assert refused("- " * 6 + "a", limits) == ("too-deep", 1, 11)


def test_aliases_count_for_depth() -> None:
    text = "a: &a [x]\n" + "".join(f"{new}: &{new} [*{old}]\n" for old, new in zip("abcdef", "bcdefg", strict=True))
    assert refused(text, Limits(depth=5))[0] == "too-deep"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert refused("\n".join(lines))[0] == "too-many-aliases"


def test_a_merge_bomb_is_refused() -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{i}: 1" for i in range(100)) + "}"]
    lines += [f"a{i}: {{<<: [{', '.join(['*a0'] * 100)}]}}" for i in range(1, 50)]
    assert refused("\n".join(lines))[0] == "too-many-aliases"


def test_too_many_values() -> None:
    assert refused("- 1\n- 2\n- 3\n", Limits(nodes=2))[0] == "too-many-values"


def test_duplicate_keys_show_both_places() -> None:
    report = Report()
    data = read("a:\n  x: 1\n  x: 1\nb: [1]\nb:\n  c: 1\n", report).data
    assert data == {"a": {"x": 1}, "b": {"c": 1}}
    same, other = report
    assert (same.code, same.severity) == ("duplicate-key", Severity.WARNING)
    assert same.location is not None
    assert (same.location.pointer, same.location.line, same.location.column) == ("/a/x", 3, 3)
    assert same.related[0].location.line == 2
    assert (other.code, other.severity) == ("duplicate-key", Severity.ERROR)
    assert other.location is not None
    assert (other.location.line, other.related[0].location.line) == (5, 4)


def test_positions_of_keys_elements_and_nearest_ancestors() -> None:
    document = read("a:\n  b:\n    - x\n    - c: 1\n'd/e': &d {f: 1}\ng: *d\nh:\n  <<: *d\n")
    assert document.position("") == (1, 1)
    assert document.position("/a/b") == (2, 3)
    assert document.position("/a/b/1") == (4, 7)
    assert document.position("/a/b/1/c") == (4, 7)
    assert document.position("/a/b/7/c") == (2, 3)
    assert document.position("/d~1e/f") == (5, 12)
    assert document.position("/g/f") == (5, 12)
    assert document.position("/h/f") == (5, 12)
    assert document.position("/h/nothing") == (7, 1)
    assert document.position("no pointer") == (1, 1)


def test_columns_count_characters() -> None:
    assert read("{'ä€😀': 1, b: 2}").position("/b") == (1, 12)


def test_many_positions_are_found_in_one_pass() -> None:
    text = "".join(f"k{number}:\n  a: [x, {{b: 1}}]\n" for number in range(50))
    document = read(text)
    wanted = [f"/k{number}/a/1/b" for number in range(50)]
    document.prepare([*wanted, "/nothing", "no pointer", ""])
    assert [document.position(pointer) for pointer in wanted] == [(2 * number + 2, 11) for number in range(50)]
    # Asked one by one, an index takes over, and the answers stay the same.
    again = read(text)
    assert [again.position(pointer) for pointer in wanted] == [(2 * number + 2, 11) for number in range(50)]


def test_so_many_duplicate_keys_are_cut_short() -> None:
    report = Report()
    read("a: 1\n" * 50_000, report)
    assert len(report) == 100
