"""``bothends verify``: whether the generated client and the generated server agree."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bothends.cli.exit_codes import DIFFERENT, FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_package
from bothends.cli.serve import missing_modules
from bothends.cli.targets import named_target, pins_of
from bothends.diagnostics.model import DocumentError

if TYPE_CHECKING:
    from bothends.pipeline import Session
    from bothends.verification.outcome import Outcome

_PACKAGE = "verified_document"


def run(options: argparse.Namespace) -> int:
    """Generate both ends into a temporary folder, drive one against the other over ASGI, and report."""
    messages = Messages(options)
    missing = missing_modules("fastapi", "pydantic")
    if missing:
        return messages.fail(missing)
    from bothends.pipeline import Session

    with tempfile.TemporaryDirectory(prefix="bothends-verify-") as folder:
        try:
            found = named_target(options, options.spec, Path(folder) / _PACKAGE, _PACKAGE)
            session = Session(found.targets[0], messages.report(), pins=pins_of(found))
        except DocumentError as error:
            return messages.fail(error)
        if not publish_package(session, messages):
            return messages.finish(PROBLEM)
        with _importable(folder):
            outcomes = asyncio.run(_drive(session))
    _print(outcomes, messages)
    code = FINE if all(outcome.agreed for outcome in outcomes) else DIFFERENT
    return messages.finish(code, outcomes=[_row(outcome) for outcome in outcomes])


@contextmanager
def _importable(folder: str) -> Generator[None]:
    """Let the package be imported while it is there."""
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
            del sys.modules[name]


async def _drive(session: Session) -> list[Outcome]:
    from bothends.verification.drive import credentials, drive_async, planned_calls

    understood = session.understand()
    package: Any = importlib.import_module(_PACKAGE)
    httpx: Any = importlib.import_module(f"{_PACKAGE}._runtime.client.transport").httpx
    transport = httpx.ASGITransport(app=package.server.create_app())
    secrets = credentials(understood.api, understood.names)
    async with httpx.AsyncClient(transport=transport) as http:
        client = package.AsyncClient(
            **secrets,
            base_url="http://mock.invalid",
            http_client=http,
            strict_responses=True,
        )
        return await drive_async(_PACKAGE, client, planned_calls(_PACKAGE, understood.api, understood.names))


def _print(outcomes: Sequence[Outcome], messages: Messages) -> None:
    for outcome in outcomes:
        if not outcome.agreed:
            messages.line(f"{outcome.operation} ({outcome.case}): {outcome.problem}")
    agreed = sum(outcome.agreed for outcome in outcomes)
    operations = len({outcome.operation for outcome in outcomes})
    messages.line(f"{operations} operations, {len(outcomes)} calls, {agreed} agreed, {len(outcomes) - agreed} did not")


def _row(outcome: Outcome) -> dict[str, str | bool]:
    return {
        "operation": outcome.operation,
        "case": outcome.case,
        "agreed": outcome.agreed,
        "problem": outcome.problem,
    }
