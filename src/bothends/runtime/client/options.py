"""What can be set on a client and on a call."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypedDict

from typing_extensions import TypeVar

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .hooks import Hooks
    from .transport import httpx

DEFAULT_TIMEOUT = 60.0
DEFAULT_RETRIES = 2
DEFAULT_BODY_LIMIT = 64 * 1024 * 1024

Variables: TypeAlias = Mapping[str, str]
Headers: TypeAlias = Mapping[str, str]

S = TypeVar("S", default=str)
V = TypeVar("V", default=Mapping[str, str])


class CallOptions(TypedDict, total=False):
    """What every method takes besides its own arguments."""

    timeout: float | None
    """Seconds for the whole call, retries included. None: no limit."""
    max_retries: int
    """How often a failed attempt is repeated."""
    extra_headers: Headers
    """Headers beside and above those of the operation."""
    extra_query: Mapping[str, Any]
    """Query parameters beside those of the operation."""
    extra_body: Mapping[str, Any]
    """Properties beside those of the body, which must be an object."""
    idempotency_key: str
    """Sent with every attempt; makes any request one that may be repeated."""
    media_type: str
    """The media type of the body, where the operation takes several."""
    accept: str
    """The media type of the answer, where the operation gives several."""
    strict_responses: bool
    """Whether an answer that deviates from the document is an error."""
    reconnect: int
    """How often in a row a stream of events is opened again when it breaks or ends.

    0 by default. It goes on after the last event that had an id, until the server
    answers 204 or gives no more events.
    """


class ViewOptions(TypedDict, total=False):
    """What a view of a client can change (``client.with_options(...)``)."""

    base_url: str
    timeout: float | None
    max_retries: int
    retry_every_method: bool
    default_headers: Headers
    default_query: Mapping[str, Any]
    idempotency_header: str
    rate_limit_headers: Sequence[str]
    retry_after_fields: Sequence[str]
    strict_responses: bool
    max_body_size: int | None
    hooks: Hooks


class SharedOptions(TypedDict, Generic[S, V], total=False):
    """What both kinds of client take besides credentials."""

    base_url: str | None
    """Instead of the server of the document."""
    server: S
    """Which server of the document, by name or URL; the first by default."""
    server_variables: V
    """Values for the variables in the server's URL."""
    timeout: float | None
    """Seconds for a whole call, retries included; 60 by default. None: no limit."""
    max_retries: int
    """How often a failed attempt is repeated; 2 by default."""
    retry_every_method: bool
    """Repeat requests of any method, not only those that are safe to repeat."""
    default_headers: Headers
    """Sent with every request."""
    default_query: Mapping[str, Any]
    """Sent with every request."""
    idempotency_header: str
    """The header of idempotency keys; ``Idempotency-Key`` by default."""
    rate_limit_headers: Sequence[str]
    """Headers that say when a rate limit starts anew, as seconds, a duration or a date.

    They count where a failure has no ``Retry-After``.
    """
    retry_after_fields: Sequence[str]
    """Properties of the body of a 429 that say when to come back: ``error.retryAt``."""
    strict_responses: bool
    """Raise where an answer deviates from the document, instead of making do."""
    max_body_size: int | None
    """Octets of an answer after decompression, 64 MiB by default.

    Streams have no limit, but each of their items has this one.
    """
    hooks: Hooks
    """Functions that see each attempt."""


class ClientOptions(SharedOptions[S, V], total=False):
    """What a client takes besides credentials."""

    http_client: httpx.Client
    """A client of the HTTP library to send with. It is not closed with this one."""


class AsyncClientOptions(SharedOptions[S, V], total=False):
    """What an asynchronous client takes besides credentials."""

    http_client: httpx.AsyncClient
    """A client of the HTTP library to send with. It is not closed with this one."""


CALL_OPTIONS = CallOptions.__optional_keys__
VIEW_OPTIONS = ViewOptions.__optional_keys__
CLIENT_OPTIONS = ClientOptions.__optional_keys__
ASYNC_CLIENT_OPTIONS = AsyncClientOptions.__optional_keys__


def check_options(called: str, options: Collection[str], known: frozenset[str]) -> None:
    """Raise TypeError for an option that there is not, as any function does."""
    unknown = next((name for name in options if name not in known), None)
    if unknown is not None:
        raise TypeError(f"{called} got an unexpected keyword argument {unknown!r}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a client, all decided."""

    base_url: str
    overrides_servers: bool = False
    """Whether ``base_url`` holds for operations that have servers of their own too."""
    timeout: float | None = DEFAULT_TIMEOUT
    max_retries: int = DEFAULT_RETRIES
    retry_every_method: bool = False
    default_headers: Headers = field(default_factory=dict[str, str])
    default_query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    idempotency_header: str = "Idempotency-Key"
    rate_limit_headers: Sequence[str] = ()
    retry_after_fields: Sequence[str] = ()
    strict_responses: bool = False
    max_body_size: int | None = DEFAULT_BODY_LIMIT
    hooks: Hooks | None = None

    def __post_init__(self) -> None:
        check_timeout(self.timeout)
        check_retries(self.max_retries)


def check_timeout(timeout: object) -> float | None:
    """Return a timeout, or raise."""
    if timeout is None:
        return None
    if (
        isinstance(timeout, bool)
        or not isinstance(timeout, (int, float))
        or not timeout > 0
    ):
        raise ConfigurationError(
            "timeout must be a positive number of seconds, or None"
        )
    return timeout


def check_retries(count: object) -> int:
    """Return a number of retries, or raise."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise ConfigurationError("max_retries must be a whole number, 0 or more")
    return count
