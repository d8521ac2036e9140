"""What a request costs a generated server beside a FastAPI application by hand.

Both have the same models, the same handlers and the same key; both are called as ASGI applications in one process, in
turns. Prints the CPU time of a request for each, and their ratio (the median over the turns). The one by hand declares
its parameters, body and response model to FastAPI, and the key as a dependency, as FastAPI's documentation does.

    python benchmarks/server_request.py [requests] [turns]
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import importlib
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import APIKeyHeader

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.write import write_plan
from bothends.pipeline import Session

SPEC = Path(__file__).parent.parent / "specs" / "architect-customer-api" / "openapi.yaml"
KEY = "a key"
PATH = "/v0/pages/p1/audiences/a1"
BODY = json.dumps({"message": "hi", "clientMessageId": "m1"}).encode()


def generated_package(folder: Path) -> Any:
    """Generate the server and import its package."""
    session = Session(
        TargetConfig(str(SPEC), folder / "architect_api", "architect_api", ("schemas", "server")), Report()
    )
    write_plan(session.plan())
    sys.path.insert(0, str(folder))
    return importlib.import_module("architect_api")


def answers(package: Any) -> tuple[Any, Any]:
    """Return the values that both applications answer with."""
    schemas = package.schemas
    version = {
        "archivedAt": None, "audienceId": "a1", "becameDraftAt": None, "cancelledAt": None,
        "createdAt": "2024-01-15T10:30:00.000Z", "isNewPageAgent": False, "obsoleteAt": None,
        "publishedAt": "2024-01-15T10:30:00.000Z", "queueDurationMs": None, "queuedAt": None, "status": "published",
        "supplementaryContext": None, "versionId": "v1", "versionNumber": 1,
    }  # fmt: skip
    audience = {
        "actionFormIdOverride": None, "actionFormInstructionsOverride": None, "actionUrlOverride": None,
        "archivedAt": None, "audienceId": "a1", "computedName": "A", "createdAt": "2024-01-15T10:30:00.000Z",
        "customName": None, "effectiveName": "A", "flags": [], "isNewPageAgent": False, "latestVersion": version,
        "pageId": "p1", "personId": None, "personRouteKey": None, "publishedVersion": version, "status": "published",
        "supplementaryContext": None,
    }  # fmt: skip
    message = {"accepted": True, "audienceId": "a1", "clientMessageId": "m1", "versionId": "v1"}
    return (
        schemas.PostAudience.model_validate_json(json.dumps(audience)),
        schemas.PostMessage.model_validate_json(json.dumps(message)),
    )


def generated(package: Any) -> Any:
    """Return the generated application."""
    audience, message = answers(package)

    class Handlers(package.server.Handlers):  # type: ignore[misc]
        async def get_audience(self, *, page_id: str, audience_id: str) -> Any:
            return audience

        async def send_audience_message(self, *, page_id: str, audience_id: str, body: Any) -> Any:
            return message

    async def authenticate(credentials: Any, requirement: Any) -> str | None:
        return "owner" if credentials["apiKey"].matches(KEY) else None

    return package.server.create_app(Handlers(), authenticate=authenticate)


async def owner(key: Annotated[str, Depends(APIKeyHeader(name="x-api-key"))]) -> str:
    """Return who has the key."""
    if not hmac.compare_digest(key.encode(), KEY.encode()):
        raise HTTPException(401)
    return "owner"


def handwritten(package: Any) -> Any:
    """Return the application by hand."""
    schemas = package.schemas
    audience, message = answers(package)
    app = FastAPI()

    async def get_audience(page_id: str, audience_id: str, caller: Any = Depends(owner)) -> Any:  # noqa: B008
        return audience

    async def send(page_id: str, audience_id: str, body: Any, caller: Any = Depends(owner)) -> Any:  # noqa: B008
        return message

    send.__annotations__["body"] = schemas.CreateMessageRequest
    options: dict[str, Any] = {"response_model_exclude_unset": True, "response_model_by_alias": True}
    path = "/v0/pages/{page_id}/audiences/{audience_id}"
    app.get(path, response_model=schemas.PostAudience, **options)(get_audience)
    app.post(f"{path}/messages", response_model=schemas.PostMessage, status_code=202, **options)(send)
    return app


async def call(app: Any, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Make one request of an application, and return its answer."""
    headers = [(b"host", b"x.test"), (b"x-api-key", KEY.encode()), (b"accept", b"*/*")]
    if body:
        headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    found: list[Any] = []

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        found.append(message)

    await app(scope, receive, send)
    return found[0]["status"], b"".join(message.get("body", b"") for message in found[1:])


async def cost(app: Any, request: tuple[str, str, bytes], times: int) -> float:
    """Return the CPU time of one request in seconds."""
    gc.collect()
    started = time.process_time()
    for _ in range(times):
        await call(app, *request)
    return (time.process_time() - started) / times


async def compare(apps: tuple[Any, Any], request: tuple[str, str, bytes], times: int, turns: int) -> None:
    """Print what a request costs either application."""
    first, second = [await call(app, *request) for app in apps]
    if first[0] != second[0] or json.loads(first[1]) != json.loads(second[1]):
        raise SystemExit(f"they do not answer the same: {first} {second}")
    pairs = [[await cost(app, request, times) for app in apps] for _ in range(turns)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    print(f"{request[0]:5} generated {ours * 1e6:6.0f} us  by hand {theirs * 1e6:6.0f} us  ratio {ratio:.2f}")


def main(times: int = 1000, turns: int = 7) -> None:
    """Compare both kinds of requests."""
    with tempfile.TemporaryDirectory() as folder:
        package = generated_package(Path(folder))
        apps = (generated(package), handwritten(package))
        for request in (("GET", PATH, b""), ("POST", f"{PATH}/messages", BODY)):
            asyncio.run(compare(apps, request, times, turns))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
