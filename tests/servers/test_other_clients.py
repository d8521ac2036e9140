"""Clients that others generate from the served document call every operation of the generated server, and succeed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from support.contract_tests import SECRET
from support.documents import SPECS
from support.packages import started
from support.samples import calls

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
SPEC_OF = {spec.parent.name: spec for spec in SPECS}
_PYTHON_CLIENT = "openapi-python-client==0.29.1"
_TYPESCRIPT = ("@hey-api/openapi-ts@0.99.0", "typescript@5", "tsx@4")
#: The tool refuses the unions of this document.
_UNREAD_BY_PYTHON_CLIENT = {"bird-conversations"}
#: What the tool makes nothing that works of, and why: it is none of the server's.
_MISSED_BY_PYTHON_CLIENT = {
    "harbour": {
        "compareBerths": "left out: a list of values in a header",
        "recordReadings": "left out: JSON Lines",
        "createBooking": "of a body that may be JSON or a form it sends JSON that is called a form",
        "downloadPaper": "it reads a PDF as JSON",
        "streamEvents": "it reads events as JSON",
    }
}


@contextmanager
def mock(name: str, folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serve a document, write down what is served, and yield the URL and a call for each operation."""
    fixes = folder / "fixes.yaml"
    said = [sys.executable, "-m", "bothends", "validate", str(SPEC_OF[name]), "--fixes", str(fixes), "-q"]
    subprocess.run(said, check=True, capture_output=True)
    overlay = ["--overlay", str(fixes)] if fixes.is_file() else []
    serve = [sys.executable, "-m", "bothends", "serve", str(SPEC_OF[name]), "--port", "0", "--credential", SECRET]
    with started([*serve, *overlay]) as url:
        with urllib.request.urlopen(f"{url}/openapi.json") as answer:
            document = json.load(answer)
        (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
        yield url, list(calls(document))


@pytest.mark.skipif(shutil.which("uvx") is None, reason="needs uvx")
@pytest.mark.parametrize("name", sorted(SPEC_OF.keys() - _UNREAD_BY_PYTHON_CLIENT))
def test_a_python_client_succeeds(name: str, tmp_path: Path) -> None:
    with mock(name, tmp_path) as (url, planned):
        tool = ["uvx", "--from", _PYTHON_CLIENT]
        made = [
            "openapi-python-client",
            "generate",
            "--path",
            "openapi.json",
            "--output-path",
            "client",
            "--meta",
            "none",
        ]
        document = json.loads((tmp_path / "openapi.json").read_text(encoding="utf-8"))
        (tmp_path / "openapi.json").write_text(json.dumps(without_false_items(document)), encoding="utf-8")
        told([*tool, *made], tmp_path)
        values = {plain(call["id"]): {**call, "arguments": arguments(call)} for call in planned}
        (tmp_path / "samples.json").write_text(json.dumps(values), encoding="utf-8")
        driver = ["python", str(HERE / "other_client.py"), str(tmp_path), "client", url, "samples.json"]
        check(planned, told([*tool, *driver], tmp_path), set(_MISSED_BY_PYTHON_CLIENT.get(name, ())))


def without_false_items(value: Any) -> Any:
    """Return a document without ``items: false``, which ends tuples: the tool refuses the whole document for it."""
    if isinstance(value, list):
        return [without_false_items(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: one for key, one in value.items() if key != "items" or one is not False}
    return {key: without_false_items(one) for key, one in kept.items()}


@pytest.fixture(scope="session")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generator, the compiler and something that runs the outcome."""
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "package.json").write_text('{"type": "module"}')
    told(["npm", "install", "--silent", "--no-audit", "--no-fund", *_TYPESCRIPT], folder)
    return folder


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
@pytest.mark.parametrize("name", SPEC_OF)
def test_a_typescript_client_succeeds(name: str, typescript: Path, tmp_path: Path) -> None:
    with mock(name, tmp_path) as (url, planned):
        shutil.copy(tmp_path / "openapi.json", typescript)
        shutil.rmtree(typescript / "client", ignore_errors=True)
        tools = typescript / "node_modules/.bin"
        told([str(tools / "openapi-ts"), "-i", "openapi.json", "-o", "client"], typescript)
        shutil.copy(HERE / "other_client.ts", typescript)
        (typescript / "samples.json").write_text(json.dumps(planned), encoding="utf-8")
        check(planned, told([str(tools / "tsx"), "other_client.ts", url, "samples.json"], typescript))


def check(planned: list[dict[str, Any]], said: str, missed: Set[str] = frozenset()) -> None:
    found = {one["id"]: one for one in map(json.loads, said.splitlines()) if "id" in one}
    good = {name for name, one in found.items() if 200 <= one["status"] < 300 and not one["problem"]}
    wanted = {call["id"] for call in planned} - missed
    assert good == wanted, [one for name, one in found.items() if name in wanted - good]


def arguments(call: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by their names without case and separators."""
    places = [call[place] for place in ("path", "query", "header", "cookie")]
    found = {plain(name): value for place in places for name, value in place.items()}
    return found if call["body"] is None else {**found, "body": call["body"]}


def plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def told(command: list[str], folder: Path) -> str:
    """Run a command and return what it printed."""
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout
