"""What a call of a generated client costs beside one by hand.

Generates a client, lets it and a function of httpx2 and pydantic make the same small calls of the same ASGI application
in the same process, in turns, and prints the CPU time of each and their ratio (the median over the turns). Both check
the path argument's place, the body and the answer with the same models; both raise for failures.

    python benchmarks/client_call.py [calls] [turns]
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.write import write_plan
from bothends.pipeline import Session

SPEC = Path(__file__).parent.parent / "specs" / "architect-customer-api" / "openapi.yaml"
Call = Callable[[], Awaitable[Any]]


Answers = dict[str, tuple[int, bytes]]


def quick(answers: Answers) -> Callable[..., Awaitable[None]]:
    """Return an application that answers as quickly as one can."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        status, body = answers[scope["method"]]
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


async def recorded(package: Any) -> Answers:
    """Return what the package's own mock answers to the calls."""
    mock = package.server.create_app()
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(mock), headers={"x-api-key": "k"}) as http:
        path = "https://x.test/v0/pages/p1/audiences/a1"
        got, posted = await http.get(path), await http.post(f"{path}/messages", json={"message": "hi"})
    return {"GET": (got.status_code, got.content), "POST": (posted.status_code, posted.content)}


def generated(folder: Path) -> Any:
    """Generate the package and import it."""
    session = Session(TargetConfig(str(SPEC), folder / "architect_cost", "architect_cost"), Report())
    write_plan(session.plan())
    sys.path.insert(0, str(folder))
    return importlib.import_module("architect_cost")


def by_hand(package: Any, http: httpx2.AsyncClient) -> dict[str, Call]:
    """Return the calls as somebody would write them who needs no more than these."""
    schemas, headers = package.schemas, {"x-api-key": "k", "accept": "application/json"}

    async def get() -> Any:
        page, audience = quote("p1", safe=""), quote("a1", safe="")
        response = await http.get(f"https://x.test/v0/pages/{page}/audiences/{audience}", headers=headers, timeout=60)
        if response.status_code != 200:
            raise RuntimeError(schemas.Error.model_validate_json(response.content))
        return schemas.PostAudience.model_validate_json(response.content)

    async def post() -> Any:
        page, audience = quote("p1", safe=""), quote("a1", safe="")
        url = f"https://x.test/v0/pages/{page}/audiences/{audience}/messages"
        body = schemas.CreateMessageRequest(message="hi").model_dump_json(by_alias=True, exclude_unset=True)
        more = {**headers, "content-type": "application/json"}
        response = await http.post(url, headers=more, content=body, timeout=60)
        if response.status_code != 202:
            raise RuntimeError(schemas.Error.model_validate_json(response.content))
        return schemas.PostMessage.model_validate_json(response.content)

    return {"GET": get, "POST": post}


def by_client(package: Any, http: httpx2.AsyncClient) -> dict[str, Call]:
    """Return the calls as made with the generated client."""
    client = package.AsyncClient(api_key="k", base_url="https://x.test", http_client=http)
    audiences, messages, schemas = client.audiences, client.audience_messages, package.schemas

    async def get() -> Any:
        return await audiences.get_audience("p1", "a1")

    async def post() -> Any:
        return await messages.send_audience_message("p1", "a1", body=schemas.CreateMessageRequest(message="hi"))

    return {"GET": get, "POST": post}


async def seconds(call: Call, calls: int) -> float:
    """Return the CPU seconds of a number of calls."""
    gc.collect()
    started = time.process_time()
    for _ in range(calls):
        await call()
    return time.process_time() - started


async def measure(package: Any, calls: int, turns: int) -> None:
    """Print what each call costs by hand and by client."""
    app = quick(await recorded(package))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as http:
        hand, client = by_hand(package, http), by_client(package, http)
        for name in hand:
            for call in (hand[name], client[name]):
                await seconds(call, 50)
            pairs = [(await seconds(hand[name], calls), await seconds(client[name], calls)) for _ in range(turns)]
            ratio = statistics.median(ours / theirs for theirs, ours in pairs)
            theirs, ours = (statistics.median(side) / calls * 1e6 for side in zip(*pairs, strict=True))
            print(f"{name}: by hand {theirs:.0f} us, by client {ours:.0f} us, ratio {ratio:.3f}")


def main() -> None:
    """Measure with the numbers of the command line."""
    calls, turns = (int(sys.argv[1]) if len(sys.argv) > 1 else 2000), (int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(generated(Path(folder)), calls, turns))


if __name__ == "__main__":
    main()
