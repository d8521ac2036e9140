"""Where a callback goes to: expressions of the document, evaluated.

Comes in: the callbacks of an operation as the document has them, and the exchange that
they belong to. Goes out: an address. Section "Runtime Expressions" of OpenAPI 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from ..kinds import is_dict, is_list, is_mapping
from .mock.state.changes import jsonable

_EXPRESSION = re.compile(r"\{(\$[^{}]+)\}")
_MISSING = object()


class CallbackError(LookupError):
    """A request does not say where a callback goes to, or the document has none."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that was decoded, and what is known of its response."""

    request: Request
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    response: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int | None = None


def callback_url(callbacks: Mapping[str, Any], name: str, exchange: Exchange) -> str:
    """Return the address of a callback. Raises CallbackError.

    Of several addresses it is the first that the exchange holds.
    """
    callback = callbacks.get(name)
    if not is_mapping(callback):
        raise CallbackError(f"the operation has no callback {name!r}")
    for expression in callback:
        found = None if expression.startswith("x-") else _filled(expression, exchange)
        if found:
            return found
    raise CallbackError(f"the request does not say where {name!r} goes to")


def _filled(template: str, exchange: Exchange) -> str | None:
    if template.startswith("$"):
        template = f"{{{template}}}"
    whole = ""
    for at, piece in enumerate(_EXPRESSION.split(template)):
        if at % 2 == 0:
            whole += piece
            continue
        value = _value(piece, exchange)
        if value is _MISSING or value is None or is_dict(value) or is_list(value):
            return None
        text = str(value).lower() if isinstance(value, bool) else str(value)
        # What begins an address is one; elsewhere it is a part of it.
        whole += text if not whole else quote(text, safe="")
    return whole


def _value(expression: str, exchange: Exchange) -> Any:
    request = exchange.request
    match expression.split(".", 2):
        case ["$url"]:
            return str(request.url)
        case ["$method"]:
            return request.method
        case ["$statusCode"]:
            return _MISSING if exchange.status is None else exchange.status
        case ["$request", "path", name]:
            return exchange.slots.get(name, _MISSING)
        case ["$request", "query", name]:
            return request.query_params.get(name, _MISSING)
        case ["$request", "header", name]:
            return request.headers.get(name, _MISSING)
        case ["$response", "header", name]:
            known = {key.lower(): value for key, value in exchange.headers.items()}
            return known.get(name.lower(), _MISSING)
        case [side, *_] if expression.startswith(f"{side}.body"):
            body = exchange.body if side == "$request" else exchange.response
            return _pointed(jsonable(body), expression.partition("#")[2])
        case _:
            return _MISSING


def _pointed(value: Any, pointer: str) -> Any:
    """Return what a JSON pointer points at."""
    for raw in pointer.split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        if is_dict(value) and step in value:
            value = value[step]
        elif is_list(value) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return _MISSING
    return value
