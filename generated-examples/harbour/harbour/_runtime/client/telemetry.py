"""Spans and metrics of OpenTelemetry, where an application uses it.

By the semantic conventions for HTTP clients: a span for each attempt, the histogram
``http.client.request.duration``, and the context in the headers of the request. No
query and no credential gets into either.
"""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

from .hooks import Attempt

_NAME = __name__.partition("._runtime")[0]
# What the conventions advise for durations of requests, in seconds.
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
_PORTS = {"http": 80, "https": 443}
_METHODS = frozenset(
    {
        "CONNECT",
        "DELETE",
        "GET",
        "HEAD",
        "OPTIONS",
        "PATCH",
        "POST",
        "PUT",
        "QUERY",
        "TRACE",
    }
)


def active() -> bool:
    """Tell whether the application has set OpenTelemetry up.

    Who has not loaded its API cannot have: it is never loaded on account of a call.
    """
    trace = sys.modules.get("opentelemetry.trace")
    if trace is not None and not isinstance(
        trace.get_tracer_provider(), trace.ProxyTracerProvider
    ):
        return True
    metrics = sys.modules.get("opentelemetry.metrics")
    if metrics is None:
        return False
    # The stand-in for a provider that is not set has no public name.
    return "Proxy" not in type(metrics.get_meter_provider()).__name__


def begin(attempt: Attempt, url: str) -> Span | None:
    """Begin a span for an attempt, and put its context into the headers."""
    if not active():
        return None
    parts = urlsplit(url)
    known = attempt.method in _METHODS
    about: dict[str, Any] = {
        "http.request.method": attempt.method if known else "_OTHER",
        "server.address": parts.hostname or "",
        "server.port": parts.port or _PORTS.get(parts.scheme, 0),
        "url.scheme": parts.scheme,
        "url.template": attempt.path,
    }
    return Span(attempt, about, f"{parts.scheme}://{_host(parts.netloc)}{parts.path}")


class Span:
    """The span of one attempt, and its part in the metrics."""

    __slots__ = ("_about", "_span")

    def __init__(self, attempt: Attempt, about: dict[str, Any], url: str) -> None:
        from opentelemetry import propagate, trace

        self._about = about
        attributes = {**about, "url.full": url, "rpc.method": attempt.operation}
        if attempt.number > 1:
            attributes["http.request.resend_count"] = attempt.number - 1
        tracer = trace.get_tracer(_NAME)
        self._span = tracer.start_span(
            f"{about['http.request.method']} {attempt.path}",
            kind=trace.SpanKind.CLIENT,
            attributes=attributes,
        )
        propagate.inject(attempt.headers, trace.set_span_in_context(self._span))

    def end(
        self, elapsed: float, status: int | None, error: BaseException | None
    ) -> None:
        """End the span with a status, or with the exception of the transport."""
        from opentelemetry import trace

        about = self._about
        if status is not None:
            about["http.response.status_code"] = status
            self._span.set_attribute("http.response.status_code", status)
        failed = _failure(status, error)
        if failed is not None:
            about["error.type"] = failed
            self._span.set_attribute("error.type", failed)
            self._span.set_status(trace.StatusCode.ERROR)
        self._span.end()
        _durations().record(elapsed, about)


def _failure(status: int | None, error: BaseException | None) -> str | None:
    if error is not None:
        return type(error).__qualname__
    return str(status) if status is not None and status >= 400 else None


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2]


def _durations() -> Any:
    from opentelemetry import metrics

    # A meter gives the same instrument for the same name.
    return metrics.get_meter(_NAME).create_histogram(
        "http.client.request.duration",
        unit="s",
        description="Duration of HTTP client requests.",
        explicit_bucket_boundaries_advisory=_BOUNDS,
    )
