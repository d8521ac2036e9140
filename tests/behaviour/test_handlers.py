"""Servers with handlers of their own: what they may return and raise, who may call, and what a failure looks like."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

import pytest

from support.exchange import ask, call
from support.packages import Package

AUDIENCE = "/v0/pages/page_1/audiences/audience_1"
MESSAGES = f"{AUDIENCE}/messages"
KEY = {"x-api-key": "abcd"}
NOON = dt.datetime(2024, 11, 25, 12, tzinfo=dt.UTC)
STORED = {
    "actionFormIdOverride": None,
    "actionFormInstructionsOverride": None,
    "actionUrlOverride": None,
    "archivedAt": None,
    "audienceId": "audience_1",
    "computedName": "Visitors",
    "createdAt": "2024-11-25T12:00:00Z",
    "customName": None,
    "effectiveName": "Visitors",
    "flags": ["home_page"],
    "isNewPageAgent": False,
    "latestVersion": None,
    "pageId": "page_1",
    "personId": None,
    "personRouteKey": None,
    "publishedVersion": None,
    "status": "draft",
    "supplementaryContext": None,
}


def admit(credentials: Any, requirement: Any) -> Any:
    return "someone" if credentials["apiKey"].matches("abcd") else None


def application(architect: Package, **methods: Any) -> Any:
    """Return an application with the given methods as handlers."""
    server = architect.load("server")
    handlers = type("Handlers", (server.Handlers,), methods)()
    return server.create_app(handlers, authenticate=admit)


def stored(architect: Package) -> Any:
    return architect.load("schemas").PostAudience.model_validate_json(json.dumps(STORED))


def test_async_and_plain_methods_answer_alike(architect: Package) -> None:
    schemas = architect.load("schemas")
    seen: list[Any] = []

    async def get_audience(self: Any, *, page_id: str, audience_id: str) -> Any:
        seen.append((page_id, audience_id))
        return stored(architect)

    def send_audience_message(self: Any, *, page_id: str, audience_id: str, body: Any) -> Any:
        seen.append((page_id, audience_id, body))
        return schemas.PostMessage(accepted=True, audience_id=audience_id, client_message_id="c", version_id="v")

    app = application(architect, get_audience=get_audience, send_audience_message=send_audience_message)

    async def use(client: Any) -> Any:
        message = schemas.CreateMessageRequest(message="hi")
        return (
            await client.audiences.get_audience("page_1", "a/b ü"),
            await client.audience_messages.send_audience_message("page_1", "audience_1", body=message),
        )

    audience, accepted = call(architect, app, use, api_key="abcd")
    assert audience == stored(architect)
    assert audience.created_at == NOON
    assert accepted.accepted is True
    assert seen == [("page_1", "a/b ü"), ("page_1", "audience_1", schemas.CreateMessageRequest(message="hi"))]


def test_a_method_that_was_written_for_fewer_parameters_goes_on_working(architect: Package) -> None:
    app = application(architect, get_audience=lambda self, *, audience_id: stored(architect))

    async def use(client: Any) -> Any:
        return await client.audiences.get_audience("page_1", "audience_1")

    assert call(architect, app, use, api_key="abcd") == stored(architect)


def test_what_a_handler_raises_arrives_as_the_same_exception(architect: Package) -> None:
    errors, schemas = architect.load("errors"), architect.load("schemas")
    body = schemas.Error(
        code="NOT_FOUND",
        detail="Audience not found",
        request_id="req_7",
        status=404,
        title="Not Found",
        type="https://api.tryarchitect.com/errors/not_found",
    )

    async def get_audience(self: Any, *, page_id: str, audience_id: str) -> Any:
        raise errors.NotFound(body, headers={"X-Request-ID": "req_7"})

    async def use(client: Any) -> Any:
        return await client.audiences.get_audience("page_1", "audience_1")

    with pytest.raises(errors.NotFound, match=r"getAudience: 404 .*Audience not found.*req_7") as caught:
        call(architect, application(architect, get_audience=get_audience), use, api_key="abcd")
    assert caught.value.body == body
    assert caught.value.request_id == "req_7"


def test_a_raised_error_without_a_body_gets_the_declared_one(architect: Package) -> None:
    errors = architect.load("errors")

    def get_audience(self: Any, **given: Any) -> Any:
        raise errors.NotFound("no audience of that name")

    answer = ask(application(architect, get_audience=get_audience), "GET", AUDIENCE, headers=KEY)
    assert answer.status_code == 404
    error = architect.load("schemas").Error.model_validate_json(answer.content)
    assert (error.code, error.detail, error.status) == ("NOT_FOUND", "no audience of that name", 404)


def test_what_is_not_implemented_is_501(architect: Package, caplog: pytest.LogCaptureFixture) -> None:
    app = application(architect, get_audience=lambda self, **given: stored(architect))
    answer = ask(app, "POST", MESSAGES, headers=KEY, json={"message": "hi"})
    assert answer.status_code == 501
    error = architect.load("schemas").Error.model_validate_json(answer.content)
    assert error.status == 501
    assert "send_audience_message" in caplog.text
    assert "get_audience" not in caplog.text


@pytest.mark.parametrize(
    "result",
    [{**STORED, "status": "unknown"}, {}, None, "text", b"octets", 3, [STORED], {**STORED, "personId": 5}],
    ids=lambda result: str(result)[:12],
)
def test_a_value_that_breaks_the_contract_is_500_in_the_declared_shape(
    architect: Package, result: Any, caplog: pytest.LogCaptureFixture
) -> None:
    app = application(architect, get_audience=lambda self, **given: result)
    with caplog.at_level(logging.ERROR, "bothends.server"):
        answer = ask(app, "GET", AUDIENCE, headers=KEY)
    assert answer.status_code == 500
    error = architect.load("schemas").Error.model_validate_json(answer.content)
    assert (error.code, error.detail) == ("INTERNAL", "An unexpected error occurred")
    assert "getAudience" in caplog.text


def test_what_a_handler_lets_escape_stays_inside(architect: Package, caplog: pytest.LogCaptureFixture) -> None:
    def get_audience(self: Any, **given: Any) -> Any:
        raise RuntimeError("the password is hunter2")

    answer = ask(application(architect, get_audience=get_audience), "GET", AUDIENCE, headers=KEY)
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "hunter2" in caplog.text


def test_a_dict_is_as_good_as_a_model(architect: Package) -> None:
    app = application(architect, get_audience=lambda self, **given: STORED)
    assert ask(app, "GET", AUDIENCE, headers=KEY).json() == STORED


@pytest.mark.parametrize(
    ("headers", "said"), [({}, "Authentication is required"), ({"x-api-key": "wrong"}, "were not accepted")]
)
def test_who_is_not_authenticated_is_refused(architect: Package, headers: dict[str, str], said: str) -> None:
    seen: list[Any] = []
    app = application(architect, get_audience=lambda self, **given: seen.append(given))
    answer = ask(app, "GET", AUDIENCE, headers=headers)
    assert answer.status_code == 401
    assert "x-api-key" in answer.headers["www-authenticate"]
    error = architect.load("schemas").Error.model_validate_json(answer.content)
    assert error.code == "UNAUTHORIZED"
    assert said in error.detail
    assert seen == []


def test_who_is_known_and_not_allowed_is_forbidden(architect: Package) -> None:
    server, errors = architect.load("server"), architect.load("errors")

    async def authenticate(credentials: Any, requirement: Any) -> Any:
        raise server.ForbiddenError("not this page")

    app = server.create_app(server.Handlers(), authenticate=authenticate)

    async def use(client: Any) -> Any:
        return await client.audiences.get_audience("page_1", "audience_1")

    with pytest.raises(errors.Forbidden) as caught:
        call(architect, app, use, api_key="abcd")
    assert (caught.value.body.code, caught.value.body.detail) == ("FORBIDDEN", "not this page")


def test_without_a_way_to_authenticate_nobody_gets_in(architect: Package) -> None:
    server = architect.load("server")
    assert ask(server.create_app(server.Handlers()), "GET", AUDIENCE, headers=KEY).status_code == 401


def test_the_handler_knows_who_calls(architect: Package) -> None:
    server = architect.load("server")

    def get_audience(self: Any, **given: Any) -> Any:
        context = server.Context.current()
        return {**STORED, "customName": f"{context.principal} via {context.request.headers['user-agent']}"}

    answer = ask(
        application(architect, get_audience=get_audience), "GET", AUDIENCE, headers={**KEY, "user-agent": "test"}
    )
    assert answer.json()["customName"] == "someone via test"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, ["message"]),
        ({"message": ""}, ["message"]),
        ({"message": "x" * 50_001}, ["message"]),
        ({"message": None}, ["message"]),
        ({"message": "hi", "clientMessageId": None}, ["clientMessageId"]),
        ({"message": "hi", "unknown": 1}, ["unknown"]),
        ({"message": "hi", "selectedElement": {"blockId": "b"}}, ["selectedElement", "elementId"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_with_a_body_is_said_as_the_document_says_it(
    architect: Package, body: Any, path: list[str]
) -> None:
    seen: list[Any] = []
    app = application(architect, send_audience_message=lambda self, **given: seen.append(given))
    answer = ask(app, "POST", MESSAGES, headers=KEY, json=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    error = architect.load("schemas").Error.model_validate_json(answer.content)
    assert (error.code, error.status, error.title) == ("VALIDATION_ERROR", 400, "Bad Request")
    assert error.detail.startswith("body")
    (group,) = answer.json()["details"]
    assert group["field"] == "body"
    assert path in [issue["path"] for issue in group["issues"]]
    assert seen == []


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"message": NaN}', "application/json", 400),
        (b"message=hi", "application/x-www-form-urlencoded", 415),
        (b'{"message": "hi"}', "", 415),
        (b'{"message": "hi"}', "application/json; charset=latin-1", 415),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_declared_shape(
    architect: Package, content: bytes, media_type: str, status: int
) -> None:
    headers = {**KEY, "content-type": media_type} if media_type else KEY
    answer = ask(application(architect), "POST", MESSAGES, headers=headers, content=content)
    assert answer.status_code == status
    architect.load("schemas").Error.model_validate_json(answer.content)


def test_paths_and_methods_that_do_not_exist(architect: Package) -> None:
    app, error = application(architect), architect.load("schemas").Error
    missing = ask(app, "GET", "/v0/elsewhere")
    wrong = ask(app, "DELETE", AUDIENCE)
    assert (missing.status_code, error.model_validate_json(missing.content).code) == (404, "NOT_FOUND")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET")
    assert error.model_validate_json(wrong.content).status == 405


def test_the_source_document_is_served(architect: Package) -> None:
    served = ask(application(architect), "GET", "/openapi.json").json()
    assert served["info"]["title"] == "Architect - Customer API"
    assert set(served["paths"]) == {
        f"/v0/pages/{{page_id}}/audiences/{{audience_id}}{end}" for end in ("", "/messages")
    }
    assert served["components"]["schemas"]["Error"]["properties"]["status"] == {"example": 400, "type": "number"}


def test_the_application_is_mounted_and_included(architect: Package) -> None:
    from fastapi import FastAPI

    server = architect.load("server")
    handlers = type("Handlers", (server.Handlers,), {"get_audience": lambda self, **given: STORED})()
    outer = FastAPI()
    outer.mount("/mounted", server.create_app(handlers, authenticate=admit))
    outer.include_router(server.create_router(handlers, authenticate=admit), prefix="/included")
    for prefix in ("/mounted", "/included"):
        assert ask(outer, "GET", f"{prefix}{AUDIENCE}", headers=KEY).json() == STORED
