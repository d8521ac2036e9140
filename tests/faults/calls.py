"""The calls that faults are met with, of both clients."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

SECRETS = {
    "token": "s3cret-token",
    "header_key": "s3cret-header",
    "query_key": "s3cret-query",
    "cookie_key": "s3cret-cookie",
}
MUCH = 64 * 1024 * 1024


class End:
    """How a call ended: what it gave before, its value or its exception."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.value: Any = None
        self.error: Exception | None = None


def call_sync(package: Any, name: str, url: str, **options: Any) -> End:
    """Make a call with the synchronous client."""
    end = End()
    with package.Client(base_url=url, **SECRETS, **options) as client:
        try:
            end.value = plain(SYNC[name](client, package, end))
        except Exception as error:
            end.error = error
        assert_idle(client)
    return end


def call_async(package: Any, name: str, url: str, **options: Any) -> End:
    """Make a call with the asynchronous client."""

    async def main() -> End:
        end = End()
        async with package.AsyncClient(base_url=url, **SECRETS, **options) as client:
            try:
                end.value = plain(await ASYNC[name](client, package, end))
            except Exception as error:
                end.error = error
            assert_idle(client)
        await settled()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return end

    return asyncio.run(main())


async def settled() -> None:
    """Let the event loop close the generators that were left."""
    for _ in range(10):
        await asyncio.sleep(0)


def assert_idle(client: Any) -> None:
    """Assert that no connection of a client is in use."""
    pool = client._driver.client._transport._pool
    assert all(connection.is_idle() for connection in pool.connections), pool.connections


def assert_no_secret(end: End, records: list[logging.LogRecord], client: object = "") -> None:
    """Assert that nothing that can be shown holds a credential."""
    shown = [repr(client), *(record.getMessage() for record in records)]
    error: BaseException | None = end.error
    if error is not None:
        shown += [str(error), repr(error), str(error.args)]
    for text in shown:
        assert "s3cret" not in text, text


def plain(value: Any) -> Any:
    return getattr(value, "name", value)


def _watch(method: str) -> Callable[..., Any]:
    def call(client: Any, package: Any, end: End) -> Any:
        with getattr(client.things, method)() as stream:
            for item in stream:
                end.items.append(item.name)
        return end.items

    return call


def _watch_async(method: str) -> Callable[..., Awaitable[Any]]:
    async def call(client: Any, package: Any, end: End) -> Any:
        async with await getattr(client.things, method)() as stream:
            async for item in stream:
                end.items.append(item.name)
        return end.items

    return call


def _read_stream(client: Any, *_: Any) -> Any:
    with client.with_streaming_response(client.things.get_thing)("x") as response:
        return response.read()


async def _read_stream_async(client: Any, *_: Any) -> Any:
    async with await client.with_streaming_response(client.things.get_thing)("x") as response:
        return await response.read()


def _twice(client: Any, *_: Any) -> Any:
    client.things.get_thing("x")
    return client.things.get_thing("x")


async def _twice_async(client: Any, *_: Any) -> Any:
    await client.things.get_thing("x")
    await asyncio.sleep(0.05)  # for the other side to close
    return await client.things.get_thing("x")


def _thing(package: Any) -> Any:
    return package.schemas.Thing(name="Tom")


SYNC: dict[str, Callable[[Any, Any, End], Any]] = {
    "get": lambda client, *_: client.things.get_thing("x"),
    "get twice": _twice,
    "list": lambda client, *_: client.things.list_things(),
    "remove": lambda client, *_: client.things.remove_thing("x"),
    "add": lambda client, package, _: client.things.add_thing(body=_thing(package)),
    "add with key": lambda client, package, _: client.things.add_thing(body=_thing(package), idempotency_key="k"),
    "upload": lambda client, *_: client.things.put_scan(body=b"octets"),
    "upload once": lambda client, *_: client.things.put_scan(body=iter([b"octets"])),
    "upload much": lambda client, *_: client.things.put_scan(body=bytes(MUCH)),
    "scan": lambda client, *_: client.things.get_scan(),
    "watch": _watch("watch"),
    "export": _watch("export_things"),
    "read stream": _read_stream,
}
ASYNC: dict[str, Callable[[Any, Any, End], Awaitable[Any]]] = {
    **{name: call for name, call in SYNC.items() if name not in ("watch", "export", "read stream", "get twice")},
    "get twice": _twice_async,
    "watch": _watch_async("watch"),
    "export": _watch_async("export_things"),
    "read stream": _read_stream_async,
}
