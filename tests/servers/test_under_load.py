"""A real server under attack and under load: it answers, keeps its memory, and loses nothing when told to end."""

from __future__ import annotations

import asyncio
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support.documents import SPECS

pytestmark = pytest.mark.slow

SPEC = next(spec for spec in SPECS if spec.parent.name == "harbour")
REQUEST = b"GET /marinas HTTP/1.1\r\nHost: x\r\n%b\r\n"
#: As many connections as a process may have, up to what a busy server sees.
MANY = min(10_000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 500)


@dataclass
class Server:
    """A process that serves, and where."""

    process: subprocess.Popen[str]
    host: str
    port: int

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.port)

    @property
    def memory(self) -> int:
        """Resident memory in MiB."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", text)[0]) // 1024

    @property
    def files(self) -> int:
        """How many files and connections are open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@pytest.fixture
def server() -> Iterator[Server]:
    command = [sys.executable, "-m", "bothends", "serve", str(SPEC), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        where = urlsplit(found[0])
        yield Server(process, str(where.hostname), int(where.port or 0))
        process.terminate()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Return the status and the whole body of a response. Raises IncompleteReadError where it is cut off."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.findall(rb"content-length: (\d+)", head.lower())[0])
    return int(head.split()[1]), await reader.readexactly(length)


async def ask(server: Server, more: bytes = b"") -> int:
    reader, writer = await server.open()
    writer.write(REQUEST % more)
    status, body = await answer(reader)
    assert status != 200 or body
    writer.close()
    return status


def test_slow_senders_do_not_keep_others_from_being_served(server: Server) -> None:
    async def attack() -> list[int]:
        slow = [await server.open() for _ in range(500)]
        for _, writer in slow:
            writer.write(b"GET /marinas HTTP/1.1\r\nHost: x\r\nX-Slow: a")
        for _ in range(3):
            for _, writer in slow:
                writer.write(b"a")
            await asyncio.sleep(0.05)
        found = [await ask(server) for _ in range(50)]
        for _, writer in slow:
            writer.close()
        return found

    assert set(asyncio.run(attack())) == {200}


def test_bodies_that_are_too_large_are_refused_without_reading_them(server: Server) -> None:
    asyncio.run(ask(server))
    before = server.memory
    credentials = b"Host: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n"

    async def announced() -> int:
        reader, writer = await server.open()
        writer.write(b"POST /bookings HTTP/1.1\r\n%bContent-Length: 10000000000\r\n\r\n{" % credentials)
        status, _ = await answer(reader)
        writer.close()
        return status

    async def endless() -> int:
        reader, writer = await server.open()
        writer.write(b"POST /bookings HTTP/1.1\r\n%bTransfer-Encoding: chunked\r\n\r\n" % credentials)
        answered = asyncio.create_task(answer(reader))
        piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(3_000):  # 200 MB, unless it is stopped before
            if answered.done():
                break
            writer.write(piece)
            try:
                await asyncio.wait_for(writer.drain(), 1)
            except (ConnectionError, TimeoutError):
                break
        try:
            status, _ = await answered
        except (ConnectionError, asyncio.IncompleteReadError):
            # What was on its way when the server closed had the connection reset, and the answer went with it.
            status = 0
        writer.close()
        return status

    async def both() -> list[int]:
        return [*[await announced() for _ in range(20)], *[await endless() for _ in range(5)], await ask(server)]

    *refused, last = asyncio.run(both())
    assert set(refused[:20]) == {413}
    assert set(refused[20:]) <= {413, 0}
    assert last == 200
    assert server.memory - before < 50


def test_many_connections_at_once_are_served_and_given_back(server: Server) -> None:
    asyncio.run(ask(server))
    memory, files = server.memory, server.files

    async def many() -> list[int]:
        connections = []
        for _ in range(MANY // 100):
            connections += await asyncio.gather(*(server.open() for _ in range(100)))
        for _, writer in connections:
            writer.write(REQUEST % b"")
        statuses = [(await answer(reader))[0] for reader, _ in connections]
        for _, writer in connections:
            writer.close()
        return statuses

    statuses = asyncio.run(many())
    assert len(statuses) == MANY // 100 * 100
    assert set(statuses) == {200}
    assert asyncio.run(until(lambda: settled(server, files)))
    for _ in range(20):
        asyncio.run(ask(server))
    assert server.memory - memory < 150


async def settled(server: Server, files: int) -> bool:
    return server.files <= files + 2


async def until(condition: Callable[[], Awaitable[bool]]) -> bool:
    for _ in range(100):
        if await condition():
            return True
        await asyncio.sleep(0.1)
    return False


def test_nothing_in_flight_is_lost_when_it_is_told_to_end(server: Server) -> None:
    async def load() -> list[int]:
        opened = [await server.open() for _ in range(200)]
        for _, writer in opened:
            writer.write(REQUEST % b"Prefer: latency=4\r\n")
        await asyncio.sleep(2)  # all of them are being answered, none is yet
        server.process.send_signal(signal.SIGTERM)
        found = await asyncio.gather(*(answer(reader) for reader, _ in opened))
        for _, writer in opened:
            writer.close()
        return [status for status, _ in found]

    assert set(asyncio.run(load())) == {200}
    assert server.process.wait(20) == 0
    assert server.process.stderr is not None
    assert "Traceback" not in server.process.stderr.read()
