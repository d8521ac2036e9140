"""What a handler is, and what it may return."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from starlette.requests import Request
from typing_extensions import TypeIs

from ..operation import Operation
from .callbacks import Exchange, callback_url
from .conditions import require_current

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reply(Generic[T_co]):
    """An answer with a status, headers or a media type of the handler's choice.

    ``headers`` are named as on the wire; a documented one may be a value of its
    declared type.
    """

    body: T_co
    status: int | None = None
    headers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    media_type: str | None = None


def is_reply(value: object) -> TypeIs[Reply[Any]]:
    """Tell whether a handler chose more than the body."""
    return isinstance(value, Reply)


MaybeAwaitable: TypeAlias = T | Reply[T] | Awaitable[T | Reply[T]]
"""What a handler returns: the body, or a reply, at once or awaited."""
Stream: TypeAlias = AsyncIterable[T] | Iterable[T]
"""A body that is sent item by item."""
Octets: TypeAlias = bytes | os.PathLike[str] | AsyncIterable[bytes] | Iterable[bytes]
"""A body of octets: in memory, in a file, or piece by piece."""


@dataclass(frozen=True, slots=True)
class Route:
    """The method of the handlers that answers an operation."""

    handler: str
    operation: Callable[[], Operation[Any]]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a call: the request as it came, and who makes it.

    ``slots`` is the raw text of the slots of the path, ``body`` the decoded body,
    ``callbacks`` returns what the document promises of callbacks.
    """

    request: Request
    principal: Any = None
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    callbacks: Callable[[], Mapping[str, Any]] = field(
        default=dict[str, Any], repr=False
    )

    @staticmethod
    def current() -> Context:
        """Return the context of the call that is being answered."""
        return _CONTEXT.get()

    def require_current(self, tag: str | None) -> None:
        """Refuse a change that is meant for another copy of what it would change.

        ``tag`` is what ``ETag`` says of the copy that there is, None where there is
        none. Raises FailureError (412) where ``If-Match`` or ``If-None-Match`` of the
        request do not allow for it.
        """
        require_current(self.request.headers, tag)

    def callback_url(
        self,
        name: str,
        *,
        response: Any = None,
        headers: Mapping[str, str] | None = None,
        status: int | None = None,
    ) -> str:
        """Return where a callback of this call goes to, as the document has it.

        ``response``, ``headers`` and ``status`` are those of the answer, for addresses
        that are told there. Raises CallbackError, which is a LookupError, where neither
        request nor answer holds the address, or the document has no such callback.
        """
        exchange = Exchange(
            self.request, self.slots, self.body, response, headers or {}, status
        )
        return callback_url(self.callbacks(), name, exchange)

    def enter(self) -> None:
        """Become the current context, for this task and what it starts."""
        _CONTEXT.set(self)


_CONTEXT: ContextVar[Context] = ContextVar("bothends_server_context")
