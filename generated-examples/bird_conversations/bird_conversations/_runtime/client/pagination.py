"""Pages of lists: the answer of one call, and all that follow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import DecodingError
from ..pagination import Pages
from .following import Following, following, is_counted, items_of, next_call
from .responses import ApiResponse

if TYPE_CHECKING:
    from .flow import Call

T = TypeVar("T")
V = TypeVar("V")

Make = Callable[["Call"], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where pages come from: what makes a call, and how one follows another.

    ``secrets`` are keys of the query that credentials bring with every call.
    """

    make: Make
    pages: Pages
    secrets: frozenset[str] = frozenset()


class _Page(Generic[T, V]):
    """What both kinds of page know."""

    items: list[T]
    """The items of this page."""
    value: V
    """The answer, as it is documented."""

    def __init__(
        self,
        source: Source,
        call: Call,
        response: ApiResponse[V],
        before: _Page[T, V] | None = None,
    ) -> None:
        self.value = response.value
        self.items = items_of(source.pages, response.value)
        self._source = source
        self._call = call
        self._following = following(source.pages, call, response, self.items)
        self._steps, self._marked = _marked(before)
        self._circles = before is not None and self._following in (
            before._following,
            self._marked,
        )
        if before is not None and self.items and is_counted(source.pages):
            # Nothing but an empty page would end these.
            self._refuse(self.items == before.items)

    @property
    def has_next_page(self) -> bool:
        """Whether another page follows."""
        return self._following is not None

    def __repr__(self) -> str:
        more = ", and more" if self.has_next_page else ""
        return f"<{type(self).__name__} of {len(self.items)} items{more}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Code that was written for the plain answer goes on working.
            if name.startswith("_") or "value" not in self.__dict__:
                raise AttributeError(name)
            return getattr(self.value, name)

    def _next_call(self, change: Following) -> Call:
        self._refuse(self._circles)
        return next_call(self._call, change, self._source.secrets)

    def _refuse(self, repeats: bool) -> None:
        if repeats:
            raise DecodingError(
                "the pages repeat: one follows itself",
                operation=self._call.operation.key,
            )


def _marked(before: _Page[Any, Any] | None) -> tuple[int, Following | None]:
    """Return how many pages were passed, and one of them to be compared with.

    Marking the pages 1, 2, 4, 8 … finds a circle of any length, and keeps one of them.
    """
    if before is None:
        return 0, None
    steps = before._steps + 1  # pyright: ignore[reportPrivateUsage]
    if steps & (steps - 1) == 0:
        return steps, before._following  # pyright: ignore[reportPrivateUsage]
    return steps, before._marked  # pyright: ignore[reportPrivateUsage]


class Page(_Page[T, V]):
    """A page of a list. Iterating goes over its items, and those of all that follow."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T, V]]:
        """Yield this page and all that follow."""
        page: Page[T, V] | None = self
        while page is not None:
            yield page
            page = page.get_next_page()

    def get_next_page(self) -> Page[T, V] | None:
        """Return the next page, None after the last."""
        if self._following is None:
            return None
        call = self._next_call(self._following)
        return Page(self._source, call, self._source.make(call), self)


class AsyncPage(_Page[T, V]):
    """A page of a list. Iterating goes over its items, and those of all that follow."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T, V]]:
        """Yield this page and all that follow."""
        page: AsyncPage[T, V] | None = self
        while page is not None:
            yield page
            page = await page.get_next_page()

    async def get_next_page(self) -> AsyncPage[T, V] | None:
        """Return the next page, None after the last."""
        if self._following is None:
            return None
        call = self._next_call(self._following)
        return AsyncPage(self._source, call, await self._source.make(call), self)


class AsyncPages(Awaitable[AsyncPage[T, V]], Generic[T, V]):
    """A list that is not asked for yet: await it for its first page, or iterate."""

    def __init__(self, first: Callable[[], Awaitable[AsyncPage[T, V]]]) -> None:
        self._first = first

    def __await__(self) -> Generator[Any, None, AsyncPage[T, V]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for item in await self._first():
            yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T, V]]:
        """Yield the first page and all that follow."""
        async for page in (await self._first()).pages():
            yield page


def first_page(source: Source, call: Call) -> Any:
    """Make a call and return its page, beside status and headers where asked."""
    if call.view == "stream":
        return source.make(call)
    wanted = replace(call, view="response")
    response = source.make(wanted)
    page: Page[Any, Any] = Page(source, wanted, response)
    return page if call.view == "value" else replace(response, value=page)


async def first_async_page(source: Source, call: Call) -> Any:
    """Make a call and return its page, beside status and headers where asked."""
    if call.view == "stream":
        return await source.make(call)
    wanted = replace(call, view="response")
    response = await source.make(wanted)
    page: AsyncPage[Any, Any] = AsyncPage(source, wanted, response)
    return page if call.view == "value" else replace(response, value=page)
