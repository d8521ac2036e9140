"""Deliveries to whoever subscribed, or asked for a callback.

Comes in: an address, an event, and how to sign. Goes out: deliveries with a signature,
sent again until they are taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from random import random
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from ..adapters import encode
from ..errors import ApiError
from ..webhooks.signatures import Secrets, Signature

_TAKEN = range(200, 300)
_AGAIN = frozenset({408, 409, 425, 429})


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

    async def request(
        self, method: str, url: str, *, content: bytes, headers: Mapping[str, str]
    ) -> Answer:
        """Send octets."""
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
        self,
        url: str,
        event: Any,
        *,
        type: Any = None,
        id: str | None = None,
        method: str = "POST",
    ) -> None:
        """Deliver an event, and return once it was taken.

        ``url`` is that of a subscriber, or ``Context.callback_url`` of a callback.
        ``type`` is the type of the event where that is no model. Each attempt is signed
        anew, with the same ``id``. Raises UnsafeAddressError, and DeliveryError after
        the last attempt or for an answer that would not change.
        """
        if not self.allow(url):
            raise UnsafeAddressError("deliveries must not go to this address")
        body = encode(type if type is not None else event.__class__, event)
        name = id or f"msg_{uuid4().hex}"
        for wait in (*self.waits, None):
            status = await self._attempt(method, url, body, name)
            if status in _TAKEN:
                return
            if wait is None or (400 <= status < 500 and status not in _AGAIN):
                raise DeliveryError(
                    f"the delivery was answered with {status}"
                    if status
                    else "the delivery could not be sent"
                )
            await asyncio.sleep(wait * (0.8 + 0.4 * random()))

    async def _attempt(self, method: str, url: str, body: bytes, id: str | None) -> int:
        """Return the status, 0 where there was no answer."""
        try:
            answer = await self.client.request(
                method, url, content=body, headers=self.headers(body, id=id)
            )
        except Exception as error:
            # The exceptions of either library, by the name that both share.
            if not any(one.__name__ == "RequestError" for one in type(error).__mro__):
                raise
            return 0
        return answer.status_code
