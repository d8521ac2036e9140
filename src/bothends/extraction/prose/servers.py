"""Addresses that a page shows in; the server of its operations, and their paths below it, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bothends.extraction.prose.endpoints import Endpoint
from bothends.extraction.prose.reading import Operation, shown_endpoint

_URL = r"(?P<url>https?://[^\s`'\"<>()|,\[\]*]+|(?<=`)/[^\s`]+(?=`))"
_BASES = (
    re.compile(
        rf"(?:\b(?:base|root)[ -]?(?:ur[li]|path|address|endpoint)s?\b|\bapi (?:root|host|server|base|url)\b"
        rf"|^HOST:|\bprefixed with\b)"
        rf"[^#]{{0,160}}?{_URL}",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"\b(?:hosted (?:at|on)|(?:made|sent|available|relative|requests go) (?:to|at|from"
        rf"|under))\b[^\n#]{{0,60}}?{_URL}",
        re.IGNORECASE,
    ),
)
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_PLACEHOLDER = re.compile(
    r"\{\{?\s*([\w.-]+)\s*\}?\}|<([\w-]+)>|\[([\w-]+)\]|(?<=//)\$\{?(\w+)\}?|:([a-z_]\w*)(?=[./])"
)


@dataclass(frozen=True, slots=True)
class Servers:
    """The address that the operations stand below; none where the page shows none."""

    base: str

    def path_of(self, endpoint: Endpoint) -> str:
        """Return the path of an endpoint below the server."""
        prefix = _split(self.base)[1]
        whole = endpoint.origin and _same(endpoint.origin, _split(self.base)[0])
        if prefix and endpoint.path.startswith(f"{prefix}/") and (whole or not endpoint.origin):
            return endpoint.path[len(prefix) :]
        return endpoint.path

    def other_of(self, endpoint: Endpoint) -> str:
        """Return the server of an endpoint that is not this one; empty where it is."""
        if not endpoint.origin:
            return ""
        if not _same(endpoint.origin, _split(self.base)[0]):
            return endpoint.origin
        prefix = _split(self.base)[1]
        return endpoint.origin if prefix and not endpoint.path.startswith(f"{prefix}/") else ""


def servers_of(operations: Sequence[Operation], texts: Iterable[str]) -> Servers:
    """Return the server: the one that the page names, else the one that most endpoints and commands are at."""
    text = "\n".join(texts)
    found = next((found for base in _BASES if (found := base.search(text)) is not None), None)
    said = found["url"].strip("`").rstrip("/.:;*") if found is not None else ""
    votes: Counter[str] = Counter()
    for operation in operations:
        if operation.endpoint.origin:
            votes[_written(operation.endpoint.origin)] += 2
        for command in operation.commands:
            shown = shown_endpoint(command)
            base = _base_of(shown, operation.endpoint)
            if base and not operation.endpoint.origin:
                votes[base] += 2
    best = max(votes, key=lambda base: (votes[base], -len(base))) if votes else ""
    if said.startswith("http"):
        said = _written(said)
        return Servers(
            said if not best or _same(_split(said)[0], _split(best)[0]) or _is_relative(operations) else best
        )
    return Servers(best + said if best and said and not _split(best)[1] else best)


def server_object(url: str) -> dict[str, Any]:
    """Return the Server Object of an address, its variables declared."""
    names = list(dict.fromkeys(_VARIABLE.findall(url)))
    server: dict[str, Any] = {"url": url}
    if names:
        server["variables"] = {name: {"default": name} for name in names}
    return server


def _is_relative(operations: Sequence[Operation]) -> bool:
    return not any(operation.endpoint.origin for operation in operations)


def _base_of(shown: Endpoint, endpoint: Endpoint) -> str:
    """Return what stands before the path of an endpoint in the address of a command for it."""
    if not shown.origin or shown.method != endpoint.method or not endpoint.path:
        return ""
    pattern = "".join(
        "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^{}]+\})", endpoint.path)
    )
    found = re.search(f"{pattern}/?$", shown.path)
    return _written(shown.origin + shown.path[: found.start()].rstrip("/")) if found else ""


def _written(url: str) -> str:
    """Return an address with its placeholders as OpenAPI writes them."""
    return _PLACEHOLDER.sub(lambda found: "{" + next(group for group in found.groups() if group) + "}", url)


def _split(url: str) -> tuple[str, str]:
    found = re.match(r"(https?://[^/]+)?(.*)$", url)
    return (found[1] or "", found[2].rstrip("/")) if found is not None else ("", "")


def _same(one: str, other: str) -> bool:
    return _written(one).lower().replace("http://", "https://") == other.lower().replace("http://", "https://")
