"""The two clients that generated ones are built on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, Unpack, cast, overload

from .drive import Driver
from .flow import Call, Core, Handed, View, resumed, run
from .options import (
    ASYNC_CLIENT_OPTIONS,
    CLIENT_OPTIONS,
    VIEW_OPTIONS,
    AsyncClientOptions,
    CallOptions,
    ClientOptions,
    Settings,
    SharedOptions,
    ViewOptions,
    check_options,
)
from .requests import split_origin
from .resource import AsyncResource, Resource
from .responses import ApiResponse
from .retry import RetryBudget
from .security import Credentials, Scheme
from .servers import Server, checked_base_url, choose_base_url
from .streams import AsyncStream, AsyncStreamedResponse, Stream, StreamedResponse
from .undocumented import undocumented

if TYPE_CHECKING:
    from .drive_async import AsyncDriver

P = ParamSpec("P")
T = TypeVar("T")

_NO_SCHEMES: Mapping[str, Scheme] = MappingProxyType({})


class BaseClient:
    """A client. Safe to use from several threads.

    Close it, or use it in a ``with`` statement.
    """

    _core: Core
    _driver: Driver

    def __init__(
        self,
        *,
        servers: Sequence[Server],
        credentials: Mapping[str, Any],
        environment: str,
        options: ClientOptions[Any, Any],
        schemes: Mapping[str, Scheme] = _NO_SCHEMES,
    ) -> None:
        check_options(f"{type(self).__name__}()", options, CLIENT_OPTIONS)
        self._core = make_core(servers, schemes, credentials, environment, options)
        self._driver = Driver(options.get("http_client"))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {split_origin(self._core.settings.base_url)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def base_url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self._core.settings.base_url

    def close(self) -> None:
        """Close the connections. Views of this client share them."""
        self._driver.close()

    def with_options(self, **options: Unpack[ViewOptions]) -> Self:
        """Return a view of this client with other options.

        It shares connections, budget and tokens.
        """
        view = object.__new__(type(self))
        view._core = changed_core(self._core, options)
        view._driver = self._driver
        return view

    def with_raw_response(self, method: Callable[P, T]) -> Callable[P, ApiResponse[T]]:
        """Return a method as one that gives status and headers beside the value.

        ``client.with_raw_response(client.pets.get_pet)("p1").headers``
        """
        found: Callable[P, ApiResponse[T]] = _viewed(method, "response")
        return found

    def with_streaming_response(
        self, method: Callable[P, Any]
    ) -> Callable[P, StreamedResponse]:
        """Return a method as one that leaves the body to the caller, in a ``with``."""
        found: Callable[P, StreamedResponse] = _viewed(method, "stream")
        return found

    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        returns: type[T],
        json: Any = ...,
        content: Any = ...,
        security: Sequence[str] | None = ...,
        **options: Unpack[CallOptions],
    ) -> T: ...
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        returns: Any = ...,
        json: Any = ...,
        content: Any = ...,
        security: Sequence[str] | None = ...,
        **options: Unpack[CallOptions],
    ) -> Any: ...
    def request(
        self,
        method: str,
        path: str,
        *,
        returns: Any = Any,
        json: Any = None,
        content: Any = None,
        security: Sequence[str] | None = None,
        **options: Unpack[CallOptions],
    ) -> Any:
        """Make a call that the document does not have.

        ``client.request("GET", "/new", returns=dict)``

        ``path`` is below the base URL and sent as it is. ``security`` names the schemes
        to use; by default the first that has a credential.
        """
        operation, body = undocumented(
            self._core.credentials, method, path, returns, json, content, security
        )
        return self._make(Call(operation, {}, options, body))

    def _make(self, call: Call) -> Any:
        result = self._driver.run(run(self._core, call))
        if not isinstance(result, Handed):
            return result
        media = result.answer.media
        if result.view == "stream" or media is None:
            return StreamedResponse(result.response, result.answer)

        def reopen(wait: float, last_event_id: str) -> Handed | None:
            self._driver.wait(wait)
            again = self._driver.run(run(self._core, resumed(call, last_event_id)))
            return again if isinstance(again, Handed) else None

        attempts = call.options.get("reconnect", 0)
        stream: Stream[Any] = Stream(result, media, attempts, reopen)
        return _enclosed(stream, result)


class AsyncBaseClient:
    """A client whose calls are awaited.

    Close it, or use it in an ``async with`` statement.
    """

    _core: Core
    _driver: AsyncDriver

    def __init__(
        self,
        *,
        servers: Sequence[Server],
        credentials: Mapping[str, Any],
        environment: str,
        options: AsyncClientOptions[Any, Any],
        schemes: Mapping[str, Scheme] = _NO_SCHEMES,
    ) -> None:
        check_options(f"{type(self).__name__}()", options, ASYNC_CLIENT_OPTIONS)
        self._core = make_core(servers, schemes, credentials, environment, options)
        # Who calls synchronously need not load the machinery of event loops.
        from .drive_async import AsyncDriver

        self._driver = AsyncDriver(options.get("http_client"))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {split_origin(self._core.settings.base_url)}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def base_url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self._core.settings.base_url

    async def close(self) -> None:
        """Close the connections. Views of this client share them."""
        await self._driver.close()

    def with_options(self, **options: Unpack[ViewOptions]) -> Self:
        """Return a view of this client with other options.

        It shares connections, budget and tokens.
        """
        view = object.__new__(type(self))
        view._core = changed_core(self._core, options)
        view._driver = self._driver
        return view

    def with_raw_response(
        self, method: Callable[P, Awaitable[T]]
    ) -> Callable[P, Awaitable[ApiResponse[T]]]:
        """Return a method as one that gives status and headers beside the value."""
        found: Callable[P, Awaitable[ApiResponse[T]]] = _viewed(method, "response")
        return found

    def with_streaming_response(
        self, method: Callable[P, Awaitable[Any]]
    ) -> Callable[P, Awaitable[AsyncStreamedResponse]]:
        """Return a method as one that leaves the body to be read by the caller."""
        found: Callable[P, Awaitable[AsyncStreamedResponse]] = _viewed(method, "stream")
        return found

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        returns: type[T],
        json: Any = ...,
        content: Any = ...,
        security: Sequence[str] | None = ...,
        **options: Unpack[CallOptions],
    ) -> T: ...
    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        returns: Any = ...,
        json: Any = ...,
        content: Any = ...,
        security: Sequence[str] | None = ...,
        **options: Unpack[CallOptions],
    ) -> Any: ...
    async def request(
        self,
        method: str,
        path: str,
        *,
        returns: Any = Any,
        json: Any = None,
        content: Any = None,
        security: Sequence[str] | None = None,
        **options: Unpack[CallOptions],
    ) -> Any:
        """Make a call that the document does not have: see `BaseClient.request`."""
        operation, body = undocumented(
            self._core.credentials, method, path, returns, json, content, security
        )
        return await self._make(Call(operation, {}, options, body))

    async def _make(self, call: Call) -> Any:
        result = await self._driver.run(run(self._core, call))
        if not isinstance(result, Handed):
            return result
        media = result.answer.media
        if result.view == "stream" or media is None:
            return AsyncStreamedResponse(result.response, result.answer)

        async def reopen(wait: float, last_event_id: str) -> Handed | None:
            await self._driver.wait(wait)
            again = await self._driver.run(
                run(self._core, resumed(call, last_event_id))
            )
            return again if isinstance(again, Handed) else None

        attempts = call.options.get("reconnect", 0)
        stream: AsyncStream[Any] = AsyncStream(result, media, attempts, reopen)
        return _enclosed(stream, result)


def make_core(
    servers: Sequence[Server],
    schemes: Mapping[str, Scheme],
    credentials: Mapping[str, Any],
    environment: str,
    options: SharedOptions[Any, Any],
) -> Core:
    """Return what all calls of a new client share."""
    base_url, given = choose_base_url(
        servers,
        given=options.get("base_url"),
        environment=f"{environment}_BASE_URL",
        server=options.get("server"),
        variables=options.get("server_variables"),
    )
    return Core(
        settings=_changed(Settings(base_url, overrides_servers=given), options),
        credentials=Credentials(schemes, credentials),
        budget=RetryBudget(),
    )


def changed_core(core: Core, options: ViewOptions) -> Core:
    """Return what the calls of a view share."""
    check_options("with_options()", options, VIEW_OPTIONS)
    settings = _changed(core.settings, options)
    if base_url := options.get("base_url"):
        url = checked_base_url(base_url)
        settings = replace(settings, base_url=url, overrides_servers=True)
    if headers := options.get("default_headers"):
        settings = replace(
            settings, default_headers={**core.settings.default_headers, **headers}
        )
    if query := options.get("default_query"):
        settings = replace(
            settings, default_query={**core.settings.default_query, **query}
        )
    return replace(core, settings=settings)


def _changed(
    settings: Settings, options: SharedOptions[Any, Any] | ViewOptions
) -> Settings:
    names = (
        "timeout",
        "max_retries",
        "retry_every_method",
        "default_headers",
        "default_query",
        "idempotency_header",
        "rate_limit_headers",
        "retry_after_fields",
        "strict_responses",
        "max_body_size",
        "hooks",
    )
    given = cast("Mapping[str, Any]", options)
    return replace(settings, **{name: given[name] for name in names if name in given})


def _viewed(method: Any, view: View) -> Any:
    resource = getattr(method, "__self__", None)
    if not isinstance(resource, (Resource, AsyncResource)):
        raise TypeError(
            "give a method of a resource of the client, such as client.pets.get_pet"
        )
    return getattr(resource._viewed(view), method.__name__)  # pyright: ignore[reportPrivateUsage]


def _enclosed(stream: Any, handed: Handed) -> Any:
    """Return a stream as the value of a response, where that is wanted."""
    if handed.view == "value":
        return stream
    answer = handed.answer
    return ApiResponse(
        stream,
        answer.status,
        answer.headers,
        request_id=answer.request_id,
        attempts=handed.attempts,
    )
