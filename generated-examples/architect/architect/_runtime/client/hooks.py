"""What hooks see of a call: never a credential, a query or a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that is about to be made; ``number`` counts from 1.

    ``path`` is the template of the document. What is put into ``headers`` is sent with
    this attempt.
    """

    operation: str
    method: str
    path: str
    number: int
    headers: dict[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: with a status, or with the exception of the transport.

    ``elapsed``: seconds until the head of the answer was there.
    """

    attempt: Attempt
    elapsed: float
    status: int | None = None
    headers: Mapping[str, str] | None = field(default=None, repr=False)
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions that are called around each attempt. What they raise ends the call."""

    on_request: Callable[[Attempt], None] | None = None
    on_response: Callable[[Outcome], None] | None = None
