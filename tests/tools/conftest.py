"""Real tools in an environment of their own, and two documents that are split over files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.split_documents import write_documents


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of Ninja and pre-commit, as they are published."""
    venv = tmp_path_factory.mktemp("tools") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([str(venv / "bin/python"), "-m", "pip", "install", "-q", "ninja", "pre-commit"], check=True)
    return venv / "bin"


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder with documents for pets and for owners, each with a fragment."""
    write_documents(tmp_path / "specs")
    return tmp_path / "specs"


@pytest.fixture
def environment(tools: Path) -> dict[str, str]:
    """Variables of the environment in which bothends and the tools are found."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{tools}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path}
