"""Answers that arrive item by item: server-sent events and JSON lines."""

from __future__ import annotations

import contextlib
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
)
from types import TracebackType
from typing import Generic, Self, TypeAlias, TypeVar

from ..errors import ApiError, ConnectionFailed
from ..operation import Media
from .flow import Handed
from .items import ItemDecoder, reading
from .retry import LONGEST_WAIT, backoff
from .streamed import AsyncStreamedResponse, StreamedResponse
from .transport import coding_of, raw_body, raw_body_async

__all__ = ["AsyncStream", "AsyncStreamedResponse", "Stream", "StreamedResponse"]

T = TypeVar("T")

# What a server answers that has no more events (HTML Living Standard, 9.2.3).
_NO_MORE = 204

Reopen: TypeAlias = Callable[[float, str], Handed | None]
"""Waits, and opens a stream again after an event, named by its id. None: no more."""
AsyncReopen: TypeAlias = Callable[[float, str], Awaitable[Handed | None]]


class _Reading(Generic[T]):
    """What both kinds of stream know."""

    def __init__(self, handed: Handed, media: Media, attempts: int) -> None:
        self._media = media
        self._attempts = attempts
        self._failures = 0
        self._last_event_id = ""
        self._pause: float | None = None
        self._take(handed)

    def _take(self, handed: Handed) -> None:
        self._response = handed.response
        self._answer = handed.answer
        self._decoder: ItemDecoder[T] = ItemDecoder(
            handed.answer,
            handed.answer.media or self._media,
            coding_of(handed.response),
            limit=handed.limit,
            strict=handed.strict,
        )

    @property
    def status(self) -> int:
        """The status of the response."""
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the response."""
        return self._answer.headers

    @property
    def request_id(self) -> str | None:
        """What the server calls the request."""
        return self._answer.request_id

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one."""
        return self._decoder.last_event_id or self._last_event_id

    def _next_wait(self, error: ApiError | None) -> float | None:
        """Return how long to wait before the stream is opened again.

        None where it is not: raises what broke it then, if anything did.
        """
        self._last_event_id = self.last_event_id
        resumable = self._decoder.resumable and self._attempts > self._failures
        if not resumable:
            if error is not None:
                raise error
            return None
        self._failures += 1
        pause = self._decoder.pause
        self._pause = self._pause if pause is None else pause
        wait = backoff(self._failures) if self._pause is None else self._pause
        return min(wait, LONGEST_WAIT)


class Stream(_Reading[T]):
    """Items that are read while they arrive.

    Use it in a ``with`` statement, or iterate to the end.
    """

    def __init__(
        self, handed: Handed, media: Media, attempts: int, reopen: Reopen
    ) -> None:
        super().__init__(handed, media, attempts)
        self._reopen = reopen
        self._items = self._read()

    def __iter__(self) -> Iterator[T]:
        return self._items

    def __next__(self) -> T:
        return next(self._items)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading and give the connection back."""
        self._response.close()

    def _read(self) -> Iterator[T]:
        while True:
            error: ApiError | None = None
            try:
                yield from self._read_once()
            except ConnectionFailed as broken:
                error = broken
            finally:
                self.close()
            wait = self._next_wait(error)
            handed = None if wait is None else self._reopen(wait, self._last_event_id)
            if handed is None:
                return
            self._take(handed)
            if self.status == _NO_MORE:
                self.close()
                return

    def _read_once(self) -> Iterator[T]:
        with reading(self._answer):
            for data in raw_body(self._response):
                for item in self._decoder.feed(data):
                    self._failures = 0
                    yield item
                if self._decoder.done:
                    return
            yield from self._decoder.finish()


class AsyncStream(_Reading[T]):
    """Items that are read while they arrive.

    Use it in an ``async with`` statement, or iterate to the end.
    """

    def __init__(
        self, handed: Handed, media: Media, attempts: int, reopen: AsyncReopen
    ) -> None:
        super().__init__(handed, media, attempts)
        self._reopen = reopen
        self._items = self._read()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._items

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop reading and give the connection back."""
        await self._response.aclose()

    async def _read(self) -> AsyncIterator[T]:
        while True:
            error: ApiError | None = None
            try:
                async with contextlib.aclosing(self._read_once()) as items:
                    async for item in items:
                        yield item
            except ConnectionFailed as broken:
                error = broken
            finally:
                await self.close()
            wait = self._next_wait(error)
            if wait is None:
                return
            handed = await self._reopen(wait, self._last_event_id)
            if handed is None:
                return
            self._take(handed)
            if self.status == _NO_MORE:
                await self.close()
                return

    async def _read_once(self) -> AsyncGenerator[T, None]:
        with reading(self._answer):
            async with contextlib.aclosing(raw_body_async(self._response)) as pieces:
                async for data in pieces:
                    for item in self._decoder.feed(data):
                        self._failures = 0
                        yield item
                    if self._decoder.done:
                        return
            for item in self._decoder.finish():
                yield item
