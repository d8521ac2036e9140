"""Everything that a call can raise, as one tree.

Comes in: what a server answered, or what the transport reported. Goes out: exceptions
whose text holds the method, the path template, the status, the server's own explanation
and its request id, and never a credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .problems import explain

# What is kept of a body that is shown in a message.
_SHOWN = 300


class ApiError(Exception):
    """The root: whatever a client raises about a call is one of these."""

    operation: str | None = None
    """The operation: its ``operationId``, or ``"GET /path"`` where it has none."""


class ConfigurationError(ApiError):
    """The call could not be built.

    A credential, a base URL, an option or an argument is missing or wrong.
    """


class ConnectionFailed(ApiError):
    """No whole answer arrived. The exception of the transport is the ``__cause__``."""


class TimedOut(ConnectionFailed):
    """No whole answer arrived in time."""


class InvalidSignature(ApiError):
    """A delivery does not come from whom it claims, or comes at the wrong time."""


class StatusError(ApiError):
    """The server answered with a status that is not a success.

    ``body`` is the decoded body: a value of the documented type where the answer
    conforms to it, otherwise the JSON value, otherwise the text, otherwise ``None``.
    ``content`` holds the octets as they came.

    Server code raises the subclasses to answer: ``raise
    errors.NotFound(schemas.Problem(...))``.
    """

    status: int = 500
    body: Any

    def __init__(
        self,
        body: Any = None,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
        operation: str | None = None,
        content: bytes = b"",
        message: str | None = None,
    ) -> None:
        super().__init__(body)
        self.body = body
        if status is not None:
            self.status = status
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.request_id = request_id
        self.operation = operation
        self.content = content
        self.message = message if message is not None else explain(body)

    def __str__(self) -> str:
        parts = [
            f"{self.operation}: {self.status}" if self.operation else f"{self.status}"
        ]
        if self.message:
            parts.append(f" {_shorten(self.message)}")
        if self.request_id:
            parts.append(f" (request {_shorten(self.request_id)})")
        return "".join(parts)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class DecodingError(ApiError):
    """An answer arrived, and it is not what the document promises.

    ``problems`` names each place and what is wrong with it, without the value found
    there; ``content`` holds the octets as they came, where they were read.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
        operation: str | None = None,
        content: bytes = b"",
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.request_id = request_id
        self.operation = operation
        self.content = content
        self.problems = problems

    def __str__(self) -> str:
        text = self.reason
        if self.problems:
            more = (
                f"; and {len(self.problems) - 3} more" if len(self.problems) > 3 else ""
            )
            text = f"{text}: {'; '.join(self.problems[:3])}{more}"
        if self.status is not None:
            text = f"{self.status} {text}"
        if self.operation:
            text = f"{self.operation}: {text}"
        return (
            f"{text} (request {_shorten(self.request_id)})" if self.request_id else text
        )


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
