"""Doing what calls ask for: the asynchronous driver of :mod:`.flow`."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Coroutine, Generator
from typing import Any, TypeVar

import anyio
import anyio.lowlevel
import anyio.to_thread

from ..errors import ConfigurationError
from .content import BodyReader, check_size
from .drive import check_open, request_for, sending, told
from .steps import Acquire, Close, Read, Release, Send, Sleep, Step, Supply
from .tokens import TokenSource
from .transport import coding_of, httpx, open_async_client

T = TypeVar("T")

_GRACE = 0.05


class AsyncDriver:
    """Runs calls, on an HTTP client that is opened when first needed."""

    def __init__(self, given: httpx.AsyncClient | None = None) -> None:
        self._client = given
        self._given = given is not None
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None

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

    async def wait(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)

    async def close(self) -> None:
        """Close the HTTP client, unless it was given."""
        self._closed = True
        self._enter_loop()
        if self._client is not None and not self._given:
            await self._client.aclose()

    @property
    def client(self) -> httpx.AsyncClient:
        """The HTTP client."""
        if self._closed:
            raise ConfigurationError("the client is closed")
        if self._client is None:
            self._client = open_async_client()
        check_open(self._client)
        return self._client

    def _enter_loop(self) -> None:
        """Leave connections behind that were opened in another event loop."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if loop is not self._loop:
            if self._loop is not None and not self._given:
                self._client = None
            self._loop = loop

    async def _perform(self, step: Step) -> Any:
        match step:
            case Send():
                return await self._send(step)
            case Read():
                work = _read_async(step.response, step.limit)
                return await _within(step.deadline, work)
            case Close():
                await step.response.aclose()
            case Sleep():
                await anyio.sleep(step.seconds)
            case Supply():
                found = step.function()
                return await found if inspect.isawaitable(found) else found
            case Acquire():
                await _within(step.deadline, _lock_of(step.source).acquire())
            case Release():
                _lock_of(step.source).release()
        return None

    async def _send(self, step: Send) -> Any:
        self._enter_loop()
        client = self.client
        request = request_for(client, step, _async_pieces)
        hidden = sending.set(step.draft)
        try:
            return await _within(step.deadline, _sent(client, request, step))
        finally:
            sending.reset(hidden)


async def _sent(client: httpx.AsyncClient, request: Any, step: Send) -> Any:
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        reads = step.headed(response)
    except BaseException:
        await response.aclose()
        raise
    if not reads:
        return response, None
    return response, await _read_async(response, step.limit)


async def _read_async(response: Any, limit: int | None) -> bytes:
    try:
        if response.is_stream_consumed:
            content: bytes = response.content
            check_size(len(content), limit)
            return content
        reader = BodyReader(coding_of(response), limit)
        async for data in response.aiter_raw():
            reader.feed(data)
        return reader.finish()
    finally:
        if not response.is_closed:
            await response.aclose()


async def _within(end: float | None, work: Coroutine[Any, Any, T]) -> T:
    """Do work before a deadline, or raise TimeoutError."""
    if end is None:
        return await work
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # another event loop than that of asyncio
        with anyio.fail_after(max(end - time.monotonic(), 0)):
            return await work
    # Does what the former does, for a fraction of its cost.
    # The library's own timeouts come first: they clean up after a handshake.
    async with asyncio.timeout_at(loop.time() + end - time.monotonic() + _GRACE):
        return await work


def _lock_of(source: TokenSource) -> anyio.Lock:
    """Return the lock of a token in this event loop: no lock works in two."""
    token = anyio.lowlevel.current_token()
    if source.async_lock is None or source.async_lock[0] != token:
        source.async_lock = token, anyio.Lock()
    found: anyio.Lock = source.async_lock[1]
    return found


async def _async_pieces(content: Any) -> AsyncIterator[bytes]:
    if hasattr(content, "__aiter__"):
        async for piece in content:
            yield piece
        return
    pieces = iter(content)
    # Files are read in a thread, so that a slow disk does not hold everything else.
    while (piece := await anyio.to_thread.run_sync(next, pieces, None)) is not None:
        yield piece
