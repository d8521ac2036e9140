"""Doing what calls ask for: the driver of :mod:`.flow` that waits."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import Generator, Iterator
from contextvars import ContextVar
from typing import Any

from ..errors import ConfigurationError
from .content import BodyReader, check_size
from .requests import Draft
from .steps import Acquire, Close, Read, Release, Send, Sleep, Step, Supply
from .transport import (
    coding_of,
    deadline,
    httpx,
    open_client,
    request_of,
    watch_deadlines,
)

_CONNECT_TIMEOUT = 10.0

sending: ContextVar[Draft | None] = ContextVar("sending", default=None)
"""The request that is being sent, for the log to know its secrets."""


class Driver:
    """Runs calls, on an HTTP client that is opened when first needed."""

    def __init__(self, given: httpx.Client | None = None) -> None:
        self._client = given
        self._given = given is not None
        self._closed = False
        self._lock = threading.Lock()
        if given is not None:
            watch_deadlines(given)

    def run(self, flow: Generator[Step, Any, Any]) -> Any:
        """Drive a call to its end and return its result."""
        try:
            step = next(flow)
            while True:
                try:
                    result = self._perform(step)
                except BaseException as error:
                    other = told(flow, error)
                    if other is None:
                        raise
                    step = other
                else:
                    step = flow.send(result)
        except StopIteration as stop:
            return stop.value

    def wait(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

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
        check_open(self._client)
        return self._client

    def _perform(self, step: Step) -> Any:
        match step:
            case Send():
                return self._send(step)
            case Read():
                return _read(step.response, step.limit, step.deadline)
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
                left = time_left(step.deadline)
                if not step.source.lock.acquire(timeout=-1 if left is None else left):
                    raise TimeoutError
            case Release():
                step.source.lock.release()
        return None

    def _send(self, step: Send) -> Any:
        client = self.client
        request = request_for(client, step, _pieces)
        hidden = sending.set(step.draft)
        end = deadline.set(step.deadline)
        try:
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                reads = step.headed(response)
            except BaseException:
                response.close()
                raise
            if not reads:
                return response, None
            return response, _read(response, step.limit, step.deadline)
        finally:
            deadline.reset(end)
            sending.reset(hidden)


def told(flow: Generator[Step, Any, Any], error: BaseException) -> Step | None:
    """Return what a call asks for after an exception; None: it lets it pass."""
    try:
        return flow.throw(error)
    except BaseException as raised:
        if raised is error:
            return None
        raise


def request_for(client: Any, step: Send, pieces: Any) -> Any:
    """Return the request of the HTTP library for a step."""
    draft = step.draft
    left = time_left(step.deadline)
    headers = draft.headers
    content = draft.content
    if content is not None and not isinstance(content, bytes):
        if (length := content.length) is not None:
            headers.append(("Content-Length", str(length).encode("ascii")))
        content = pieces(content)
    connect = _CONNECT_TIMEOUT if left is None else min(_CONNECT_TIMEOUT, left)
    return request_of(
        client, draft.method, draft.url, headers, content, (connect, left)
    )


def check_open(client: Any) -> None:
    """Raise where the owner of a client has closed it."""
    if client.is_closed:
        raise ConfigurationError("the HTTP client that was given is closed")


def time_left(end: float | None) -> float | None:
    """Return the seconds until a deadline; raise TimeoutError where there are none."""
    if end is None:
        return None
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(response: Any, limit: int | None, deadline_: float | None) -> bytes:
    try:
        if response.is_stream_consumed:
            content: bytes = response.content
            check_size(len(content), limit)
            return content
        reader = BodyReader(coding_of(response), limit)
        end = deadline.set(deadline_)
        try:
            for data in response.iter_raw():
                time_left(deadline_)
                reader.feed(data)
        finally:
            deadline.reset(end)
        return reader.finish()
    finally:
        response.close()


def _pieces(content: Any) -> Iterator[bytes]:
    return iter(content)


def _discard(awaitable: Any) -> None:
    close = getattr(awaitable, "close", None)
    if close is not None:
        close()


class _Redacting(logging.Filter):
    """Keeps the credentials of a request out of the log of the library."""

    def filter(self, record: logging.LogRecord) -> bool:
        draft = sending.get()
        if draft is not None and isinstance(record.args, tuple):
            record.args = tuple(_redacted(draft, item) for item in record.args)
        return True


def _redacted(draft: Draft, item: object) -> object:
    text = str(item)
    safe = draft.redact(text)
    return item if safe == text else safe


for _name in ("httpx", "httpx2"):
    logging.getLogger(_name).addFilter(_Redacting())
