"""Every command in the tables of ``docs/vendoring-features.md`` prints what stands beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/vendoring-features.md").read_text(encoding="utf-8")
FILES = re.findall(r"^`([\w./]+)`[^\n]*\n\n```\w+\n(.*?)^```$", TEXT, flags=re.M | re.S)
CELL = re.compile(r"(?<!\\)\|")


def rows() -> list[tuple[str, str, str]]:
    """Return feature, command and what it prints, for each row."""
    found: list[tuple[str, str, str]] = []
    for line in TEXT.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in CELL.split(line)[1:-1]]
        if line.startswith("| ") and cells[-1].startswith("`"):
            found.append((cells[0], cells[-2].strip("`"), cells[-1].strip("`")))
    return found


ROWS = rows()


def test_every_row_has_a_command() -> None:
    lines = [line for line in TEXT.splitlines() if line.startswith("| ")]
    lines = [line for line in lines if not line.startswith(("| feature", "| ---"))]
    assert len(ROWS) == len(lines) > 40
    assert [name for name, _ in FILES] == [
        *("openapi.yaml", "parts/pet.yaml", "next.yaml", "broken.yaml", "wrong.yaml", "bothends.toml")
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documented files and the package that is generated from them."""
    root = tmp_path_factory.mktemp("features")
    for name, text in FILES:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = call("bothends generate", root)
    assert done.returncode == 0, done.stderr
    return root


def call(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=900
    )


@pytest.mark.slow
@pytest.mark.parametrize(("feature", "command", "prints"), ROWS, ids=[row[0] for row in ROWS])
def test_the_command_shows_the_feature(feature: str, command: str, prints: str, made: Path, tmp_path: Path) -> None:
    folder = ROOT
    if not command.startswith("pytest "):
        folder = tmp_path / "project"
        shutil.copytree(made, folder)
    done = call(command, folder)
    assert prints in done.stdout + done.stderr
    assert "internal fault" not in done.stderr
