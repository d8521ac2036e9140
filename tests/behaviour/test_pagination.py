"""Pages of generated clients, sync and async, against handlers of generated servers and against scripts."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest

from support.exchange import Script, call
from support.packages import Package, make_package

LIBRARY = Path(__file__).parents[1] / "golden/pagination/openapi.yaml"
BOOKS = [f"isbn-{number}" for number in range(7)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    parent = tmp_path_factory.mktemp("library")
    sys.path.insert(0, str(parent))
    try:
        yield make_package(LIBRARY, parent, "of_library")
    finally:
        sys.path.remove(str(parent))


@pytest.fixture
def app(library: Package) -> Any:
    """The library with seven books, of which a page holds at most three."""
    server, schemas = library.load("server"), library.load("schemas")
    answers = (
        schemas.ListBooksResponse,
        schemas.ListLoansResponse,
        schemas.ListCopiesResponse,
        schemas.ListFinesResponse,
    )
    books, loans, copies, fines = answers

    class Handlers(server.Handlers):  # type: ignore[misc]
        def list_books(
            self, *, author: str | None = None, page_token: str | None = None, limit: int | None = None
        ) -> Any:
            first, size = int(page_token or 0), limit or 3
            found = [book for book in BOOKS if author is None or book != "isbn-0"]
            after = first + size if first + size < len(found) else None
            meta = {"nextPageToken": str(after) if after is not None else None}
            return books(items=[{"isbn": book} for book in found[first : first + size]], meta=meta)

        def list_loans(self, *, offset: int | None = None, limit: int | None = None) -> Any:
            first = offset or 0
            return loans(results=[{"isbn": book} for book in BOOKS[first : first + 3]], total=len(BOOKS))

        def list_copies(self, isbn: str, *, page: int | None = None) -> Any:
            first = 3 * ((page or 1) - 1)
            return copies.model_validate({"data": list(range(first, min(first + 3, 7))), "totalPages": 3})

        def list_authors(self) -> Any:
            return ["Ann"]

        def list_fines(self, *, starting_after: str | None = None) -> Any:
            first = int(starting_after or -1) + 1
            return fines(data=[{"id": str(one)} for one in range(first, min(first + 3, 7))], has_more=first + 3 < 7)

    return server.create_app(Handlers())


LISTS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any], list[Any]]] = {
    "cursor": (lambda client: client.books.list_books(), lambda book: book.isbn, BOOKS),
    "filtered": (lambda client: client.books.list_books(author="Ann", limit=2), lambda book: book.isbn, BOOKS[1:]),
    "offset": (lambda client: client.loans.list_loans(), lambda book: book.isbn, BOOKS),
    "from an offset": (lambda client: client.loans.list_loans(offset=5), lambda book: book.isbn, BOOKS[5:]),
    "number": (lambda client: client.books.list_copies("i"), lambda copy: copy, list(range(7))),
    "from a number": (lambda client: client.books.list_copies("i", page=2), lambda copy: copy, list(range(3, 7))),
    "last item": (lambda client: client.loans.list_fines(), lambda fine: fine.id, list("0123456")),
}


@pytest.mark.parametrize(("listed", "key", "expected"), LISTS.values(), ids=LISTS)
def test_iterating_goes_over_all_pages(library: Package, app: Any, listed: Any, key: Any, expected: list[Any]) -> None:
    async def items(client: Any) -> list[Any]:
        return [key(item) async for item in listed(client)]

    async def awaited(client: Any) -> list[Any]:
        return [key(item) async for item in await listed(client)]

    async def pages(client: Any) -> list[Any]:
        return [key(item) async for page in listed(client).pages() for item in page.items]

    async def one_by_one(client: Any) -> list[Any]:
        page, found = await listed(client), list[Any]()
        while page is not None:
            found += map(key, page.items)
            more = page.has_next_page
            page = await page.get_next_page()
            assert more == (page is not None)
        return found

    for use in (items, awaited, pages, one_by_one):
        assert call(library, app, use) == expected


def served(app: Any) -> httpx2.Client:
    """Return a synchronous client of an asynchronous application."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        async def main() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as http:
                return await http.request(request.method, request.url)

        found = asyncio.run(main())
        return httpx2.Response(found.status_code, content=found.content, headers=found.headers)

    return httpx2.Client(transport=httpx2.MockTransport(answer))


@pytest.mark.parametrize(("listed", "key", "expected"), LISTS.values(), ids=LISTS)
def test_synchronous_clients_go_over_all_pages(
    library: Package, app: Any, listed: Any, key: Any, expected: list[Any]
) -> None:
    client = library.load().Client(http_client=served(app), strict_responses=True)
    assert [key(item) for item in listed(client)] == expected
    assert [key(item) for page in listed(client).pages() for item in page.items] == expected
    page, found = listed(client), list[Any]()
    while page is not None:
        found += map(key, page.items)
        page = page.get_next_page()
    assert found == expected


class Answers:
    """A transport that gives its answers in turn, and keeps what was asked."""

    def __init__(self, *answers: tuple[Any, dict[str, str]]) -> None:
        self.answers = list(answers)
        self.asked: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        content, headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx2.Response(200, json=content, headers=headers)

    def client(self, library: Package, **options: Any) -> Any:
        http = httpx2.Client(transport=httpx2.MockTransport(self))
        return library.load().Client(http_client=http, **options)

    @property
    def urls(self) -> list[str]:
        return [str(request.url) for request in self.asked]


def test_links_are_followed_in_the_query_alone(library: Package) -> None:
    """A link to another origin would take credentials there."""
    answers = Answers(
        (["Ann"], {"Link": '<https://evil.test/x?page=2&q=a%20b&tag=1&tag=2>; rel="next", </a?page=9>; rel="last"'}),
        (["Bob"], {"Link": '</authors?page=1>; rel="prev first", </authors?page=3>; title="x, y"; rel=Next'}),
        (["Cyd"], {"Link": '</authors?page=1>; rel="first"'}),
    )
    client = answers.client(library)
    assert list(client.books.list_authors(extra_headers={"X-Trace": "1"}, extra_query={"sort": "up"})) == [
        "Ann",
        "Bob",
        "Cyd",
    ]
    assert answers.urls == [
        "https://library.test/authors?sort=up",
        "https://library.test/authors?sort=up&page=2&q=a%20b&tag=1&tag=2",
        "https://library.test/authors?sort=up&page=3&q=a%20b&tag=1&tag=2",
    ]
    assert [request.headers["x-trace"] for request in answers.asked] == ["1", "1", "1"]


def test_filters_and_options_hold_for_every_page_but_the_key_of_the_first(library: Package) -> None:
    answers = Answers(
        ({"items": [], "meta": {"nextPageToken": "a&b"}}, {}),
        ({"items": [{"isbn": "1"}]}, {}),
    )
    found = answers.client(library).books.list_books(
        author="Ann", limit=5, extra_headers={"X-Trace": "1"}, idempotency_key="once"
    )
    assert [book.isbn for book in found] == ["1"]
    assert answers.urls == [
        "https://library.test/books?author=Ann&limit=5",
        "https://library.test/books?author=Ann&page-token=a%26b&limit=5",
    ]
    assert [request.headers.get("idempotency-key") for request in answers.asked] == ["once", None]
    assert answers.asked[1].headers["x-trace"] == "1"


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_a_circle_of_pages_ends_in_an_error(library: Package, length: int) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        token = int(request.url.params.get("page-token", "0"))
        return httpx2.Response(
            200, json={"items": [{"isbn": "1"}], "meta": {"nextPageToken": str((token + 1) % length)}}
        )

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    seen = 0
    with pytest.raises(library.load("errors").DecodingError, match="listBooks: the pages repeat"):
        for _ in library.load().Client(http_client=http).books.list_books():
            seen += 1
            assert seen < 50
    assert seen >= length


def test_a_page_is_the_answer_too(library: Package) -> None:
    answers = Answers(({"items": [{"isbn": "1"}], "meta": {"nextPageToken": "2"}, "further": 3}, {"X-Request-Id": "r"}))
    client = answers.client(library)
    page = client.books.list_books()
    assert page.value.meta.next_page_token == page.meta.next_page_token == "2"
    assert repr(page) == "<Page of 1 items, and more>"
    with pytest.raises(AttributeError):
        _ = page.no_such_property
    response = client.with_raw_response(client.books.list_books)()
    assert response.request_id == "r"
    assert response.value.has_next_page
    assert [book.isbn for book in response.value.items] == ["1"]
    assert len(answers.asked) == 2
    with client.with_streaming_response(client.books.list_books)() as stream:
        assert b"isbn" in stream.read()


def test_asynchronous_views_are_the_same(library: Package, app: Any) -> None:
    async def use(client: Any) -> tuple[int, int]:
        response = await client.with_raw_response(client.books.list_books)(limit=4)
        return response.status, len([item async for item in response.value])

    assert call(library, app, use) == (200, 7)


def test_nothing_is_asked_before_it_is_needed(library: Package) -> None:
    asked: list[str] = []

    async def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200, json={"items": [{"isbn": "1"}, {"isbn": "2"}], "meta": {"nextPageToken": "2"}})

    async def main() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
            client = library.load().AsyncClient(http_client=http)
            client.books.list_books()
            assert asked == []
            items: AsyncIterator[Any] = aiter(client.books.list_books())
            await anext(items)
            await anext(items)
            assert len(asked) == 1
            await items.aclose()  # type: ignore[attr-defined]

    asyncio.run(main())


def test_pages_of_the_channels_interface(channels: Package) -> None:
    script = Script(200, {"results": []})
    client = script.client(channels, access_key="k")
    assert list(client.messages.list_channel_messages("w", "c", limit=2, extra_query={"x": "1"})) == []
    assert len(script.requests) == 1
