"""A real server that misbehaves: every fault ends in our own tree, in time and within limits."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bothends.runtime import errors

from .zoo import AsyncZoo, Zoo

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(answer: Callable[[socket.socket, int], None]) -> Iterator[str]:
    """Serve connections with a function that is given the socket, its request read, and the connection's number."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket, number: int) -> None:
        with connection:
            connection.settimeout(5)
            try:
                data = b""
                while b"\r\n\r\n" not in data:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    data += piece
                answer(connection, number)
            except OSError:
                pass

    def accept() -> None:
        number = 0
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                continue
            number += 1
            threads.append(threading.Thread(target=serve, args=(connection, number)))
            threads[-1].start()

    main = threading.Thread(target=accept)
    main.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        main.join()
        listener.close()
        for thread in threads:
            thread.join(timeout=5)


def drip(connection: socket.socket, data: bytes) -> None:
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def gzipped(size: int) -> bytes:
    return gzip.compress(b'{"name":"' + b"x" * size + b'"}')


def chunked(connection: socket.socket, extra: bytes = b"") -> None:
    connection.sendall(JSON + extra + b"Transfer-Encoding: chunked\r\n\r\n")


def endless(connection: socket.socket, _: int) -> None:
    chunked(connection)
    while True:
        connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")


def with_body(body: bytes, head: bytes = JSON) -> Callable[[socket.socket, int], None]:
    def answer(connection: socket.socket, _: int) -> None:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return answer


def later_good(bad: Callable[[socket.socket, int], None]) -> Callable[[socket.socket, int], None]:
    def answer(connection: socket.socket, number: int) -> None:
        (bad if number == 1 else with_body(b'{"name":"Tom"}'))(connection, number)

    return answer


def reset(connection: socket.socket, _: int) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


SLOW: dict[str, Callable[[socket.socket, int], None]] = {
    "no answer": lambda connection, _: time.sleep(1.5),
    "dripped head": lambda connection, _: drip(connection, JSON * 3),
    "dripped body": lambda connection, _: (
        connection.sendall(JSON + b"Content-Length: 90\r\n\r\n"),
        drip(connection, b" " * 90),
    )[1],
    "dripped chunks": lambda connection, _: (chunked(connection), drip(connection, b"1\r\n \r\n" * 20))[1],
    "head, then silence": lambda connection, _: (
        connection.sendall(JSON + b"Content-Length: 9\r\n\r\n"),
        time.sleep(1.5),
    )[1],
}
BROKEN: dict[str, tuple[Callable[[socket.socket, int], None], type[errors.ApiError]]] = {
    "closed at once": (lambda connection, _: None, errors.ConnectionFailed),
    "reset": (reset, errors.ConnectionFailed),
    "no HTTP": (lambda connection, _: connection.sendall(b"hello\r\n\r\n"), errors.ConnectionFailed),
    "head cut off": (lambda connection, _: connection.sendall(JSON), errors.ConnectionFailed),
    "body cut off": (
        lambda connection, _: connection.sendall(JSON + b'Content-Length: 99\r\n\r\n{"name":'),
        errors.ConnectionFailed,
    ),
    "chunks cut off": (
        lambda connection, _: (chunked(connection), connection.sendall(b"5\r\n{}"))[1],
        errors.ConnectionFailed,
    ),
    "chunk size is no number": (
        lambda connection, _: (chunked(connection), connection.sendall(b"zz\r\n{}\r\n0\r\n\r\n"))[1],
        errors.ConnectionFailed,
    ),
    "two lengths": (
        lambda connection, _: connection.sendall(JSON + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        errors.ConnectionFailed,
    ),
    "huge head": (
        lambda connection, _: connection.sendall(JSON + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n"),
        errors.ConnectionFailed,
    ),
    "gzip that is none": (with_body(b"plain", JSON + b"Content-Encoding: gzip\r\n"), errors.DecodingError),
    "gzip cut off": (with_body(gzipped(9)[:-9], JSON + b"Content-Encoding: gzip\r\n"), errors.DecodingError),
    "unknown coding": (with_body(b"{}", JSON + b"Content-Encoding: br\r\n"), errors.DecodingError),
    "gzip bomb": (with_body(gzipped(70_000_000), JSON + b"Content-Encoding: gzip\r\n"), errors.DecodingError),
    "endless body": (endless, errors.DecodingError),
    "redirect": (
        lambda connection, _: connection.sendall(
            b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
        ),
        errors.StatusError,
    ),
}


def in_both(url: str, call: Callable[[Any], Any], **options: Any) -> Iterator[Callable[[], Any]]:
    def synchronous() -> Any:
        with Zoo(base_url=url, access="sesame", **options) as client:
            return call(client)

    def asynchronous() -> Any:
        async def main() -> Any:
            async with AsyncZoo(base_url=url, access="sesame", **options) as client:
                return await call(client)

        return asyncio.run(main())

    yield synchronous
    yield asynchronous


@pytest.mark.parametrize("fault", SLOW)
def test_no_call_outlives_its_timeout(fault: str) -> None:
    with server(SLOW[fault]) as url:
        for run in in_both(url, lambda client: client.animals.get("x"), timeout=0.6):
            started = time.monotonic()
            with pytest.raises(errors.TimedOut):
                run()
            assert time.monotonic() - started < 1.0


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_answers_end_in_our_tree(fault: str) -> None:
    answer, kind = BROKEN[fault]
    with server(answer) as url:
        for run in in_both(url, lambda client: client.animals.get("x"), max_retries=0, timeout=20):
            with pytest.raises(kind):
                run()


@pytest.mark.parametrize("fault", ["closed at once", "reset", "body cut off", "no HTTP"])
def test_broken_connections_are_tried_again_where_that_is_safe(fault: str) -> None:
    with server(later_good(BROKEN[fault][0])) as url, Zoo(base_url=url, access="sesame") as client:
        assert client.animals.get("x").name == "Tom"
    unsafe = pytest.raises(errors.ConnectionFailed)
    with server(later_good(BROKEN[fault][0])) as url, Zoo(base_url=url) as client, unsafe:
        client.animals.add(body={"name": "Tom"})


def test_a_refused_connection_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    for run in in_both(url, lambda client: client.animals.get("x"), max_retries=1):
        with pytest.raises(errors.ConnectionFailed, match="cannot connect"):
            run()


def test_a_bomb_takes_little_memory() -> None:
    answer = BROKEN["gzip bomb"][0]
    with server(answer) as url, Zoo(base_url=url, access="x", max_body_size=1_000_000) as client:
        tracemalloc.start()
        with pytest.raises(errors.DecodingError):
            client.animals.get("x")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 20_000_000


def test_the_limit_is_an_option() -> None:
    answer = with_body(gzipped(5000), JSON + b"Content-Encoding: gzip\r\n")
    with server(answer) as url, Zoo(base_url=url, access="x", max_body_size=10_000) as client:
        assert len(client.animals.get("x").name) == 5000
        with pytest.raises(errors.DecodingError, match="larger than 100"):
            client.with_options(max_body_size=100).animals.get("x")


def test_a_cancelled_call_ends_at_once_and_leaves_nothing_open() -> None:
    async def main(url: str) -> None:
        async with AsyncZoo(base_url=url, access="x") as client:
            task = asyncio.create_task(client.animals.get("x"))
            await asyncio.sleep(0.1)
            started = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert time.monotonic() - started < 0.1
            pool = client._driver.client._transport._pool  # type: ignore[attr-defined]
            assert pool.connections == []

    with server(SLOW["no answer"]) as url:
        asyncio.run(main(url))


def test_failed_calls_leave_no_connection_behind() -> None:
    with server(BROKEN["body cut off"][0]) as url, Zoo(base_url=url, access="x", max_retries=0) as client:
        for _ in range(50):
            with pytest.raises(errors.ConnectionFailed):
                client.animals.get("x")
        pool = client._driver.client._transport._pool  # type: ignore[attr-defined]
        assert pool.connections == []
