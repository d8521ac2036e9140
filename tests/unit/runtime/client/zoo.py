"""A small client by hand, in the shape of generated ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Unpack

import httpx2

from bothends.runtime import errors
from bothends.runtime.client.base import AsyncBaseClient, BaseClient
from bothends.runtime.client.options import AsyncClientOptions, CallOptions, ClientOptions
from bothends.runtime.client.resource import AsyncResource, AsyncStream, Resource, Stream
from bothends.runtime.client.security import ApiKey, HttpScheme, OAuth2
from bothends.runtime.client.servers import Server
from bothends.runtime.model import Model
from bothends.runtime.operation import (
    Binary,
    Body,
    Events,
    Form,
    HeaderParameter,
    Items,
    Json,
    JsonLines,
    Multipart,
    Operation,
    Part,
    PathParameter,
    QueryParameter,
    Raises,
    Returns,
    Text,
)
from bothends.runtime.types import Int16


class Animal(Model):
    name: str
    kind: Literal["cat", "dog"] = "cat"
    age: Int16 | None = None


class Problem(Model):
    title: str
    detail: str | None = None


class Sheet(Model):
    title: str
    scan: bytes
    tags: list[str] | None = None


class NotFound(errors.StatusError):
    status = 404
    body: Problem


class Conflict(errors.StatusError):
    status = 409
    body: Problem


FAILURES = (
    Raises(status=404, error=NotFound, media=(Json(Problem, "application/problem+json"),)),
    Raises(status=409, error=Conflict, media=(Json(Problem),)),
)
GET: Operation[Animal] = Operation(
    key="getAnimal",
    method="GET",
    path="/animals/{id}",
    parameters=(
        PathParameter("animal_id", wire="id"),
        QueryParameter("fields", list[str], explode=False),
        HeaderParameter("trace", wire="X-Trace"),
    ),
    returns=(Returns(status=200, media=(Json(Animal),), headers=(HeaderParameter("X-Left", int),)),),
    raises=FAILURES,
    security=({"key": ()}, {"access": ()}),
)
ADD: Operation[Animal] = Operation(
    key="addAnimal",
    method="POST",
    path="/animals",
    body=Body((Json(Animal), Form(Animal))),
    returns=(Returns(status=201, media=(Json(Animal),)), Returns(status=202, media=(Json(Animal),))),
    raises=FAILURES,
)
REMOVE: Operation[None] = Operation(
    key="removeAnimal",
    method="DELETE",
    path="/animals/{id}",
    parameters=(PathParameter("animal_id", wire="id"),),
    returns=(Returns(status=204),),
)
WATCH: Operation[Items[Animal]] = Operation(
    key="watch", method="GET", path="/watch", returns=(Returns(status=200, media=(Events(Animal),)),)
)
EXPORT: Operation[Items[Animal]] = Operation(
    key="export", method="GET", path="/export", returns=(Returns(status=200, media=(JsonLines(Animal),)),)
)
PHOTO: Operation[bytes] = Operation(
    key="photo", method="GET", path="/photo", returns=(Returns(status=200, media=(Binary("image/*"),)),)
)
NOTE: Operation[str] = Operation(
    key="note",
    method="PUT",
    path="/note",
    body=Body((Text(),), required=False),
    returns=(Returns(status=200, media=(Text(),)),),
)
UPLOAD: Operation[None] = Operation(
    key="upload",
    method="POST",
    path="/sheets",
    body=Body((Multipart(Sheet, parts=(Part(name="scan", binary=True, media_type="image/png, image/jpeg"),)),)),
    returns=(Returns(status=204),),
)
RAW: Operation[None] = Operation(
    key="raw", method="PUT", path="/raw", body=Body((Binary(),)), returns=(Returns(status=204),)
)
ME: Operation[Animal] = Operation(
    key="me",
    method="GET",
    path="/me",
    returns=(Returns(status=200, media=(Json(Animal),)),),
    security=({"oauth": ("read",)},),
)

SERVERS = (
    Server(url="https://zoo.test/v1", name="live"),
    Server(url="https://{region}.zoo.test", name="regional", variables={"region": ("eu", ("eu", "us"))}),
)
SCHEMES = {
    "key": ApiKey(name="key", place="query", argument="key", environment="ZOO_KEY"),
    "access": HttpScheme(scheme="AccessKey", argument="access", environment="ZOO_ACCESS"),
    "oauth": OAuth2(token_url="https://login.test/token", argument="oauth", environment="ZOO_OAUTH"),
}


class Animals(Resource):
    def get(
        self,
        animal_id: str,
        *,
        fields: list[str] | None = None,
        trace: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Animal:
        return self._call(GET, {"animal_id": animal_id, "fields": fields, "trace": trace}, options)

    def add(self, *, body: Any, **options: Unpack[CallOptions]) -> Animal:
        return self._call(ADD, {}, options, body)

    def remove(self, animal_id: str, **options: Unpack[CallOptions]) -> None:
        return self._call(REMOVE, {"animal_id": animal_id}, options)

    def watch(self, **options: Unpack[CallOptions]) -> Stream[Animal]:
        return self._stream(WATCH, {}, options)

    def export(self, **options: Unpack[CallOptions]) -> Stream[Animal]:
        return self._stream(EXPORT, {}, options)

    def photo(self, **options: Unpack[CallOptions]) -> bytes:
        return self._call(PHOTO, {}, options)

    def note(self, *, body: str | None = None, **options: Unpack[CallOptions]) -> str:
        return self._call(NOTE, {}, options, body)

    def upload(self, *, body: Any, **options: Unpack[CallOptions]) -> None:
        return self._call(UPLOAD, {}, options, body)

    def raw(self, *, body: Any, **options: Unpack[CallOptions]) -> None:
        return self._call(RAW, {}, options, body)

    def me(self, **options: Unpack[CallOptions]) -> Animal:
        return self._call(ME, {}, options)


class AsyncAnimals(AsyncResource):
    async def get(self, animal_id: str, **options: Unpack[CallOptions]) -> Animal:
        return await self._call(GET, {"animal_id": animal_id}, options)

    async def add(self, *, body: Any, **options: Unpack[CallOptions]) -> Animal:
        return await self._call(ADD, {}, options, body)

    async def watch(self, **options: Unpack[CallOptions]) -> AsyncStream[Animal]:
        return await self._stream(WATCH, {}, options)

    async def upload(self, *, body: Any, **options: Unpack[CallOptions]) -> None:
        return await self._call(UPLOAD, {}, options, body)

    async def raw(self, *, body: Any, **options: Unpack[CallOptions]) -> None:
        return await self._call(RAW, {}, options, body)

    async def me(self, **options: Unpack[CallOptions]) -> Animal:
        return await self._call(ME, {}, options)

    async def photo(self, **options: Unpack[CallOptions]) -> bytes:
        return await self._call(PHOTO, {}, options)


class Zoo(BaseClient):
    def __init__(
        self, *, key: Any = None, access: Any = None, oauth: Any = None, **options: Unpack[ClientOptions]
    ) -> None:
        super().__init__(
            servers=SERVERS,
            schemes=SCHEMES,
            credentials={"key": key, "access": access, "oauth": oauth},
            environment="ZOO",
            options=options,
        )

    @property
    def animals(self) -> Animals:
        return Animals(self)


class AsyncZoo(AsyncBaseClient):
    def __init__(
        self, *, key: Any = None, access: Any = None, oauth: Any = None, **options: Unpack[AsyncClientOptions]
    ) -> None:
        super().__init__(
            servers=SERVERS,
            schemes=SCHEMES,
            credentials={"key": key, "access": access, "oauth": oauth},
            environment="ZOO",
            options=options,
        )

    @property
    def animals(self) -> AsyncAnimals:
        return AsyncAnimals(self)


Handler = Callable[[httpx2.Request], httpx2.Response]


def zoo(handler: Handler, **options: Any) -> Zoo:
    options.setdefault("access", "sesame-street")
    return Zoo(http_client=httpx2.Client(transport=httpx2.MockTransport(handler)), **options)


def async_zoo(handler: Handler, **options: Any) -> AsyncZoo:
    options.setdefault("access", "sesame-street")
    return AsyncZoo(http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(handler)), **options)


class Script:
    """A handler that answers with one response after the other, and keeps the requests."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer(request)
        if isinstance(answer, httpx2.Response):
            # A response can be sent once only.
            return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)
        status, body = answer
        return httpx2.Response(status, json=body)

    @property
    def last(self) -> httpx2.Request:
        return self.requests[-1]


CAT = {"name": "Tom"}
