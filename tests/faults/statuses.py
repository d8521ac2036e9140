"""Faults of statuses: failures that come and go, waits that are asked for, redirects."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate

from faults.connections import GOOD, says
from faults.model import Fails, Fault, Gives
from faults.wire import JSON, Answer, Wire

FAILED = "StatusError"


def repetitions() -> Iterator[Fault]:
    """Failures that pass, and failures that stay."""
    for status in (408, 429, 500, 502, 503, 504):
        yield Fault(f"{status} once, then well", at_first(says(status)), Gives("Tom"), requests=2)
    yield Fault("503 twice, then well", at_first(says(503), times=2), Gives("Tom"), requests=3)
    yield Fault("503 always", says(503), Fails(FAILED, "503"), requests=3)
    yield Fault("503 once to POST", at_first(says(503)), Fails(FAILED, "503"), "add")
    yield Fault("503 once to POST with a key", at_first(says(503)), Gives("Tom"), "add with key", 2)
    yield Fault("503 once, upload of an iterator", at_first(says(503)), Fails(FAILED, "503"), "upload once")
    yield Fault("503 instead of a stream, then well", at_first(says(503)), Gives(["Tom"]), "watch", 2)
    yield Fault("409 once", at_first(says(409)), Fails("Conflict", "409"), "add")
    yield Fault("501, 505 and the like", says(501), Fails(FAILED, "501"))
    yield Fault("401 always", says(401), Fails(FAILED, "401"))


def waits() -> Iterator[Fault]:
    """What 429 says of when to come back."""
    good, bad = Gives("Tom"), Fails("TooManyRequests", "429")
    for name, headers in USABLE.items():
        yield Fault(f"429, {name}", at_first(says(429, *headers)), good, requests=2)
    for name, headers in HOPELESS.items():
        yield Fault(f"429, {name}", at_first(says(429, *headers)), bad)
    yield Fault("429, a date soon", at_first(says_date(1)), good, requests=2)
    yield Fault("429, a date far off", at_first(says_date(3600)), bad)
    yield Fault("429 to POST without a key", at_first(says(429, "Retry-After: 0")), Fails(FAILED, "429"), "add")


USABLE = {
    "no Retry-After": (),
    "Retry-After: 0": ("Retry-After: 0",),
    "a fraction of a second": ("Retry-After: 0.05",),
    "milliseconds": ("Retry-After-Ms: 20", "Retry-After: 86400"),
    "a date long past": ("Retry-After: " + formatdate(0, usegmt=True),),
    "a date that is none": ("Retry-After: Wed, 99 Foo 2026 99:99:99 GMT",),
    "a negative number": ("Retry-After: -5",),
    "not a number": ("Retry-After: nan",),
    "words": ("Retry-After: soon",),
    "nothing in Retry-After": ("Retry-After: ",),
    "several": ("Retry-After: 0", "Retry-After: 0"),
    "octets that are no ASCII": ("Retry-After: \u0663\u2460",),
    "a year that dates do not have": ("Retry-After: Fri, 31 Dec 99999 23:59:59 GMT",),
}
HOPELESS = {
    "a minute and a bit": ("Retry-After: 61",),
    "a day": ("Retry-After: 86400",),
    "infinity": ("Retry-After: " + "9" * 400,),
    "several, one of a day": ("Retry-After: 0", "Retry-After: 86400"),
    "an hour in milliseconds": ("Retry-After-Ms: 3600000",),
}


def redirects() -> Iterator[Fault]:
    """Redirects, none of which is followed and none of which gets a credential."""
    for status in (301, 302, 303, 307, 308):
        yield Fault(f"{status} to another origin", redirect(status, "{elsewhere}/x"), Fails(FAILED, f"{status}"))
    yield Fault("to another origin, key in the query", redirect(307, "{elsewhere}/x"), Fails(FAILED, "307"), "list")
    yield Fault(
        "to another origin, keys in header and cookie", redirect(307, "{elsewhere}/x"), Fails(FAILED, "307"), "add"
    )
    yield Fault(
        "to another origin, a body that can be read once",
        redirect(307, "{elsewhere}/x"),
        Fails(FAILED, "307"),
        "upload once",
    )
    yield Fault("to itself, for ever", redirect(302, "{origin}{target}"), Fails(FAILED, "302"))
    yield Fault("to another origin by two slashes", redirect(302, "//{host}/x"), Fails(FAILED, "302"))
    yield Fault("to a file", redirect(302, "file:///etc/passwd"), Fails(FAILED, "302"))
    yield Fault("to a script", redirect(302, "javascript:alert(1)"), Fails(FAILED, "302"))
    yield Fault("from https to http", redirect(302, "http://127.0.0.1/x"), Fails(FAILED, "302"), tls=True)
    yield Fault("to no URL", redirect(302, "http://[::1"), Fails(FAILED, "302"))
    yield Fault("to nowhere", says(302), Fails(FAILED, "302"))
    yield Fault("304 out of the blue", says(304), Fails(FAILED, "304"))
    yield Fault("300 with a body", says(300, "Content-Type: application/json", body=GOOD), Fails(FAILED, "300"))
    yield Fault("a redirect instead of a stream", redirect(302, "{elsewhere}/x"), Fails(FAILED, "302"), "watch")
    yield Fault("cookies that come are not sent back", set_cookie, Gives("Tom"), "get twice", 2)


def at_first(bad: Answer, times: int = 1) -> Answer:
    """Fail at the first requests, and answer well from then on."""

    def answer(wire: Wire) -> None:
        if wire.number <= times:
            bad(wire)
        elif b" /events " in wire.asked.head:
            wire.answer(b"data: " + GOOD + b"\n\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
        elif wire.asked.head.startswith(b"POST"):
            wire.answer(GOOD, JSON.replace(b"200 OK", b"201 Created"))
        else:
            wire.answer(GOOD)

    return answer


def says_date(seconds: float) -> Answer:
    return lambda wire: says(429, "Retry-After: " + formatdate(time.time() + seconds, usegmt=True))(wire)


def redirect(status: int, location: str) -> Answer:
    """Redirect: to another place of this server, or to the other one."""

    def answer(wire: Wire) -> None:
        host = wire.elsewhere.partition("://")[2]
        to = location.format(elsewhere=wire.elsewhere, origin=wire.origin, host=host, target=wire.asked.target)
        says(status, f"Location: {to}")(wire)

    return answer


def set_cookie(wire: Wire) -> None:
    if wire.asked.header("cookie"):
        says(400)(wire)
    wire.answer(GOOD, JSON + b"Set-Cookie: session=stolen; Path=/\r\n")
