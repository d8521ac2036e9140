"""Options of ``bothends serve``, and a document that changes while it is served."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bothends.cli.arguments import parser
from bothends.cli.messages import Messages
from bothends.cli.serve_mock import Mock, settings_of
from bothends.diagnostics.model import DocumentError

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "First", "version": "1"},
    "paths": {"/ping": {"get": {"responses": {"200": {"description": "Pong."}}}}},
}


def test_options_become_settings() -> None:
    options = parser().parse_args(
        ["serve", "x", "--latency", "0.1-0.5", "--faults", "503=0.1, cut=0.02", "--seed", "3"]
    )
    found = settings_of(options)
    assert found["latency"] == (0.1, 0.5)
    assert found["faults"] == {503: 0.1, "cut": 0.02}
    assert found["seed"] == 3


@pytest.mark.parametrize(
    "wrong",
    [("--latency", "soon"), ("--latency", "2-1"), ("--latency", "61"), ("--faults", "503"), ("--faults", "200=0.1")],
)
def test_options_that_mean_nothing_are_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(DocumentError, match=wrong[0]):
        settings_of(parser().parse_args(["serve", "x", *wrong]))


@pytest.fixture
def mock(tmp_path: Path) -> Iterator[Mock]:
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(DOCUMENT))
    options = parser().parse_args(["serve", str(spec), "-q"])
    (tmp_path / "out").mkdir()
    sys.path.insert(0, str(tmp_path / "out"))
    try:
        yield Mock(options, Messages(options), tmp_path / "out")
    finally:
        sys.path.remove(str(tmp_path / "out"))


def title(mock: Mock) -> str:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    path = "/openapi.json"
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    asyncio.run(mock(scope, receive, send))
    found: str = json.loads(sent[-1]["body"])["info"]["title"]
    return found


def test_a_changed_document_is_served_anew_and_a_broken_one_is_not(
    mock: Mock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "openapi.json"
    assert mock.make()
    assert title(mock) == "First"
    spec.write_text(json.dumps({**DOCUMENT, "info": {"title": "Second", "version": "2"}}))
    assert mock.make()
    assert title(mock) == "Second"
    spec.write_text("{")
    assert not mock.make()
    assert title(mock) == "Second"
    assert "invalid-json" in capsys.readouterr().err
