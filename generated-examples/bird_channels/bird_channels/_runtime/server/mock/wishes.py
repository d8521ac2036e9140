"""What a ``Prefer`` header asks of the mock.

Comes in: a request (``Prefer: code=404, example=name``). Goes out: its wishes, and the
request without those of the mock, since the document may describe the header for
preferences of the interface.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request

_OWN = frozenset({"code", "dynamic", "example", "fault", "latency"})
_PREFERENCE = re.compile(r'([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,]+)')
_ITEM = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*")+')


def preferences(headers: list[str]) -> Mapping[str, str]:
    """Return what ``Prefer`` headers ask for."""
    return {
        found.group(1).lower(): found.group(2).strip('"')
        for header in headers
        for found in _PREFERENCE.finditer(header)
    }


def without_wishes(request: Request) -> Request:
    """Return a request whose ``Prefer`` headers ask nothing of the mock."""
    if "prefer" not in request.headers:
        return request
    headers: list[tuple[bytes, bytes]] = []
    for name, value in request.scope["headers"]:
        if name == b"prefer":
            kept = _kept(value.decode("latin-1")).encode("latin-1")
            headers += [(name, kept)] if kept else []
        else:
            headers.append((name, value))
    return Request({**request.scope, "headers": headers})


def _kept(header: str) -> str:
    items = (item.strip() for item in _ITEM.findall(header))
    return ", ".join(item for item in items if item and not _is_own(item))


def _is_own(item: str) -> bool:
    found = _PREFERENCE.match(item)
    return found is not None and found.group(1).lower() in _OWN
