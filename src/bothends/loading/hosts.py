"""URLs in, whether their host may be spoken to, at which addresses, and with which headers, out."""

from __future__ import annotations

import os
import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity
from bothends.loading.fetch import FetchPolicy
from bothends.loading.places import shorten

_PORTS = {"http": 80, "https": 443}
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def check_host(url: str, policy: FetchPolicy, place: Location) -> bool:
    """Raise :class:`DocumentError` unless the policy allows the host of a URL.

    Return whether it allows exactly this host and port, which may be one of a private network then.
    """
    try:
        parts = urlsplit(url)
        port = _port(parts)
    except ValueError:
        raise DocumentError(
            Diagnostic("unresolved-reference", Severity.ERROR, f"{shorten(url)} is not an address", place)
        ) from None
    if "@" in parts.netloc:
        hint = "name the variable of the environment that holds them under 'headers' in the configuration"
        raise _refused("an address may not hold a user name or a password", place, hint)
    exact, named = False, False
    for own in map(_entry, policy.hosts):
        if own.hostname == parts.hostname:
            exact = exact or own.port == port
            named = named or own.port is None
    if exact or (named and parts.scheme == "https" and port == _PORTS["https"]):
        return exact
    host = parts.netloc
    if named:
        exactly = _spelled(parts, port)
        message = f"{shorten(host)} is allowed for https at port 443 only"
        raise _refused(message, place, f"allow {exactly!r} to fetch from there")
    hint = f"save it beside the document and refer to the file, or allow the host: --allow-host {host}"
    raise _refused(f"the reference leads to the host {shorten(host)}, which is not allowed", place, hint)


def check_addresses(host: str, port: int) -> None:
    """Raise ``OSError`` if the name of a host leads to an address of a private network, or of this machine."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        check_address(str(address[0]))


def check_address(address: str) -> None:
    """Raise ``OSError`` for an address of a private network, or of this machine."""
    found = ip_address(address.partition("%")[0])
    inner: IPv4Address | IPv6Address = found
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or found
    if not inner.is_global or inner.is_multicast:
        raise OSError(None, f"its address, {address}, is not one of the public network")


def is_local(host: str) -> bool:
    """Whether a host is named by its address, or is this machine: no proxy is asked for it."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def headers_for(url: str, policy: FetchPolicy, place: Location) -> dict[str, str]:
    """Return the headers that are configured for the host of a URL, with variables filled in."""
    parts = urlsplit(url)
    found: dict[str, str] = {}
    for name, headers in policy.headers.items():
        own = _entry(name)
        if own.hostname == parts.hostname and _port(parts) == (own.port or _PORTS["https"]):
            found |= {header: _filled(header, value, place) for header, value in headers.items()}
    return found


def _filled(header: str, value: str, place: Location) -> str:
    missing = [name for name in _VARIABLE.findall(value) if name not in os.environ]
    if missing:
        message = f"the header {header} needs the variable {missing[0]}, which is not in the environment"
        raise DocumentError(Diagnostic("invalid-configuration", Severity.ERROR, message, place))
    filled = _VARIABLE.sub(lambda match: os.environ[match[1]], value)
    if not (filled.isascii() and filled.isprintable()):
        message = f"the value of the header {header} holds characters that a header cannot hold"
        raise DocumentError(Diagnostic("invalid-configuration", Severity.ERROR, message, place))
    return filled


def _entry(host: str) -> SplitResult:
    return urlsplit(f"//{host}")


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _spelled(parts: SplitResult, port: int) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{port}"


def _refused(message: str, place: Location, hint: str | None = None) -> DocumentError:
    return DocumentError(Diagnostic("reference-not-allowed", Severity.ERROR, message, place, hint))
