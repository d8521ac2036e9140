"""The HTTP library: httpx2, or httpx where that is what is installed.

Everything else names it through this module, and tells its exceptions apart by their
class names, which both share: a caller may hand over a client of either.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from ..errors import ConfigurationError

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
    "describe",
    "failure_of",
    "httpx",
    "open_async_client",
    "open_client",
    "raw_body",
    "raw_body_async",
    "request_of",
    "watch_deadlines",
]

Kind: TypeAlias = Literal["timeout", "connect", "transport", "url"]

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


@dataclass(frozen=True, slots=True)
class Failure:
    """What an exception of the transport means.

    ``unsent``: nothing of the request had been sent. ``lasting``: it will not pass.
    """

    kind: Kind
    unsent: bool = False
    lasting: bool = False


def failure_of(error: BaseException) -> Failure | None:
    """Return what an exception means; None: it is not one of the transport."""
    names = {kind.__name__ for kind in type(error).__mro__}
    unsent = not names.isdisjoint(_UNSENT)
    if "TimeoutException" in names or isinstance(error, TimeoutError):
        return Failure("timeout", unsent)
    if not names.isdisjoint({"InvalidURL", "UnsupportedProtocol"}) or (
        # A label of the host name that is empty or too long.
        isinstance(error, UnicodeError) and "idna" in str(error)
    ):
        return Failure("url", unsent=True)
    if "ConnectError" in names:
        return Failure("connect", unsent=True, lasting=_untrusted(error) is not None)
    if names.isdisjoint(
        {"TransportError", "StreamError", "HTTPError"}
    ) and not isinstance(error, OSError):
        return None
    return Failure("transport", unsent)


def describe(error: BaseException, failure: Failure) -> str:
    """Return what went wrong, in words that hold nothing of the request."""
    untrusted = _untrusted(error)
    if untrusted is not None:
        reason = untrusted.verify_message or "it is not trusted"
        return f"cannot connect: the server's certificate: {reason}"
    what = "cannot connect" if failure.kind == "connect" else "the connection failed"
    return f"{what} ({type(error).__name__})"


def _untrusted(error: BaseException) -> SSLCertVerificationError | None:
    cause: BaseException | None = error
    for _ in range(10):
        if cause is None or isinstance(cause, SSLCertVerificationError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def raw_body(response: Any) -> Iterator[bytes]:
    """Yield the body of a response as it arrives, content codings not undone."""
    if response.is_stream_consumed:
        # A transport that made the response from octets: they are decoded already.
        yield response.content
    else:
        yield from response.iter_raw()


async def raw_body_async(response: Any) -> AsyncGenerator[bytes, None]:
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
    client = _opened(
        lambda: httpx.Client(follow_redirects=False, cookies=_no_cookies())
    )
    watch_deadlines(client)
    return client


def open_async_client() -> httpx.AsyncClient:
    """Return an asynchronous client with the settings that calls rely on."""
    return _opened(
        lambda: httpx.AsyncClient(follow_redirects=False, cookies=_no_cookies())
    )


def request_of(
    client: Any,
    method: str,
    url: str,
    headers: list[tuple[str, bytes]],
    content: Any,
    timeout: tuple[float | None, float | None],
) -> Any:
    """Return a request of the HTTP library. ``timeout``: to connect, and else."""
    connect, left = timeout
    if content is None or isinstance(content, bytes):
        quick = _quick_request(client, method, url, headers, content, timeout)
        if quick is not None:
            return quick
    return client.build_request(
        method,
        url,
        headers=headers,
        content=content,
        timeout=(connect, left, left, left),
    )


def _quick_request(
    client: Any,
    method: str,
    url: str,
    headers: list[tuple[str, bytes]],
    content: bytes | None,
    timeout: tuple[float | None, float | None],
) -> Any:
    """Return what ``build_request`` would, where the client itself adds only headers.

    That is nearly always, and takes a third of the time.
    """
    if (
        type(client) not in _PLAIN_CLIENTS
        or client.params
        or client.cookies
        or client.event_hooks["request"]
    ):
        return None
    whole, host = _parsed(url)
    raw = [(name.encode("ascii"), value) for name, value in headers]
    names = {name.lower() for name, _ in raw}
    before = [] if b"host" in names else [(b"Host", host)]
    if content is not None and b"content-length" not in names:
        before.append((b"Content-Length", b"%d" % len(content)))
    elif content is None and method in _BODY_METHODS:
        before.append((b"Content-Length", b"0"))
    before += [one for one in client.headers.raw if one[0].lower() not in names]
    connect, left = timeout
    limits = {"connect": connect, "read": left, "write": left, "pool": left}
    return httpx.Request(
        method,
        whole,
        headers=before + raw,
        stream=httpx.ByteStream(content or b""),
        extensions={"timeout": limits},
    )


_PLAIN_CLIENTS = (httpx.Client, httpx.AsyncClient)
_BODY_METHODS = frozenset({"POST", "PUT", "PATCH", "QUERY"})


@lru_cache(maxsize=256)
def _parsed(url: str) -> tuple[httpx.URL, bytes]:
    """Return a URL as the library has it, and its ``Host`` header."""
    found = httpx.URL(url)
    if found.scheme not in ("http", "https") or not found.host:
        raise httpx.UnsupportedProtocol("the URL is not one of http or https")
    return found, found.netloc


def _no_cookies() -> CookieJar:
    """Return a jar that keeps nothing.

    What a server sets for one caller must not go out with the credentials of another.
    Who wants cookies kept gives a client of their own.
    """
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


T = TypeVar("T")


def _opened(open_it: Callable[[], T]) -> T:
    try:
        return open_it()
    except Exception as error:
        # A proxy or certificates that the environment names, and that are none.
        raise ConfigurationError(
            f"the HTTP client cannot be opened: {type(error).__name__}; see the "
            "variables for proxies and certificates in the environment"
        ) from error


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
    left = end - time.monotonic()
    if left <= 0:
        # Octets that are there already would be read whatever the timeout.
        raise TimeoutError
    return left if timeout is None else min(timeout, left)
