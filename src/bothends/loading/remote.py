"""URLs in, bytes out: documents of hosts that are allowed, within limits of size and time.

Redirects stay on the host and port that were asked, addresses of private networks are refused, nothing is
decompressed, and no header goes anywhere that it was not configured for.
"""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, BinaryIO, Self, cast
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    proxy_bypass,
)

from bothends import __version__
from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.loading import hosts
from bothends.loading.fetch import FetchPolicy, read_bounded
from bothends.loading.places import shorten

_SAFE = "%/:=&?~#+!$,;'@()*"
_ACCEPTED = "application/vnd.oai.openapi+json, application/json, application/yaml, */*;q=0.5"


def fetch(url: str, policy: FetchPolicy, limits: Limits, place: Location, *, accept: str = _ACCEPTED) -> bytes:
    """Fetch a document; ``place`` is the reference that asks for it. Raises :class:`DocumentError`.

    ``accept`` says which media types are wanted.
    """
    exact = hosts.check_host(url, policy, place)
    if policy.offline:
        raise _failed(url, "nothing is fetched with --offline", place)
    own = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": f"bothends/{__version__}"}
    request = Request(_encoded(url), headers={**own, **hosts.headers_for(url, policy, place)})  # noqa: S310 - checked
    with _Watch(limits.fetch_seconds) as watch:
        try:
            data = _read(_opener(request, watch, guarded=not exact), request, limits, place)
        except HTTPError as error:
            with error:
                raise _failed(url, f"the answer has the status {error.code}", place) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            if watch.expired:
                raise _too_slow(url, limits, place) from None
            raise _failed(url, _reason(error), place) from None
        if watch.expired:
            raise _too_slow(url, limits, place)
        return data


def _read(opener: OpenerDirector, request: Request, limits: Limits, place: Location) -> bytes:
    with opener.open(request, timeout=limits.fetch_seconds) as answer:
        if answer.status != 200:
            raise OSError(None, f"the answer has the status {answer.status}")
        encoding = answer.headers.get("Content-Encoding", "identity")
        if encoding.lower() != "identity":
            raise OSError(None, f"the answer is compressed ({shorten(encoding)}), which was not asked for")
        data = read_bounded(cast(BinaryIO, answer), place, limits, request.full_url)
        length = answer.headers.get("Content-Length")
        if length is not None and length.isdecimal() and int(length) != len(data):
            raise OSError(None, "the answer ended early")
        return data


def _opener(request: Request, watch: _Watch, *, guarded: bool) -> OpenerDirector:
    direct = hosts.is_local(urlsplit(request.full_url).hostname or "")
    proxies = ProxyHandler({}) if direct else ProxyHandler()
    behind_proxy = not direct and request.type in cast(Any, proxies).proxies and not proxy_bypass(request.host)
    # A proxy looks up addresses itself; what it may reach is the business of whoever set it up.
    check = guarded and not behind_proxy
    return build_opener(proxies, _Plain(watch, check=check), _Encrypted(watch, check=check), _Redirects())


class _Connection(http.client.HTTPConnection):
    """A connection that looks at the address before anything is sent there, and that a watch can end."""

    watch: _Watch
    check = True

    def connect(self) -> None:
        """Connect, unless the address is one of a private network."""
        if self.check:
            hosts.check_addresses(self.host, self.port)
        super().connect()
        # Names may mean something else from one moment to the next.
        if self.check:
            hosts.check_address(self.sock.getpeername()[0])
        self.watch.over(self.sock)


class _EncryptedConnection(http.client.HTTPSConnection, _Connection):
    """The same with TLS, which begins after the address was looked at."""

    def connect(self) -> None:
        """Connect, and shake hands."""
        super().connect()
        self.watch.over(self.sock)


def _made(kind: type[_Connection], watch: _Watch, check: bool, *place: Any, **options: Any) -> _Connection:
    connection = kind(*place, **options)
    connection.watch = watch
    connection.check = check
    return connection


class _Plain(HTTPHandler):
    def __init__(self, watch: _Watch, *, check: bool) -> None:
        super().__init__()
        self._make = partial(_made, _Connection, watch, check)

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(cast(Any, self._make), req)


class _Encrypted(HTTPSHandler):
    def __init__(self, watch: _Watch, *, check: bool) -> None:
        super().__init__()
        self._make = partial(_made, _EncryptedConnection, watch, check)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(cast(Any, self._make), req)


class _Redirects(HTTPRedirectHandler):
    """Follows redirects on one host only: another was neither allowed nor is meant to see the headers."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        before, after = urlsplit(req.full_url), urlsplit(urljoin(req.full_url, newurl))
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            fp.close()
            raise OSError(None, f"it redirects to another host, {shorten(f'{after.scheme}://{after.netloc}')}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Watch:
    """Ends connections when time is over, however slowly they speak."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def over(self, connected: socket.socket) -> None:
        """Take note of a connection."""
        self._sockets.append(connected)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.expired = True
        for connected in self._sockets:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)


def _encoded(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, quote(parts.path, _SAFE), quote(parts.query, _SAFE), ""))


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return f"{text[:1].lower()}{text[1:]}"


def _too_slow(url: str, limits: Limits, place: Location) -> DocumentError:
    message = f"{shorten(url)} was not read within {limits.fetch_seconds:g} seconds"
    return DocumentError(Diagnostic("too-slow", Severity.ERROR, message, place))


def _failed(url: str, reason: str, place: Location) -> DocumentError:
    message = f"{shorten(url)} cannot be fetched: {reason}"
    return DocumentError(Diagnostic("fetch-failed", Severity.ERROR, message, place))
