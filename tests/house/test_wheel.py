"""The wheel holds everything: it is built, installed into a fresh environment elsewhere, and generates there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_every_template_and_runtime_module_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    templates = named("bothends/_templates", ROOT / "templates", "*.jinja")
    templates |= named("bothends/_templates", ROOT / "templates", "*.txt")
    runtime = named("bothends/runtime", ROOT / "src/bothends/runtime", "*.py")
    assert templates
    assert runtime
    assert templates | runtime <= inside
    assert {"bothends/py.typed", "bothends/config/configuration.schema.json"} <= inside
    assert {name for name in inside if name.startswith("bothends/_templates/")} == templates


def named(prefix: str, folder: Path, pattern: str) -> set[str]:
    return {f"{prefix}/{path.relative_to(folder)}" for path in folder.rglob(pattern)}


@pytest.mark.slow
def test_the_wheel_generates_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    python = venv / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", f"{wheel}[server]"], check=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    spec = tmp_path / "openapi.yaml"
    spec.write_bytes((ROOT / "specs/architect-customer-api/openapi.yaml").read_bytes())
    generate = [str(venv / "bin/bothends"), "generate", str(spec), "-o", "architect"]
    subprocess.run(generate, cwd=tmp_path, check=True, env=environment)
    program = "import architect; print(architect.Client, architect.schemas.PostAudience, architect.server.create_app())"
    subprocess.run([str(python), "-W", "error", "-c", program], cwd=tmp_path, check=True, env=environment)
