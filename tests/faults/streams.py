"""Faults of answers that arrive item by item."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from faults.connections import GOOD, drips, raw
from faults.model import QUICK, Fails, Fault, Gives
from faults.wire import Answer, Wire

EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
LINES = b"HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
EVENT = b"data: " + GOOD + b"\n\n"
CUT = Fails("ConnectionFailed")
WRONG = Fails("DecodingError", "an item of the stream")
LARGE = Fails("DecodingError", "larger than 1000000 octets")
SMALL = {"max_body_size": 1_000_000}


def events() -> Iterator[Fault]:
    """Server-sent events."""
    tom = ("Tom",)
    yield Fault("an event that is no JSON", whole(EVENTS, EVENT + b"data: {oops\n\n"), WRONG, "watch", items=tom)
    yield Fault("an event of another type", whole(EVENTS, EVENT + b'data: {"name":1}\n\n'), WRONG, "watch", items=tom)
    yield Fault("an event in invalid UTF-8", whole(EVENTS, EVENT + b"data: \xff\n\n"), WRONG, "watch", items=tom)
    yield Fault(
        "fields that nobody knows", whole(EVENTS, b"bogus\nretry: x\nid: \0\n: c\n" + EVENT), Gives(["Tom"]), "watch"
    )
    yield Fault(
        "all kinds of line ends",
        whole(EVENTS, b"\xef\xbb\xbf" + EVENT.replace(b"\n", b"\r\n") + EVENT.replace(b"\n", b"\r")),
        Gives(["Tom", "Tom"]),
        "watch",
    )
    yield Fault("events cut off in a chunk", raw(EVENTS + CHUNKED + b"30\r\n" + EVENT), CUT, "watch", items=tom)
    yield Fault(
        "events reset", raw(EVENTS + CHUNKED + b"16\r\n" + EVENT + b"\r\n", ending=Wire.reset), CUT, "watch", items=tom
    )
    yield Fault("events that end inside of one", whole(EVENTS, EVENT + b'data: {"name":"J'), CUT, "watch", items=tom)
    yield Fault(
        "events that end without a blank line", whole(EVENTS, EVENT + b"data: " + GOOD), Gives(["Tom", "Tom"]), "watch"
    )
    yield Fault("a line without end", endless(EVENTS, b"x" * 65536), LARGE, "watch", options=SMALL)
    yield Fault(
        "an event without end", endless(EVENTS, b"data: " + b"x" * 65529 + b"\n"), LARGE, "watch", options=SMALL
    )
    yield Fault("an event that unfolds without end", gzip_line, LARGE, "watch", options=SMALL)
    yield Fault(
        "silence between events",
        raw(EVENTS + CHUNKED + b"16\r\n" + EVENT + b"\r\n", ending=Wire.stall),
        Fails("TimedOut"),
        "watch",
        options=QUICK,
        items=tom,
    )
    yield Fault(
        "silence before the first event",
        raw(EVENTS + CHUNKED, ending=Wire.stall),
        Fails("TimedOut"),
        "watch",
        options=QUICK,
    )
    yield Fault("a dripped head of a stream", drips(b"", EVENTS * 20), Fails("TimedOut"), "watch", options=QUICK)
    yield Fault(
        "JSON instead of events",
        whole(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", GOOD),
        Fails("DecodingError", "content type"),
        "watch",
    )
    yield Fault("no events", whole(EVENTS, b""), Gives([]), "watch")


def lines() -> Iterator[Fault]:
    """JSON Lines."""
    two = GOOD + b"\n" + b'{"name":"Jim"}\n'
    yield Fault("a broken line", whole(LINES, GOOD + b"\n{oops\n" + GOOD), WRONG, "export", items=("Tom",))
    yield Fault("a last line that is cut off", whole(LINES, two + b'{"name":"J'), WRONG, "export", items=("Tom", "Jim"))
    yield Fault("a line of null", whole(LINES, b"null\n"), WRONG, "export")
    yield Fault(
        "empty lines and no last line end", whole(LINES, b"\n\r\n" + two.strip()), Gives(["Tom", "Jim"]), "export"
    )
    yield Fault("a line that never ends", endless(LINES, b" " * 65536), LARGE, "export", options=SMALL)
    yield Fault("lines cut off in a chunk", raw(LINES + CHUNKED + b"ff\r\n" + two), CUT, "export", items=("Tom", "Jim"))
    yield Fault(
        "lines in a broken coding",
        whole(LINES + b"Content-Encoding: gzip\r\n", two),
        Fails("DecodingError", "not compressed"),
        "export",
    )
    yield Fault(
        "lines in gzip that is cut off",
        whole(LINES + b"Content-Encoding: gzip\r\n", gzip.compress(two)[:-4]),
        Fails("DecodingError", "ends early"),
        "export",
        items=("Tom", "Jim"),
    )


def whole(head: bytes, body: bytes) -> Answer:
    return lambda wire: wire.answer(body, head)


def endless(head: bytes, piece: bytes) -> Answer:
    def answer(wire: Wire) -> None:
        wire.send(head + b"\r\n")
        while True:
            wire.send(piece)

    return answer


def gzip_line(wire: Wire) -> None:
    wire.answer(gzip.compress(b"data: " + b"x" * 80_000_000), EVENTS + b"Content-Encoding: gzip\r\n")
