"""Doing what calls ask for.

The synchronous and the asynchronous driver of :mod:`.flow`.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
import time
from collections.abc import AsyncIterator, Coroutine, Generator, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from ..errors import ConfigurationError
from .content import BodyReader, check_size
from .requests import Draft
from .steps import Acquire, Close, Read, Release, Send, Sleep, Step, Supply
from .transport import coding_of, deadline, httpx, open_client

T = TypeVar("T")

_CONNECT_TIMEOUT = 10.0
_sending: ContextVar[Draft | None] = ContextVar("sending", default=None)


class Driver:
    """Runs calls, on an HTTP client that is opened when first needed."""

    def __init__(self, given: httpx.Client | None = None) -> None:
        self._client = given
        self._given = given is not None
        self._closed = False
        self._lock = threading.Lock()

    def run(self, flow: Generator[Step, Any, Any]) -> Any:
        """Drive a call to its end and return its result."""
        try:
            step = next(flow)
            while True:
                try:
                    result = self._perform(step)
                except BaseException as error:
                    other = _told(flow, error)
                    if other is None:
                        raise
                    step = other
                else:
                    step = flow.send(result)
        except StopIteration as stop:
            return stop.value

    def close(self) -> None:
        """Close the HTTP client, unless it was given."""
        self._closed = True
        if self._client is not None and not self._given:
            self._client.close()

    @property
    def client(self) -> httpx.Client:
        """The HTTP client."""
        if self._closed:
            raise ConfigurationError("the client is closed")
        if self._client is None:
            with self._lock:
                if self._client is None:
                    self._client = open_client()
        return self._client

    def _perform(self, step: Step) -> Any:
        match step:
            case Send():
                return self._send(step)
            case Read():
                return _read(step)
            case Close():
                step.response.close()
            case Sleep():
                time.sleep(step.seconds)
            case Supply():
                found = step.function()
                if inspect.isawaitable(found):
                    _discard(found)
                    raise ConfigurationError(
                        "an awaitable credential needs AsyncClient"
                    )
                return found
            case Acquire():
                step.source.lock.acquire()
            case Release():
                step.source.lock.release()
        return None

    def _send(self, step: Send) -> Any:
        client = self.client
        request = _request(client, step, _pieces)
        hidden = _sending.set(step.draft)
        end = deadline.set(step.deadline)
        try:
            return client.send(
                request, stream=True, follow_redirects=False, **_auth(step.draft)
            )
        finally:
            deadline.reset(end)
            _sending.reset(hidden)


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
                    other = _told(flow, error)
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
        request = _request(client, step, _async_pieces)
        hidden = _sending.set(step.draft)
        try:
            left = _left(step.deadline)
            sending = client.send(
                request, stream=True, follow_redirects=False, **_auth(step.draft)
            )
            return await _within(left, sending)
        finally:
            _sending.reset(hidden)


def _told(flow: Generator[Step, Any, Any], error: BaseException) -> Step | None:
    """Return what a call asks for after an exception; None: it lets it pass."""
    try:
        return flow.throw(error)
    except BaseException as raised:
        if raised is error:
            return None
        raise


def _request(client: Any, step: Send, pieces: Any) -> Any:
    draft = step.draft
    left = _left(step.deadline)
    headers = draft.headers
    content = draft.content
    if content is not None and not isinstance(content, bytes):
        if (length := content.length) is not None:
            headers.append(("Content-Length", str(length).encode("ascii")))
        content = pieces(content)
    connect = _CONNECT_TIMEOUT if left is None else min(_CONNECT_TIMEOUT, left)
    timeout = (connect, left, left, left)
    return client.build_request(
        draft.method, draft.url, headers=headers, content=content, timeout=timeout
    )


def _auth(draft: Draft) -> dict[str, Any]:
    return {"auth": httpx.DigestAuth(*draft.digest)} if draft.digest else {}


def _left(end: float | None) -> float | None:
    if end is None:
        return None
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(step: Read) -> bytes:
    response = step.response
    try:
        if response.is_stream_consumed:
            content: bytes = response.content
            check_size(len(content), step.limit)
            return content
        reader = BodyReader(coding_of(response), step.limit)
        end = deadline.set(step.deadline)
        try:
            for data in response.iter_raw():
                _left(step.deadline)
                reader.feed(data)
        finally:
            deadline.reset(end)
        return reader.finish()
    finally:
        response.close()


async def _read_async(step: Read) -> bytes:
    response = step.response
    try:
        if response.is_stream_consumed:
            content: bytes = response.content
            check_size(len(content), step.limit)
            return content
        reader = BodyReader(coding_of(response), step.limit)
        await _within(_left(step.deadline), _fed(reader, response))
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


def _pieces(content: Any) -> Iterator[bytes]:
    return iter(content)


async def _async_pieces(content: Any) -> AsyncIterator[bytes]:
    if hasattr(content, "__aiter__"):
        async for piece in content:
            yield piece
        return
    pieces = iter(content)
    # Files are read in a thread, so that a slow disk does not hold everything else.
    while (piece := await anyio.to_thread.run_sync(next, pieces, None)) is not None:
        yield piece


def _discard(awaitable: Any) -> None:
    close = getattr(awaitable, "close", None)
    if close is not None:
        close()


class _Redacting(logging.Filter):
    """Keeps the credentials of a request out of the log of the library."""

    def filter(self, record: logging.LogRecord) -> bool:
        draft = _sending.get()
        if draft is not None and isinstance(record.args, tuple):
            record.args = tuple(_redacted(draft, item) for item in record.args)
        return True


def _redacted(draft: Draft, item: object) -> object:
    text = str(item)
    safe = draft.redact(text)
    return item if safe == text else safe


for _name in ("httpx", "httpx2"):
    logging.getLogger(_name).addFilter(_Redacting())
