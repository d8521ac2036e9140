"""The items of a stream: octets to values of the documented type."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Iterator
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from ..adapters import decode
from ..coding.shapes import shape_of
from ..errors import ApiError, ConnectionFailed, DecodingError, TimedOut
from ..operation import Events, Media
from ..problems import problems_of
from .content import ContentDecoder
from .responses import Answer
from .sse import EventDecoder, LineDecoder, ServerSentEvent
from .tolerant import decode_tolerantly
from .transport import failure_of

T = TypeVar("T")

_DONE = "[DONE]"
_EVENT_FIELDS = frozenset({"data", "event", "id", "retry"})
_log = logging.getLogger(__name__.partition("._runtime")[0])


class ItemDecoder(Generic[T]):
    """Octets to items of a declared type.

    ``limit``: the most octets of one item. ``strict``: an item that deviates from the
    document is an error.
    """

    def __init__(
        self,
        answer: Answer,
        media: Media,
        coding: str | None,
        *,
        limit: int | None = None,
        strict: bool = False,
    ) -> None:
        self._answer = answer
        self._type = media.type
        self._strict = strict
        self._coding = ContentDecoder(coding)
        events = isinstance(media, Events)
        self._events = EventDecoder(limit) if events else None
        self._lines = LineDecoder(carriage=False, limit=limit)
        properties = set(shape_of(media.type).properties)
        self._whole = "data" in properties and properties <= _EVENT_FIELDS
        self._text = media.type is str
        self.done = False

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one."""
        return self._events.last_event_id if self._events else ""

    @property
    def resumable(self) -> bool:
        """Whether what follows the items so far can be asked for."""
        return self._events is not None and not self.done

    @property
    def pause(self) -> float | None:
        """The seconds that the server asks to wait before coming back."""
        retry = self._events.retry if self._events else None
        return None if retry is None else retry / 1000

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
        """Yield what the end completes.

        An event is over with a blank line, which careless servers leave out at the end.
        One that is whole is given; raises ConnectionFailed for one that is cut off.
        """
        if self.done:
            return
        self._coding.finish()
        if self._events is None:
            yield from self._line(self._lines.finish())
        elif (data := self._events.finish()) is not None and data != _DONE:
            event = ServerSentEvent(data, id=self.last_event_id)
            if not data.startswith(("{", "[")) or not _is_json(data):
                raise ConnectionFailed(
                    f"{self._answer.operation}: the stream ended inside an event"
                )
            yield from self._event(event)

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
            found = None if self._strict else _tolerated(type, text)
            if found is None:
                raise self._answer.problem(
                    "an item of the stream is not as documented",
                    text,
                    problems_of(error),
                ) from error
        value, deviations = found
        _log.info(
            "%s: an item deviates from the document: %s",
            self._answer.operation,
            "; ".join(deviations),
        )
        return value


@contextlib.contextmanager
def reading(answer: Answer) -> Generator[None]:
    """Turn exceptions of the transport into those of a client, while a body is read."""
    try:
        yield
    except DecodingError as error:
        if error.status is not None:
            raise
        raise answer.problem(error.reason, problems=error.problems) from error
    except ApiError as error:
        error.operation = answer.operation
        raise
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        kind = TimedOut if failure.kind == "timeout" else ConnectionFailed
        made = kind(f"{answer.operation}: the connection failed while the body arrived")
        made.operation = answer.operation
        raise made from error


def _tolerated(type: Any, text: bytes) -> Any:
    try:
        found = decode_tolerantly(type, text)
    except ValueError:
        return None
    return None if found is None or found[0] is None else found


def _is_json(text: str) -> bool:
    try:
        from_json(text)
    except ValueError:
        return False
    return True
