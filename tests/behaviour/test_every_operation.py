"""Both clients call every operation of every document over HTTP, and client and server agree on what comes of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from bothends.verification.drive import credentials, drive, drive_async, planned_calls
from bothends.verification.outcome import Outcome
from support.documents import SPECS, load
from support.packages import Package

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
DOCUMENTS = [spec.parent.name for spec in SPECS]

Served = Callable[[Package], str]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_client_agrees_with_the_server(document: str, packages: dict[str, Package], url_of: Served) -> None:
    package, url = packages[document], url_of(packages[document])
    calls = planned_calls(package.name, package.understood.api, package.understood.names)
    secrets = credentials(package.understood.api, package.understood.names)
    with package.load().Client(**secrets, base_url=url, strict_responses=True) as client:
        outcomes = list(drive(package.name, client, calls))
    check(package, outcomes)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_asynchronous_client_agrees_with_the_server(
    document: str, packages: dict[str, Package], url_of: Served
) -> None:
    package, url = packages[document], url_of(packages[document])
    calls = planned_calls(package.name, package.understood.api, package.understood.names)
    secrets = credentials(package.understood.api, package.understood.names)

    async def main() -> list[Outcome]:
        async with package.load().AsyncClient(**secrets, base_url=url, strict_responses=True) as client:
            return await drive_async(package.name, client, calls)

    check(package, asyncio.run(main()))


def check(package: Package, outcomes: Sequence[Outcome]) -> None:
    """Fail with figures unless every call agreed and none is missing: counted from the document itself."""
    counts = Counter(outcome.agreed for outcome in outcomes)
    figures = f"{package.spec.parent.name}: {len(outcomes)} calls, {counts[True]} agreed"
    assert [outcome for outcome in outcomes if not outcome.agreed] == [], figures
    made = {(outcome.operation, outcome.case) for outcome in outcomes}
    assert len(made) == len(outcomes), figures
    missing = expected_calls(package) - made
    assert not missing, figures


def expected_calls(package: Package) -> set[tuple[str, str]]:
    """Return a success for each operation and a call for each documented error."""
    expected: set[tuple[str, str]] = set()
    for path in load(package.spec)["paths"].values():
        for operation in (value for method, value in path.items() if method in METHODS):
            key = operation["operationId"]
            statuses = {str(status) for status in operation["responses"]}
            expected |= {(key, "success"), *((key, status) for status in statuses if status[0] in "45")}
    return expected
