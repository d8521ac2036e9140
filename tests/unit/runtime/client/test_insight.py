"""What hooks, the log and OpenTelemetry are told of a call, and that none of them is told a secret."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bothends.runtime import errors
from bothends.runtime.client import retry
from bothends.runtime.client.hooks import Attempt, Hooks, Outcome

from .zoo import CAT, Script, zoo


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.001)


@pytest.fixture
def telemetry(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[InMemorySpanExporter, InMemoryMetricReader]]:
    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    meters = MeterProvider(metric_readers=[reader])
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(metrics, "get_meter_provider", lambda: meters)
    monkeypatch.setattr(trace, "get_tracer", lambda name: provider.get_tracer(name))
    monkeypatch.setattr(metrics, "get_meter", lambda name: meters.get_meter(name))
    yield spans, reader
    provider.shutdown()
    meters.shutdown()


def test_hooks_see_operation_template_and_attempt_and_may_add_headers() -> None:
    begun: list[Attempt] = []
    ended: list[Outcome] = []

    def on_request(attempt: Attempt) -> None:
        begun.append(attempt)
        attempt.headers["X-Attempt"] = str(attempt.number)

    script = Script((503, {}), httpx2.ReadError("x"), (200, CAT))
    zoo(script, hooks=Hooks(on_request, ended.append)).animals.get("a b", extra_query={"q": "s3cret"})
    assert [(one.operation, one.method, one.path, one.number) for one in begun] == [
        ("getAnimal", "GET", "/animals/{id}", number) for number in (1, 2, 3)
    ]
    assert [request.headers["x-attempt"] for request in script.requests] == ["1", "2", "3"]
    assert [(one.status, type(one.error)) for one in ended] == [
        (503, type(None)), (None, httpx2.ReadError), (200, type(None)),
    ]  # fmt: skip
    assert "s3cret" not in repr(begun) + repr(ended)
    assert "sesame" not in repr(begun) + repr(ended)


def test_hooks_cannot_inject_headers() -> None:
    def on_request(attempt: Attempt) -> None:
        attempt.headers["X"] = "a\r\nY: b"

    script = Script((200, CAT))
    with pytest.raises(errors.ConfigurationError):
        zoo(script, hooks=Hooks(on_request)).animals.get("x")
    assert not script.requests


def test_the_log_tells_attempts_and_no_secrets(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    zoo(Script((503, {}), (200, CAT)), key="s3cret key", access=None).animals.get("x")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("bothends")]
    assert [one.partition(" after")[0] for one in ours] == [
        "getAnimal (GET /animals/{id}), attempt 1: 503",
        "getAnimal (GET /animals/{id}), attempt 2: 200",
    ]
    assert all("s3cret" not in one.getMessage() for one in caplog.records)
    assert any("key=***" in one.getMessage() for one in caplog.records), "the library logs the URL, redacted"


def test_spans_follow_the_conventions(telemetry: Any) -> None:
    spans, _ = telemetry
    script = Script((503, {}), (200, CAT))
    zoo(script, key="s3cret", access=None).animals.get("x", extra_query={"q": "hidden"})
    first, second = spans.get_finished_spans()
    assert first.name == second.name == "GET /animals/{id}"
    assert first.kind is trace.SpanKind.CLIENT
    expected = {
        "http.request.method": "GET",
        "url.template": "/animals/{id}",
        "url.full": "https://zoo.test/v1/animals/x",
        "url.scheme": "https",
        "server.address": "zoo.test",
        "server.port": 443,
        "http.response.status_code": 503,
        "error.type": "503",
    }
    assert expected.items() <= first.attributes.items()
    assert first.status.status_code is trace.StatusCode.ERROR
    assert second.attributes["http.request.resend_count"] == 1
    assert second.status.status_code is trace.StatusCode.UNSET
    assert "s3cret" not in str([dict(one.attributes) for one in (first, second)])
    sent = script.last.headers["traceparent"].split("-")
    assert sent[1:3] == [f"{second.context.trace_id:032x}", f"{second.context.span_id:016x}"]


def test_durations_are_measured(telemetry: Any) -> None:
    _, reader = telemetry
    zoo(Script((200, CAT))).animals.get("x")
    with pytest.raises(errors.ConnectionFailed):
        zoo(Script(httpx2.ReadError("x"))).animals.get("x", max_retries=0)
    (resource,) = reader.get_metrics_data().resource_metrics
    (metric,) = resource.scope_metrics[0].metrics
    assert (metric.name, metric.unit) == ("http.client.request.duration", "s")
    points = {
        one.attributes.get("error.type", one.attributes.get("http.response.status_code"))
        for one in metric.data.data_points
    }
    assert points == {200, "ReadError"}
    assert all(one.count == 1 and one.attributes["url.template"] == "/animals/{id}" for one in metric.data.data_points)


def test_nothing_is_loaded_on_account_of_calls() -> None:
    code = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "from bothends.runtime.client import telemetry\n"
        "assert not telemetry.active()\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry.')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_a_provider_nothing_is_done() -> None:
    script = Script((200, CAT))
    zoo(script).animals.get("x")
    assert "traceparent" not in script.last.headers
