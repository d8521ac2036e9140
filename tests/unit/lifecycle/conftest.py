"""A small document that is split over files, with a configuration, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bothends.cli.main import run

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200":
          description: All of them
          content: {application/json: {schema: {$ref: parts/pet.yaml#/Pet}}}
"""
FRAGMENT = """\
Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""
Command = Callable[..., int]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document, its fragment and a configuration; it is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts").mkdir()
    (tmp_path / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "parts/pet.yaml").write_text(FRAGMENT, encoding="utf-8")
    (tmp_path / "bothends.toml").write_text('[[targets]]\nspec = "openapi.yaml"\noutput = "pets"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def bothends(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: its exit code, and what it printed to either stream."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(list(arguments))
        said = capfd.readouterr()
        return code, said.out, said.err

    return call
