"""What groups of operations are made of: a client, and how its answers are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..errors import ConfigurationError
from ..operation import Items, Operation
from .flow import Call, View
from .options import CallOptions
from .security import ApiKey
from .streams import AsyncStream, Stream

if TYPE_CHECKING:
    from ..pagination import Paged
    from .base import AsyncBaseClient, BaseClient
    from .pagination import AsyncPage, AsyncPages, Page, Source

T = TypeVar("T")
E = TypeVar("E")

V = TypeVar("V")

__all__ = [
    "AsyncResource",
    "AsyncStream",
    "CallOptions",
    "Resource",
    "Stream",
]


class Resource:
    """A group of operations."""

    def __init__(self, client: BaseClient, view: View = "value") -> None:
        self._client = client
        self._view: View = view

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"

    def _viewed(self, view: View) -> Self:
        return type(self)(self._client, view)

    def _call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> T:
        call = Call(operation, arguments, options, body, self._view)
        result: T = self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    def _stream(
        self,
        operation: Operation[Items[E]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> Stream[E]:
        call = Call(operation, arguments, options, body, self._view)
        result: Stream[E] = self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    def _either(
        self,
        operation: Operation[T | Items[E]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> T | Stream[E]:
        call = Call(operation, arguments, options, body, self._view)
        result: T | Stream[E] = self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    def _pages(
        self,
        operation: Operation[Paged[E, V]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> Page[E, V]:
        # Who lists nothing need not load the machinery of pages.
        from .pagination import first_page

        call = Call(operation, arguments, options, body, self._view)
        result: Page[E, V] = first_page(_source(self._client, operation), call)
        return result


class AsyncResource:
    """A group of operations, awaitable."""

    def __init__(self, client: AsyncBaseClient, view: View = "value") -> None:
        self._client = client
        self._view: View = view

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"

    def _viewed(self, view: View) -> Self:
        return type(self)(self._client, view)

    async def _call(
        self,
        operation: Operation[T],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> T:
        call = Call(operation, arguments, options, body, self._view)
        result: T = await self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    async def _stream(
        self,
        operation: Operation[Items[E]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> AsyncStream[E]:
        call = Call(operation, arguments, options, body, self._view)
        result: AsyncStream[E] = await self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    async def _either(
        self,
        operation: Operation[T | Items[E]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> T | AsyncStream[E]:
        call = Call(operation, arguments, options, body, self._view)
        result: T | AsyncStream[E] = await self._client._make(call)  # pyright: ignore[reportPrivateUsage]
        return result

    def _pages(
        self,
        operation: Operation[Paged[E, V]],
        arguments: Mapping[str, Any],
        options: CallOptions,
        body: Any = None,
    ) -> AsyncPages[E, V]:
        from .pagination import AsyncPages, first_async_page

        call = Call(operation, arguments, options, body, self._view)
        source = _source(self._client, operation)

        async def first() -> AsyncPage[E, V]:
            result: AsyncPage[E, V] = await first_async_page(source, call)
            return result

        return AsyncPages(first)


def _source(client: BaseClient | AsyncBaseClient, operation: Operation[Any]) -> Source:
    from .pagination import Source

    if operation.pages is None:
        raise ConfigurationError(f"{operation.key} has no pages")
    schemes = client._core.credentials.schemes  # pyright: ignore[reportPrivateUsage]
    keys = (one for one in schemes.values() if isinstance(one, ApiKey))
    return Source(
        client._make,  # pyright: ignore[reportPrivateUsage]
        operation.pages,
        frozenset(key.name for key in keys if key.place == "query"),
    )
