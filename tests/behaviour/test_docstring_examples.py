"""The examples in the docstrings of generated methods: each is run against the mock, and checked by mypy."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import re
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from support.exchange import BASE
from support.packages import Package

IMPORTS = """\
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID
"""


@dataclass(frozen=True)
class Example:
    """The code in the docstring of a method."""

    method: str
    code: str


class EnoughError(Exception):
    """One item was printed."""


def examples(package: Package) -> Iterator[Example]:
    """Yield the examples of a package; an example without code where a synchronous method has none."""
    for path in sorted((package.folder / "client").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("Async") and path.name != "__init__.py":
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        found = re.search(
                            r"```python\n(client\..*?|for .*?|with .*?)\n```", ast.get_docstring(method) or "", re.S
                        )
                        yield Example(method.name, found[1] if found else "")


def test_every_method_has_an_example(packages: dict[str, Package]) -> None:
    lacking = {name: {one.method for one in examples(package) if not one.code} for name, package in packages.items()}
    assert not any(lacking.values()), lacking


def test_every_example_runs(packages: dict[str, Package], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"octets")
    monkeypatch.chdir(tmp_path)
    for package in packages.values():
        sent: list[str] = []
        client = _client(package, sent)
        for example in examples(package):
            if example.code:
                _run(package, client, example)
        assert len(sent) == sum(1 for example in examples(package) if example.code)


def _run(package: Package, client: Any, example: Example) -> None:
    def enough(_item: object) -> None:
        raise EnoughError

    names: dict[str, Any] = {"client": client, "schemas": package.load("schemas"), "print": enough}
    exec(IMPORTS, names)
    with warnings.catch_warnings(), contextlib.suppress(EnoughError):
        warnings.simplefilter("ignore", DeprecationWarning)
        exec(example.code, names)


def _client(package: Package, sent: list[str]) -> Any:
    """Return a client whose requests the mock answers, with a credential for every scheme."""
    app = package.load("server").create_app()

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(str(request.url))

        async def main() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE) as http:
                return await http.request(request.method, request.url, headers=request.headers, content=request.read())

        found = asyncio.run(main())
        return httpx2.Response(found.status_code, content=found.content, headers=found.headers)

    schemes = package.understood.names.schemes.values()
    credentials: dict[str, Any] = dict.fromkeys(schemes, "secret")
    credentials |= {name: ("user", "secret") for name in schemes if name == "password"}
    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    return package.load().Client(http_client=http, base_url=BASE, max_retries=0, **credentials)


def test_type_checkers_accept_every_example(packages: dict[str, Package], tmp_path: Path) -> None:
    for package in packages.values():
        text = f"{IMPORTS}\nfrom {package.name} import Client, schemas\n"
        for example in examples(package):
            if example.code:
                text += f"\ndef {example.method}(client: Client) -> None:\n{textwrap.indent(example.code, '    ')}\n"
        (tmp_path / f"using_{package.name}.py").write_text(text, encoding="utf-8")
    parent = next(iter(packages.values())).folder.parent
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir=/dev/null"]
    command += ["--allow-redefinition", *map(str, sorted(tmp_path.glob("*.py")))]
    done = subprocess.run(command, cwd=parent, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if "[unused-ignore]" not in line]
    assert errors[-1].startswith("Success"), done.stdout
