"""Cursors walk plain data and read fields by type."""

from __future__ import annotations

import json

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report
from bothends.loading import pointer
from bothends.loading.cursor import Cursor
from bothends.loading.document import parse_document


def cursor(data: object) -> Cursor:
    document = parse_document(json.dumps(data).encode(), "a.json", Limits(), Report())
    return Cursor(document.data, document)


@pytest.mark.parametrize("tokens", [(), ("",), ("a/b", "c~d", "0"), ("~1", "~01"), ("", "")])
def test_pointers_come_back(tokens: tuple[str, ...]) -> None:
    assert pointer.parse(pointer.join("", *tokens)) == tokens


def test_pointers_are_refused() -> None:
    with pytest.raises(ValueError, match="not a JSON pointer"):
        pointer.parse("a")
    assert (pointer.parent("/a/b"), pointer.parent("")) == ("/a", "")


def test_walking() -> None:
    root = cursor({"paths": {"/a~b": [{"x": 1}]}})
    place = root / "paths" / "/a~b" / 0 / "x"
    assert (place.value, place.pointer, place.key) == (1, "/paths/~1a~0b/0/x", "#/paths/~1a~0b/0/x")
    assert (place.location.uri, place.location.pointer) == ("a.json", place.pointer)
    assert [(name, one.pointer) for name, one in (root / "paths").items()] == [("/a~b", "/paths/~1a~0b")]
    assert [one.pointer for one in (root / "paths" / "/a~b").elements()] == ["/paths/~1a~0b/0"]
    assert list(place.items()) == []
    assert list(root.elements()) == []
    assert root.get("nothing") is None
    assert "paths" in root
    assert root / "paths" == root.child("paths")
    with pytest.raises(KeyError):
        root / "nothing"


def test_fields_by_type() -> None:
    report = Report()
    fields = cursor({"s": "x", "b": True, "i": 3, "f": 4.0, "m": {}, "l": []})
    assert fields.string("s", report) == "x"
    assert fields.boolean("b", report) is True
    assert fields.integer("i", report) == 3
    assert fields.integer("f", report) == 4
    assert fields.mapping("m", report) == fields / "m"
    assert fields.array("l", report) == fields / "l"
    assert (fields.string("no", report, "d"), fields.integer("no", report)) == ("d", None)
    assert (fields.mapping("no", report), fields.array("no", report)) == (None, None)
    assert not list(report)


def test_wrong_types_are_repaired_or_reported_once() -> None:
    report = Report()
    fields = cursor({"version": 1.0, "required": "true", "null": None, "s": [1], "m": "x", "l": {}, "i": True})
    for _ in range(2):
        assert fields.string("version", report) == "1.0"
        assert fields.boolean("required", report) is True
        assert fields.string("null", report, "d") == "d"
        assert fields.string("s", report) == ""
        assert fields.mapping("m", report) is None
        assert fields.array("l", report) is None
        assert fields.integer("i", report) is None
    found = {one.location.pointer: str(one.severity) for one in report if one.location}
    assert found == {
        "/version": "warning",
        "/required": "warning",
        "/null": "warning",
        "/s": "error",
        "/m": "error",
        "/l": "error",
        "/i": "error",
    }
    assert {one.code for one in report} == {"wrong-type"}
    assert "'s' must be a string, not a list" in [one.message for one in report]
