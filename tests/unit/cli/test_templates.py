"""Templates of a project: listed, copied, changed, and refused where they could do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bothends.cli.main import run

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
    Pet: {description: "It's \\"\\"\\" a pet", type: object, properties: {name: {type: string, default: "a\\"b"}}}
    Name: {type: string, maxLength: 3}
"""
CONFIG = '[[targets]]\nspec = "openapi.yaml"\noutput = "pets"\nparts = ["schemas"]\ntemplates = "templates"\n'
RECORD = "schemas/_record.jinja"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "openapi.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "bothends.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "templates/schemas").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_templates_are_listed_and_copied_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates"]) == 0
    listed = capsys.readouterr().out.split()
    assert RECORD in listed
    assert run(["templates", "--copy", str(tmp_path / "all")]) == 0
    copied = {path.relative_to(tmp_path / "all").as_posix() for path in (tmp_path / "all").rglob("*.jinja")}
    assert copied == {*listed}
    assert run(["templates", RECORD, "--copy", str(tmp_path / "one")]) == 0
    assert "views 1" in (tmp_path / "one" / RECORD).read_text().partition("\n")[0]
    assert run(["templates", RECORD, "--copy", str(tmp_path / "one")]) == 2
    assert run(["templates", "schemas/record.jinja"]) == 2


def test_copies_print_what_ours_print(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate"]) == 0
    before = {path: path.read_bytes() for path in (project / "pets").rglob("*.py")}
    assert run(["templates", "--copy", "copies"]) == 0
    (project / "bothends.toml").write_text(CONFIG.replace('"templates"\n', '"copies"\n'))
    assert run(["generate"]) == 0
    assert {path: path.read_bytes() for path in (project / "pets").rglob("*.py")} == before


def test_a_template_stands_in_for_ours_and_the_others_stay(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", RECORD, "--copy", "templates"]) == 0
    path = project / "templates" / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{% include", '{% include "schemas/_marker.jinja" %}\n{% include', 1) + "\n")
    mark = '    marker = "ours"  # the team\'s own\n'
    path.write_text(f"{text}{mark}", encoding="utf-8")
    assert run(["generate"]) == 0
    assert 'marker = "ours"  # the team\'s own' in (project / "pets/schemas/pet.py").read_text()
    assert "marker" not in (project / "pets/schemas/name.py").read_text()
    assert run(["check"]) == 0
    path.write_text(f"{text}{mark.replace('ours', 'yours')}", encoding="utf-8")
    assert run(["check"]) == 1


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        (RECORD, "x\n{{ definition.record.name | upper }}", 2, "Filter is not allowed"),
        (RECORD, 'class X:\n    """{{ definition.record.doc }}"""', 2, "prints inside of a string"),
        (RECORD, "# {{ definition.record.name }}", 1, "prints inside of a comment"),
        (RECORD, "{{ definition.record.name.text }}", 1, "text belongs to no view"),
        (RECORD, "{{ definition.record.nane }}", 1, "has no attribute 'nane'"),
        (RECORD, "{{ definition.record.fields }}", 1, "templates print code only"),
        (RECORD, "{% if %}", 1, "not a template"),
        (RECORD, "{# bothends.targets.schemas.views.RecordView, views 0 #}", 1, "written for views 0"),
        (RECORD, "class {{ definition.record.name }}(:", 1, "would not be Python"),
        ("schemas/record.jinja", "x = 1", 1, "no template of this name"),
    ],
)
def test_a_template_that_could_do_harm_is_refused_and_nothing_is_written(
    name: str, text: str, line: int, message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "templates" / name).write_text(text, encoding="utf-8")
    assert run(["generate"]) == 2
    said = capsys.readouterr().err
    assert "error[invalid-template]" in said
    assert message in said
    assert f":{line}:1" in said
    assert not (project / "pets").exists()
