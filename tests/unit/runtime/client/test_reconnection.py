"""Streams of events that are opened again, and items that deviate."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client import drive, retry

from .test_streams import EVENTS, Body
from .zoo import Script, async_zoo, zoo


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(drive.time, "sleep", found.append)
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.001)
    return found


def opens(*bodies: Any) -> Script:
    """A server whose stream is another at each request."""

    def answer(one: Any) -> Any:
        if isinstance(one, (httpx2.Response, Exception)):
            return one
        return lambda request: httpx2.Response(200, headers=EVENTS, stream=one)

    return Script(*map(answer, bodies))


def event(name: str, number: int) -> bytes:
    return b'id: %d\ndata: {"name":"%s"}\n\n' % (number, name.encode())


BROKEN = httpx2.ReadError("broken")
GONE = httpx2.Response(204)


def test_a_broken_stream_goes_on_after_the_last_event(slept: list[float]) -> None:
    script = opens(Body([b"retry: 1500\n\n", event("a", 1)], BROKEN), Body([event("b", 2)]), GONE)
    stream = zoo(script).animals.watch(reconnect=3)
    assert [one.name for one in stream] == ["a", "b"]
    assert [request.headers.get("last-event-id") for request in script.requests] == [None, "1", "2"]
    assert slept == [1.5, 1.5], "the server said how long to wait"


def test_the_asynchronous_stream_does_the_same() -> None:
    async def main() -> None:
        script = opens(Body([event("a", 1)], BROKEN), Body([event("b", 2)]), GONE)
        async with await async_zoo(script).animals.watch(reconnect=3) as stream:
            assert [one.name async for one in stream] == ["a", "b"]
            assert stream.last_event_id == "2"
        assert [request.headers.get("last-event-id") for request in script.requests] == [None, "1", "2"]

    asyncio.run(main())


def test_without_the_option_a_stream_is_opened_once() -> None:
    script = opens(Body([event("a", 1)], BROKEN))
    stream = zoo(script).animals.watch()
    assert next(stream).name == "a"
    with pytest.raises(errors.ConnectionFailed):
        next(stream)
    assert len(script.requests) == 1


def test_attempts_in_a_row_are_counted() -> None:
    script = opens(Body([event("a", 1)], BROKEN), Body([], BROKEN), Body([event("b", 2)], BROKEN), Body([], BROKEN))
    stream = zoo(script).animals.watch(reconnect=2)
    assert [next(stream).name, next(stream).name] == ["a", "b"]
    with pytest.raises(errors.ConnectionFailed):
        next(stream)
    assert len(script.requests) == 5


def test_a_server_that_only_ends_is_not_asked_for_ever() -> None:
    script = opens(Body([event("a", 1)]), Body([]))
    assert [one.name for one in zoo(script).animals.watch(reconnect=2)] == ["a"]
    assert len(script.requests) == 3


def test_a_failure_while_reopening_is_raised() -> None:
    script = opens(Body([event("a", 1)], BROKEN), httpx2.Response(403))
    stream = zoo(script).animals.watch(reconnect=2)
    assert next(stream).name == "a"
    with pytest.raises(errors.StatusError) as caught:
        next(stream)
    assert caught.value.status == 403


@pytest.mark.parametrize("number", ["\x01", "\u2028"])
def test_ids_that_no_header_can_carry_are_left_out(number: str) -> None:
    data = f'id: {number}\ndata: {{"name":"a"}}\n\n'.encode()
    script = opens(Body([data], BROKEN), GONE)
    assert [one.name for one in zoo(script).animals.watch(reconnect=1)] == ["a"]
    assert "last-event-id" not in script.last.headers


def test_the_end_mark_ends_for_good() -> None:
    script = opens(Body([event("a", 1), b"data: [DONE]\n\n"]))
    assert [one.name for one in zoo(script).animals.watch(reconnect=9)] == ["a"]
    assert len(script.requests) == 1


def test_wrong_events_are_errors_whatever_the_option() -> None:
    script = opens(Body([b"data: {}\n\n"]))
    with pytest.raises(errors.DecodingError):
        list(zoo(script).animals.watch(reconnect=9))
    assert len(script.requests) == 1


def test_items_may_deviate_as_answers_may(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    data = b'data: {"name":"a","kind":"axolotl"}\n\n'
    assert [one.kind for one in zoo(opens(Body([data]))).animals.watch()] == ["axolotl"]
    assert any("kind" in one.getMessage() and one.name.startswith("bothends") for one in caplog.records)
    with pytest.raises(errors.DecodingError, match="kind"):
        list(zoo(opens(Body([data]))).animals.watch(strict_responses=True))
