"""What a call is made of: its arguments, what it shares, and what it hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from ..operation import Operation
from .options import CALL_OPTIONS, CallOptions, Settings, check_options
from .responses import Answer
from .retry import RetryBudget
from .security import Credentials

View: TypeAlias = Literal["value", "response", "stream"]


@dataclass(frozen=True, slots=True)
class Core:
    """What all calls of a client share."""

    settings: Settings
    credentials: Credentials
    budget: RetryBudget


@dataclass(slots=True)
class Handed:
    """A response whose body the caller reads: the driver wraps it in a stream."""

    response: Any
    answer: Answer
    view: View
    attempts: int
    limit: int | None
    strict: bool


@dataclass(slots=True)
class Call:
    """What a method was called with. ``body``: None where there is none."""

    operation: Operation[Any]
    arguments: Mapping[str, Any]
    options: CallOptions
    body: Any = None
    view: View = "value"

    def __post_init__(self) -> None:
        if self.options:
            check_options(self.operation.key, self.options, CALL_OPTIONS)


def resumed(call: Call, last_event_id: str) -> Call:
    """Return a call that asks for the events after one of the last answer."""
    if not last_event_id.isprintable() or not last_event_id:
        return call
    headers = {**call.options.get("extra_headers", {}), "Last-Event-ID": last_event_id}
    options: CallOptions = {**call.options, "extra_headers": headers}
    return replace(call, options=options)
