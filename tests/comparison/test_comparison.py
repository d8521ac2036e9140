"""Pairs of documents, one folder for each topic, with everything that changed between them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bothends.cli.main import run
from bothends.comparison.rules import RULES
from support.cases import case_folders, compare_text

_HERE = Path(__file__).parent
_DOCUMENTED = Path(__file__).parents[2] / "docs" / "diff.md"
_CASES = case_folders("comparison", "old.yaml")


def diff(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = run(["diff", str(folder / "old.yaml"), str(folder / "new.yaml"), *options])
    return code, capsys.readouterr().out.replace(f"{folder}/", "")


@pytest.mark.parametrize("folder", _CASES, ids=lambda path: path.name)
def test_every_change_is_found_and_judged(folder: Path, update: bool, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = diff(folder, capsys)
    compare_text(folder / "expected.txt", said, update=update)
    assert code == (1 if "breaking for callers" in said else 0)


@pytest.mark.parametrize("folder", _CASES, ids=lambda path: path.name)
def test_a_document_does_not_differ_from_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old.yaml", "new.yaml"):
        assert run(["diff", str(folder / name), str(folder / name), "--fail-on", "any"]) == 0
        assert "nothing changed" in capsys.readouterr().out


def test_every_rule_has_a_case() -> None:
    found = {rule for folder in _CASES for rule in re.findall(r"\[([a-z-]+)\]$", _expected(folder), re.MULTILINE)}
    assert set(RULES) == found


def test_the_documentation_lists_every_rule_with_its_verdicts() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (\w+) \| (\w+) \|", _DOCUMENTED.read_text("utf-8"), re.MULTILINE)
    assert {name: (rule.first.word, rule.second.word) for name, rule in RULES.items()} == {
        name: (first, second) for name, first, second in rows
    }


@pytest.mark.parametrize(("fail_on", "code"), [("breaking", 0), ("risky", 1), ("any", 1), ("never", 0)])
def test_the_exit_code_is_what_was_asked_for(fail_on: str, code: int, tmp_path: Path) -> None:
    old = (_HERE / "values" / "old.yaml").read_text("utf-8")
    (tmp_path / "old.yaml").write_text(old, "utf-8")
    (tmp_path / "new.yaml").write_text(old.replace("default: 1", "default: 2"), "utf-8")
    found = run(
        [
            "diff",
            str(tmp_path / "old.yaml"),
            str(tmp_path / "new.yaml"),
            "-o",
            str(tmp_path / "x"),
            "--fail-on",
            fail_on,
        ]
    )
    assert found == code


def test_json_holds_rules_places_and_uses(capsys: pytest.CaptureFixture[str]) -> None:
    _, said = diff(_HERE / "objects", capsys, "--format", "json")
    found = json.loads(said)
    change = next(one for one in found["changes"] if one["rule"] == "required-property-removed")
    assert change["place"] == "Order.buyer"
    assert (change["callers"], change["servers"]) == ("breaking", "breaking")
    assert {use["operation"] for use in change["uses"]} == {"GET /orders", "POST /orders"}
    assert change["old"].startswith("old.yaml:")
    assert found["bump"] == "major"


def test_markdown_and_html_keep_what_documents_say_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "<img src=x onerror=alert(1)>|`x`"
    old = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}
    operation = {"responses": {"200": {"description": ""}}}
    new = {**old, "paths": {f"/{hostile}": {"get": operation}}}
    for name, document in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(json.dumps(document), "utf-8")
    for style in ("markdown", "html"):
        assert run(["diff", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", style]) == 0
        said = capsys.readouterr().out
        assert "operation-added" in said
        assert "<img" not in said


def test_a_generated_package_stands_for_its_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "shop"
    assert run(["generate", str(_HERE / "objects" / "old.yaml"), "-o", str(package)]) == 0
    capsys.readouterr()
    assert run(["diff", str(package), str(_HERE / "objects" / "old.yaml"), "--fail-on", "any"]) == 0
    assert run(["diff", str(package), str(_HERE / "objects" / "new.yaml")]) == 1
    assert "Order.buyer: was removed (required)" in capsys.readouterr().out


def test_generating_says_what_changed_for_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old", "new"):
        assert run(["generate", str(_HERE / "objects" / f"{name}.yaml"), "-o", str(tmp_path / "shop")]) == 0
    said = capsys.readouterr().out
    assert said.count("for callers:") == 1
    assert "for callers: 5 breaking, 3 risky, 2 safe" in said
    assert "the changes ask for a major version; 1.4.0 to 2.0.0 is one" in said


def test_a_folder_without_a_document_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", str(tmp_path), str(_HERE / "objects" / "old.yaml")]) == 2
    assert "error[invalid-call]" in capsys.readouterr().err


def _expected(folder: Path) -> str:
    return (folder / "expected.txt").read_text("utf-8")
