"""The committed examples are what the tool writes, and pass linter and type checkers without any exclusion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "generated-examples"
PACKAGES = sorted(manifest.parent for manifest in EXAMPLES.glob("*/*/.bothends.json"))
VERSION = "3.11"


def test_there_is_a_package_for_every_document() -> None:
    assert len(PACKAGES) == len(list(EXAMPLES.glob("*/bothends.toml"))) == len(list(ROOT.glob("specs/*/openapi.*")))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_the_examples_are_what_the_tool_writes(package: Path) -> None:
    done = run([sys.executable, "-m", "bothends", "check", "-q"], package.parent)
    assert done.returncode == 0, f"run generated-examples/generate.py generate\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing() -> None:
    done = run([tool("ruff"), "check", "--isolated", "--no-cache", "--target-version", "py311", *map(str, PACKAGES)])
    assert done.returncode == 0, done.stdout


def test_ruff_has_nothing_to_format() -> None:
    command = [tool("ruff"), "format", "--check", "--isolated", "--no-cache", "--target-version", "py311"]
    done = run([*command, *map(str, PACKAGES)])
    assert done.returncode == 0, done.stdout


#: What a module that mentions deprecated classes says: it has to mention them, and its users are told all the same.
EXCUSES = ('# mypy: disable-error-code="deprecated"\n', "# pyright: reportDeprecated=false\n")


def test_nothing_is_excused_in_bulk() -> None:
    """Whole files or whole kinds of problems are never ignored; but for mentions of what is deprecated."""
    for path in (path for package in PACKAGES for path in package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for excuse in EXCUSES:
            text = text.replace(excuse, "", 1)
        for comment in (
            "# mypy:",
            "# pyright: strict=",
            "# pyright: basic",
            "# ruff: noqa",
            "# flake8: noqa",
            "# type: ignore\n",
        ):
            assert comment not in text, path


def test_mypy_strict_finds_nothing(tmp_path: Path) -> None:
    """One run over all packages, so that the libraries are read once."""
    config = tmp_path / "mypy.ini"
    config.write_text(f"[mypy]\nstrict = True\nwarn_unreachable = True\npython_version = {VERSION}\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(config), "--cache-dir", str(tmp_path / "cache")]
    done = run([*command, *map(str, PACKAGES)])
    assert done.returncode == 0, done.stdout
    count = sum(1 for package in PACKAGES for _ in package.rglob("*.py"))
    assert f"no issues found in {count} source files" in done.stdout


@pytest.mark.slow
def test_pyright_strict_finds_nothing(tmp_path: Path) -> None:
    folders = [package.parent.name for package in PACKAGES]
    for folder in folders:
        (tmp_path / folder).symlink_to(EXAMPLES / folder, target_is_directory=True)
    settings = {"include": folders, "exclude": [], "typeCheckingMode": "strict", "pythonVersion": VERSION}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [tool("pyright"), "-p", str(tmp_path), "--pythonpath", sys.executable, "--outputjson"]
    found = json.loads(run(command).stdout)
    assert found["generalDiagnostics"] == []
    assert found["summary"]["filesAnalyzed"] == sum(1 for package in PACKAGES for _ in package.rglob("*.py"))


def run(command: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    """Return the path of a tool of this environment."""
    return str(Path(sys.executable).with_name(name))
