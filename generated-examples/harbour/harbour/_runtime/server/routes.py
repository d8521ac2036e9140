"""Routes of Starlette and FastAPI that keep an encoded slash within its argument."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Message, Receive, Scope, Send

from .routing import raw_path
from .service import Service


class RawRoute(APIRoute):
    """A route of FastAPI that an encoded slash in an argument does not lead astray."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match the path as it came; else, as FastAPI does, the decoded one."""
        raw = scope.get("raw_path") if scope["type"] == "http" else None
        if raw and b"%2" in raw:
            path = raw.decode("latin-1").partition("?")[0]
            match, child = super().matches({**scope, "path": path})
            if match is not Match.NONE:
                given = child["path_params"].items()
                child["path_params"] = {name: unquote(value) for name, value in given}
                return match, child
        return super().matches(scope)


class DocumentRoute(BaseRoute):
    """All paths of a document as one route of Starlette."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what the document has a path for, whatever the method."""
        if scope["type"] != "http":
            return Match.NONE, {}
        found = self._service.find(raw_path(scope), scope["method"])
        if found is None:
            return Match.NONE, {}
        return Match.FULL, {"path_params": {}, "bothends.found": found}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        request = Request(scope, receive, send)
        response = await self._service.answer(request, scope["bothends.found"])
        if scope["method"] == "HEAD":
            send = _without_body(send)
        await response(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sent
