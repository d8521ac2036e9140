"""A gigabyte goes up and comes down in the memory of a few pieces."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

GIGABYTE = 1024 * 1024 * 1024
MEGABYTE = 1024 * 1024
# What may come on top of what a small transfer takes already.
ALLOWED = 24 * MEGABYTE

PROGRAM = """
import asyncio, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import {package} as package

kind, url, small, big, target = sys.argv[2], sys.argv[3], *map(Path, sys.argv[4:])

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

def sync():
    with package.Client(base_url=url, token="t", timeout=600) as client:
        for source in (small, big):
            before = peak()
            client.things.put_scan(body=source)
            with client.with_streaming_response(client.things.get_scan)() as answer:
                assert answer.save(target) == source.stat().st_size
    return peak() - before

async def asynchronous():
    async with package.AsyncClient(base_url=url, token="t", timeout=600) as client:
        for source in (small, big):
            before = peak()
            await client.things.put_scan(body=source)
            async with await client.with_streaming_response(client.things.get_scan)() as answer:
                assert await answer.save(target) == source.stat().st_size
    return peak() - before

print(sync() if kind == "sync" else asyncio.run(asynchronous()))
"""


@pytest.fixture
def mirror() -> Iterator[str]:
    """A server that counts what is put, and gives as much when it is asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    held = [0]

    def converse(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while head := _head(connection):
                if head.startswith(b"PUT"):
                    held[0] = _drained(connection, head)
                    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                    continue
                kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
                connection.sendall(kind % held[0])
                for _ in range(held[0] // MEGABYTE):
                    connection.sendall(bytes(MEGABYTE))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=converse, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def _head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        octet = connection.recv(1)
        if not octet:
            return b""
        head += octet
    return head


def _drained(connection: socket.socket, head: bytes) -> int:
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    buffer, left = bytearray(MEGABYTE), length
    while left:
        got = connection.recv_into(buffer, min(left, MEGABYTE))
        assert got, "the upload was cut off"
        left -= got
    return length


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_gigabyte_takes_no_more_memory_than_a_few_megabytes(
    kind: str, depot: Any, mirror: str, tmp_path: Path
) -> None:
    small, big, target = (tmp_path / name for name in ("small", "big", "target"))
    for path, size in ((small, 16 * MEGABYTE), (big, GIGABYTE)):
        with path.open("wb") as file:
            file.truncate(size)
    parent = Path(depot.__file__).parents[1]
    code = PROGRAM.format(package=depot.__name__)
    command = [sys.executable, "-c", code, str(parent), kind, mirror, str(small), str(big), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < ALLOWED
    assert target.stat().st_size == GIGABYTE
