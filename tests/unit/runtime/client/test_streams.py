"""Answers that arrive piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client.sse import EventDecoder, LineDecoder, ServerSentEvent

from .zoo import Animal, Script, async_zoo, zoo

EVENTS = {"content-type": "text/event-stream"}


class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body in given pieces, which tells whether it was closed, and may break off."""

    def __init__(self, pieces: Iterable[bytes], error: Exception | None = None) -> None:
        self.pieces = list(pieces)
        self.error = error
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.error:
            raise self.error

    async def __aiter__(self) -> Any:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def events(*pieces: bytes, error: Exception | None = None) -> tuple[Any, Body]:
    body = Body(pieces, error)
    return Script(lambda request: httpx2.Response(200, headers=EVENTS, stream=body)), body


def test_events_are_typed_and_the_connection_is_given_back() -> None:
    script, body = events(b'data: {"na', b'me":"a"}\n', b'\n: ping\n\ndata: {"name":\ndata: "b"}\r\n\r', b"\n")
    with zoo(script).animals.watch() as stream:
        assert stream.status == 200
        assert list(stream) == [Animal(name="a"), Animal(name="b")]
    assert body.closed


def test_a_stream_that_is_left_early_is_closed() -> None:
    script, body = events(b'data: {"name":"a"}\n\n' * 3)
    with zoo(script).animals.watch() as stream:
        assert next(iter(stream)).name == "a"
    assert body.closed


def test_the_end_mark_of_chat_services_ends_a_stream() -> None:
    script, body = events(b'data: {"name":"a"}\n\ndata: [DONE]\n\ndata: {"name":"b"}\n\n')
    assert [one.name for one in zoo(script).animals.watch()] == ["a"]
    assert body.closed


def test_asynchronous_streams() -> None:
    async def main() -> None:
        script, body = events(b'id: 7\ndata: {"name":"a"}\n\n')
        async with await async_zoo(script).animals.watch() as stream:
            assert [one.name async for one in stream] == ["a"]
            assert stream.last_event_id == "7"
        assert body.closed

    asyncio.run(main())


def test_what_breaks_in_a_stream_stays_in_the_tree() -> None:
    script, body = events(b'data: {"name":"a"}\n\n', error=httpx2.ReadError("broken"))
    stream = zoo(script).animals.watch()
    assert next(stream).name == "a"
    with pytest.raises(errors.ConnectionFailed):
        next(stream)
    assert body.closed
    for data in (b"data: no json\n\n", b'data: {"nam":1}\n\n', b"data: \xff\n\n"):
        script, body = events(data)
        with pytest.raises(errors.DecodingError):
            list(zoo(script).animals.watch())
        assert body.closed


def test_a_failure_instead_of_a_stream_is_raised_at_once() -> None:
    with pytest.raises(errors.StatusError):
        zoo(Script((400, {}))).animals.watch()
    with pytest.raises(errors.DecodingError):
        zoo(Script((200, {"name": "a"}))).animals.watch()


def test_json_lines() -> None:
    answer = httpx2.Response(
        200, content=b'{"name":"a"}\n\n\x1e{"name":"b"}\r\n{"name":"c"}', headers={"content-type": "application/jsonl"}
    )
    assert [one.name for one in zoo(Script(answer)).animals.export()] == ["a", "b", "c"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events_come_out_the_same_however_they_are_cut(size: int) -> None:
    text = (
        "\ufeffdata: 1\r\n\r\nevent: x\rdata:2\rdata\r\rid: 9\nretry: 10\nretry: x\ndata:  3\n\n"
        ": c\n\nevent: nothing\n\nid: a\0b\ndata: 4\nbogus: 1\n\ndata: unfinished"
    ).encode()
    decoder = EventDecoder()
    found = [event for at in range(0, len(text), size) for event in decoder.feed(text[at : at + size])]
    assert found == [
        ServerSentEvent("1"),
        ServerSentEvent("2\n", "x"),
        ServerSentEvent(" 3", id="9", retry=10),
        ServerSentEvent("4", id="9"),
    ]


def test_long_lines_take_no_longer_for_coming_in_pieces() -> None:
    decoder = LineDecoder(carriage=False)
    for _ in range(2000):
        assert list(decoder.feed(b"x" * 1000)) == []
    assert list(decoder.feed(b"\n")) == [b"x" * 2_000_000]
