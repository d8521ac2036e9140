"""All operations of a document, ready to answer, wherever they are routed from.

Comes in: the contract that a generated package states, handlers, and settings. Goes
out: what stands at a path, and its answers.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..operation import Json, Operation
from .document import JsonObject, ServedDocument
from .endpoint import Endpoint
from .failure import FailureError, phrase
from .failures import Failures, problem_details
from .handlers import Route
from .mock.answers import Mock
from .mock.state.answers import Memory
from .mock.state.shapes import shapes_of
from .mock.state.store import Store
from .mock.trouble import Trouble
from .routing import Found, Place, Table, raw_path
from .security import (
    Authenticate,
    Guard,
    Scheme,
    any_well_formed,
    credential_names,
)
from .settings import Settings
from .sharing import answer_of_one, preference

_logger = logging.getLogger("bothends.server")
# So large a part of those that document failures has to agree for others to follow.
_MOST = 0.5


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What a generated package says of itself.

    ``handlers`` is the generated base class. ``package`` holds ``openapi.json``;
    ``document`` replaces it.
    """

    package: str
    handlers: type
    routes: tuple[Route, ...]
    schemes: Mapping[str, Scheme]
    document: JsonObject | None = None


class Service:
    """All operations of a document, ready to answer."""

    def __init__(
        self,
        contract: Contract,
        handlers: object | None,
        authenticate: Authenticate | None,
        settings: Settings,
    ) -> None:
        self.document = ServedDocument(
            contract.package, settings.seed, contract.document
        )
        self.table = Table[Endpoint]()
        self._contract = contract
        self._settings = settings
        self._authenticate = authenticate or (
            any_well_formed if handlers is None else None
        )
        operations = [route.operation() for route in contract.routes]
        self._credentials = credential_names(contract.schemes)
        self._trouble = Trouble(settings)
        self._memories = _memories(operations, self.document, settings)
        routed = zip(contract.routes, operations, strict=True)
        for route, operation in sorted(routed, key=lambda it: preference(it[1].path)):
            endpoint = self._endpoint(route, operation, handlers)
            self.table.add(operation.method, operation.path, endpoint)
        if handlers is not None:
            self._report(handlers)

    def find(self, path: str, method: str) -> Found[Endpoint] | None:
        """Return what stands at a raw path, for a method where that matters."""
        return self.table.find(path, method)

    def places(self) -> list[Place[Endpoint]]:
        """Return all paths."""
        return self.table.places

    async def answer(self, request: Request, found: Found[Endpoint]) -> Response:
        """Return the response of what stands at the path of a request."""
        methods = found.place.methods
        method = request.method
        endpoints = methods.get(method)
        if endpoints is None and method == "HEAD":
            endpoints = methods.get("GET")
        if endpoints is not None and len(endpoints) == 1:
            return await endpoints[0](request, found.values)
        if endpoints is not None:
            limit = self._settings.max_upload
            return await answer_of_one(endpoints, request, found.values, limit)
        allow = {"Allow": ", ".join(sorted(methods))}
        if method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        failure = FailureError(405, "The method is not allowed here", headers=allow)
        return next(iter(methods.values()))[0].failures.response(failure)

    def endpoint_of(
        self, place: Place[Endpoint]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return the function that answers at one path, wherever it is mounted."""
        depth = place.template.count("/")

        async def answer(request: Request) -> Response:
            segments = raw_path(request.scope).split("/")[-depth:]
            found = self.find("/" + "/".join(segments), request.method)
            if found is None:
                raise HTTPException(404)
            return await self.answer(request, found)

        return answer

    async def not_found(self, request: Request, error: Exception) -> Response:
        """Return what nothing else answers, in the commonest shape of the document."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        detail = error.detail if isinstance(error, HTTPException) else ""
        if status == 404 and detail == phrase(404):
            detail = "There is nothing at this path"
        failure = FailureError(status, str(detail or phrase(status)), headers=headers)
        failures = self._commonest[0]
        return failures.response(failure) if failures else problem_details(failure)

    def _usual(self) -> Failures | None:
        """Return the commonest failures, if most operations with failures have them."""
        failures, share = self._commonest
        return failures if share > _MOST else None

    @cached_property
    def _commonest(self) -> tuple[Failures | None, float]:
        """What makes the commonest failures, and how large a part has the same."""
        endpoints = [
            endpoint
            for place in self.places()
            for endpoints in place.methods.values()
            for endpoint in endpoints
            if any(
                isinstance(m, Json)
                for one in endpoint.operation.raises
                for m in one.media
            )
        ]
        if not endpoints:
            return None, 0
        count = Counter(_error_types(endpoint.operation) for endpoint in endpoints)
        commonest = max(count.values())
        failures = next(
            endpoint.failures
            for endpoint in endpoints
            if count[_error_types(endpoint.operation)] == commonest
        )
        return failures, commonest / len(endpoints)

    def _endpoint(
        self, route: Route, operation: Operation[Any], handlers: object | None
    ) -> Endpoint:
        failures = Failures(operation, self.document, self._settings, self._usual)
        memory = self._memories.get(operation.key)
        mock = Mock(operation, self.document, failures, memory)
        guard = Guard(self._contract.schemes, operation.security, self._authenticate)
        return Endpoint(
            operation,
            self._handler(route.handler, handlers),
            mock if handlers is None else None,
            guard,
            failures,
            self._settings,
            self._credentials,
            self._trouble,
            partial(self.document.callbacks, operation.method, operation.path),
        )

    def _handler(self, name: str, handlers: object | None) -> Callable[..., Any] | None:
        """Return the method for an operation, unless it is the generated one."""
        generated = getattr(self._contract.handlers, name, None)
        found: Callable[..., Any] | None = getattr(handlers, name, None)
        missing = found is None or getattr(found, "__func__", found) is generated
        return None if missing else found

    def _report(self, handlers: object) -> None:
        """Say what will be refused, for whoever starts the server."""
        if self._authenticate is None and any(
            not endpoint.is_open
            for place in self.places()
            for endpoints in place.methods.values()
            for endpoint in endpoints
        ):
            _logger.warning(
                "no authenticate function: what demands credentials is refused (401)"
            )
        missing = [
            route.handler
            for route in self._contract.routes
            if self._handler(route.handler, handlers) is None
        ]
        if missing:
            _logger.warning(
                "not implemented, answered with 501: %s", ", ".join(missing)
            )


def _memories(
    operations: list[Operation[Any]], document: ServedDocument, settings: Settings
) -> Mapping[str, Memory]:
    """Return what the mock of each operation remembers by, where it shall."""
    if not settings.stateful and settings.database is None:
        return {}
    store = Store(os.fspath(settings.database or ":memory:"))
    shapes = shapes_of(operations)
    return {
        one.key: Memory(one, shapes[one.key], store, document) for one in operations
    }


def _error_types(operation: Operation[Any]) -> tuple[str, ...]:
    return tuple(
        sorted({repr(media.type) for one in operation.raises for media in one.media})
    )
