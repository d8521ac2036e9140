"""A run that has nothing to do finds that out from digests, and is never wrong about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.config.model import TargetConfig
from bothends.config.read import read_config
from bothends.output.unchanged import unchanged

Call = Callable[..., tuple[int, str, str]]
HEAVY = {
    "pydantic",
    "jinja2",
    "yaml",
    "openapi_spec_validator",
    "jsonschema_rs",
    "bothends.pipeline",
    "typing_extensions",
}


@pytest.fixture
def made(project: Path, bothends: Call) -> Path:
    code, _, said = bothends("generate", "-q")
    assert code == 0, said
    return project


def is_unchanged(strict: bool = False) -> bool:
    return unchanged(read_config(Path("bothends.toml")).targets[0], strict=strict) is not None


@pytest.mark.parametrize("command", ["generate", "check"])
def test_nothing_heavy_is_imported(command: str, made: Path) -> None:
    program = (
        f"import sys; from bothends.cli.main import run; code = run([{command!r}]);"
        f"print(code, sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("0 []\n"), done.stdout + done.stderr


def test_it_says_so(made: Path, bothends: Call) -> None:
    assert bothends("generate")[1].endswith("nothing to do\n")
    assert bothends("check")[1] == "pets: up to date\n"


def test_a_new_clone_elsewhere_has_nothing_to_do_either(made: Path, tmp_path: Path, bothends: Call) -> None:
    """Nothing in the manifest depends on where the project lies, or on times."""
    clone = tmp_path / "some where" / "else"
    clone.mkdir(parents=True)
    for name in ("openapi.yaml", "bothends.toml", "parts", "pets"):
        (made / name).rename(clone / name)
    os.chdir(clone)
    assert is_unchanged()


CHANGES = {
    "document": lambda root: edit(root / "openapi.yaml", "Pets", "Dogs"),
    "fragment": lambda root: edit(root / "parts/pet.yaml", "name: {", "nick: {"),
    "comment in the document": lambda root: edit(root / "openapi.yaml", "openapi:", "# why\nopenapi:"),
    "fragment deleted": lambda root: (root / "parts/pet.yaml").unlink(),
    "generated file": lambda root: edit(root / "pets/errors/__init__.py", "import", "import  "),
    "generated file deleted": lambda root: (root / "pets/py.typed").unlink(),
    "generated file a folder": lambda root: [(root / "pets/py.typed").unlink(), (root / "pets/py.typed").mkdir()],
    "runtime": lambda root: edit(root / "pets/_runtime/lazy.py", '"""', '""" '),
    "manifest": lambda root: edit(root / "pets/.bothends.json", "listPets", "listDogs", 'Pet"', 'Dog"'),
    "configuration": lambda root: edit(root / "bothends.toml", "output", 'parts = ["schemas"]\noutput'),
    "limit": lambda root: edit(root / "bothends.toml", "[[", "[limits]\ndepth = 7\n[["),
    "folder": lambda root: edit(root / "bothends.toml", "[[", 'allow_folders = [".."]\n[['),
    "other document": lambda root: [
        (root / "copy.yaml").write_bytes((root / "openapi.yaml").read_bytes()),
        edit(root / "bothends.toml", "openapi.yaml", "copy.yaml"),
    ],
    "templates": lambda root: [
        (root / "templates").mkdir(),
        edit(root / "bothends.toml", "output", 'templates = "templates"\noutput'),
    ],
}


def edit(path: Path, *words: str) -> None:
    text = path.read_text(encoding="utf-8")
    changed = text
    for old, new in zip(words[::2], words[1::2], strict=True):
        changed = changed.replace(old, new)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_any_change_is_noticed(change: Callable[[Path], object], made: Path) -> None:
    assert is_unchanged()
    change(made)
    assert not is_unchanged()


def test_a_change_that_keeps_size_and_times_is_noticed(made: Path) -> None:
    path = made / "pets/errors/__init__.py"
    before = path.stat()
    edit(path, "class", "clasp")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert not is_unchanged()


def test_a_symbolic_link_that_leads_elsewhere_is_noticed(project: Path, bothends: Call) -> None:
    for version in ("one", "two"):
        (project / version).mkdir()
        (project / version / "pet.yaml").write_bytes((project / "parts/pet.yaml").read_bytes())
    (project / "parts/pet.yaml").unlink()
    (project / "parts/pet.yaml").symlink_to("../one/pet.yaml")
    assert bothends("generate")[0] == 0
    assert is_unchanged()
    (project / "parts/pet.yaml").unlink()
    (project / "parts/pet.yaml").symlink_to("../two/pet.yaml")
    assert not is_unchanged()


@pytest.mark.parametrize("what", ["__version__", "formatter_version", "generator_digest"])
def test_another_generator_is_noticed(what: str, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "9" if what.startswith("_") else lambda: "another"
    monkeypatch.setattr(f"bothends.output.unchanged.{what}", other)
    assert not is_unchanged()


def test_which_run_wrote_the_manifest_makes_no_difference_to_check(
    made: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sources of bothends changed, and the output did not."""
    for module in ("bothends.pipeline", "bothends.output.unchanged"):
        monkeypatch.setattr(f"{module}.generator_digest", lambda: "another")
    assert not is_unchanged()
    assert bothends("check")[:2] == (0, "pets: up to date\n")
    assert bothends("generate")[0] == 0
    assert is_unchanged()


def test_standard_input_and_hosts_are_always_read(made: Path) -> None:
    for spec in ("-", "https://pets.example/openapi.yaml"):
        assert unchanged(TargetConfig(spec, Path("pets"), "pets"), strict=False) is None


@pytest.fixture
def warned(project: Path, bothends: Call) -> Path:
    edit(project / "openapi.yaml", "/pets:", "/pets/{id}:")
    assert "undeclared-path-parameter" in bothends("generate")[2]
    return project


def test_warnings_are_not_forgotten(warned: Path, bothends: Call) -> None:
    assert "(1 warning as before; -v shows them)" in bothends("generate")[1]
    assert "(1 warning as before; -v shows them)" in bothends("check")[1]
    assert json.loads((warned / "pets/.bothends.json").read_text())["run"]["warnings"] == {
        "undeclared-path-parameter": 1
    }
    assert "undeclared-path-parameter" in bothends("check", "-v")[2]
    assert "undeclared-path-parameter" in bothends("check", "--format", "github")[1]
    assert "undeclared-path-parameter" in bothends("check", "--format", "sarif")[1]


def test_strict_runs_see_warnings_that_others_let_pass(warned: Path, bothends: Call) -> None:
    assert is_unchanged()
    assert not is_unchanged(strict=True)
    assert bothends("check", "--strict")[0] == 2
    assert bothends("generate", "--strict")[0] == 2


def test_a_strict_run_stands_for_others(project: Path, bothends: Call) -> None:
    assert bothends("generate", "--strict")[0] == 0
    assert is_unchanged(strict=True)
    assert is_unchanged(strict=False)


def test_full_runs_agree_whatever_they_had_to_say(made: Path, bothends: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that finds a name lock says less of names than the first one did."""
    before = (made / "pets/.bothends.json").read_bytes()
    monkeypatch.setattr("bothends.pipeline.Counter", lambda found: Counter(list(found) * 2))
    assert bothends("generate", "--fresh", "-v")[0] == 0
    assert (made / "pets/.bothends.json").read_bytes() == before


def test_fresh_does_everything(made: Path, bothends: Call) -> None:
    assert "1 operations" in bothends("generate", "--fresh")[1]
