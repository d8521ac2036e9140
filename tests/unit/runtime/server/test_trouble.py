"""Faults and latency of the mock."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from helpers import mock

from bothends.runtime.operation import HeaderParameter, Json, Operation, Returns
from bothends.runtime.server.mock import trouble

PING = Operation[Any](key="ping", method="GET", path="/ping", returns=(Returns(status=200, media=(Json(Any),)),))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the mock would have slept."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(trouble.asyncio, "sleep", sleep)
    return found


def test_faults_come_as_often_as_asked_for_and_the_same_in_each_run() -> None:
    runs = [[mock(PING, faults={503: 0.3, 429: 0.2}).get("/ping").status_code for _ in range(1)] for _ in range(2)]
    assert runs[0] == runs[1]
    client = mock(PING, faults={503: 0.3, 429: 0.2})
    found = Counter(client.get("/ping").status_code for _ in range(200))
    assert 30 < found[503] < 90
    assert 15 < found[429] < 65
    assert found[200] + found[503] + found[429] == 200


def test_a_fault_that_passes_says_when() -> None:
    answer = mock(PING).get("/ping", headers={"Prefer": "fault=503"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"


def test_an_answer_that_is_cut_is_shorter_than_it_says() -> None:
    answer = mock(PING).get("/ping", headers={"Prefer": "fault=cut"})
    assert len(answer.content) < int(answer.headers["Content-Length"])


def test_latency_is_that_of_the_settings_or_of_the_wish(waits: list[float]) -> None:
    client = mock(PING, latency=(0.1, 0.2))
    client.get("/ping")
    client.get("/ping", headers={"Prefer": "latency=1.5"})
    assert 0.1 <= waits[0] <= 0.2
    assert waits[1] == 1.5


@pytest.mark.parametrize("wish", ["latency=soon", "latency=61", "latency=-1", "latency=nan", "fault=200", "fault=x"])
def test_wishes_that_mean_nothing_are_refused(wish: str, waits: list[float]) -> None:
    assert mock(PING).get("/ping", headers={"Prefer": wish}).status_code == 400
    assert not waits


def test_headers_that_say_how_a_body_travels_are_not_made_up() -> None:
    headers = tuple(HeaderParameter(name, str) for name in ("Content-Encoding", "transfer-encoding", "X-Count"))
    returns = (Returns(status=200, media=(Json(str),), headers=headers),)
    found = mock(Operation[Any](key="ping", method="GET", path="/ping", returns=returns)).get("/ping").headers
    assert "x-count" in found
    assert not {"content-encoding", "transfer-encoding"} & {*found}
