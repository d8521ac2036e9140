"""Deliveries at both of their ends: a router that receives them, and what sends them.

Comes in: the webhooks of a package, a secret, and functions for events. Goes out: a
router of FastAPI that calls them for deliveries whose signature is good; or deliveries
with a signature, sent again until they are taken.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from random import random
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ..adapters import encode
from ..errors import ApiError, DecodingError, InvalidSignature
from ..webhooks.receive import Webhooks
from ..webhooks.signatures import Secrets, Signature
from .bodies import read_limited
from .failure import FailureError
from .failures import problem_details
from .settings import MEBIBYTE

E = TypeVar("E")
T = TypeVar("T")

_logger = logging.getLogger("bothends.deliveries")
_TAKEN = range(200, 300)
_AGAIN = frozenset({408, 409, 425, 429})


class Receiver(Generic[E]):
    """Receives what an API sends by itself.

    ``on`` registers a function for events of a type, ``at`` one for an address of its
    own, where the type is known beforehand. Functions may be async. A sender is told:
    204, taken, also where no function wants the event; 401, not signed well; 400, no
    event; 500, a function failed, so that it comes again.
    """

    def __init__(
        self,
        webhooks: Webhooks[E],
        *,
        secret: Secrets | None = None,
        max_body: int = MEBIBYTE,
    ) -> None:
        self._webhooks = webhooks
        self._secret = secret
        self._max_body = max_body
        self._functions: list[tuple[Any, Callable[[Any], Any]]] = []
        self._places: dict[str, tuple[Any, Callable[[Any], Any]]] = {}

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
        router.add_api_route(
            path, self._endpoint(None), methods=["POST"], include_in_schema=False
        )
        for below, place in self._places.items():
            router.add_api_route(
                f"{path.rstrip('/')}{below}",
                self._endpoint(place),
                methods=["POST"],
                include_in_schema=False,
            )
        return router

    def _endpoint(
        self, place: tuple[Any, Callable[[Any], Any]] | None
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                await self._take(request, place)
            except FailureError as failure:
                return problem_details(failure)
            except ClientDisconnect:
                return Response(status_code=400)
            except Exception:
                _logger.exception("a delivery was not taken")
                return problem_details(FailureError(500, "The delivery was not taken"))
            return Response(status_code=204)

        return answer

    async def _take(
        self, request: Request, place: tuple[Any, Callable[[Any], Any]] | None
    ) -> None:
        body = await read_limited(request, self._max_body)
        try:
            # Over the octets as they came, and before anything is made of them.
            self._webhooks.verify(body, request.headers, secret=self._secret)
            event: Any = self._webhooks.parse(body, *(place[:1] if place else ()))
        except InvalidSignature as error:
            raise FailureError(401, str(error)) from error
        except DecodingError as error:
            raise FailureError(400, "The delivery is not a documented event") from error
        functions = [place] if place else self._functions
        for type_, function in functions:
            if place is None and not isinstance(event, type_):
                continue
            await _call(function, event)


class DeliveryError(ApiError):
    """A delivery was not taken, however often it was tried."""


class UnsafeAddressError(DeliveryError):
    """A delivery was to go to an address that it must not go to."""


class Answer(Protocol):
    """What is read of an answer to a delivery."""

    @property
    def status_code(self) -> int:
        """The status."""
        ...


class Poster(Protocol):
    """An async client of httpx2 or httpx, as far as it is needed."""

    async def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str]
    ) -> Answer:
        """Post octets."""
        ...


def is_public(url: str) -> bool:
    """Tell whether an address is one of https, and names no private network.

    A host that is a name is not looked up: keep what it stands for apart by the network
    that deliveries are sent from.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or not host or parts.username or parts.password:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".internal"))


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Sends events to whoever subscribed, or asked for a callback.

    ``signature`` says how deliveries are signed with ``secret``. ``allow`` decides
    which addresses are sent to: they come from callers. ``waits`` are the seconds
    before each further attempt, more or less a fifth.
    """

    client: Poster
    signature: Signature | None = None
    secret: Secrets = ""
    allow: Callable[[str], bool] = is_public
    waits: Sequence[float] = field(default=(1.0, 5.0, 30.0, 120.0))

    def headers(self, body: bytes, *, id: str | None = None) -> dict[str, str]:
        """Return the headers of a delivery."""
        signed = self.signature.sign(self.secret, body, id=id) if self.signature else {}
        return {"Content-Type": "application/json", **signed}

    async def send(
        self, url: str, event: Any, *, type: Any = None, id: str | None = None
    ) -> None:
        """Deliver an event, and return once it was taken.

        ``type`` is its type where it is no model. Each attempt is signed anew, with
        the same ``id``. Raises UnsafeAddressError, and DeliveryError after the last
        attempt or for an answer that would not change.
        """
        if not self.allow(url):
            raise UnsafeAddressError("deliveries must not go to this address")
        body = encode(type if type is not None else event.__class__, event)
        name = id or f"msg_{uuid4().hex}"
        for wait in (*self.waits, None):
            status = await self._attempt(url, body, name)
            if status in _TAKEN:
                return
            if wait is None or (400 <= status < 500 and status not in _AGAIN):
                raise DeliveryError(
                    f"the delivery was answered with {status}"
                    if status
                    else "the delivery could not be sent"
                )
            await asyncio.sleep(wait * (0.8 + 0.4 * random()))

    async def _attempt(self, url: str, body: bytes, id: str | None) -> int:
        """Return the status, 0 where there was no answer."""
        try:
            answer = await self.client.post(
                url, content=body, headers=self.headers(body, id=id)
            )
        except Exception as error:
            # The exceptions of either library, by the name that both share.
            if not any(one.__name__ == "RequestError" for one in type(error).__mro__):
                raise
            return 0
        return answer.status_code


async def _call(function: Callable[[Any], Any], event: Any) -> None:
    if inspect.iscoroutinefunction(function):
        await function(event)
    else:
        found = await run_in_threadpool(function, event)
        if inspect.isawaitable(found):
            await found
