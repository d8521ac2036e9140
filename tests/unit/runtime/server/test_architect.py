"""The Architect server: the mock, and handlers of a team."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from typing import Any

import architect
import pytest
from architect import Audience, CreateMessageRequest, Error, PostMessage
from fastapi import Depends, FastAPI, HTTPException
from starlette.testclient import TestClient

from bothends.runtime.server.app import build_app, build_router
from bothends.runtime.server.handlers import Context, Reply
from bothends.runtime.server.pages import with_server
from bothends.runtime.server.security import Credentials, ForbiddenError, Secrets
from bothends.runtime.server.settings import Settings

KEY = {"x-api-key": "sesame"}
AUDIENCE = "/v0/pages/p1/audiences/a1"
MESSAGES = f"{AUDIENCE}/messages"
ANSWER = Audience(audience_id="a1", created_at="2024-05-17T09:30:00Z", archived_at=None, flags=[])  # type: ignore[arg-type]


class Handlers(architect.Handlers):
    seen: Any = None

    async def get_audience(self, *, page_id: str, audience_id: str) -> Audience:
        self.seen = (page_id, audience_id, Context.current().principal)
        match audience_id:
            case "lost":
                body = Error(
                    code=architect.ErrorCode.NOT_FOUND,
                    detail="lost",
                    request_id="r1",
                    status=404,
                    title="Not Found",
                    type="about:blank",
                )
                raise architect.NotFoundError(body, headers={"x-reason": "lost"})
            case "gone":
                raise architect.NotFoundError("It is gone")
            case "broken":
                return {"audienceId": 5}  # type: ignore[return-value]
            case "failing":
                raise RuntimeError("sesame is the secret")
            case "teapot":
                raise HTTPException(418, "I am a teapot")
        return ANSWER

    def send_audience_message(self, *, page_id: str, audience_id: str, body: CreateMessageRequest) -> PostMessage:
        time.sleep(0.001)
        self.seen = body
        return PostMessage(accepted=True, audience_id=audience_id)


@pytest.fixture
def mock() -> TestClient:
    return TestClient(build_app(architect.CONTRACT, None))


@pytest.fixture
def handlers() -> Handlers:
    return Handlers()


@pytest.fixture
def client(handlers: Handlers) -> Iterator[TestClient]:
    app = build_app(architect.CONTRACT, handlers, authenticate=Secrets("sesame"))
    with TestClient(app) as client:
        yield client


def test_the_mock_answers_with_made_up_data(mock: TestClient) -> None:
    answer = mock.get(AUDIENCE, headers=KEY)
    assert answer.status_code == 200
    assert Audience.model_validate_json(answer.content).audience_id == "audienceId"
    assert mock.post(MESSAGES, headers=KEY, json={"message": "hi"}).status_code == 202


def test_the_mock_answers_with_the_example_of_a_status(mock: TestClient) -> None:
    answer = mock.get(AUDIENCE, headers={**KEY, "Prefer": "code=429"})
    assert answer.status_code == 429
    documented = architect.DOCUMENT["components"]["responses"]["RateLimitError"]
    assert answer.json() == documented["content"]["application/json"]["examples"]["default"]["value"]


@pytest.mark.parametrize(
    ("prefer", "status"),
    [("example=default, code=404", 404), ("code=404; example=nope", 400), ("code=999", 400), ("code=402", 400)],
)
def test_the_mock_takes_wishes(mock: TestClient, prefer: str, status: int) -> None:
    assert mock.get(AUDIENCE, headers={**KEY, "Prefer": prefer}).status_code == status


def test_the_mock_is_dynamic_on_request(mock: TestClient) -> None:
    answer = mock.get(AUDIENCE, headers={**KEY, "Prefer": "code=404, dynamic=true"})
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Authentication is required"


def test_credentials_are_demanded_before_anything_else(mock: TestClient) -> None:
    answer = mock.post(MESSAGES, content=b"{")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("ApiKey")
    assert answer.json()["code"] == "UNAUTHORIZED"


def test_without_an_authenticator_handlers_are_not_reached(
    handlers: Handlers, caplog: pytest.LogCaptureFixture
) -> None:
    client = TestClient(build_app(architect.CONTRACT, handlers))
    assert "no authenticate function" in caplog.text
    assert client.get(AUDIENCE, headers=KEY).status_code == 401
    assert handlers.seen is None


def test_handlers_get_decoded_arguments(client: TestClient, handlers: Handlers) -> None:
    answer = client.get("/v0/pages/a%2Fb/audiences/%C3%A9", headers=KEY)
    assert answer.status_code == 200
    assert answer.json() == {"audienceId": "a1", "createdAt": "2024-05-17T09:30:00Z", "archivedAt": None, "flags": []}
    assert handlers.seen == ("a/b", "é", ("apiKey",))


def test_synchronous_handlers_get_the_body(client: TestClient, handlers: Handlers) -> None:
    answer = client.post(MESSAGES, headers=KEY, json={"message": "hi", "clientMessageId": "c"})
    assert answer.status_code == 202
    assert answer.json() == {"accepted": True, "audienceId": "a1"}
    assert handlers.seen == CreateMessageRequest(message="hi", client_message_id="c")


def test_declared_errors_are_raised(client: TestClient) -> None:
    answer = client.get("/v0/pages/p/audiences/lost", headers=KEY)
    assert answer.status_code == 404
    assert answer.headers["x-reason"] == "lost"
    assert answer.json()["detail"] == "lost"


def test_an_error_with_a_text_takes_the_declared_shape(client: TestClient) -> None:
    answer = client.get("/v0/pages/p/audiences/gone", headers=KEY)
    body = Error.model_validate_json(answer.content)
    assert (answer.status_code, body.code, body.detail) == (404, "NOT_FOUND", "It is gone")


@pytest.mark.parametrize("audience", ["broken", "failing"])
def test_faults_are_logged_and_not_told(client: TestClient, audience: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "bothends.server"):
        answer = client.get(f"/v0/pages/p/audiences/{audience}", headers=KEY)
    assert answer.status_code == 500
    assert answer.json()["code"] == "INTERNAL"
    assert "sesame" not in answer.text
    assert "getAudience" in caplog.text


def test_exceptions_of_the_framework_take_the_declared_shape(client: TestClient) -> None:
    answer = client.get("/v0/pages/p/audiences/teapot", headers=KEY)
    assert (answer.status_code, answer.json()["detail"]) == (418, "I am a teapot")


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        (b'{"message": ""}', ["message"], "string_too_short"),
        (b'{"message": 5}', ["message"], "string_type"),
        (b'{"message": "x", "more": 1}', ["more"], "extra_forbidden"),
        (b'{"message": "x", "clientMessageId": null}', ["clientMessageId"], None),
        (b'{"message": "x", "client_message_id": "c"}', ["client_message_id"], "extra_forbidden"),
        (b'{"message": "x", "selectedElement": {"blockId": 1}}', ["selectedElement", "blockId"], "string_type"),
        (b'{"message": ', [], "json_invalid"),
        (b'{"message": "x", "more": NaN}', [], "malformed"),
        (b"[" * 100_000, [], "json_invalid"),
        (b'"\xff"', [], "json_invalid"),
        (b"", [], "missing"),
    ],
)
def test_wrong_bodies_are_refused_in_the_declared_shape(
    client: TestClient, handlers: Handlers, body: bytes, path: list[str], code: str | None
) -> None:
    answer = client.post(MESSAGES, headers={**KEY, "content-type": "application/json"}, content=body)
    assert answer.status_code == 400
    told = Error.model_validate_json(answer.content)
    assert told.code == "VALIDATION_ERROR"
    assert told.title == "Bad Request"
    assert told.type == "https://api.tryarchitect.com/errors/validation_error"
    assert isinstance(told.details, list)
    assert told.details[0]["field"] == "body"
    issue = told.details[0]["issues"][0]
    assert issue["path"] == path
    assert code is None or issue["code"] == code
    assert handlers.seen is None


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "nonsense", "application/json; charset=latin-1"]
)
def test_other_media_types_are_refused(client: TestClient, content_type: str) -> None:
    answer = client.post(MESSAGES, headers={**KEY, "content-type": content_type}, content=b'{"message": "x"}')
    assert answer.status_code == 415
    Error.model_validate_json(answer.content)


def test_other_content_codings_are_refused(client: TestClient) -> None:
    headers = {**KEY, "content-type": "application/json", "content-encoding": "gzip"}
    answer = client.post(MESSAGES, headers=headers, content=b'{"message": "x"}')
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")


def test_large_bodies_are_refused_before_they_are_read(client: TestClient) -> None:
    read: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(3000):
            read.append(number)
            yield b" " * 1024

    headers = {**KEY, "content-type": "application/json"}
    announced = client.post(MESSAGES, headers=headers, content=b" " * 1_100_000)
    assert announced.status_code == 413
    assert client.post(MESSAGES, headers=headers, content=pieces()).status_code == 413
    Error.model_validate_json(announced.content)


def test_unacceptable_answers_are_refused(client: TestClient, handlers: Handlers) -> None:
    answer = client.get(AUDIENCE, headers={**KEY, "accept": "text/html, image/*;q=0.5"})
    assert answer.status_code == 406
    assert handlers.seen is None
    for accept in ("*/*", "application/*;q=0.1", "text/html, application/json", "nonsense"):
        assert client.get(AUDIENCE, headers={**KEY, "accept": accept}).status_code == 200


def test_other_methods_are_refused_with_what_is_allowed(client: TestClient) -> None:
    answer = client.put(AUDIENCE, headers=KEY)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    Error.model_validate_json(answer.content)


def test_options_and_head(client: TestClient) -> None:
    answer = client.options(MESSAGES)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "POST", b"")
    head = client.head(AUDIENCE, headers=KEY)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 50


def test_unknown_paths_take_the_shape_of_the_document(client: TestClient) -> None:
    answer = client.get("/v0/nothing")
    assert answer.status_code == 404
    assert Error.model_validate_json(answer.content).code == "NOT_FOUND"


def test_what_is_not_implemented_is_answered_with_501(caplog: pytest.LogCaptureFixture) -> None:
    class Some(architect.Handlers):
        def get_audience(self, *, page_id: str, audience_id: str) -> Audience:
            return ANSWER

    with caplog.at_level(logging.WARNING, "bothends.server"):
        client = TestClient(build_app(architect.CONTRACT, Some(), authenticate=Secrets("sesame")))
    assert "send_audience_message" in caplog.text
    assert "get_audience" not in caplog.text
    answer = client.post(MESSAGES, headers=KEY, json={"message": "x"})
    assert answer.status_code == 501
    Error.model_validate_json(answer.content)


def test_any_object_with_the_methods_will_do() -> None:
    class Duck:
        def get_audience(self, *, page_id: str) -> Reply[Audience]:
            return Reply(ANSWER, headers={"x-page": page_id})

    client = TestClient(build_app(architect.CONTRACT, Duck(), authenticate=Secrets("sesame")))
    answer = client.get(AUDIENCE, headers=KEY)
    assert (answer.status_code, answer.headers["x-page"]) == (200, "p1")


def test_authenticators_may_wait_and_forbid() -> None:
    async def authenticate(credentials: Credentials, requirement: Any) -> str | None:
        await asyncio.sleep(0)
        secret = credentials["apiKey"].value
        if secret == "known":
            raise ForbiddenError("Not on this page")
        return "me" if credentials["apiKey"].matches("sesame") else None

    handlers = Handlers()
    client = TestClient(build_app(architect.CONTRACT, handlers, authenticate=authenticate))
    assert client.get(AUDIENCE, headers=KEY).status_code == 200
    assert handlers.seen[2] == "me"
    assert client.get(AUDIENCE, headers={"x-api-key": "other"}).status_code == 401
    forbidden = client.get(AUDIENCE, headers={"x-api-key": "known"})
    assert (forbidden.status_code, forbidden.json()["detail"]) == (403, "Not on this page")


def test_the_document_is_served_as_it_is(client: TestClient) -> None:
    served = client.get("/openapi.json").json()
    assert served["paths"] == architect.DOCUMENT["paths"]
    assert served["servers"][0]["url"] == "/"
    assert "/openapi.json" in client.get("/docs").text
    closed = build_app(architect.CONTRACT, None, settings=Settings(document_path=None))
    assert TestClient(closed).get("/openapi.json").status_code == 404


def test_whatever_has_servers_of_its_own_is_served_here_as_well() -> None:
    there = [{"url": "https://files.example.com"}]
    operation = {"servers": there, "responses": {}}
    document = {
        "openapi": "3.2.0",
        "paths": {"/a": {"servers": there, "get": operation, "additionalOperations": {"COPY": operation}}},
        "components": {"pathItems": {"b": {"put": operation}}, "schemas": {"put": {"servers": 1}}},
    }
    served = with_server(document, "/root")
    here = [{"url": "/root", "description": "This server"}]
    item = served["paths"]["/a"]
    assert served["servers"] == here
    assert item["servers"] == item["get"]["servers"] == item["additionalOperations"]["COPY"]["servers"] == here + there
    assert served["components"]["pathItems"]["b"]["put"]["servers"] == here + there
    assert served["components"]["schemas"] == document["components"]["schemas"]  # type: ignore[index]
    assert operation["servers"] == there


def test_protocols_of_operations_are_left_out_as_those_of_the_document_are() -> None:
    document = {"swagger": "2.0", "schemes": ["https"], "paths": {"/a": {"get": {"schemes": ["wss"], "responses": {}}}}}
    served = with_server(document, "")
    assert served == {"swagger": "2.0", "basePath": "/", "paths": {"/a": {"get": {"responses": {}}}}}


def test_the_body_of_failures_can_be_replaced() -> None:
    settings = Settings(describe_failure=lambda failure, body: {**body, "detail": f"<{failure.status}>"})
    client = TestClient(build_app(architect.CONTRACT, None, settings=settings))
    assert client.get(AUDIENCE).json()["detail"] == "<401>"


def test_a_replacement_of_another_type_is_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(describe_failure=lambda failure, body: {"nope": 1})
    client = TestClient(build_app(architect.CONTRACT, None, settings=settings))
    Error.model_validate_json(client.get(AUDIENCE).content)
    assert "describe_failure" in caplog.text


def test_input_is_not_echoed(client: TestClient) -> None:
    for body in ('{"message": {"password": "hunter2"}}', '{"message": "x", "selectedElement": "hunter2"}'):
        answer = client.post(MESSAGES, headers={**KEY, "content-type": "application/json"}, content=body)
        assert answer.status_code == 400
        assert "hunter2" not in answer.text


def test_the_router_is_included_with_a_prefix_and_dependencies(handlers: Handlers) -> None:
    app = FastAPI()
    seen: list[str] = []
    router = build_router(architect.CONTRACT, handlers, authenticate=Secrets("sesame"))
    app.include_router(router, prefix="/api", dependencies=[Depends(lambda: seen.append("asked"))])
    client = TestClient(app)
    assert client.get(f"/api{AUDIENCE}", headers=KEY).status_code == 200
    assert handlers.seen[:2] == ("p1", "a1")
    assert seen == ["asked"]
    refused = client.put(f"/api{AUDIENCE}", headers=KEY)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


def test_the_application_is_mounted(handlers: Handlers) -> None:
    app = FastAPI()
    app.mount("/api", build_app(architect.CONTRACT, handlers, authenticate=Secrets("sesame")))
    client = TestClient(app)
    assert client.get("/api/v0/pages/a%2Fb/audiences/x", headers=KEY).status_code == 200
    assert handlers.seen[0] == "a/b"
    assert client.get("/api/openapi.json").json()["servers"][0]["url"] == "/api"


def test_depth_bombs_are_quick(client: TestClient) -> None:
    for bomb in (b"[" * 500_000, b'{"a":' * 100_000):
        headers = {**KEY, "content-type": "application/json"}
        assert client.post(MESSAGES, headers=headers, content=bomb).status_code == 400
