"""Doing what calls ask for: the asynchronous driver of :mod:`.flow`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Coroutine, Generator
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from ..errors import ConfigurationError
from .content import BodyReader, check_size
from .drive import auth_for, request_for, sending, time_left, told
from .steps import Acquire, Close, Read, Release, Send, Sleep, Step, Supply
from .transport import coding_of, httpx

T = TypeVar("T")


class AsyncDriver:
    """Runs calls, on an HTTP client that is opened when first needed."""

    def __init__(self, given: httpx.AsyncClient | None = None) -> None:
        self._client = given
        self._given = given is not None
        self._closed = False

    async def run(self, flow: Generator[Step, Any, Any]) -> Any:
        """Drive a call to its end and return its result."""
        try:
            step = next(flow)
            while True:
                try:
                    result = await self._perform(step)
                except BaseException as error:
                    other = told(flow, error)
                    if other is None:
                        raise
                    step = other
                else:
                    step = flow.send(result)
        except StopIteration as stop:
            return stop.value

    async def close(self) -> None:
        """Close the HTTP client, unless it was given."""
        self._closed = True
        if self._client is not None and not self._given:
            await self._client.aclose()

    @property
    def client(self) -> httpx.AsyncClient:
        """The HTTP client."""
        if self._closed:
            raise ConfigurationError("the client is closed")
        if self._client is None:
            self._client = httpx.AsyncClient(follow_redirects=False)
        return self._client

    async def _perform(self, step: Step) -> Any:
        match step:
            case Send():
                return await self._send(step)
            case Read():
                return await _read_async(step)
            case Close():
                await step.response.aclose()
            case Sleep():
                await anyio.sleep(step.seconds)
            case Supply():
                found = step.function()
                return await found if inspect.isawaitable(found) else found
            case Acquire():
                if step.source.async_lock is None:
                    step.source.async_lock = anyio.Lock()
                await step.source.async_lock.acquire()
            case Release():
                step.source.async_lock.release()
        return None

    async def _send(self, step: Send) -> Any:
        client = self.client
        request = request_for(client, step, _async_pieces)
        hidden = sending.set(step.draft)
        try:
            left = time_left(step.deadline)
            work = client.send(
                request, stream=True, follow_redirects=False, **auth_for(step.draft)
            )
            return await _within(left, work)
        finally:
            sending.reset(hidden)


async def _read_async(step: Read) -> bytes:
    response = step.response
    try:
        if response.is_stream_consumed:
            content: bytes = response.content
            check_size(len(content), step.limit)
            return content
        reader = BodyReader(coding_of(response), step.limit)
        await _within(time_left(step.deadline), _fed(reader, response))
        return reader.finish()
    finally:
        if not response.is_closed:
            await response.aclose()


async def _fed(reader: BodyReader, response: Any) -> None:
    async for data in response.aiter_raw():
        reader.feed(data)


async def _within(seconds: float | None, work: Coroutine[Any, Any, T]) -> T:
    """Do work within a time, or raise TimeoutError."""
    if seconds is None:
        return await work
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # another event loop than that of asyncio
        with anyio.fail_after(seconds):
            return await work
    # Does what the former does, for a fraction of its cost.
    async with asyncio.timeout(seconds):
        return await work


async def _async_pieces(content: Any) -> AsyncIterator[bytes]:
    if hasattr(content, "__aiter__"):
        async for piece in content:
            yield piece
        return
    pieces = iter(content)
    # Files are read in a thread, so that a slow disk does not hold everything else.
    while (piece := await anyio.to_thread.run_sync(next, pieces, None)) is not None:
        yield piece
