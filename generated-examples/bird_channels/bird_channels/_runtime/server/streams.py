"""Bodies that are octets or come item by item, as responses."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any, cast

from starlette.concurrency import iterate_in_threadpool
from starlette.responses import FileResponse, Response, StreamingResponse
from typing_extensions import TypeIs

from ..kinds import is_mapping


def octets(body: Any, status: int, name: str) -> Response | None:
    """Return octets, a file or a stream of octets; None for anything else."""
    if isinstance(body, str | bytes):
        return Response(body, status, media_type=name)
    if isinstance(body, bytearray | memoryview):
        return Response(bytes(cast("bytearray", body)), status, media_type=name)
    if isinstance(body, os.PathLike):
        return _file(cast("os.PathLike[str]", body), status, name)
    return streamed(body, _same, status, name)


def _file(path: os.PathLike[str], status: int, name: str) -> Response:
    """Return a file, whose tag and date are known beforehand. Raises OSError."""
    found = Path(path).stat()
    if not stat.S_ISREG(found.st_mode):
        raise IsADirectoryError(path)
    return FileResponse(path, status, media_type=name, stat_result=found)


def streamed(
    body: Any, encode: Callable[[Any], bytes], status: int, name: str
) -> Response | None:
    """Return a response that sends each item as it comes; None for anything else."""
    if is_mapping(body) or not _is_stream(body):
        return None
    return StreamingResponse(
        _pieces(body, encode),
        status,
        media_type=name,
        headers={"Cache-Control": "no-cache"},
    )


async def _pieces(
    items: AsyncIterable[Any] | Iterable[Any], encode: Callable[[Any], bytes]
) -> AsyncIterator[bytes]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield encode(item)
    else:
        async for item in iterate_in_threadpool(items):
            yield encode(item)


def _same(item: Any) -> bytes:
    return item if isinstance(item, bytes) else bytes(item)


def _is_stream(value: object) -> TypeIs[AsyncIterable[Any] | Iterable[Any]]:
    return isinstance(value, AsyncIterable | Iterable)
