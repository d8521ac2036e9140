"""Faults of connections, of timing and of framing."""

from __future__ import annotations

from collections.abc import Iterator

from faults.model import QUICK, Fails, Fault, Gives
from faults.wire import JSON, Answer, Wire

GOOD = b'{"name":"Tom"}'
CHUNKED = JSON + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = Fails("ConnectionFailed")
LATE = Fails("TimedOut")
CREATED = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"


def connections() -> Iterator[Fault]:
    """Connections that break, or were broken already."""
    yield Fault("closed without an answer", Wire.close, BROKEN, requests=3)
    yield Fault("reset without an answer", Wire.reset, BROKEN, requests=3)
    yield Fault("closed in the head", raw(JSON), BROKEN, requests=3)
    yield Fault("reset in the head", raw(JSON, ending=Wire.reset), BROKEN, requests=3)
    yield Fault("closed in the body", raw(JSON + b'Content-Length: 99\r\n\r\n{"name":'), BROKEN, requests=3)
    yield Fault("reset in the body", raw(JSON + b"Content-Length: 99\r\n\r\n{", ending=Wire.reset), BROKEN, requests=3)
    yield Fault("closed in a chunk", raw(CHUNKED + b'20\r\n{"name":'), BROKEN, requests=3)
    yield Fault("closed between chunks", raw(CHUNKED + b"e\r\n" + GOOD + b"\r\n"), BROKEN, requests=3)
    yield Fault("closed once, then well", then_good(Wire.close), Gives("Tom"), requests=2)
    yield Fault("reset once, then well", then_good(Wire.reset), Gives("Tom"), requests=2)
    yield Fault(
        "body cut off once, then well", then_good(raw(JSON + b"Content-Length: 99\r\n\r\n{")), Gives("Tom"), requests=2
    )
    yield Fault("closed without an answer to POST", Wire.close, BROKEN, "add")
    yield Fault(
        "closed once, POST with an idempotency key", then_good(Wire.close, CREATED), Gives("Tom"), "add with key", 2
    )
    yield Fault("closed once, upload of octets", then_good(Wire.close), Gives(None), "upload", 2)
    yield Fault("closed once, upload of an iterator", then_good(Wire.close), BROKEN, "upload once")
    yield Fault("idle connection closed between calls", closes_after_answer, Gives("Tom"), "get twice", 2)
    yield Fault("body cut off on DELETE", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), BROKEN, "remove", 3)


def timing() -> Iterator[Fault]:
    """Servers that take their time: the timeout is one for the whole call."""
    late = {"requests": None, "options": QUICK}
    yield Fault("no answer at all", Wire.stall, LATE, options=QUICK)
    yield Fault("silence after the status line", raw(b"HTTP/1.1 200 OK\r\n", ending=Wire.stall), LATE, options=QUICK)
    yield Fault(
        "silence in the body", raw(JSON + b"Content-Length: 9\r\n\r\n{", ending=Wire.stall), LATE, options=QUICK
    )
    yield Fault("silence between chunks", raw(CHUNKED + b"1\r\n{\r\n", ending=Wire.stall), LATE, options=QUICK)
    yield Fault("dripped status line", lambda wire: wire.drip(b"HTTP/1.1 200 " + b"O" * 400), LATE, options=QUICK)
    yield Fault("dripped headers", lambda wire: wire.drip(JSON * 20), LATE, options=QUICK)
    yield Fault("dripped body", drips(JSON + b"Content-Length: 900\r\n\r\n", b" " * 900), LATE, options=QUICK)
    yield Fault("dripped chunks", drips(CHUNKED, b"1\r\n \r\n" * 300), LATE, options=QUICK)
    yield Fault("dripped size of a chunk", drips(CHUNKED, b"1;" + b"x" * 900), LATE, options=QUICK)
    yield Fault("endless interim answers", drips(b"", b"HTTP/1.1 103 X\r\n\r\n" * 99), LATE, options=QUICK)
    yield Fault("many interim answers at once", interim_for_ever, LATE, **late)
    yield Fault(
        "dripped body of a failure",
        drips(NOT_FOUND + b"Content-Length: 900\r\n\r\n", b" " * 900),
        Fails("NotFound"),
        options=QUICK,
    )
    yield Fault(
        "503, and Retry-After beyond the timeout",
        says(503, "Retry-After: 5"),
        Fails("StatusError", "503"),
        options=QUICK,
    )
    yield Fault(
        "silence in a body that the caller streams",
        raw(JSON + b"Content-Length: 9\r\n\r\n{", ending=Wire.stall),
        LATE,
        "read stream",
        options=QUICK,
    )
    yield Fault("nothing of an upload is read", Wire.stall, LATE, "upload much", options=QUICK)


def framing() -> Iterator[Fault]:
    """Answers that are not HTTP, or only nearly."""
    yield Fault("no HTTP", raw(b"hello\r\n\r\n"), BROKEN, requests=3)
    yield Fault("HTTP/0.9: a body and nothing else", raw(GOOD), BROKEN, requests=3)
    yield Fault("random octets", raw(bytes(range(256)) * 4), BROKEN, requests=3)
    yield Fault("a status that is no number", raw(b"HTTP/1.1 abc OK\r\n\r\n"), BROKEN, requests=3)
    yield Fault("a status of two digits", raw(b"HTTP/1.1 20 OK\r\n\r\n"), BROKEN, requests=3)
    yield Fault("a status of 999", raw(b"HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n"), BROKEN_OR_STATUS, requests=None)
    yield Fault(
        "a version of 9.9", raw(b"HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"), Fails("DecodingError", "empty")
    )
    yield Fault("a header without a colon", raw(b"HTTP/1.1 200 OK\r\nbroken\r\n\r\n"), BROKEN, requests=3)
    yield Fault("a header with NUL", raw(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"), BROKEN, requests=3)
    yield Fault(
        "two lengths that differ", raw(JSON + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), BROKEN, requests=3
    )
    yield Fault("a negative length", raw(JSON + b"Content-Length: -1\r\n\r\n{}"), BROKEN, requests=3)
    yield Fault(
        "a length that is too short",
        raw(JSON + b"Content-Length: 5\r\n\r\n" + GOOD),
        Fails("DecodingError", "not JSON"),
    )
    yield Fault("a size of a chunk that is no number", raw(CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n"), BROKEN, requests=3)
    yield Fault("an unknown transfer coding", raw(JSON + b"Transfer-Encoding: lzma\r\n\r\n"), BROKEN, requests=3)
    yield Fault("a header of a million octets", raw(JSON + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n"), BROKEN, requests=3)
    yield Fault("a hundred thousand headers", raw(JSON + b"X: x\r\n" * 100_000 + b"\r\n"), BROKEN, requests=3)
    yield Fault("interim answers, then the real one", interim, Gives("Tom"))
    yield Fault("204 with a body", raw(b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello"), Gives(None), "remove")
    yield Fault("a body that ends with the connection", raw(JSON + b"\r\n" + GOOD), Gives("Tom"))


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\n"
BROKEN_OR_STATUS = Fails("StatusError", "999")


def raw(data: bytes, *, ending: Answer = Wire.close) -> Answer:
    """Answer with octets, whatever they are."""

    def answer(wire: Wire) -> None:
        wire.send(data)
        ending(wire)

    return answer


def says(status: int, *headers: str, body: bytes = b"") -> Answer:
    """Answer with a status, headers and a body."""
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status} X", *headers)).encode()
    return lambda wire: wire.answer(body, head)


def drips(at_once: bytes, slowly: bytes) -> Answer:
    """Answer with some octets at once and the rest one by one."""

    def answer(wire: Wire) -> None:
        wire.send(at_once)
        wire.drip(slowly)

    return answer


def then_good(bad: Answer, head: bytes = JSON) -> Answer:
    """Fail at the first request, and answer well from then on."""

    def answer(wire: Wire) -> None:
        if wire.number == 1:
            bad(wire)
        elif wire.asked.head.startswith(b"PUT"):
            wire.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        else:
            wire.answer(GOOD, head)

    return answer


def closes_after_answer(wire: Wire) -> None:
    wire.answer(GOOD)  # says nothing of closing
    wire.close()


def interim(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
    wire.answer(GOOD)


def interim_for_ever(wire: Wire) -> None:
    while True:
        wire.send(b"HTTP/1.1 103 X\r\n\r\n" * 1000)
