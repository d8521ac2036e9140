"""Ninja and Make, the real ones: one target is one action, and touching one fragment rebuilds one target."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from support.split_documents import write_fragment

pytestmark = pytest.mark.slow

DOCS = (Path(__file__).parents[2] / "docs/builds.md").read_text(encoding="utf-8")


def documented(kind: str) -> str:
    """Return the build file that the documentation shows."""
    found = re.search(rf"^```{kind}\n(.*?)^```$", DOCS, flags=re.M | re.S)
    assert found is not None
    return found[1]


@pytest.fixture(params=["ninja", "make"])
def build(request: pytest.FixtureRequest, specs: Path, environment: dict[str, str]) -> tuple[list[str], Path]:
    root = specs.parent
    if request.param == "make":
        if shutil.which("make") is None:
            pytest.skip("there is no Make")
        (root / "Makefile").write_text(documented("make"))
        return ["make", "--no-print-directory"], root
    (root / "build.ninja").write_text(documented("ninja"))
    return ["ninja", "-v"], root


def run(command: list[str], root: Path, environment: dict[str, str]) -> list[str]:
    """Build, and return which targets were generated."""
    time.sleep(0.05)  # for file systems with coarse times
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return re.findall(r"bothends generate specs/(\w+)\.yaml", done.stdout)


def test_touching_one_fragment_rebuilds_one_target(
    build: tuple[list[str], Path], specs: Path, environment: dict[str, str]
) -> None:
    command, root = build
    assert sorted(run(command, root, environment)) == ["owners", "pets"]
    assert run(command, root, environment) == []
    write_fragment(specs, "pets", "nick")
    assert run(command, root, environment) == ["pets"]
    assert "nick: str" in (root / "src/acme/pets/schemas/item.py").read_text()
    assert run(command, root, environment) == []
    (specs / "owners/item.yaml").touch()
    assert run(command, root, environment) == ["owners"]
    assert run(command, root, environment) == []


def test_a_fragment_that_went_away_is_no_riddle(
    build: tuple[list[str], Path], specs: Path, environment: dict[str, str]
) -> None:
    command, root = build
    run(command, root, environment)
    (specs / "pets/item.yaml").rename(specs / "pets/thing.yaml")
    text = (specs / "pets.yaml").read_text().replace("item.yaml", "thing.yaml")
    (specs / "pets.yaml").write_text(text)
    assert run(command, root, environment) == ["pets"]
    write_fragment(specs, "pets", "unrelated")
    assert run(command, root, environment) == []


def test_a_broken_document_fails_the_build(
    build: tuple[list[str], Path], specs: Path, environment: dict[str, str]
) -> None:
    command, root = build
    run(command, root, environment)
    before = (root / "src/acme/pets/.bothends.json").read_bytes()
    (specs / "pets/item.yaml").write_text("Item: [\n")
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "error[invalid-yaml]" in done.stdout + done.stderr
    assert (root / "src/acme/pets/.bothends.json").read_bytes() == before
    write_fragment(specs, "pets", "name")
    assert run(command, root, environment) == ["pets"]
