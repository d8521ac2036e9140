"""Answers whose octets the caller reads: as they come, as lines, or into a file."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

from .content import ContentDecoder
from .items import reading
from .responses import Answer
from .sse import LineDecoder
from .transport import coding_of, raw_body, raw_body_async


class StreamedResponse:
    """A response whose body is read by the caller: octets, lines, or into a file."""

    def __init__(self, response: Any, answer: Answer) -> None:
        self._response = response
        self._answer = answer
        self.status = answer.status
        self.headers = answer.headers
        self.request_id = answer.request_id

    def iter_bytes(self) -> Iterator[bytes]:
        """Yield the body as it arrives."""
        decoder = ContentDecoder(coding_of(self._response))
        with reading(self._answer):
            for data in raw_body(self._response):
                yield from decoder.feed(data)
            decoder.finish()

    def iter_lines(self) -> Iterator[str]:
        """Yield the lines of the body as they arrive."""
        lines = LineDecoder(carriage=False)
        for data in self.iter_bytes():
            for line in lines.feed(data):
                yield line.decode("utf-8", "replace")
        if rest := lines.finish():
            yield rest.decode("utf-8", "replace")

    def read(self) -> bytes:
        """Return the whole body, whatever its size."""
        return b"".join(self.iter_bytes())

    def save(self, path: str | Path) -> int:
        """Write the body to a file and return its size.

        The file is there when the body was read to its end, and not before.
        """
        part = _part_of(path)
        try:
            with part.open("xb") as file:
                size = sum(file.write(data) for data in self.iter_bytes())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return size

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()


class AsyncStreamedResponse:
    """A response whose body is read by the caller: octets, lines, or into a file."""

    def __init__(self, response: Any, answer: Answer) -> None:
        self._response = response
        self._answer = answer
        self.status = answer.status
        self.headers = answer.headers
        self.request_id = answer.request_id

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives."""
        decoder = ContentDecoder(coding_of(self._response))
        with reading(self._answer):
            async for data in raw_body_async(self._response):
                for piece in decoder.feed(data):
                    yield piece
            decoder.finish()

    async def iter_lines(self) -> AsyncIterator[str]:
        """Yield the lines of the body as they arrive."""
        lines = LineDecoder(carriage=False)
        async for data in self.iter_bytes():
            for line in lines.feed(data):
                yield line.decode("utf-8", "replace")
        if rest := lines.finish():
            yield rest.decode("utf-8", "replace")

    async def read(self) -> bytes:
        """Return the whole body, whatever its size."""
        return b"".join([data async for data in self.iter_bytes()])

    async def save(self, path: str | Path) -> int:
        """Write the body to a file and return its size.

        The file is there when the body was read to its end, and not before.
        """
        import anyio

        part, size = _part_of(path), 0
        try:
            async with await anyio.open_file(part, "xb") as file:
                async for data in self.iter_bytes():
                    size += await file.write(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return size

    async def close(self) -> None:
        """Give the connection back."""
        await self._response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        await self.close()


def _part_of(path: str | Path) -> Path:
    """Return where a file is written until it is whole."""
    whole = Path(os.fspath(path))
    return whole.with_name(f".{whole.name[:200]}.{secrets.token_hex(6)}.part")
