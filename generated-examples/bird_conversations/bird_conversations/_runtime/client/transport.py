"""The HTTP library: httpx2, or httpx where that is what is installed.

Everything else names it through this module, and tells its exceptions apart by their
class names, which both share: a caller may hand over a client of either.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import httpx2 as httpx
else:
    try:
        import httpx2 as httpx
    except ModuleNotFoundError:
        import httpx

__all__ = [
    "Failure",
    "coding_of",
    "deadline",
    "failure_of",
    "httpx",
    "open_client",
    "raw_body",
    "raw_body_async",
    "watch_deadlines",
]

Failure: TypeAlias = Literal["timeout", "connect", "transport", "url"]

deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""When the call that runs now must be over, by the monotonic clock."""

# Raised before anything of the request was sent: repeating is safe whatever the method.
_UNSENT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    }
)


def failure_of(error: BaseException) -> tuple[Failure, bool] | None:
    """Return what kind of failure an exception is, and whether nothing had been sent.

    None: it is not an exception of the transport.
    """
    names = {kind.__name__ for kind in type(error).__mro__}
    unsent = not names.isdisjoint(_UNSENT)
    if "TimeoutException" in names or isinstance(error, TimeoutError):
        return "timeout", unsent
    if "InvalidURL" in names or "UnsupportedProtocol" in names:
        return "url", True
    if "ConnectError" in names:
        return "connect", True
    if names.isdisjoint(
        {"TransportError", "StreamError", "HTTPError"}
    ) and not isinstance(error, OSError):
        return None
    return "transport", unsent


def raw_body(response: Any) -> Iterator[bytes]:
    """Yield the body of a response as it arrives, content codings not undone."""
    if response.is_stream_consumed:
        # A transport that made the response from octets: they are decoded already.
        yield response.content
    else:
        yield from response.iter_raw()


async def raw_body_async(response: Any) -> AsyncIterator[bytes]:
    """Yield the body of a response as it arrives, content codings not undone."""
    if response.is_stream_consumed:
        yield response.content
    else:
        async for data in response.aiter_raw():
            yield data


def coding_of(response: Any) -> str | None:
    """Return the content coding that is still to be undone."""
    if response.is_stream_consumed:
        return None
    found: str | None = response.headers.get("content-encoding")
    return found


def open_client() -> httpx.Client:
    """Return a client with the settings that calls rely on."""
    client = httpx.Client(follow_redirects=False)
    watch_deadlines(client)
    return client


def watch_deadlines(client: Any) -> None:
    """Make every read and write of a client end at the deadline of its call.

    The library starts its timeout anew with every read, so that a server that sends a
    byte now and then holds the caller for ever. The place to prevent it is the network
    backend, which has no public setting here; a library that has moved it keeps its own
    timeouts.
    """
    transports = [
        getattr(client, "_transport", None),
        *getattr(client, "_mounts", {}).values(),
    ]
    for transport in transports:
        pool = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None and not isinstance(backend, _Backend):
            pool._network_backend = _Backend(backend)  # type: ignore[union-attr]  # pyright: ignore


class _Backend:
    """A network backend whose streams know the deadline."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def connect_tcp(self, *args: Any, timeout: float | None = None, **rest: Any) -> Any:
        return _Stream(self._inner.connect_tcp(*args, timeout=_left(timeout), **rest))

    def connect_unix_socket(
        self, *args: Any, timeout: float | None = None, **rest: Any
    ) -> Any:
        return _Stream(
            self._inner.connect_unix_socket(*args, timeout=_left(timeout), **rest)
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _Stream:
    """A network stream that ends at the deadline."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        return self._inner.read(max_bytes, timeout=_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> Any:
        return self._inner.write(buffer, timeout=_left(timeout))

    def start_tls(self, *args: Any, timeout: float | None = None, **rest: Any) -> Any:
        return _Stream(self._inner.start_tls(*args, timeout=_left(timeout), **rest))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _left(timeout: float | None) -> float | None:
    end = deadline.get()
    if end is None:
        return timeout
    left = max(end - time.monotonic(), 0.001)
    return left if timeout is None else min(timeout, left)
