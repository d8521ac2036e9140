"""Diagnostics as people and machines see them."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from bothends.diagnostics.model import Diagnostic, Location, Related, Report, Severity
from bothends.diagnostics.show import FORMATS, show

LINES = {"a.yaml": ["paths:", "  /pets:", "\tget: [ä€, 'x']", "x" * 300]}


class Locator:
    def origin(self, location: Location) -> Location:
        return location

    def prepare(self, locations: Iterable[Location]) -> None:
        assert all(isinstance(location, Location) for location in locations)

    def locate(self, location: Location) -> tuple[int, int] | None:
        known = {"/paths": (1, 1), "/get": (3, 8), "/long": (4, 200)}
        return (location.line, location.column or 1) if location.line else known.get(location.pointer)

    def source_line(self, uri: str, number: int) -> str | None:
        lines = LINES.get(uri, [])
        return lines[number - 1] if number <= len(lines) else None


def shown(*diagnostics: Diagnostic, format: str = "text", colour: bool = False) -> str:
    return show(diagnostics, format=format, locator=Locator(), colour=colour)


FULL = Diagnostic(
    "duplicate-key",
    Severity.ERROR,
    "the key 'a' stands twice",
    Location("a.yaml", "/get"),
    "remove one",
    (Related(Location("a.yaml", "/paths"), "the first one is here"),),
    ({"target": "$.paths", "remove": True},),
)
BARE = Diagnostic("invalid-call", Severity.WARNING, "no document was named")


def alike(count: int, severity: Severity = Severity.WARNING) -> list[Diagnostic]:
    places = [Location("a.yaml", f"/{number}", line=number, column=1) for number in range(1, count + 1)]
    elsewhere = Location("b.yaml", "/x", line=7, column=2)
    return [Diagnostic("wrong-type", severity, "left out", place, "mend it") for place in (*places, elsewhere)]


@pytest.mark.parametrize(
    ("count", "also"),
    [
        (1, "also at b.yaml:7:2; -v shows them"),
        (5, "also at line 2, line 3, line 4, line 5, b.yaml:7:2; -v shows them"),
        (1200, "also at line 2, line 3, line 4, line 5, line 6 and 1,195 more; -v shows them all"),
    ],
)
def test_what_is_said_of_many_places_is_said_once(count: int, also: str) -> None:
    expected = f"a.yaml:1:1: warning[wrong-type]: left out\n  1 | paths:\n    | ^\n  at /1\n  {also}\n  help: mend it\n"
    assert show(alike(count), format="text", locator=Locator(), grouped=True) == expected


def test_very_many_errors_are_not_said_each() -> None:
    text = show(alike(100, Severity.ERROR), format="text", locator=Locator(), grouped=True)
    assert text.count("error[wrong-type]") == 1
    assert "also at line 2, line 3, line 4, line 5, line 6 and 95 more; -v shows them all" in text


def test_errors_and_all_that_differ_are_said_each() -> None:
    others = [Diagnostic("wrong-type", Severity.WARNING, "left out", Location("a.yaml", "/paths")), BARE, BARE, FULL]
    for given in (alike(9, Severity.ERROR), others):
        assert show(given, format="text", locator=Locator(), grouped=True) == shown(*given)


def test_text() -> None:
    assert shown(FULL) == (
        "a.yaml:3:8: error[duplicate-key]: the key 'a' stands twice\n"
        "  3 |  get: [ä€, 'x']\n"
        "    |        ^\n"
        "  at /get\n"
        "  a.yaml:1:1: the first one is here\n"
        "  1 | paths:\n"
        "    | ^\n"
        "  help: remove one\n"
    )
    assert shown(BARE) == "warning[invalid-call]: no document was named\n"
    assert shown() == ""


def test_places_that_are_not_known() -> None:
    text = shown(Diagnostic("wrong-type", Severity.NOTE, "m", Location("b.yaml", "/x")))
    assert text == "b.yaml: note[wrong-type]: m\n  at /x\n"


def test_long_lines_are_cut_around_the_caret() -> None:
    text = shown(Diagnostic("wrong-type", Severity.ERROR, "m", Location("a.yaml", "/long")))
    excerpt, caret = text.splitlines()[1:3]
    assert len(excerpt) < 120
    assert excerpt.count("…") == 2
    assert excerpt[caret.index("^")] == "x"


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\rb", "\u202eevil", "\u200b", "\x00", "\ud800", "\u2028"])
def test_nothing_moves_the_cursor_of_a_terminal(hostile: str) -> None:
    text = shown(Diagnostic("wrong-type", Severity.ERROR, hostile, Location(hostile, f"/{hostile}"), hostile))
    assert all(character.isprintable() or character == "\n" for character in text)
    text.encode()


def test_wide_characters_keep_the_caret_in_place() -> None:
    LINES["wide.yaml"] = ["日本: x"]
    text = shown(Diagnostic("wrong-type", Severity.ERROR, "m", Location("wide.yaml", "", 1, 5)))
    assert text.splitlines()[2] == "    |       ^"


def test_colour() -> None:
    assert "\x1b[1;31merror[duplicate-key]\x1b[0m" in shown(FULL, colour=True)


def test_json() -> None:
    assert json.loads(shown(FULL, BARE, format="json")) == {
        "diagnostics": [
            {"code": "invalid-call", "severity": "warning", "message": "no document was named"},
            {
                "code": "duplicate-key",
                "severity": "error",
                "message": "the key 'a' stands twice",
                "location": {"uri": "a.yaml", "pointer": "/get", "line": 3, "column": 8},
                "hint": "remove one",
                "related": [
                    {
                        "message": "the first one is here",
                        "location": {"uri": "a.yaml", "pointer": "/paths", "line": 1, "column": 1},
                    }
                ],
                "fix": [{"target": "$.paths", "remove": True}],
            },
        ]
    }
    assert json.loads(shown(format="json")) == {"diagnostics": []}


def test_github() -> None:
    assert shown(FULL, format="github") == (
        "::error file=a.yaml,line=3,col=8,title=duplicate-key::the key 'a' stands twice"
        "%0Athe first one is here: a.yaml:1%0Ahelp: remove one\n"
    )
    hostile = Diagnostic("wrong-type", Severity.NOTE, "a%\n::error::x", Location("a,b:c\n::", ""))
    assert shown(hostile, format="github") == ("::notice file=a%2Cb%3Ac%0A%3A%3A,title=wrong-type::a%25%0A::error::x\n")


def test_sarif() -> None:
    log = json.loads(shown(FULL, BARE, format="sarif"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    [run] = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["duplicate-key", "invalid-call"]
    bare, full = run["results"]
    assert (bare["ruleId"], bare["ruleIndex"], bare["level"]) == ("invalid-call", 1, "warning")
    assert "locations" not in bare
    physical = full["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 3, "startColumn": 8}}
    assert full["relatedLocations"][0]["message"]["text"] == "the first one is here"


def test_sorted_by_place_and_none_twice() -> None:
    def at(line: int, code: str = "wrong-type") -> Diagnostic:
        return Diagnostic(code, Severity.ERROR, "m", Location("a.yaml", "", line, 1))

    text = shown(at(3), at(1), at(2, "invalid-value"), at(2), at(1))
    heads = [line for line in text.splitlines() if line.startswith("a.yaml")]
    assert heads == [
        "a.yaml:1:1: error[wrong-type]: m",
        "a.yaml:2:1: error[invalid-value]: m",
        "a.yaml:2:1: error[wrong-type]: m",
        "a.yaml:3:1: error[wrong-type]: m",
    ]


def test_the_validator_is_silent_where_a_reader_spoke() -> None:
    place = Location("a.yaml", "/get")
    general = Diagnostic("invalid-document", Severity.WARNING, "g", place, is_general=True)
    assert "invalid-document" not in shown(general, Diagnostic("wrong-type", Severity.ERROR, "m", place))
    assert "invalid-document" in shown(
        general, Diagnostic("wrong-type", Severity.ERROR, "m", Location("a.yaml", "/paths"))
    )


def test_unknown_format() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        shown(FULL, format="xml")
    assert FORMATS == ("text", "json", "github", "sarif")


def test_reports_sort_collect_and_stop() -> None:
    report = Report(strict=True)
    report.warning("wrong-type", "w", Location("b", "/x"))
    report.error("wrong-type", "e", Location("a", "/x"))
    report.error("wrong-type", "e", Location("a", "/x"))
    report.note("wrong-type", "n")
    assert [(one.message, one.severity) for one in report] == [
        ("n", Severity.NOTE),
        ("e", Severity.ERROR),
        ("w", Severity.ERROR),
    ]
    assert report.failed
    with pytest.raises(Exception, match="e; w"):
        report.stop_on_errors()
