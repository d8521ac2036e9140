"""The Architect document by hand, in the shape that generated packages have."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from bothends.runtime.errors import StatusError
from bothends.runtime.model import Model
from bothends.runtime.operation import Body, Json, Operation, PathParameter, Raises, Returns
from bothends.runtime.server.app import Contract
from bothends.runtime.server.handlers import MaybeAwaitable, Route
from bothends.runtime.server.security import ApiKey
from bothends.runtime.types import Boolean, DateTime, Integer, Matching, Number

SPEC = Path(__file__).parents[4] / "specs/architect-customer-api/openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
PATTERN = DOCUMENT["components"]["schemas"]["UnnamedSchema"]["pattern"]
Timestamp = Annotated[DateTime, Matching(PATTERN)]


class ErrorCode(StrEnum):
    UNAUTHORIZED = "UNAUTHORIZED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    VALIDATION_ERROR = "VALIDATION_ERROR"
    CONFLICT = "CONFLICT"
    RATE_LIMITED = "RATE_LIMITED"
    INTERNAL = "INTERNAL"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"


class Error(Model):
    code: ErrorCode
    detail: str
    details: list[dict[str, Any]] | dict[str, Any] | None = None
    request_id: Annotated[str, Field(alias="requestId")]
    status: Number
    title: str
    type: str


class SelectedElement(Model, extra="forbid"):
    block_id: Annotated[str, Field(alias="blockId", max_length=200)]
    component_index: Annotated[Integer | None, Field(alias="componentIndex", ge=0)] = None


class CreateMessageRequest(Model, extra="forbid"):
    message: Annotated[str, Field(min_length=1, max_length=50000)]
    client_message_id: Annotated[str | None, Field(alias="clientMessageId", min_length=1, max_length=100)] = None
    selected_element: Annotated[SelectedElement | None, Field(alias="selectedElement")] = None


class PostMessage(Model):
    accepted: Boolean
    audience_id: Annotated[str, Field(alias="audienceId")]


class Audience(Model):
    audience_id: Annotated[str, Field(alias="audienceId")]
    created_at: Annotated[Timestamp, Field(alias="createdAt")]
    archived_at: Annotated[Timestamp | None, Field(alias="archivedAt")]
    flags: list[str]


class BadRequestError(StatusError):
    status = 400


class UnauthorizedError(StatusError):
    status = 401


class NotFoundError(StatusError):
    status = 404


class RateLimitedError(StatusError):
    status = 429


class InternalError(StatusError):
    status = 500


RAISES = tuple(
    Raises(status=error.status, error=error, media=(Json(Error),))
    for error in (BadRequestError, UnauthorizedError, NotFoundError, RateLimitedError, InternalError)
)


@cache
def get_audience() -> Operation[Audience]:
    return Operation(
        key="getAudience",
        method="GET",
        path="/v0/pages/{page_id}/audiences/{audience_id}",
        parameters=(PathParameter("page_id"), PathParameter("audience_id")),
        returns=(Returns(status=200, media=(Json(Audience),)),),
        raises=RAISES,
        security=({"apiKey": ()},),
    )


@cache
def send_audience_message() -> Operation[PostMessage]:
    return Operation(
        key="sendAudienceMessage",
        method="POST",
        path="/v0/pages/{page_id}/audiences/{audience_id}/messages",
        parameters=(PathParameter("page_id"), PathParameter("audience_id")),
        body=Body((Json(CreateMessageRequest),)),
        returns=(Returns(status=202, media=(Json(PostMessage),)),),
        raises=RAISES,
        security=({"apiKey": ()},),
    )


class Handlers:
    def get_audience(self, *, page_id: str, audience_id: str) -> MaybeAwaitable[Audience]:
        raise NotImplementedError

    def send_audience_message(
        self, *, page_id: str, audience_id: str, body: CreateMessageRequest
    ) -> MaybeAwaitable[PostMessage]:
        raise NotImplementedError


CONTRACT = Contract(
    package="",
    handlers=Handlers,
    routes=(Route("get_audience", get_audience), Route("send_audience_message", send_audience_message)),
    schemes={"apiKey": ApiKey("x-api-key", "header")},
    document=DOCUMENT,
)
