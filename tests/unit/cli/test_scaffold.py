"""``bothends scaffold`` and what ``bothends check`` says of handlers."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

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


def test_its_own_tests_pass_and_it_serves(project: Path) -> None:
    environment = {**os.environ, "APP_SECRETS": "a", "APP_PORT": "0", "PYTHONPATH": os.pathsep.join(["src", *sys.path])}
    tested = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ended = subprocess.run(tested, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert "3 passed" in ended.stdout
    served = [sys.executable, "-m", "petshop.main"]
    with subprocess.Popen(served, cwd=project, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = iter(process.stderr.readline, "")
            url = next(found[0] for line in said if (found := re.search(r"http://\S+", line)))
            with urlopen(f"{url}/health") as answer:
                assert json.load(answer) == {"status": "ok"}
        finally:
            process.terminate()
            ended_well = "Finished server process" in process.stderr.read()
    assert ended_well


def test_the_image_is_made_of_what_is_there(project: Path) -> None:
    # Nothing here builds images: what the file names is held against the project.
    told: dict[str, list[str]] = {}
    for line in (project / "Dockerfile").read_text().splitlines():
        word, _, rest = line.partition(" ")
        told.setdefault(word, []).append(rest)
    assert set(told) - {""} == {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "CMD"}
    for copied in told["COPY"]:
        source, target = copied.split()
        assert (project / source).exists()
        assert target == f"./{source}" if (project / source).is_dir() else target == "./"
    settings = importlib.import_module("petshop.settings").Settings
    ignored = (project / ".dockerignore").read_text().split()
    assert not {"src", "pyproject.toml"} & set(ignored)
    assert told["EXPOSE"] == [str(settings().port)]
    name, _, value = told["ENV"][0].partition("=")
    assert settings.read({name: value}).host == "0.0.0.0"
    assert json.loads(told["CMD"][0])[:2] == ["python", "-m"]
    assert importlib.util.find_spec(json.loads(told["CMD"][0])[2]) is not None
    probe = json.loads(told["HEALTHCHECK"][0].removeprefix("CMD "))
    path = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", probe[2])
    assert path is not None
    assert int(path[1]) == settings().port
    main = importlib.import_module("petshop.main")
    assert TestClient(main.create_app(settings())).get(path[2]).status_code == 200


def test_what_the_project_imports_is_what_it_depends_on(project: Path) -> None:
    with (project / "pyproject.toml").open("rb") as file:
        configuration = tomllib.load(file)
    named = {re.split(r"[<>=]", one)[0] for one in configuration["project"]["dependencies"]}
    imported = {
        node.module.partition(".")[0] if isinstance(node, ast.ImportFrom) and node.module else alias.name.split(".")[0]
        for path in (project / "src").rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0)
        for alias in node.names
    }
    # FastAPI brings these along; forms are read by the last.
    brought = {"starlette", "pydantic_core", "typing_extensions", "annotated_types", "anyio"}
    assert imported - set(sys.stdlib_module_names) - {"petshop"} - brought <= named
    assert named - imported <= {"python-multipart"}
    readme = (project / "README.md").read_text()
    assert "python -m petshop.main" in readme
    assert "`src/petshop/api`" in readme
    assert "$" not in readme


def test_webhooks_are_no_business_of_handlers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = {"post": {"operationId": "onSold", "responses": {"204": {"description": "Taken."}}}}
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps({**DOCUMENT, "webhooks": {"sold": event}}))
    assert run(["scaffold", str(spec), "-o", str(tmp_path / "shop"), "-q"]) == 0
    monkeypatch.chdir(tmp_path / "shop")
    assert "on_sold" in Path("src/shop/api/server/_deliveries.py").read_text()
    assert "on_sold" not in Path("src/shop/handlers.py").read_text()
    assert run(["check", "-q"]) == 0


def test_a_folder_goes_with_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scaffold", "-o", "somewhere"]) == 2
    assert "-o goes with a document" in capsys.readouterr().err
