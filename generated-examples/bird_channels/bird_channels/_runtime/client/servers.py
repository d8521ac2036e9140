"""Base URLs: given, from the environment, or from the servers of the document."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..errors import ConfigurationError

_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server of the document.

    ``variables`` maps each variable to its default and allowed values.
    """

    url: str
    name: str = ""
    variables: Mapping[str, tuple[str, tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[str, tuple[str, ...]]]
    )


def choose_base_url(
    servers: Sequence[Server],
    *,
    given: str | None,
    environment: str,
    server: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> tuple[str, bool]:
    """Return the base URL of a client, and whether it stands above the document's.

    ``""`` where nothing names one.
    """
    found = given or (None if server else os.environ.get(environment))
    if found:
        return checked_base_url(found), True
    if not servers:
        return "", False
    chosen = _named(servers, server) if server else servers[0]
    return _filled(chosen, variables or {}).rstrip("/"), False


def operation_base_url(base_url: str, servers: Sequence[str]) -> str:
    """Return the base URL of an operation that has servers of its own."""
    url = servers[0].rstrip("/")
    if not url.startswith("/"):
        return url
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}{url}"


def checked_base_url(url: str) -> str:
    """Return a base URL that a caller gave, or raise."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable or re.search(r"[\x00-\x20\x7f?#]", url):
        raise ConfigurationError(
            "base_url must be a whole http or https URL without a query"
        )
    return url.rstrip("/")


def _named(servers: Sequence[Server], name: str) -> Server:
    for server in servers:
        if name in (server.name, server.url):
            return server
    known = ", ".join(repr(server.name or server.url) for server in servers)
    raise ConfigurationError(f"no server {name!r}; the document has {known}")


def _filled(server: Server, given: Mapping[str, str]) -> str:
    unknown = sorted(set(given) - set(server.variables))
    if unknown:
        raise ConfigurationError(
            f"no server variable {unknown[0]!r}; there are {sorted(server.variables)}"
        )

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in server.variables:
            raise ConfigurationError(f"the server's variable {name!r} has no value")
        default, allowed = server.variables[name]
        text = given.get(name, default)
        if allowed and text not in allowed:
            raise ConfigurationError(
                f"server variable {name!r} must be one of {list(allowed)}"
            )
        if re.search(r"[\x00-\x20\x7f?#@\\]", text):
            raise ConfigurationError(
                f"server variable {name!r} holds a character that ends a host"
            )
        return text

    return _VARIABLE.sub(value, server.url)
