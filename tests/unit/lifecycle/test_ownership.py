"""Whose a file is: edited, reformatted, foreign, left behind; and what check, offline or not, says of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.output.formatting import ruff
from bothends.output.reformatted import same_syntax

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def made(project: Path, bothends: Call) -> Path:
    code, _, said = bothends("generate", "-q")
    assert code == 0, said
    return project


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rename_a_field(project: Path) -> None:
    edit(project / "parts/pet.yaml", "name: {", "nick: {")


def test_an_edited_file_is_refused_with_a_diff_and_the_choices(made: Path, bothends: Call) -> None:
    edit(made / "pets/schemas/pet.py", "name: str", "name: int")
    rename_a_field(made)
    code, out, err = bothends("generate")
    assert code == 2
    assert "edited-file" in err
    assert "--keep" in err
    assert "--force" in err
    assert "-    name: int" in out
    assert "nick" in out


def test_keep_leaves_edits_and_writes_everything_else(made: Path, bothends: Call) -> None:
    edit(made / "pets/errors/__init__.py", "class", "# mine\nclass")
    rename_a_field(made)
    assert bothends("generate", "--keep")[0] == 0
    assert "# mine" in (made / "pets/errors/__init__.py").read_text()
    assert "nick" in (made / "pets/schemas/pet.py").read_text()
    code, out, _ = bothends("check")
    assert code == 1
    assert "errors/__init__.py was edited by hand" in out
    assert bothends("generate")[0] == 2


def test_keep_does_not_overwrite_files_of_others(project: Path, bothends: Call) -> None:
    (project / "pets/errors").mkdir(parents=True)
    (project / "pets/errors/__init__.py").write_text("mine = 1\n")
    code, _, err = bothends("generate", "--keep")
    assert (code, "foreign-file" in err) == (2, True)
    assert [path.name for path in (project / "pets").rglob("*")] == ["errors", "__init__.py"]


def test_an_edited_file_that_is_no_longer_wanted_is_refused_too(made: Path, bothends: Call) -> None:
    edit(made / "pets/server/__init__.py", '"""', '"""Mine. ')
    edit(made / "bothends.toml", "output", 'parts = ["client"]\noutput')
    assert bothends("generate")[0] == 2
    assert (made / "pets/server/__init__.py").exists()
    assert bothends("generate", "--force")[0] == 0
    assert not (made / "pets/server").exists()


def reformat(folder: Path, *options: str) -> None:
    subprocess.run([ruff(), "format", "--isolated", "--no-cache", "-q", *options, str(folder)], check=True)


@pytest.mark.parametrize("options", [("--line-length", "140"), ("--config", "format.quote-style='single'")])
def test_reformatting_is_no_edit(options: tuple[str, ...], made: Path, bothends: Call) -> None:
    reformat(made / "pets", *options)
    before = {path: path.read_bytes() for path in (made / "pets").rglob("*.py")}
    code, out, err = bothends("check", "-v")
    assert (code, out) == (0, "pets: up to date\n")
    assert "reformatted-file" in err
    assert bothends("generate")[0] == 0
    assert {path: path.read_bytes() for path in (made / "pets").rglob("*.py")} == before


def test_what_was_reformatted_follows_the_document(made: Path, bothends: Call) -> None:
    """It is known for a generated file, although what is to be generated is another one by now."""
    reformat(made / "pets", "--config", "format.quote-style='single'", "--config", "indent-width=2")
    rename_a_field(made)
    assert bothends("generate")[0] == 0
    assert "    nick: str" in (made / "pets/schemas/pet.py").read_text()


def test_an_edit_among_reformatted_files_is_still_one(made: Path, bothends: Call) -> None:
    reformat(made / "pets", "--config", "format.quote-style='single'")
    edit(made / "pets/errors/__init__.py", "class", "# mine\nclass")
    rename_a_field(made)
    code, _, err = bothends("generate")
    assert code == 2
    assert err.count("edited-file") == 1
    edit(made / "pets/errors/__init__.py", "# mine\nclass", "def (:")  # not even Python
    assert bothends("generate")[0] == 2


def test_the_same_syntax() -> None:
    one = b'def f(a, b):\n    """Doc.\n\n    More.\n    """\n    return [a, "b"]  # why\n'
    assert same_syntax(one, b"def f(\n  a,\n  b,\n):\n  '''Doc.\n\n  More.'''\n  return [\n    a, 'b'\n  ]  # why\n")
    assert not same_syntax(one, one.replace(b"why", b"what"))
    assert not same_syntax(one, one.replace(b'"b"', b'"c"'))
    assert not same_syntax(one, one.replace(b"More", b"Less"))
    assert not same_syntax(one, b"def (")


def test_what_a_merge_leaves_behind_is_found(made: Path, bothends: Call) -> None:
    shutil.copy(made / "pets/schemas/pet.py", made / "pets/schemas/dog.py")
    (made / "pets/schemas/mine.py").write_text("mine = 1\n")
    for arguments in (["check"], ["check", "--offline"]):
        code, out, _ = bothends(*arguments)
        assert code == 1
        assert "schemas/dog.py is not in the manifest" in out
        assert "mine.py" not in out


def test_offline_needs_nothing_but_the_package(made: Path, bothends: Call) -> None:
    shutil.copytree(made / "pets", made / "elsewhere/pets")
    assert bothends("check", "--offline", "-o", "elsewhere/pets")[0] == 0
    edit(made / "elsewhere/pets/errors/__init__.py", "class", "# mine\nclass")
    code, out, _ = bothends("check", "--offline", "-o", "elsewhere/pets")
    assert (code, out) == (1, "elsewhere/pets: errors/__init__.py is not what was generated\n")


def test_offline_compares_documents_and_configuration_where_they_are(made: Path, bothends: Call) -> None:
    assert bothends("check", "--offline")[0] == 0
    rename_a_field(made)
    assert bothends("check", "--offline")[:2] == (1, "pets: parts/pet.yaml has changed\n")
    edit(made / "bothends.toml", "output", 'parts = ["client"]\noutput')
    assert "pets: the configuration has changed\n" in bothends("check", "--offline")[1]


def test_offline_notices_an_edited_manifest(made: Path, bothends: Call) -> None:
    edit(made / "pets/.bothends.json", "listPets", "listDogs")
    assert bothends("check", "--offline")[:2] == (1, "pets: .bothends.json was edited by hand, or merged\n")
    (made / "pets/.bothends.json").unlink()
    assert bothends("check", "--offline")[0] == 1


def test_check_says_why(made: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    rename_a_field(made)
    (made / "pets/py.typed").unlink()
    out = bothends("check")[1]
    assert "pets: parts/pet.yaml has changed\n" in out
    assert "pets: py.typed is missing\n" in out


@pytest.mark.parametrize("also", [False, True])
def test_check_names_another_formatter(also: bool, made: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("style", "unchanged"):
        monkeypatch.setattr(f"bothends.output.{module}.formatter_version", lambda: "ruff 99")
    if also:
        rename_a_field(made)
    code, out, _ = bothends("check")
    assert code == 1
    assert "and this is ruff 99" in out
    assert ("which is all that differs" in out) is not also
