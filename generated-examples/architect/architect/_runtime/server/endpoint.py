"""One operation, from a request to a response.

In this order: credentials, arguments, body, handler, answer. Whatever goes wrong on the
way takes the shape that the document declares.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..coding.compressed import has_coding
from ..errors import StatusError
from ..operation import Operation, Raises
from .arguments import ArgumentDecoder
from .bodies import BodyDecoder
from .conditions import Conditions
from .failure import FailureError, Problem, invalid, phrase
from .failures import Failures
from .handlers import Context
from .media_types import acceptable
from .mock.state.answers import Call
from .mock.trouble import Trouble
from .mock.wishes import preferences, without_wishes
from .responses import BrokenContractError, Encoder
from .routing import SLOT
from .security import Guard
from .settings import Settings

_logger = logging.getLogger("bothends.server")
_INTERNAL = "An unexpected error occurred"


class Endpoint:
    """Answers one operation by a handler, or by the mock."""

    def __init__(
        self,
        operation: Operation[Any],
        handler: Callable[..., Any] | None,
        mock: Callable[[Call], Response] | None,
        guard: Guard,
        failures: Failures,
        settings: Settings,
        credentials: Mapping[str, Collection[str]],
        trouble: Trouble | None = None,
        callbacks: Callable[[], Mapping[str, Any]] = dict[str, Any],
    ) -> None:
        self.operation = operation
        self.failures = failures
        self._slots = tuple(SLOT.findall(operation.path))
        self._handler = handler
        self._mock = mock
        self._trouble = trouble or Trouble(settings)
        self._guard = guard
        self._callbacks = callbacks
        self._arguments = ArgumentDecoder(
            operation, credentials, unknown=settings.unknown_query
        )
        coded = has_coding(operation.parameters)
        self._body = (
            BodyDecoder(operation.body, settings, coded=coded)
            if operation.body
            else None
        )
        self._encoder = Encoder(operation, validate=settings.validate_responses)
        self._conditions = Conditions(operation)
        self._in_loop = _runs_in_loop(handler)
        self._accepted = _accepted(handler)
        self._media = tuple(media for one in operation.returns for media in one.media)

    async def __call__(self, request: Request, values: tuple[str, ...]) -> Response:
        """Return the response to a request."""
        try:
            return await self._answer(
                request, dict(zip(self._slots, values, strict=True))
            )
        except FailureError as failure:
            return self._failed(failure)
        except StatusError as error:
            return self._declared(error)
        except HTTPException as error:
            detail = str(error.detail or phrase(error.status_code))
            return self._failed(
                FailureError(error.status_code, detail, headers=error.headers)
            )
        except NotImplementedError:
            return self._failed(FailureError(501, "This operation is not implemented"))
        except ClientDisconnect:
            return Response(status_code=400)
        except BrokenContractError as error:
            _logger.error("%s: the handler broke the contract: %s", self.name, error)
            return self._failed(FailureError(500, _INTERNAL))
        except Exception:
            _logger.exception("%s: the handler failed", self.name)
            return self._failed(FailureError(500, _INTERNAL))

    async def takes(self, request: Request, values: tuple[str, ...]) -> bool:
        """Tell whether a request has the arguments and the body of the operation."""
        problems: list[Problem] = []
        slots = dict(zip(self._slots, values, strict=True))
        try:
            self._arguments_of(request, slots, problems)
            if self._body is not None and not problems:
                await self._body.decode(request, problems)
        except FailureError:
            return False
        return not problems

    @property
    def name(self) -> str:
        """What the operation is called in logs."""
        return self.operation.key

    @property
    def is_open(self) -> bool:
        """Whether the operation may be called without credentials."""
        return self._guard.is_open

    async def _answer(self, request: Request, slots: Mapping[str, str]) -> Response:
        principal = None
        if not self._guard.is_open:
            principal = await self._guard.admit(request)
        problems: list[Problem] = []
        arguments = self._arguments_of(request, slots, problems)
        if self._body is not None:
            arguments["body"] = await self._body.decode(request, problems)
        if problems:
            raise invalid(problems)
        accept = request.headers.get("accept")
        if accept and self._media and not acceptable(accept, self._media):
            raise FailureError(
                406, "No documented media type of the answer is acceptable"
            )
        if self._mock is not None:
            wishes = preferences(request.headers.getlist("prefer"))
            instead = await self._trouble(request, wishes)
            if instead is not None:
                return instead
            answer = self._mock(Call(request, slots, arguments))
            return self._conditions.settle(request, answer)
        if self._handler is None:
            raise NotImplementedError
        if self._accepted is not None:
            arguments = {k: v for k, v in arguments.items() if k in self._accepted}
        body = arguments.get("body")
        Context(request, principal, slots, body, self._callbacks).enter()
        if self._in_loop:
            result = self._handler(**arguments)
        else:
            result = await run_in_threadpool(self._handler, **arguments)
        if inspect.isawaitable(result):
            result = await result
        return self._conditions.settle(request, self._encoder.success(result, accept))

    def _arguments_of(
        self, request: Request, slots: Mapping[str, str], problems: list[Problem]
    ) -> dict[str, Any]:
        asked = request if self._mock is None else without_wishes(request)
        return self._arguments.decode(asked, slots, problems)

    def _failed(self, failure: FailureError) -> Response:
        try:
            return self.failures.response(failure)
        except Exception:
            _logger.exception("%s: the failure could not be described", self.name)
            return Response(status_code=failure.status, headers=dict(failure.headers))

    def _declared(self, error: StatusError) -> Response:
        """Return the response for an error that a handler raised."""
        raises, status = self._raised(error)
        body = error.body
        if raises is None or body is None or isinstance(body, str):
            detail = body if isinstance(body, str) else phrase(status)
            return self._failed(FailureError(status, detail, headers=error.headers))
        try:
            return self._encoder.encode(raises, status, body, error.headers, None)
        except BrokenContractError as broken:
            _logger.error("%s: the error's body: %s", self.name, broken)
            return self._failed(FailureError(500, _INTERNAL))

    def _raised(self, error: StatusError) -> tuple[Raises | None, int]:
        for raises in self.operation.raises:
            if type(error) is raises.error and isinstance(raises.status, int):
                return raises, raises.status
        found = self.operation.response_for(error.status)
        return (found if isinstance(found, Raises) else None), error.status


def _accepted(handler: Callable[..., Any] | None) -> frozenset[str] | None:
    """Return the arguments that a handler has, None where it takes any.

    A handler that was written before the document got another optional parameter
    goes on working.
    """
    if handler is None:
        return None
    parameters = inspect.signature(handler).parameters.values()
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters):
        return None
    return frozenset(one.name for one in parameters)


def _runs_in_loop(handler: Callable[..., Any] | None) -> bool:
    """Tell whether a handler does not block: it is async, or an async generator."""
    return inspect.iscoroutinefunction(handler) or inspect.isasyncgenfunction(handler)
