"""Answers that arrive piece by piece.

Items of server-sent events and of JSON lines, and plain octets.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from pydantic import ValidationError
from pydantic_core import to_json

from ..adapters import decode
from ..coding.shapes import shape_of
from ..errors import ApiError, ConnectionFailed, TimedOut
from ..operation import Events, Media
from ..problems import problems_of
from .content import ContentDecoder
from .responses import Answer
from .sse import EventDecoder, LineDecoder, ServerSentEvent
from .transport import coding_of, failure_of, raw_body, raw_body_async

T = TypeVar("T")

_DONE = "[DONE]"
_EVENT_FIELDS = frozenset({"data", "event", "id", "retry"})


class ItemDecoder(Generic[T]):
    """Octets to items of a declared type."""

    def __init__(self, answer: Answer, media: Media, coding: str | None) -> None:
        self._answer = answer
        self._type = media.type
        self._coding = ContentDecoder(coding)
        self._events = EventDecoder() if isinstance(media, Events) else None
        self._lines = LineDecoder(carriage=False)
        properties = set(shape_of(media.type).properties)
        self._whole = "data" in properties and properties <= _EVENT_FIELDS
        self._text = media.type is str
        self.done = False

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one."""
        return self._events.last_event_id if self._events else ""

    def feed(self, data: bytes) -> Iterator[T]:
        """Yield the items that are complete."""
        for piece in self._coding.feed(data):
            if self._events is None:
                for line in self._lines.feed(piece):
                    yield from self._line(line)
            else:
                for event in self._events.feed(piece):
                    if self.done:
                        return
                    yield from self._event(event)

    def finish(self) -> Iterator[T]:
        """Yield what the end completes."""
        if self._events is None and not self.done:
            yield from self._line(self._lines.finish())

    def _line(self, line: bytes) -> Iterator[T]:
        text = line.strip(b" \t\r\x1e")
        if text:
            yield self._decoded(text)

    def _event(self, event: ServerSentEvent) -> Iterator[T]:
        if event.data == _DONE and not self._text:
            self.done = True
        elif self._whole:
            yield self._decoded(to_json(self._fields(event)))
        elif self._text:
            yield self._decoded(to_json(event.data))
        else:
            yield self._decoded(event.data.encode("utf-8"))

    def _fields(self, event: ServerSentEvent) -> dict[str, Any]:
        data: Any = event.data
        if not shape_of(self._type).properties["data"].takes("string"):
            data = self._decoded_any(event.data)
        fields = {
            "data": data,
            "event": event.event,
            "id": event.id,
            "retry": event.retry,
        }
        return {
            name: value for name, value in fields.items() if value not in (None, "")
        }

    def _decoded_any(self, text: str) -> Any:
        return self._try(Any, text.encode("utf-8"))

    def _decoded(self, text: bytes) -> T:
        found: T = self._try(self._type, text)
        return found

    def _try(self, type: Any, text: bytes) -> Any:
        try:
            return decode(type, text)
        except ValidationError as error:
            raise self._answer.problem(
                "an item of the stream is not as documented", text, problems_of(error)
            ) from error


class Stream(Generic[T]):
    """Items that are read while they arrive.

    Use it in a ``with`` statement, or iterate to the end.
    """

    def __init__(self, response: Any, answer: Answer, media: Media) -> None:
        self._response = response
        self._answer = answer
        self._decoder: ItemDecoder[T] = ItemDecoder(answer, media, coding_of(response))
        self._items = self._read()

    @property
    def status(self) -> int:
        """The status of the response."""
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the response."""
        return self._answer.headers

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one."""
        return self._decoder.last_event_id

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
        try:
            with reading(self._answer):
                for data in raw_body(self._response):
                    yield from self._decoder.feed(data)
                    if self._decoder.done:
                        return
                yield from self._decoder.finish()
        finally:
            self.close()


class AsyncStream(Generic[T]):
    """Items that are read while they arrive.

    Use it in an ``async with`` statement, or iterate to the end.
    """

    def __init__(self, response: Any, answer: Answer, media: Media) -> None:
        self._response = response
        self._answer = answer
        self._decoder: ItemDecoder[T] = ItemDecoder(answer, media, coding_of(response))
        self._items = self._read()

    @property
    def status(self) -> int:
        """The status of the response."""
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the response."""
        return self._answer.headers

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one."""
        return self._decoder.last_event_id

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
        try:
            with reading(self._answer):
                async for data in raw_body_async(self._response):
                    for item in self._decoder.feed(data):
                        yield item
                    if self._decoder.done:
                        return
                for item in self._decoder.finish():
                    yield item
        finally:
            await self.close()


class StreamedResponse:
    """A response whose body is read by the caller: octets, lines, or into a file."""

    def __init__(self, response: Any, answer: Answer) -> None:
        self._response = response
        self._answer = answer
        self.status = answer.status
        self.headers = answer.headers
        self.request_id = answer.request_id

    def iter_bytes(self) -> Iterator[bytes]:
        """Yield the body as it arrives."""
        decoder = ContentDecoder(coding_of(self._response))
        with reading(self._answer):
            for data in raw_body(self._response):
                yield from decoder.feed(data)
            decoder.finish()

    def iter_lines(self) -> Iterator[str]:
        """Yield the lines of the body as they arrive."""
        lines = LineDecoder(carriage=False)
        for data in self.iter_bytes():
            for line in lines.feed(data):
                yield line.decode("utf-8", "replace")
        if rest := lines.finish():
            yield rest.decode("utf-8", "replace")

    def read(self) -> bytes:
        """Return the whole body, whatever its size."""
        return b"".join(self.iter_bytes())

    def save(self, path: str | Path) -> int:
        """Write the body to a file and return its size."""
        with Path(path).open("wb") as file:
            return sum(file.write(data) for data in self.iter_bytes())

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()


class AsyncStreamedResponse:
    """A response whose body is read by the caller: octets, lines, or into a file."""

    def __init__(self, response: Any, answer: Answer) -> None:
        self._response = response
        self._answer = answer
        self.status = answer.status
        self.headers = answer.headers
        self.request_id = answer.request_id

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives."""
        decoder = ContentDecoder(coding_of(self._response))
        with reading(self._answer):
            async for data in raw_body_async(self._response):
                for piece in decoder.feed(data):
                    yield piece
            decoder.finish()

    async def iter_lines(self) -> AsyncIterator[str]:
        """Yield the lines of the body as they arrive."""
        lines = LineDecoder(carriage=False)
        async for data in self.iter_bytes():
            for line in lines.feed(data):
                yield line.decode("utf-8", "replace")
        if rest := lines.finish():
            yield rest.decode("utf-8", "replace")

    async def read(self) -> bytes:
        """Return the whole body, whatever its size."""
        return b"".join([data async for data in self.iter_bytes()])

    async def save(self, path: str | Path) -> int:
        """Write the body to a file and return its size."""
        import anyio

        async with await anyio.open_file(path, "wb") as file:
            return sum([await file.write(data) async for data in self.iter_bytes()])

    async def close(self) -> None:
        """Give the connection back."""
        await self._response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        await self.close()


@contextlib.contextmanager
def reading(answer: Answer) -> Generator[None]:
    """Turn exceptions of the transport into those of a client, while a body is read."""
    try:
        yield
    except ApiError:
        raise
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        kind = TimedOut if failure[0] == "timeout" else ConnectionFailed
        made = kind(f"{answer.operation}: the connection failed while the body arrived")
        made.operation = answer.operation
        raise made from error
