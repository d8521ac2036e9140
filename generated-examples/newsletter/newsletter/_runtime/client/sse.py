"""Octets to lines, and lines to server-sent events (HTML Living Standard, 9.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .content import check_size


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """An event as it came."""

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class LineDecoder:
    """Splits octets into lines.

    ``carriage``: a lone carriage return ends a line as well. ``limit``: the most octets
    of a line; a longer one is a DecodingError.
    """

    def __init__(self, *, carriage: bool, limit: int | None = None) -> None:
        self._carriage = carriage
        self._limit = limit
        self._rest = bytearray()
        self._searched = 0
        self._skip_feed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the lines that are complete."""
        if not data:
            return
        if self._skip_feed and data[:1] == b"\n":
            data = data[1:]
        self._skip_feed = False
        if self._carriage and b"\r" in data:
            self._skip_feed = data.endswith(b"\r")
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._rest += data
        end = self._rest.rfind(b"\n", self._searched)
        if end < 0:
            self._searched = len(self._rest)
            check_size(self._searched, self._limit)
            return
        complete = bytes(self._rest[:end])
        del self._rest[: end + 1]
        self._searched = len(self._rest)
        for line in complete.split(b"\n"):
            yield line.removesuffix(b"\r")

    def finish(self) -> bytes:
        """Return what stands after the last line end."""
        rest = bytes(self._rest)
        self._rest.clear()
        return rest


class EventDecoder:
    """Collects lines into events.

    An event that the body breaks off is dropped, as the standard says. ``limit``: the
    most octets of a line and characters of an event; more is a DecodingError.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._lines = LineDecoder(carriage=True, limit=limit)
        self._limit = limit
        self._size = 0
        self._data: list[str] = []
        self._event = ""
        self._retry: int | None = None
        self._first = True
        self.last_event_id = ""
        self.retry: int | None = None

    def feed(self, data: bytes) -> Iterator[ServerSentEvent]:
        """Yield the events that are complete."""
        for raw in self._lines.feed(data):
            line = raw.decode("utf-8", "replace")
            if self._first:
                line = line.removeprefix("\ufeff")
                self._first = False
            if line:
                self._field(line)
            elif self._data or self._event:
                event = self._take()
                if event is not None:
                    yield event

    def finish(self) -> str | None:
        """Return the data of an event that the end of the body broke off."""
        rest = self._lines.finish()
        if rest:
            self._field(rest.decode("utf-8", "replace"))
        event = self._take()
        return None if event is None else event.data

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._size += len(value) + 1
            check_size(self._size, self._limit)
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self.last_event_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = self.retry = int(value[:9])

    def _take(self) -> ServerSentEvent | None:
        data, event, retry = self._data, self._event, self._retry
        self._data, self._event, self._retry, self._size = [], "", None, 0
        if not data:
            return None
        return ServerSentEvent(
            "\n".join(data), event or "message", self.last_event_id, retry
        )
