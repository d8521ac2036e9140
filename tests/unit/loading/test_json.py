"""JSON is read by the parser of the standard library, with everything refused that JSON does not have."""

from __future__ import annotations

import json

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import DocumentError, Report, Severity
from bothends.loading.document import Document, parse_document


def read(text: str, report: Report | None = None, uri: str = "a.json", limits: Limits | None = None) -> Document:
    return parse_document(text.encode(), uri, limits or Limits(), Report() if report is None else report)


def refused(text: str, uri: str = "a.json", limits: Limits | None = None) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(DocumentError) as caught:
        read(text, uri=uri, limits=limits)
    places = [(one.code, one.location) for one in caught.value.diagnostics]
    return [(code, place.line, place.column) for code, place in places if place is not None]


def test_values() -> None:
    text = '{"a": [1, 1.0, -2e3, true, null, "\\ud83d\\ude00\\u0000", ""], "1": {}}'
    assert read(text).data == json.loads(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1, 2', [("invalid-json", 1, 12)]),
        ('{"a": "x', [("invalid-json", 1, 7)]),
        ('{"a": 1,}', [("invalid-json", 1, 9)]),
        ('{\n"a" 1}', [("invalid-json", 2, 5)]),
        ("{'a': 1}", [("invalid-json", 1, 2)]),
        ('{"a": 1} x', [("invalid-json", 1, 10)]),
        ("// x\n{}", [("invalid-json", 1, 1)]),
        ('{"a": NaN}', [("invalid-number", 1, 7)]),
        ('{"a": [1e999,\n-Infinity]}', [("invalid-number", 2, 1), ("invalid-number", 1, 8)]),
        ('{"a": ' + "9" * 5000 + "}", [("too-many-digits", 1, 7)]),
        ('{"a": "\\ud83d\\ude00 \\ud800"}', [("invalid-json", 1, 21)]),
        ('{"\\udc00": 1}', [("invalid-json", 1, 3)]),
        ("[" * 100_000, [("too-deep", 1, 201)]),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, [("too-deep", 1, 1001)]),
        ("[" * 201 + "]" * 201, [("too-deep", 1, 201)]),
    ],
)
def test_refused(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert refused(text) == expected


def test_an_escaped_backslash_makes_no_surrogate() -> None:
    assert read('["\\\\ud800"]').data == ["\\ud800"]


def test_too_many_values() -> None:
    assert refused(json.dumps([0] * 20), limits=Limits(nodes=10)) == [("too-many-values", 1, 1)]
    assert read(json.dumps([",[{" * 20]), limits=Limits(nodes=10)).data


def test_values_are_counted_before_they_are_made() -> None:
    assert refused("[" + "[],{}," * 3_000_000 + "1]") == [("too-many-values", 1, 1)]


def test_so_many_faults_are_cut_short() -> None:
    assert len(refused("[" + ",".join(f"1e{number + 1000}" for number in range(100_000)) + "]")) == 20
    report = Report()
    read("{" + ",".join(['"a":1'] * 100_000) + "}", report)
    assert len(report) == 100


def test_flow_style_yaml_is_not_taken_for_json() -> None:
    assert read("{a: 1, 'b': [x]}", uri="a.yaml").data == {"a": 1, "b": ["x"]}


def test_json_in_a_yaml_file_keeps_the_rules_of_json() -> None:
    assert read('{"a": "b", "c": 1}', uri="a.yaml").data == {"a": "b", "c": 1}
    assert refused('{"a": 1e999}', uri="a.yaml") == [("invalid-number", 1, 7)]


def test_duplicate_keys_show_both_places() -> None:
    report = Report()
    assert read('{"a": {"x": 1,\n "x": 2}, "b": [0, {"q": [1],\n"q": [1 ]}]}', report).data["a"] == {"x": 2}
    found = [
        (one.severity, one.location.pointer, one.location.line, one.related[0].location.line)
        for one in report
        if one.location is not None
    ]
    assert found == [(Severity.ERROR, "/a/x", 2, 1), (Severity.WARNING, "/b/1/q", 3, 2)]


def test_positions() -> None:
    document = read('{\n  "a": {"b~/": [1, {"c": "}{"}]},\n  "d": 2\n}\n')
    assert document.position("") == (1, 1)
    assert document.position("/a/b~0~1/1/c") == (2, 21)
    assert document.position("/a/b~0~1/9") == (2, 9)
    assert document.position("/d") == (3, 3)
    assert document.position("/nothing") == (1, 1)


def test_positions_in_text_of_nothing_but_nesting_take_bounded_time() -> None:
    inner = ",".join(["[]"] * 20_000)
    document = read('{"a":' * 190 + f"[{inner}]" + "}" * 190)
    assert document.position("/a" * 190) is not None


def test_line() -> None:
    document = read('{\r\n"a": 1\r}\n')
    assert [document.line(number) for number in (0, 1, 2, 3, 9)] == [None, "{", '"a": 1', "}", None]
