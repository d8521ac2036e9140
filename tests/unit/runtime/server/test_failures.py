"""Failures in the shapes that documents declare."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import pytest
from helpers import contract, mock, served
from pydantic import Field
from starlette.testclient import TestClient

from bothends.runtime.errors import StatusError
from bothends.runtime.model import Model
from bothends.runtime.operation import (
    Body,
    HeaderParameter,
    Json,
    Media,
    Operation,
    PathParameter,
    QueryParameter,
    Raises,
    Returns,
    Text,
)
from bothends.runtime.server.app import build_app
from bothends.runtime.types import Integer, Matching


class BirdError(Model, extra="forbid"):
    code: Annotated[str, Matching("^([A-Z][a-z]*)+$")]
    message: str
    details: dict[str, Any] | None = None


class Problem(Model):
    type: str | None = None
    title: str
    status: Integer
    detail: str | None = None
    errors: list[dict[str, Any]] | None = None


class Wrapped(Model):
    error: BirdError


BIRD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string", "pattern": "^([A-Z][a-z]*)+$"},
        "message": {"type": "string"},
        "details": {"type": "object"},
    },
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


class Entry(Model):
    loc: list[str | Integer]
    msg: str
    type: str


class Listed(Model):
    detail: list[Entry] | None = None


ENTRY: dict[str, Any] = {
    "type": "object",
    "required": ["loc", "msg", "type"],
    "properties": {
        "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        "msg": {"type": "string"},
        "type": {"type": "string"},
    },
}
LISTED: dict[str, Any] = {"type": "object", "properties": {"detail": {"type": "array", "items": ENTRY}}}


def schema_of(model: Any) -> dict[str, Any]:
    known = {
        BirdError: BIRD,
        Problem: PROBLEM,
        Listed: LISTED,
        Wrapped: {"type": "object", "required": ["error"], "properties": {"error": BIRD}},
        Odd: {
            "type": "object",
            "required": ["reason", "status", "requestId", "errors"],
            "additionalProperties": False,
            "properties": {
                "reason": {"type": "string", "maxLength": 3},
                "status": {"type": "string", "enum": ["ok", "failed"]},
                "requestId": {"type": "string", "minLength": 30},
                "errors": {"type": "array", "items": {"type": "string"}},
            },
        },
    }
    return known[model]


def operation(*raises: Raises) -> Operation[Any]:
    return Operation(
        key="list",
        method="GET",
        path="/things",
        parameters=(QueryParameter("limit", Integer, required=True),),
        returns=(Returns(status=200, media=(Json(int),)),),
        raises=raises,
    )


def document(responses: dict[str, Any]) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": {"/things": {"get": {"responses": responses}}}}


def raises(status: int | str, media: Media) -> Raises:
    return Raises(status=status, error=StatusError, media=(media,))


def failing(status: int | str, model: Any, media_type: str = "application/json", **more: Any) -> TestClient:
    content = {media_type: {"schema": schema_of(model), **more}}
    return mock(
        operation(raises(status, Json(model, media_type))), document=document({str(status): {"content": content}})
    )


def test_code_and_message() -> None:
    answer = failing(422, BirdError).get("/things?limit=x")
    assert answer.status_code == 422
    body = answer.json()
    assert BirdError.model_validate(body)
    assert body["code"] == "ValidationError"
    assert body["message"].startswith("query limit: ")
    assert body["details"]["issues"][0]["field"] == "limit"


def test_problem_details() -> None:
    answer = failing("4XX", Problem, "application/problem+json").get("/things?limit=x")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["title"], body["status"], body["type"]) == ("Bad Request", 400, "about:blank")
    assert body["errors"][0]["issues"][0]["path"] == ["limit"]


def test_an_error_one_level_down() -> None:
    body = failing("default", Wrapped).get("/things").json()
    assert body["error"]["code"] == "ValidationError"
    assert body["error"]["message"] == "query limit: is required"


def test_the_structure_of_a_documented_example_is_imitated() -> None:
    example = {"title": "x", "status": 400, "errors": [{"pointer": "/a", "detail": "wrong", "more": 1}]}
    body = failing(400, Problem, example=example).get("/things?limit=x").json()
    assert body["title"] == "x"
    assert body["errors"] == [{"pointer": "/limit", "detail": "Input should be a valid integer"}]


def test_stale_details_of_an_example_are_left_out() -> None:
    example = {"title": "Bad", "status": 400, "errors": [{"pointer": "/a", "detail": "wrong"}]}
    content = {"application/json": {"schema": schema_of(Problem), "example": example}}

    def handle(*, limit: int) -> int:
        raise StatusError("Too many", status=400)

    client = served(operation(raises(400, Json(Problem))), handle, document({"400": {"content": content}}))
    body = client.get("/things?limit=1").json()
    assert body == {"title": "Bad", "status": 400, "detail": "Too many"}


def test_texts() -> None:
    client = mock(operation(raises(400, Text())), document=document({"400": {"content": {"text/plain": {}}}}))
    answer = client.get("/things")
    assert (answer.status_code, answer.text) == (400, "Bad Request: query limit: is required")
    assert answer.headers["content-type"].startswith("text/plain")


def test_problems_that_are_listed_where_others_have_a_message() -> None:
    app = failing(422, Listed)
    (entry,) = app.get("/things?limit=x").json()["detail"]
    assert (entry["loc"], entry["type"]) == (["query", "limit"], "integer")
    assert "integer" in entry["msg"]
    (nowhere,) = app.get("/nowhere").json()["detail"]
    assert nowhere == {"loc": [], "msg": "There is nothing at this path", "type": "not_found"}


def test_responses_without_a_body() -> None:
    answer = mock(operation(Raises(status=400, error=StatusError)), document=document({"400": {}})).get("/things")
    assert (answer.status_code, answer.content) == (400, b"")


def test_nothing_documented() -> None:
    answer = mock(operation()).get("/things")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"] == [{"in": "query", "path": ["limit"], "detail": "is required", "code": "missing"}]


def test_the_nearest_shape_serves_other_statuses() -> None:
    answer = failing(404, BirdError).get("/things")
    assert answer.status_code == 400
    assert answer.json()["code"] == "ValidationError"


class Odd(Model, extra="forbid"):
    reason: Annotated[str, Field(max_length=3)]
    status: Annotated[str, Field(pattern="^(ok|failed)$")]
    requestId: Annotated[str, Field(min_length=30)]  # noqa: N815
    errors: list[str]


def test_a_shape_that_fits_badly_is_still_kept() -> None:
    body = failing(400, Odd).get("/things").json()
    assert Odd.model_validate(body)
    assert body["errors"] == ["query limit: is required"]


def test_required_headers_are_there() -> None:
    headers = (HeaderParameter("X-Limit", Integer, required=True),)
    found = Raises(status=400, error=StatusError, media=(Json(Problem),), headers=headers)
    content = {"application/json": {"schema": schema_of(Problem)}}
    documented = {"400": {"content": content, "headers": {"X-Limit": {"schema": {"type": "integer", "minimum": 7}}}}}
    answer = mock(operation(found), document=document(documented)).get("/things")
    assert answer.headers["x-limit"] == "10"


@pytest.mark.parametrize("status", [401, 403])
def test_missing_credentials_are_always_401(status: int) -> None:
    found = (raises(status, Json(Problem)),)
    secured = Operation[Any](key="k", method="GET", path="/things", raises=found, security=({"none": ()},))
    answer = TestClient(build_app(contract(secured), None)).get("/things")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("query", "content", "status"),
    [
        ("?limit=1", '{"code": 1}', 422),
        ("?limit=x", '{"code": "A", "message": "m"}', 422),
        ("", '{"code": "A", "message": "m"}', 422),
        ("?limit=1", "{", 400),
        ("?limit=x", "{", 400),
    ],
)
def test_what_was_read_and_refused_is_422_where_the_document_tells_it_from_400(
    query: str, content: str, status: int
) -> None:
    both = operation(raises(400, Json(BirdError)), raises(422, Json(BirdError)))
    adding = replace(both, method="POST", body=Body((Json(BirdError),)))
    answer = mock(adding).post(f"/things{query}", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == status


@pytest.mark.parametrize(("documented", "status"), [((404,), 404), ((404, 400), 400), ((404, "4XX"), 400), ((), 400)])
def test_a_path_that_cannot_be_one_is_not_found_where_nothing_else_is_documented(
    documented: tuple[int | str, ...], status: int
) -> None:
    raises = tuple(Raises(status=one, error=StatusError, media=(Json(Problem),)) for one in documented)
    returns = (Returns(status=204),)
    operation = Operation[Any](
        key="k",
        method="GET",
        path="/a/{id}",
        parameters=(PathParameter("id", Integer), QueryParameter("n", Integer)),
        returns=returns,
        raises=raises,
    )
    client = served(operation, lambda **_: None)
    assert client.get("/a/x").status_code == status
    assert client.get("/a/x").json()["status"] == status
    assert client.get("/a/1?n=x").status_code == 400
    assert client.get("/a/x?n=x").status_code == 400


def _lending(*documented: Any) -> TestClient:
    """Return operations with a failure of each type, and one without any."""
    each = [
        replace(operation(raises(400, Json(model))), key=f"o{number}", path=f"/{number}")
        for number, model in enumerate(documented)
    ]
    paths = {
        f"/{number}": {
            "get": {"responses": {"400": {"content": {"application/json": {"schema": schema_of(model)}}}}},
        }
        for number, model in enumerate(documented)
    }
    silent = replace(operation(), path="/silent")
    return mock(*each, silent, document={"openapi": "3.1.0", "paths": paths})


def test_an_operation_that_documents_no_failure_has_the_shape_of_most_others() -> None:
    answer = _lending(BirdError, BirdError, Wrapped).get("/silent")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/json")
    BirdError.model_validate_json(answer.content)


@pytest.mark.parametrize("documented", [(), (BirdError, Wrapped)])
def test_without_a_shape_that_most_have_it_is_problem_details(documented: Any) -> None:
    answer = _lending(*documented).get("/silent")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
