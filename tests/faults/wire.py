"""A server of raw sockets that misbehaves as it is told, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
# Listening sockets are asked this often whether they are still wanted.
_PATIENCE = 0.02


class HangUpError(Exception):
    """Raised in an answer to close the connection."""


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        return self.head.split(b" ", 2)[1].decode()

    def header(self, name: str) -> str | None:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return None


@dataclass
class Wire:
    """What an answer writes to: one connection, at its ``number``-th request of all (from 1)."""

    socket: socket.socket
    asked: Asked
    number: int
    origin: str
    elsewhere: str
    stop: threading.Event

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)

    def answer(self, body: bytes, head: bytes = JSON) -> None:
        """Send a whole response; the connection stays open."""
        self.send(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def drip(self, data: bytes) -> None:
        """Send an octet now and then, much longer than any call may take."""
        for octet in data:
            self.send(bytes([octet]))
            if self.stop.wait(0.05):
                raise HangUpError

    def stall(self) -> None:
        """Say nothing until the other side is gone or the test is over."""
        self.socket.settimeout(0.05)
        while not self.stop.is_set():
            with contextlib.suppress(TimeoutError):
                if not self.socket.recv(65536):
                    raise HangUpError
        raise HangUpError

    def reset(self) -> None:
        """Break the connection off so that the other side gets an error."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        raise HangUpError

    def close(self) -> None:
        """Close the connection in order."""
        raise HangUpError


Answer: TypeAlias = Callable[[Wire], None]


@dataclass
class Server:
    """A running server: its origin, and the requests that it got."""

    origin: str
    requests: list[Asked] = field(default_factory=list[Asked])


@contextmanager
def serving(
    answer: Answer, *, elsewhere: str = "", tls: ssl.SSLContext | None = None, reads: bool = True
) -> Iterator[Server]:
    """Answer every request with a function, one thread for each connection. Without ``reads``, bodies stay unread."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    listener.settimeout(_PATIENCE)
    scheme = "https" if tls else "http"
    server = Server(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
    threads: list[threading.Thread] = []

    def converse(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, HangUpError):
            connection.settimeout(10)
            secure = tls.wrap_socket(connection, server_side=True) if tls else connection
            with secure:
                rest = b""
                while (asked := _request(secure, rest, reads)) is not None:
                    found, rest = asked
                    server.requests.append(found)
                    answer(Wire(secure, found, len(server.requests), server.origin, elsewhere, stop))

    def accept() -> None:
        while not stop.is_set():
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=converse, args=(connection,)))
                threads[-1].start()

    main = threading.Thread(target=accept)
    main.start()
    try:
        yield server
    finally:
        stop.set()
        main.join()
        listener.close()
        for thread in threads:
            thread.join(timeout=10)


def _request(connection: socket.socket, data: bytes, reads: bool) -> tuple[Asked, bytes] | None:
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    asked = Asked(head, b"")
    if not reads:
        return asked, rest
    length = int(asked.header("content-length") or 0)
    if "chunked" in (asked.header("transfer-encoding") or ""):
        while b"0\r\n\r\n" not in rest:
            rest += connection.recv(65536)
        return Asked(head, rest), b""
    while len(rest) < length:
        piece = connection.recv(65536)
        if not piece:
            return None
        rest += piece
    return Asked(head, rest[:length]), rest[length:]
