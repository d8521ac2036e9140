"""What hooks see of a call: never a credential, a query or a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that is about to be made; ``number`` counts from 1."""

    operation: str
    method: str
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: with a status, or with the exception of the transport."""

    attempt: Attempt
    elapsed: float
    status: int | None = None
    headers: Mapping[str, str] | None = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions that are called around each attempt. What they raise ends the call."""

    on_request: Callable[[Attempt], None] | None = None
    on_response: Callable[[Outcome], None] | None = None
