"""Both ends in one process: requests that are recorded, and applications that are called without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from support.packages import Package

BASE = "http://server.invalid"


@dataclass
class Script:
    """A transport that records what is sent and answers the same each time."""

    status: int = 200
    content: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    requests: list[httpx2.Request] = field(default_factory=list)

    def client(self, package: Package, **options: Any) -> Any:
        """Return a client of a package that sends to this script."""
        http = httpx2.Client(transport=httpx2.MockTransport(self._answer))
        return package.load().Client(http_client=http, max_retries=0, **options)

    @property
    def last(self) -> httpx2.Request:
        """What was sent last."""
        return self.requests[-1]

    @property
    def sent(self) -> Any:
        """The JSON that was sent last."""
        return json.loads(self.last.content)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        if isinstance(self.content, bytes):
            return httpx2.Response(self.status, content=self.content, headers=self.headers)
        return httpx2.Response(self.status, json=self.content, headers=self.headers)


def call(package: Package, app: Any, use: Callable[[Any], Awaitable[Any]], **options: Any) -> Any:
    """Return what ``use`` makes of an asynchronous client of a package that calls an application."""

    async def main() -> Any:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as http:
            client = package.load().AsyncClient(
                **{"http_client": http, "base_url": BASE, "max_retries": 0, "strict_responses": True, **options}
            )
            return await use(client)

    return asyncio.run(main())


def ask(app: Any, method: str, path: str, **options: Any) -> httpx2.Response:
    """Return the answer of an application to a request that no generated client made."""

    async def main() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE) as http:
            return await http.request(method, path, **options)

    return asyncio.run(main())
