"""Faults of what a body holds: its size, its coding, its type."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import cache

from faults.connections import CHUNKED, GOOD, NOT_FOUND, raw, says
from faults.model import Fails, Fault, Gives
from faults.wire import JSON, Answer, Wire

LARGE = Fails("DecodingError", "larger than 67108864 octets")
CODED = JSON + b"Content-Encoding: %s\r\n"


def sizes() -> Iterator[Fault]:
    """Bodies that are too large, or become so, and codings that are broken."""
    yield Fault("an endless body in chunks", endless_chunks, LARGE)
    yield Fault("a body of two gigabytes", two_gigabytes, LARGE)
    yield Fault("a body of two gigabytes, of octets", two_gigabytes, LARGE, "scan")
    yield Fault("a gzip bomb", coded(b"gzip", lambda: gzip_bomb()), LARGE)
    yield Fault("a deflate bomb", coded(b"deflate", lambda: zlib.compress(gzip_plain(), 9)), LARGE)
    yield Fault("a gzip bomb in gzip", coded(b"gzip, gzip", lambda: gzip.compress(gzip_bomb())), LARGE)
    yield Fault("a gzip bomb of many members", coded(b"gzip", lambda: gzip.compress(b" " * 10_000_000) * 8), LARGE)
    yield Fault("a gzip bomb as the body of a failure", bomb_in_failure, Fails("NotFound", "404"))
    yield Fault(
        "gzip five times over", coded(b"gzip,gzip,gzip,gzip,gzip", lambda: b"x"), Fails("DecodingError", "too often")
    )
    for coding in (b"br", b"zstd", b"compress", b"x-unknown"):
        end = Fails("DecodingError", "was not asked for")
        yield Fault(f"{coding.decode()}, which was not asked for", coded(coding, lambda: b"\x28\xb5\x2f\xfd" * 99), end)
    yield Fault("gzip that is none", coded(b"gzip", lambda: GOOD), Fails("DecodingError", "not compressed"))
    yield Fault("gzip cut off", coded(b"gzip", lambda: gzip.compress(GOOD)[:-9]), Fails("DecodingError", "ends early"))
    yield Fault("gzip with a wrong checksum", coded(b"gzip", wrong_checksum), Fails("DecodingError", "not compressed"))
    yield Fault("gzip of nothing", coded(b"gzip", lambda: b""), Fails("DecodingError", "empty"))
    yield Fault("deflate without a header", coded(b"deflate", raw_deflate), Gives("Tom"))
    yield Fault(
        "gzip in two members", coded(b"gzip", lambda: gzip.compress(GOOD[:5]) + gzip.compress(GOOD[5:])), Gives("Tom")
    )


def documents() -> Iterator[Fault]:
    """Bodies that are not what they claim to be."""
    json, html = "Content-Type: application/json", "Content-Type: text/html; charset=utf-8"
    page = b"<!doctype html><title>Sign in</title>"
    wrong = "DecodingError"
    yield Fault("an HTML page with 200", says(200, html, body=page), Fails(wrong, "content type is 'text/html'"))
    yield Fault("an HTML page that claims to be JSON", says(200, json, body=page), Fails(wrong, "not JSON"))
    yield Fault("an HTML page without a content type", says(200, body=page), Fails(wrong, "not JSON"))
    yield Fault("JSON without a content type", says(200, body=GOOD), Gives("Tom"))
    yield Fault("JSON with a content type that is none", says(200, "Content-Type: ;;;", body=GOOD), Gives("Tom"))
    yield Fault("JSON as text/plain", says(200, "Content-Type: text/plain", body=GOOD), Fails(wrong, "text/plain"))
    yield Fault(
        "JSON with parameters",
        says(200, 'Content-Type: Application/JSON; x="a;b"; charset=UTF-8', body=GOOD),
        Gives("Tom"),
    )
    yield Fault("JSON of another family", says(200, "Content-Type: application/vnd.api+json", body=GOOD), Gives("Tom"))
    yield Fault(
        "JSON as octets of no type",
        says(200, "Content-Type: application/octet-stream", body=GOOD),
        Fails(wrong, "octet-stream"),
    )
    yield Fault("two content types", says(200, json, html, body=GOOD), Fails(wrong, "application/json, text/html"))
    for name, body, words in BAD_JSON:
        yield Fault(name, says(200, json, body=body), Fails(wrong, words))
    for name, body, value in ODD_JSON:
        yield Fault(name, says(200, json, body=body), Gives(value))
    latin = says(200, f"{json}; charset=iso-8859-1", body=b'{"name":"Zo\xeb"}')
    yield Fault("JSON in a charset of its own", latin, Gives("Zo\u00eb"))
    yield Fault("JSON in a charset that nobody knows", says(200, f"{json}; charset=x", body=GOOD), Gives("Tom"))
    yield Fault("text where octets are documented", says(200, html, body=page), Fails(wrong, "text/html"), "scan")
    yield Fault("JSON for 204", says(204, json), Gives(None), "remove")
    yield Fault("202, which is not documented, with JSON", says(202, json, body=GOOD), Gives("Tom"))


def failures() -> Iterator[Fault]:
    """Failures whose bodies are no better: the status must show."""
    problem = "Content-Type: application/problem+json"
    for name, body in FAILED:
        yield Fault(f"404 with {name}", says(404, problem, body=body), Fails("NotFound", "404"))
    yield Fault("404 with an HTML page", says(404, "Content-Type: text/html", body=b"<html>"), Fails("NotFound", "404"))
    yield Fault(
        "404 in a charset that nobody knows",
        says(404, "Content-Type: text/plain; charset=x", body=b"x"),
        Fails("NotFound"),
    )
    yield Fault(
        "404 with an unknown coding", says(404, problem, "Content-Encoding: br", body=b"x"), Fails("NotFound", "404")
    )
    yield Fault(
        "404 with a body that is cut off", raw(NOT_FOUND + b"Content-Length: 99\r\n\r\n{"), Fails("NotFound", "404")
    )
    yield Fault(
        "502 with an HTML page",
        says(502, "Content-Type: text/html", body=b"<h1>Bad gateway</h1>"),
        Fails("StatusError", "502"),
        requests=3,
    )
    yield Fault(
        "418, which is not documented", says(418, body=b"short and stout"), Fails("StatusError", "418 short and stout")
    )
    yield Fault(
        "418 with ten million octets of text", says(418, body=b"x" * 10_000_000), Fails("StatusError", "418 xxx")
    )


BAD_JSON = (
    ("broken JSON", b'{"name":', "not JSON"),
    ("JSON and more", GOOD + b" }", "not JSON"),
    ("two JSON texts", GOOD + GOOD, "not JSON"),
    ("JSON behind a guard", b")]}',\n" + GOOD, "not JSON"),
    ("invalid UTF-8", b'{"name":"\xff"}', "not JSON"),
    ("half a surrogate pair", b'{"name":"\\ud800"}', "not JSON"),
    ("UTF-16 that says nothing of it", GOOD.decode().encode("utf-16"), "not JSON"),
    ("an empty body", b"", "empty"),
    ("blanks", b" \r\n ", "not JSON"),
    ("null", b"null", "documented type"),
    ("a list instead of an object", b"[]", "documented type"),
    ("a text instead of an object", b'"Tom"', "documented type"),
    ("a missing property", b"{}", "documented type"),
    ("a property of another type", b'{"name":{}}', "documented type"),
    ("a number as text", b'{"name":"Tom","count":"3"}', "documented type"),
    ("arrays in arrays without end", b"[" * 200_000, "not JSON"),
    ("objects in objects without end", b'{"parts":' * 200_000, "not JSON"),
    ("things in things without end", b'{"name":"a","parts":[' * 50_000 + b"]}" * 50_000, "not JSON"),
    ("a number of a million digits", b'{"name":"Tom","count":' + b"9" * 1_000_000 + b"}", ""),
)
ODD_JSON = (
    ("JSON behind a byte order mark", b"\xef\xbb\xbf" + GOOD, "Tom"),
    ("the same property twice", b'{"name":"Jim","name":"Tom"}', "Tom"),
    ("properties that nobody knows", b'{"name":"Tom","\\u0000":[1e308,{}]}', "Tom"),
)
FAILED = (
    ("broken JSON", b'{"title":'),
    ("invalid UTF-8", b"\xff\xfe\xfa"),
    ("arrays in arrays without end", b"[" * 200_000),
    ("properties of other types", b'{"title":{"a":[null]},"detail":7}'),
    ("a list", b"[1,2]"),
    ("null", b"null"),
    ("nothing", b""),
)


def coded(coding: bytes, body: Callable[[], bytes]) -> Answer:
    return lambda wire: wire.answer(body(), CODED % coding)


@cache
def gzip_plain() -> bytes:
    return b" " * 80_000_000


@cache
def gzip_bomb() -> bytes:
    return gzip.compress(gzip_plain(), 9)


def wrong_checksum() -> bytes:
    data = bytearray(gzip.compress(GOOD))
    data[-8] ^= 1
    return bytes(data)


def raw_deflate() -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(GOOD) + made.flush()


def bomb_in_failure(wire: Wire) -> None:
    wire.answer(gzip_bomb(), NOT_FOUND + b"Content-Encoding: gzip\r\n")


def endless_chunks(wire: Wire) -> None:
    wire.send(CHUNKED)
    while True:
        wire.send(b"10000\r\n" + b" " * 65536 + b"\r\n")


def two_gigabytes(wire: Wire) -> None:
    kind = b"octet-stream" if b"/scan" in wire.asked.head else b"json"
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/" + kind + b"\r\nContent-Length: 2147483648\r\n\r\n")
    for _ in range(32768):
        wire.send(b" " * 65536)
