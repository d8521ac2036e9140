"""Deliveries to events: the signature first, then the type."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast, overload

from pydantic import ValidationError

from ..adapters import decode
from ..errors import ConfigurationError, DecodingError
from ..problems import problems_of
from .signatures import Secrets, Signature

E = TypeVar("E")
T = TypeVar("T")

__all__ = ["Secrets", "Signature", "Webhooks"]


class Webhooks(Generic[E]):
    """What an API sends by itself, as typed events."""

    def __init__(
        self,
        events: Any,
        signature: Signature | None = None,
        *,
        environment: str = "",
        secret: Secrets | None = None,
    ) -> None:
        self._events = events
        self._signature = signature
        self._environment = environment
        self._secret = secret

    def with_secret(self, secret: Secrets | None) -> Webhooks[E]:
        """Return the same with a secret; None leaves it to the environment."""
        return Webhooks(
            self._events, self._signature, environment=self._environment, secret=secret
        )

    def unwrap(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: Secrets | None = None,
        now: float | None = None,
    ) -> E:
        """Return the event of a delivery whose signature is good.

        ``body`` is what arrived, octet for octet. ``secret`` stands above that of the
        client, and that above the environment's. Raises InvalidSignature,
        DecodingError for what is no event, ConfigurationError without a secret.
        """
        self.verify(body, headers, secret=secret, now=now)
        return self.parse(body)

    def verify(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: Secrets | None = None,
        now: float | None = None,
    ) -> None:
        """Return where the signature of a delivery is good.

        Raises InvalidSignature, ConfigurationError without a secret.
        """
        if self._signature is None:
            raise ConfigurationError(
                "the document does not say how deliveries are signed: set"
                " webhooks.signature in the configuration, or use parse"
            )
        self._signature.verify(secret or self._known(), body, headers, now=now)

    @overload
    def parse(self, body: bytes | str) -> E: ...
    @overload
    def parse(self, body: bytes | str, event: type[T]) -> T: ...
    def parse(self, body: bytes | str, event: Any = None) -> Any:
        """Return the event of a delivery, trusted or not.

        ``event`` is its type where that is known from the address it came to. Raises
        DecodingError.
        """
        octets = body.encode("utf-8") if isinstance(body, str) else body
        try:
            return decode(self._events if event is None else event, octets)
        except ValidationError as error:
            raise DecodingError(
                "the delivery is not a documented event",
                content=octets,
                problems=problems_of(error),
            ) from error

    def _known(self) -> Secrets:
        secret = self._secret or cast(
            "Secrets", os.environ.get(self._environment, "").split()
        )
        if not secret:
            raise ConfigurationError(
                f"no secret: give webhook_secret=... (or {self._environment})"
            )
        return secret
