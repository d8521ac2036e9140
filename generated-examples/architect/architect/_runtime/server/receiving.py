"""A router that receives what an API sends by itself.

Comes in: the webhooks of a package, a secret, and handlers or functions for events.
Goes out: a router of FastAPI that calls them for deliveries whose signature is good.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..adapters import decode
from ..errors import DecodingError, InvalidSignature
from ..webhooks.receive import Webhooks
from ..webhooks.signatures import Secrets
from .bodies import read_limited
from .failure import FailureError
from .failures import problem_details
from .settings import MEBIBYTE

E = TypeVar("E")
T = TypeVar("T")
Function: TypeAlias = Callable[..., Any]
Take: TypeAlias = Callable[[Request], Awaitable[None]]

_logger = logging.getLogger("bothends.deliveries")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook: the method that takes it, its name in the document, its event's type.

    ``event`` returns the type; it is None where a delivery has no body.
    """

    handler: str
    name: str
    event: Callable[[], Any] | None


class WebhookMethods:
    """The base of generated classes that have one method for each webhook."""

    WEBHOOKS: ClassVar[tuple[Delivery, ...]] = ()


class Receiver(Generic[E]):
    """Receives what an API sends by itself.

    ``handlers`` have a method for each webhook. ``on`` registers a function for events
    of a type, ``at`` one for an address of its own, where the type is known beforehand.
    Methods and functions may be async.

    A delivery is told by its address: that of the router followed by the name of the
    webhook. At the address of the router itself it is told by the header
    ``name_header``, where one holds the name (``X-GitHub-Event``), else by its type.

    A sender is told: 204, taken, also where nothing wants the event; 401, not signed
    well; 400, no event; 404, no such webhook; 500, a function failed, so that it comes
    again.
    """

    def __init__(
        self,
        webhooks: Webhooks[E],
        handlers: WebhookMethods | None = None,
        *,
        secret: Secrets | None = None,
        name_header: str | None = None,
        max_body: int = MEBIBYTE,
    ) -> None:
        self._webhooks = webhooks
        self._secret = secret
        self._name_header = name_header
        self._max_body = max_body
        self._functions: list[tuple[Any, Function]] = []
        self._places: dict[str, tuple[Any, Function]] = {}
        self._named = dict(_methods(handlers)) if handlers is not None else {}

    def on(self, event: type[T]) -> Callable[[Callable[[T], Any]], Callable[[T], Any]]:
        """Register a function for events of a type: ``@receiver.on(schemas.Paid)``."""

        def register(function: Callable[[T], Any]) -> Callable[[T], Any]:
            self._functions.append((event, function))
            return function

        return register

    def at(
        self, path: str, event: type[T]
    ) -> Callable[[Callable[[T], Any]], Callable[[T], Any]]:
        """Register a function for one address: ``@receiver.at("/paid", schemas.Paid)``.

        ``path`` is below that of the router.
        """

        def register(function: Callable[[T], Any]) -> Callable[[T], Any]:
            self._places[path] = (event, function)
            return function

        return register

    def router(self, path: str = "/webhooks") -> APIRouter:
        """Return the routes, to be included once all functions are registered."""
        router = APIRouter()
        below = path.rstrip("/")
        routes: dict[str, Take] = {path: self._whatever}
        routes |= {
            f"{below}{end}": self._always(place) for end, place in self._places.items()
        }
        if self._named:
            routes[f"{below}/{{name:path}}"] = self._by_address
        for address, take in routes.items():
            router.add_api_route(
                address, _endpoint(take), methods=["POST"], include_in_schema=False
            )
        return router

    async def _whatever(self, request: Request) -> None:
        """Take a delivery at the address that all have in common."""
        body = await self._trusted(request)
        named = list(self._named.values())
        if self._name_header is not None:
            place = self._named.get(request.headers.get(self._name_header, ""))
            if place is not None:
                await self._hand_over(body, *place)
            named = []
        if named or self._functions or self._name_header is None:
            event: Any = self._parsed(body)
            for type_, function in (*named, *self._functions):
                if _is(event, type_, body):
                    await _call(function, event)

    async def _by_address(self, request: Request) -> None:
        place = self._named.get(request.path_params["name"])
        if place is None:
            raise FailureError(404, "There is no such webhook")
        await self._hand_over(await self._trusted(request), *place)

    def _always(self, place: tuple[Any, Function]) -> Take:
        async def take(request: Request) -> None:
            await self._hand_over(await self._trusted(request), *place)

        return take

    async def _hand_over(self, body: bytes, type_: Any, function: Function) -> None:
        given = () if type_ is None else (self._parsed(body, type_),)
        await _call(function, *given)

    async def _trusted(self, request: Request) -> bytes:
        """Return the body, whose signature is checked before anything is made of it."""
        body = await read_limited(request, self._max_body)
        try:
            self._webhooks.verify(body, request.headers, secret=self._secret)
        except InvalidSignature as error:
            raise FailureError(401, str(error)) from error
        return body

    def _parsed(self, body: bytes, *type_: Any) -> Any:
        try:
            return self._webhooks.parse(body, *type_)
        except DecodingError as error:
            raise FailureError(400, "The delivery is not a documented event") from error


def _endpoint(take: Take) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            await take(request)
        except FailureError as failure:
            return problem_details(failure)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            _logger.exception("a delivery was not taken")
            return problem_details(FailureError(500, "The delivery was not taken"))
        return Response(status_code=204)

    return answer


def _methods(handlers: WebhookMethods) -> Iterator[tuple[str, tuple[Any, Function]]]:
    for one in handlers.WEBHOOKS:
        event = None if one.event is None else one.event()
        yield one.name, (event, getattr(handlers, one.handler))


def _is(event: Any, type_: Any, body: bytes) -> bool:
    """Tell whether an event is of a type, which may be no class."""
    if isinstance(type_, type):
        return isinstance(event, type_)
    try:
        decode(type_, body)
    except ValidationError:
        return False
    return type_ is not None


async def _call(function: Callable[..., Any], *event: Any) -> None:
    if inspect.iscoroutinefunction(function):
        await function(*event)
    else:
        found = await run_in_threadpool(function, *event)
        if inspect.isawaitable(found):
            await found
