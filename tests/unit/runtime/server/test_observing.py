"""Ids, logs, spans, health and CORS: around the operations, and outside the document."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from helpers import contract, mock, served
from starlette.testclient import TestClient

from bothends.runtime.errors import StatusError
from bothends.runtime.operation import Json, Operation, PathParameter, Raises, Returns
from bothends.runtime.server import observing
from bothends.runtime.server.app import build_app
from bothends.runtime.server.settings import Settings

RETURNS = (Returns(status=200, media=(Json(Any),)),)
PET = Operation[Any](
    key="getPet", method="GET", path="/pets/{id}", parameters=(PathParameter("id", int),), returns=RETURNS
)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "bothends.access"]


def test_each_request_is_a_line_without_its_secrets(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bothends.access")
    client = mock(PET, access_log=True)
    client.get("/pets/7?token=secret", headers={"Authorization": "Bearer secret", "X-Request-ID": "abc-1"})
    client.get("/nothing")
    first, second = lines(caplog)
    assert (first["method"], first["path"], first["route"], first["status"]) == ("GET", "/pets/7", "/pets/{id}", 200)
    assert first["request_id"] == "abc-1"
    assert first["octets"] > 0
    assert (second["route"], second["status"]) == (None, 404)
    assert "secret" not in caplog.text


def test_a_request_has_one_id_everywhere() -> None:
    client = mock(PET, access_log=True)
    assert client.get("/pets/7", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    made = client.get("/pets/7", headers={"X-Request-ID": "not fit\x00"}).headers["X-Request-ID"]
    assert made.isalnum()


def test_failures_name_the_request() -> None:
    schema = {"type": "object", "required": ["requestId"], "properties": {"requestId": {"type": "string"}}}
    failure = {"description": "", "content": {"application/json": {"schema": schema}}}
    document = {"paths": {"/pets/{id}": {"get": {"responses": {"400": failure}}}}}
    raises = (Raises(status=400, error=StatusError, media=(Json(dict[str, str]),)),)
    operation = Operation[Any](
        key="x", method="GET", path="/pets/{id}", parameters=(PathParameter("id", int),), returns=RETURNS, raises=raises
    )
    answer = mock(operation, document=document, access_log=True).get("/pets/x", headers={"X-Request-ID": "abc-1"})
    assert answer.status_code == 400
    assert answer.json()["requestId"] == "abc-1"


def test_without_the_wish_there_is_no_id() -> None:
    assert "X-Request-ID" not in mock(PET).get("/pets/7").headers


class Spans:
    """What a tracer is asked for: one span at a time."""

    def __init__(self) -> None:
        self.about: dict[str, Any] = {}
        self.name = ""
        self.status: Any = None
        self.parent = ""

    @contextmanager
    def start_as_current_span(self, name: str, context: Any, kind: Any) -> Iterator[Spans]:
        trace = pytest.importorskip("opentelemetry.trace")
        self.parent = f"{trace.get_current_span(context).get_span_context().trace_id:032x}"
        self.name = name
        yield self

    def update_name(self, name: str) -> None:
        self.name = name

    def set_attribute(self, name: str, value: Any) -> None:
        self.about[name] = value

    def set_status(self, status: Any) -> None:
        self.status = status


def test_spans_are_named_by_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.trace")
    spans = Spans()
    monkeypatch.setattr(observing, "_tracer", lambda: spans)

    def handler(id: int) -> str:
        raise RuntimeError

    trace = "0af7651916cd43dd8448eb211c80319c"
    client = served(PET, handler, telemetry=True)
    client.get("/pets/7?token=secret", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    assert spans.name == "GET /pets/{id}"
    assert spans.parent == trace
    assert spans.about["http.response.status_code"] == 500
    assert spans.status.name == "ERROR"
    assert "secret" not in str(spans.about)


def test_health_is_outside_the_document() -> None:
    client = mock(PET, health_path="/health")
    assert client.get("/health").json() == {"status": "ok"}
    assert client.post("/health").status_code == 405
    assert "/health" not in client.get("/openapi.json").json().get("paths", {})
    assert mock(PET).get("/health").status_code == 404


def test_other_sites_may_call_only_where_they_are_named() -> None:
    origin = {"Origin": "https://shop.example", "Access-Control-Request-Method": "GET"}
    allowed = TestClient(build_app(contract(PET), None, settings=Settings(cors_origins=("https://shop.example",))))
    assert allowed.options("/pets/7", headers=origin).headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Credentials" not in allowed.options("/pets/7", headers=origin).headers
    other = origin | {"Origin": "https://evil.example"}
    assert "Access-Control-Allow-Origin" not in allowed.get("/pets/7", headers=other).headers
    assert "Access-Control-Allow-Origin" not in mock(PET).get("/pets/7", headers=origin).headers
