"""Several packages share one runtime, which lies beside them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.output.formatting import ruff

Call = Callable[..., tuple[int, str, str]]
SETTINGS = """\
[[targets]]
spec = "openapi.yaml"
output = "acme/pets"
runtime = "acme/_runtime"

[[targets]]
spec = "openapi.yaml"
output = "acme/more/dogs"
runtime = "acme/_runtime"
"""
PROGRAM = """
import sys
from acme.pets import Client, errors, schemas, server
from acme.more.dogs import errors as others
server.create_app()
assert errors.StatusError is others.StatusError
assert [name for name in sys.modules if name.endswith("_runtime")] == ["acme._runtime"]
print(schemas.Pet(name="Rex").name)
"""


@pytest.fixture
def shared(project: Path, bothends: Call) -> Path:
    (project / "bothends.toml").write_text(SETTINGS)
    code, _, err = bothends("generate", "--jobs", "1")
    assert code == 0, err
    return project


def test_there_is_one_runtime(shared: Path) -> None:
    assert [path.parents[1].name for path in shared.rglob("_runtime/__init__.py")] == ["acme"]
    assert not (shared / "acme/pets/_runtime").exists()
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], cwd=shared, capture_output=True, text=True)
    assert done.stdout == "Rex\n", done.stderr


def test_linters_find_nothing(shared: Path) -> None:
    for command in (["format", "--check"], ["check", "--target-version", "py311"]):
        done = subprocess.run([ruff(), *command, "--isolated", "--no-cache", "acme"], cwd=shared, capture_output=True)
        assert done.returncode == 0, done.stdout


def test_it_is_checked_like_the_packages(shared: Path, bothends: Call) -> None:
    assert bothends("check")[1].splitlines() == [
        "acme/_runtime: up to date",
        "acme/pets: up to date",
        "acme/more/dogs: up to date",
    ]
    assert bothends("generate")[1].count("nothing to do") == 3
    path = shared / "acme/_runtime/lazy.py"
    path.write_text(path.read_text() + "mine = 1\n")
    code, out, _ = bothends("check")
    assert (code, "-mine = 1" in out, "lazy.py was edited by hand" in out) == (1, True, True)
    code, _, err = bothends("generate")
    assert (code, "edited-file" in err) == (2, True)
    assert bothends("generate", "--force")[0] == 0
    assert bothends("check")[0] == 0


def test_a_runtime_moves_in_and_out(shared: Path, bothends: Call) -> None:
    (shared / "bothends.toml").write_text(SETTINGS.replace('runtime = "acme/_runtime"', ""))
    assert bothends("generate", "--jobs", "1")[0] == 0
    assert (shared / "acme/pets/_runtime/lazy.py").exists()
    (shared / "bothends.toml").write_text(SETTINGS)
    assert bothends("generate", "--jobs", "1")[0] == 0
    assert not (shared / "acme/pets/_runtime").exists()


@pytest.mark.parametrize("folder", ["acme/runtime", "elsewhere/_runtime", "acme/pets/_runtime"])
def test_where_it_may_lie(folder: str, project: Path, bothends: Call) -> None:
    (project / "bothends.toml").write_text(SETTINGS.replace("acme/_runtime", folder))
    code, _, err = bothends("generate")
    assert code == 2
    assert "write 'acme/_runtime', for one" in err


@pytest.mark.slow
def test_type_checkers_follow_the_imports(shared: Path) -> None:
    for folder in ("acme", "acme/more"):
        (shared / folder / "__init__.py").touch()
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11", "acme"]
    done = subprocess.run(command, cwd=shared, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
