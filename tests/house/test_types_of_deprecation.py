"""Type checkers report each use of what the document calls deprecated, and nothing in the generated package."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.packages import make_package

DOCUMENT = Path(__file__).parents[1] / "golden/deprecation/openapi.yaml"
PROGRAM = """\
from ferry import Client, schemas


def use(client: Client, trip: schemas.Trip) -> None:
    print(trip.id, trip.ticket)
    print(trip.vessel.upper())  # reported
    print(trip.fast_vessel is True)  # reported
    for stop in trip.stops:  # reported
        print(stop.upper())
    print(trip.note)  # reported
    trip.note = "late"
    client.trips.add_trip(body=trip)  # reported
    for found in client.trips.list_trips(page=2):
        print(found.id)
    print(schemas.Paper)  # reported
    print(schemas.Status)  # reported
    print(schemas.Digital(kind="Digital"))


schemas.Trip(id="1", vessel="Ferry")
schemas.Trip(id="1", vessel="Ferry", fast_vessel=True, stops=["A"], note=None)
"""
WRONG = """\
schemas.Trip(id="1")  # wrong
schemas.Trip(id="1", vessel=2)  # wrong
schemas.Trip(id="1", vessel="Ferry", stops="A")  # wrong
"""


def lines(mark: str) -> list[int]:
    return [number for number, line in enumerate((PROGRAM + WRONG).splitlines(), 1) if line.endswith(f"# {mark}")]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deprecated")
    make_package(DOCUMENT, folder, "ferry")
    found = folder / "program.py"
    found.write_text(PROGRAM + WRONG, encoding="utf-8")
    return found


def test_mypy_reports_what_is_deprecated(program: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--enable-error-code=deprecated", "--cache-dir=/dev/null"]
    done = subprocess.run([*command, "."], cwd=program.parent, capture_output=True, text=True, check=False)
    found = re.findall(r"^(.*?):(\d+): error: .*\[(.*)\]$", done.stdout, re.MULTILINE)
    assert {path for path, _, _ in found} == {"program.py"}, done.stdout
    assert [int(line) for _, line, code in found if code == "deprecated"] == lines("reported")
    assert [int(line) for _, line, code in found if code != "deprecated"] == lines("wrong"), done.stdout


@pytest.mark.slow
def test_pyright_reports_what_is_deprecated(program: Path) -> None:
    settings = {"include": ["program.py", "ferry"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (program.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("pyright")), "-p", str(program.parent), "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [one for one in json.loads(done.stdout)["generalDiagnostics"] if one["severity"] == "error"]
    assert {Path(one["file"]).name for one in said} == {"program.py"}, said
    found = {rule: set[int]() for rule in ("reported", "wrong")}
    for one in said:
        rule = "reported" if one["rule"] == "reportDeprecated" else "wrong"
        found[rule].add(one["range"]["start"]["line"] + 1)
    assert {rule: sorted(numbers) for rule, numbers in found.items()} == {rule: lines(rule) for rule in found}
