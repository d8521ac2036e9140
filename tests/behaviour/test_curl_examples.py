"""Every curl command of the documentation pages, made with the generated client: the same request, and its answer."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from support.exchange import Script
from support.packages import Package

PAGES = sorted((Path(__file__).parents[1] / "unit/extraction/pages").rglob("*.md"))
_COMMAND = re.compile(r"^(?P<command>curl (?:[^\n]|\\\n|\n(?!```))*)", re.MULTILINE)
_ANSWER = re.compile(r'title="Response \((?P<status>\d+)[^"]*".*?```json\n(?P<body>.*?)\n```', re.DOTALL)


@dataclass(frozen=True)
class Example:
    """What a command sends, and the answer that the page shows below it, if it shows one."""

    method: str
    url: str
    headers: dict[str, str]
    body: Any
    status: int | None
    answer: Any


def read(page: Path) -> list[Example]:
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _COMMAND.finditer(text):
        answer = _ANSWER.search(text, match.end())
        following = _COMMAND.search(text, match.end())
        own = answer is not None and (following is None or answer.start() < following.start())
        shown = (int(answer["status"]), json.loads(answer["body"])) if answer and own else (None, None)
        found.append(_example(shlex.split(match["command"].replace("\\\n", " ")), *shown))
    return found


def _example(words: list[str], status: int | None, answer: Any) -> Example:
    method, url, headers, body = "", "", dict[str, str](), None
    waiting = iter(words[1:])
    for word in waiting:
        match word:
            case "-X" | "--request":
                method = next(waiting)
            case "-H" | "--header":
                name, _, value = next(waiting).partition(":")
                headers[name.strip().lower()] = value.strip()
            case "-d" | "--data" | "--data-raw":
                body = json.loads(next(waiting))
            case _:
                assert not word.startswith("-"), f"an option that is not understood: {word}"
                url = word
    return Example(method or ("POST" if body is not None else "GET"), url, headers, body, status, answer)


EXAMPLES = [(page.parent.name, example) for page in PAGES for example in read(page)]


def test_none_is_forgotten() -> None:
    commands = sum(page.read_text(encoding="utf-8").count("curl ") for page in PAGES)
    assert len(EXAMPLES) == commands == 2


@pytest.mark.parametrize(("document", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("as_model", [False, True], ids=["dict", "model"])
def test_the_request_of_the_page(packages: dict[str, Package], document: str, example: Example, as_model: bool) -> None:
    package = packages[document]
    operation, arguments = _operation(package, example)
    script = Script(example.status or 200, example.answer)
    scheme, _, credential = example.headers["authorization"].partition(" ")
    assert scheme == "AccessKey"
    client = script.client(package, access_key=credential)
    groups, methods = package.understood.names.groups, package.understood.names.methods
    method = getattr(getattr(client, groups[operation.group].module), methods[operation.id])
    body: Any = example.body
    if as_model:
        described = getattr(package.load(f"operations.{groups[operation.group].module}"), methods[operation.id])()
        body = package.load("_runtime.adapters").decode(described.body.media[0].type, json.dumps(body))
    value = method(**arguments, body=body)
    sent = script.last
    assert (sent.method, str(sent.url)) == (example.method, example.url)
    assert {name: sent.headers[name] for name in example.headers} == example.headers
    assert script.sent == example.body
    if example.answer is not None:
        assert value.id == example.answer["id"]


def _operation(package: Package, example: Example) -> tuple[Any, dict[str, str]]:
    """Return the operation that a request is made to, and the arguments in its path."""
    path = urlsplit(example.url).path
    for operation in package.understood.api.operations:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.id.path)
        if operation.id.method == example.method and (match := re.fullmatch(pattern, path)):
            names = package.understood.names.parameters[operation.id]
            called = {wire: name for (place, wire), name in names.items() if place == "path"}
            return operation, {called[wire]: value for wire, value in match.groupdict().items()}
    raise AssertionError(f"no operation for {example.method} {path}")
