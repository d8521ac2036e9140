"""Names over several runs: kept while the document grows, renamed on purpose, forgotten on request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bothends.cli.main import run

HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\ncomponents:\n  schemas:\n'
PET = "    Pet: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}\n"
OWNER = "    PetOwner: {type: object, properties: {id: {type: string}}}\n"
CONFIG = '[[targets]]\nspec = "openapi.yaml"\noutput = "pets"\nparts = ["schemas"]\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bothends.toml").write_text(CONFIG)
    (tmp_path / "openapi.yaml").write_text(HEAD + PET)
    monkeypatch.chdir(tmp_path)
    assert run(["generate", "-q"]) == 0
    return tmp_path


def types(project: Path) -> dict[str, str]:
    lock = json.loads((project / "pets/.bothends.json").read_text())["names"]["types"]
    return {place: line.split(" ")[0] for place, line in lock.items()}


def test_a_component_that_comes_later_does_not_take_a_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (project / "pets/schemas/pet.py").read_bytes()
    (project / "openapi.yaml").write_text(HEAD + PET + OWNER)
    assert run(["generate"]) == 0
    assert "renamed" not in capsys.readouterr().out
    assert (project / "pets/schemas/pet.py").read_bytes() == before
    assert types(project)["Pet/owner"] == "PetOwner"
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["generate", "--relock"]) == 0
    said = capsys.readouterr().out
    assert "renamed: schemas.PetOwner is schemas.PetOwnerProperty now (Pet/owner)\n" in said
    assert types(project) == {"Pet": "Pet", "Pet/owner": "PetOwnerProperty", "PetOwner": "PetOwner"}
    assert run(["check"]) == 0


def test_a_chosen_name_is_a_rename_that_check_shows_and_generate_makes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "bothends.toml").write_text(CONFIG + 'names.types = {Pet = "Animal"}\n')
    renames = [
        "renamed: schemas.Pet is schemas.Animal now (Pet)",
        "renamed: schemas.PetOwner is schemas.AnimalOwner now (Pet/owner)",
    ]
    assert run(["check"]) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("renamed")] == renames
    assert run(["generate"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("renamed")] == renames
    assert (project / "pets/schemas/animal.py").exists()
    assert not (project / "pets/schemas/pet.py").exists()


def test_a_renamed_component_is_recognised(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "openapi.yaml").write_text(HEAD + PET.replace("Pet:", "Animal:"))
    assert run(["generate"]) == 0
    said = capsys.readouterr().out
    assert "renamed: schemas.Pet is schemas.Animal now (Animal)\n" in said
    assert "renamed: schemas.PetOwner is schemas.AnimalOwner now (Animal/owner)\n" in said


@pytest.mark.parametrize("command", ["check", "generate"])
def test_machines_are_told_each_rename(command: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "openapi.yaml").write_text(HEAD + PET.replace("Pet:", "Animal:"))
    run([command, "--format", "json"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(one["code"], one["severity"], one["message"]) for one in found if one["code"] == "renamed"] == [
        ("renamed", "note", "schemas.Pet is schemas.Animal now (Animal)"),
        ("renamed", "note", "schemas.PetOwner is schemas.AnimalOwner now (Animal/owner)"),
    ]


def test_from_scratch_the_rules_name_everything(project: Path) -> None:
    (project / "openapi.yaml").write_text(HEAD + PET + OWNER)
    assert run(["generate", "-q"]) == 0
    assert run(["generate", "-q", "openapi.yaml", "-o", "fresh", "--parts", "schemas"]) == 0
    fresh = json.loads((project / "fresh/.bothends.json").read_text())["names"]["types"]
    assert fresh["Pet/owner"].startswith("PetOwnerProperty")
    assert types(project)["Pet/owner"] == "PetOwner"


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace('"Pet/owner": "PetOwner ', '"Pet/owner": "Pet '),
        lambda text: text.replace('"PetOwner name"', "3"),
        lambda text: f"<<<<<<< ours\n{text}",
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_lock_that_is_broken_stops_the_run_until_it_is_forgotten(
    harm: object, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = project / "pets/.bothends.json"
    manifest.write_text(harm(manifest.read_text()))  # type: ignore[operator]
    tree = {path: path.read_bytes() for path in (project / "pets").rglob("*") if path.is_file()}
    assert run(["generate"]) == 2
    assert "error[invalid-name-lock]" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (project / "pets").rglob("*") if path.is_file()} == tree
    assert run(["generate", "--relock", "--force", "-q"]) == 0
    assert types(project) == {"Pet": "Pet", "Pet/owner": "PetOwner"}
