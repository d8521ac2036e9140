"""``bothends scaffold`` and what ``bothends check`` says of handlers."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bothends.cli.main import run

_ANSWERS = {"200": {"description": "Fine.", "content": {"application/json": {"schema": {"type": "string"}}}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {"/pets": {"get": {"operationId": "listPets", "responses": _ANSWERS}}},
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project that was scaffolded, and is the current folder."""
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(DOCUMENT))
    folder = tmp_path / "petshop"
    assert run(["scaffold", str(spec), "-o", str(folder), "-q"]) == 0
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder / "src"))
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "petshop"]:
        del sys.modules[name]


def grow() -> None:
    path = {**DOCUMENT["paths"], "/pets/{name}": {"get": {"operationId": "getPet", "responses": _ANSWERS}}}
    parameter = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    path["/pets/{name}"]["parameters"] = [parameter]
    Path("../openapi.json").write_text(json.dumps({**DOCUMENT, "paths": path}))


def test_a_project_runs_and_is_up_to_date(project: Path) -> None:
    assert run(["check", "-q"]) == 0
    main = importlib.import_module("petshop.main")
    client = TestClient(main.create_app(importlib.import_module("petshop.settings").Settings(secrets=("a",))))
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/pets").status_code == 501
    for name in ("Dockerfile", "tests/test_app.py", "src/petshop/settings.py"):
        assert (project / name).is_file()


def test_a_second_run_changes_nothing(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert run(["scaffold", "../openapi.json", "-o", ".", "-q"]) == 0
    assert run(["scaffold", "-q"]) == 0
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_new_operations_are_missed_and_then_added(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handlers = project / "src/petshop/handlers.py"
    handlers.write_text(handlers.read_text().replace("raise NotImplementedError", "return   'cat'"))
    before = handlers.read_text()
    grow()
    assert run(["generate", "-q"]) == 0
    assert run(["check"]) == 1
    line = next(number for number, text in enumerate(before.splitlines(), 1) if text.startswith("class"))
    assert f"src/petshop/handlers.py:{line}:1: missing-handler: get_pet" in capsys.readouterr().out
    assert run(["scaffold", "-q"]) == 0
    assert handlers.read_text().startswith(before)
    assert "async def get_pet(self, *, name: str) -> str:" in handlers.read_text()
    assert run(["check", "-q"]) == 0


def test_gone_operations_are_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grow()
    assert run(["generate", "-q"]) == 0
    assert run(["scaffold", "-q"]) == 0
    Path("../openapi.json").write_text(json.dumps(DOCUMENT))
    assert run(["generate", "-q"]) == 0
    assert run(["check"]) == 1
    assert "obsolete-handler: get_pet" in capsys.readouterr().out


def test_without_a_place_for_handlers_there_is_nothing_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configuration = project / "pyproject.toml"
    lines = configuration.read_text().splitlines(keepends=True)
    configuration.write_text("".join(line for line in lines if not line.startswith("handlers")))
    assert run(["scaffold"]) == 2
    assert "no target says where its handlers are" in capsys.readouterr().err
