"""What type checkers make of calls: pages, their items, and events of webhooks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.packages import make_package

GOLDEN = Path(__file__).parents[1] / "golden"

PROGRAM = """\
from __future__ import annotations

from library import AsyncClient, Client
from library.testing import AsyncFakeClient, FakeClient


def synchronous(client: Client) -> None:
    for book in client.books.list_books(author="Ann"):
        reveal_type(book)
    page = client.books.list_books()
    reveal_type(page)
    reveal_type(page.value)
    reveal_type(page.items)
    reveal_type(page.get_next_page())
    for one in page.pages():
        reveal_type(one)
    for author in client.books.list_authors():
        reveal_type(author)
    response = client.with_raw_response(client.books.list_books)(limit=1)
    reveal_type(response.value)


async def asynchronous(client: AsyncClient) -> None:
    async for book in client.books.list_books(author="Ann"):
        reveal_type(book)
    page = await client.books.list_books()
    reveal_type(page)
    async for one in client.books.list_books().pages():
        reveal_type(one)
    async for copy in await client.books.list_copies("isbn"):
        reveal_type(copy)


def faked(fake: FakeClient, other: AsyncFakeClient) -> None:
    synchronous(fake)
    reveal_type(fake.on(fake.books.list_books))
    reveal_type(other.on(other.books.list_books))
    fake.on(fake.books.list_authors).returns(["Ann"])
"""
PAGE = "Page[Book, ListBooksResponse]"
REVEALED = [
    "Book",
    PAGE,
    "ListBooksResponse",
    "list[Book]",
    f"{PAGE} | None",
    PAGE,
    "str",
    PAGE,
    "Book",
    f"Async{PAGE}",
    f"Async{PAGE}",
    "int",
    "Plan[ListBooksResponse]",
    "Plan[ListBooksResponse]",
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed")
    make_package(GOLDEN / "pagination/openapi.yaml", folder, "library")
    found = folder / "program.py"
    found.write_text(PROGRAM, encoding="utf-8")
    return found


def test_mypy_knows_the_items_of_pages(program: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir=/dev/null"]
    done = subprocess.run([*command, program.name], cwd=program.parent, capture_output=True, text=True, check=False)
    assert "error" not in done.stdout, done.stdout
    found = re.findall(r'note: Revealed type is "(.*)"', done.stdout)
    # Where an argument of a method holds Any, mypy leaves the choice between overloads open.
    assert [re.sub(r"\b(?:[a-z_]+\.)+", "", one) for one in found] == [*REVEALED[:-1], "Plan[Any]"]


@pytest.mark.slow
def test_pyright_knows_the_items_of_pages(program: Path) -> None:
    settings = {"include": ["program.py"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (program.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("pyright")), "-p", str(program.parent), "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)["generalDiagnostics"]
    assert [one for one in said if one["severity"] == "error" and one.get("rule") != "reportUnusedImport"] == []
    found = [re.search(r'" is "(.*)"', one["message"]) for one in said if one["severity"] == "information"]
    assert [match[1] for match in found if match] == REVEALED


SERVERS = """\
from marinas import AsyncClient, Client

Client(server="Production", server_variables={"region": "us"}, timeout=3)
AsyncClient(server="Sandbox, reset every night")
Client(server="Prod")
Client(server_variables={"region": "mars"})
Client(server_variables={"regoin": "eu"})
"""


def test_mypy_knows_servers_and_their_variables(tmp_path: Path) -> None:
    make_package(GOLDEN.parents[1] / "specs/harbour/openapi.yaml", tmp_path, "marinas", parts=("schemas", "client"))
    (tmp_path / "program.py").write_text(SERVERS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir=/dev/null"]
    done = subprocess.run([*command, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    found = re.findall(r"program\.py:(\d+): error", done.stdout)
    assert found == ["5", "6", "7"], done.stdout
