"""What is refused for its size, its depth or its slowness, before anything is made of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from helpers import Nothing, contract, served

from bothends.runtime.operation import Body, Json, Operation, Returns
from bothends.runtime.server.app import build_app
from bothends.runtime.server.settings import Settings

TAKE = Operation[Any](
    key="take",
    method="POST",
    path="/take",
    body=Body((Json(list[Any]),)),
    returns=(Returns(status=200, media=(Json(int),)),),
)
JSON = {"Content-Type": "application/json"}

BOMBS = {
    "arrays": b"[" * 500_000,
    "closed arrays": b"[" * 100_000 + b"]" * 100_000,
    "objects": b'[{"a":' + b'{"a":' * 150_000,
    "number": b"[" + b"9" * 900_000 + b"]",
    "invalid UTF-8": b'["\xff\xfe"]',
    "lone surrogate": b'["\\ud800"]',
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_bombs_are_bad_requests(body: bytes) -> None:
    answer = served(TAKE, lambda body: len(body)).post("/take", content=body, headers=JSON)
    assert answer.status_code == 400


def test_too_much_is_refused_by_what_is_announced_and_by_what_comes() -> None:
    client = served(TAKE, lambda body: len(body), max_body=100)
    assert client.post("/take", content=b"[" + b" " * 100 + b"]", headers=JSON).status_code == 413
    pieces = (b"[", *[b" " * 10] * 20, b"]")
    assert client.post("/take", content=iter(pieces), headers=JSON).status_code == 413
    assert client.post("/take", content=b"[1]", headers=JSON).json() == 1


def test_a_body_that_never_ends_is_given_up() -> None:
    handlers = Nothing()
    handlers.handle0 = lambda body: 0  # type: ignore[attr-defined]
    app = build_app(contract(TAKE), handlers, settings=Settings(body_timeout=0.01))
    sent: list[Any] = []
    started = [{"type": "http.request", "body": b"[", "more_body": True}]

    async def receive() -> Any:
        if started:
            return started.pop()
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/take",
        "raw_path": b"/take",
        "query_string": b"",
        "headers": headers,
    }
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
