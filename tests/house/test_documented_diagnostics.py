"""Every example in ``docs/diagnostics.md`` gives the diagnostic that it stands below, and no other."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bothends.cli.main import run
from bothends.config.limits import Limits
from bothends.diagnostics.codes import CODES
from support.web import Web

DOCUMENT = (Path(__file__).parents[2] / "docs/diagnostics.md").read_text(encoding="utf-8")
# The host of the examples, which a server on this machine stands in for.
HOST = "localhost:8000"


@dataclass
class Example:
    """The files of an example, by name, and its commands; the last of them gives the diagnostic."""

    files: dict[str, str] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)


def examples() -> dict[str, Example]:
    sections = re.split(r"^### `([a-z-]+)`$", DOCUMENT, flags=re.M)
    return {code: example(text) for code, text in zip(sections[1::2], sections[2::2], strict=True)}


def example(section: str) -> Example:
    found = Example()
    for _, kind, text in re.findall(r"^(`{3,})(\w+)\n(.*?)^\1$", section, flags=re.M | re.S):
        if kind == "sh":
            found.commands += text.splitlines()
            continue
        name = re.match(r"# (\S+)\n", text)
        found.files[name[1] if name else f"openapi.{kind}"] = text
    spec = next((name for name in found.files if name.startswith("openapi.")), "")
    found.commands = found.commands or [f"bothends validate {spec}"]
    return found


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.chdir(tmp_path)
    server = Web()
    server.pages["/slow.yaml"] = drip
    yield server
    server.close()


def drip(handler: BaseHTTPRequestHandler) -> None:
    try:
        while True:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: y\r\n")
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize(("code", "found"), examples().items(), ids=list(examples()))
def test_the_example_gives_its_diagnostic(
    code: str, found: Example, web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in found.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(HOST, web.host), encoding="utf-8")
    for command in found.commands:
        for path in tmp_path.glob("*.yaml"):
            web.page(f"/{path.name}", path.read_text(encoding="utf-8", errors="replace"))
        capsys.readouterr()
        words = shlex.split(command.replace(HOST, web.host))
        if words[0] == "bothends":
            run([*words[1:], "--format", "json"])
        else:
            subprocess.run(command, shell=True, check=True, cwd=tmp_path)
    diagnostics = json.loads(capsys.readouterr().out)["diagnostics"]
    assert {diagnostic["code"] for diagnostic in diagnostics} == {code}


def test_the_codes_are_in_the_order_of_the_list() -> None:
    assert list(examples()) == list(CODES)


def test_every_limit_is_documented_with_its_default_and_its_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+)( MiB)? \|.*\| `([a-z-]+)` \|$", DOCUMENT, flags=re.M)
    documented = {name: int(number.replace(",", "")) * (1024 * 1024 if unit else 1) for name, number, unit, _ in rows}
    limits = Limits()
    assert documented == {name: getattr(limits, name) for name in Limits.__slots__}
    assert len({code for *_, code in rows}) == len(rows)
    assert {code for *_, code in rows} <= set(CODES)
