"""Who is told of the attempts of a call: hooks, the log, OpenTelemetry."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from ..operation import Operation
from . import telemetry
from .hooks import Attempt, Hooks, Outcome
from .requests import Draft

_log = logging.getLogger(__name__.partition("._runtime")[0])


class Watch:
    """One attempt, and who is told of it."""

    __slots__ = ("_attempt", "_hooks", "_span", "_started")

    def __init__(self, hooks: Hooks | None, attempt: Attempt, sent: Draft) -> None:
        self._hooks = hooks
        self._attempt = attempt
        if hooks is not None and hooks.on_request is not None:
            hooks.on_request(attempt)
        self._span = telemetry.begin(attempt, sent.address)
        self._started = time.monotonic()

    @classmethod
    def begin(
        cls, hooks: Hooks | None, operation: Operation[Any], sent: Draft, number: int
    ) -> Watch | None:
        """Tell that an attempt begins. None where nobody wants to know."""
        if (
            hooks is None
            and not _log.isEnabledFor(logging.DEBUG)
            and not telemetry.active()
        ):
            return None
        attempt = Attempt(operation.key, operation.method, operation.path, number)
        return cls(hooks, attempt, sent)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers that are to be sent with the attempt."""
        return self._attempt.headers

    def answered(self, status: int, headers: Mapping[str, str]) -> None:
        """Tell that the head of an answer is there."""
        self._ended(status, headers, None)

    def broke(self, error: BaseException) -> None:
        """Tell that no answer came."""
        self._ended(None, None, error)

    def _ended(
        self,
        status: int | None,
        headers: Mapping[str, str] | None,
        error: BaseException | None,
    ) -> None:
        elapsed = time.monotonic() - self._started
        attempt = self._attempt
        if self._span is not None:
            self._span.end(elapsed, status, error)
        _log.debug(
            "%s (%s %s), attempt %d: %s after %.3f s",
            attempt.operation,
            attempt.method,
            attempt.path,
            attempt.number,
            status if error is None else type(error).__name__,
            elapsed,
        )
        if self._hooks is not None and self._hooks.on_response is not None:
            self._hooks.on_response(Outcome(attempt, elapsed, status, headers, error))
