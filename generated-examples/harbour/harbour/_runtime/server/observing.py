"""What happens around each request: an id, a line in the log, a span, and a pulse.

Comes in: the settings and an application of ASGI. Goes out: the same application, and
for each request what those who run it want to know. No line holds a query, a header or
a body: they may hold secrets.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_logger = logging.getLogger("bothends.access")
_HEADER = "X-Request-ID"
_FIT = re.compile(r"[A-Za-z0-9._\-]{1,128}")

REQUEST_ID: ContextVar[str | None] = ContextVar("bothends_request_id", default=None)
"""The id of the request that is being answered, where ids are given."""


class Observed:
    """An application whose requests have ids, lines in the log, and spans."""

    def __init__(self, app: ASGIApp, *, access_log: bool, telemetry: bool) -> None:
        self._app = app
        self._logs = access_log
        self._tracer = _tracer() if telemetry else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and observe it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(_HEADER, "")
        request_id = given if _FIT.fullmatch(given) else uuid4().hex
        token = REQUEST_ID.set(request_id)
        seen = _Seen(send, request_id)
        started = time.perf_counter()
        try:
            with self._span(scope) as span:
                try:
                    await self._app(scope, receive, seen)
                finally:
                    _describe(span, scope, seen.status)
        finally:
            REQUEST_ID.reset(token)
            if self._logs:
                elapsed = time.perf_counter() - started
                _logger.info(json.dumps(_line(scope, seen, request_id, elapsed)))

    def _span(self, scope: Scope) -> AbstractContextManager[Any]:
        if self._tracer is None:
            return nullcontext()
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        context = extract(Headers(scope=scope))
        found: AbstractContextManager[Any] = self._tracer.start_as_current_span(
            scope["method"], context=context, kind=SpanKind.SERVER
        )
        return found


class _Seen:
    """What an application sends: passed on with the id of the request, and measured."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status = 500
        self.octets = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.setdefault(_HEADER, self._request_id)
        else:
            self.octets += len(message.get("body", b""))
        await self._send(message)


async def pulse(request: Request) -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def template_of(scope: Mapping[str, Any]) -> str | None:
    """Return the path of the document that a request was for, once that is known."""
    found = scope.get("bothends.found")
    return None if found is None else str(found.place.template)


def _line(scope: Scope, seen: _Seen, request_id: str, elapsed: float) -> dict[str, Any]:
    client = scope.get("client")
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "request_id": request_id,
        "method": scope["method"],
        "path": scope["path"],
        "route": template_of(scope),
        "status": seen.status,
        "octets": seen.octets,
        "milliseconds": round(elapsed * 1000, 3),
        "client": client[0] if client else None,
    }


def _describe(span: Any, scope: Scope, status: int) -> None:
    if span is None:
        return
    route = template_of(scope)
    if route is not None:
        span.update_name(f"{scope['method']} {route}")
        span.set_attribute("http.route", route)
    span.set_attribute("http.request.method", scope["method"])
    span.set_attribute("url.path", scope["path"])
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        from opentelemetry.trace import StatusCode

        span.set_status(StatusCode.ERROR)


@cache
def _tracer() -> Any:
    """Return a tracer, or None where OpenTelemetry is not installed."""
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("bothends.server")
