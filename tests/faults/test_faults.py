"""Every fault ends well for both clients: in our own tree, in time, within limits, and telling no secret."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import pytest

from faults.calls import End, assert_no_secret, call_async, call_sync
from faults.catalogue import FAULTS, GROUPS
from faults.certificates import server_context
from faults.model import Fails, Fault
from faults.wire import serving

DOCUMENT = Path(__file__).parents[2] / "docs" / "faults.md"
CLIENTS = {"sync": call_sync, "async": call_async}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", FAULTS)
def test_fault(name: str, client: str, quick: Any, caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    fault = FAULTS[name]
    caplog.set_level(logging.DEBUG)
    tls = server_context(monkeypatch) if fault.tls else None
    with (
        serving(lambda wire: wire.answer(b"{}")) as elsewhere,
        serving(fault.answer, elsewhere=elsewhere.origin, tls=tls, reads=fault.call != "upload much") as server,
    ):
        started = time.monotonic()
        end = CLIENTS[client](quick, fault.call, server.origin, **fault.options)
        elapsed = time.monotonic() - started
    check_end(fault, end, quick)
    assert_no_secret(end, caplog.records)
    assert elsewhere.requests == [], "another origin was asked"
    if fault.requests is not None:
        # On a busy machine a short timeout may end a call before its request.
        fewest = 0 if "timeout" in fault.options else fault.requests
        assert fewest <= len(server.requests) <= fault.requests
    if "timeout" in fault.options:
        # Every such server would go on for much longer.
        assert elapsed < fault.options["timeout"] + 5


def check_end(fault: Fault, end: End, package: Any) -> None:
    assert end.items[: len(fault.items)] == list(fault.items)
    if not isinstance(fault.end, Fails):
        if end.error is not None:
            raise end.error
        assert end.value == fault.end.value
        return
    assert isinstance(end.error, package.errors.ApiError), end.error or end.value
    assert type(end.error).__name__ == fault.end.kind, end.error
    assert fault.end.words in str(end.error), end.error
    assert len(str(end.error)) < 1000


def test_the_table_of_faults_is_that_of_the_tests(update: bool) -> None:
    text = table()
    if update:
        DOCUMENT.write_text(text, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == text, "run pytest tests/faults --update"


def table() -> str:
    """Return docs/faults.md. Every line of it is two tests, which is why it can say "good"."""
    parts = [HEAD.format(count=len(FAULTS))]
    for group, faults in GROUPS.items():
        parts.append(f"\n## {group}\n\n| fault | call | good end | sync | async |\n| --- | --- | --- | --- | --- |\n")
        parts += [
            f"| {fault.name} | {fault.call} | {fault.expected.replace('|', chr(92) + '|')} | good | good |\n"
            for fault in faults
        ]
    return "".join(parts)


HEAD = """\
# What clients make of faults

A generated client meets a server of raw sockets that misbehaves, in {count} ways. Each line below is two tests in
`tests/faults`, one for each client; this file is written by them. Beyond the end that the line names, each test
asserts that

- whatever is raised is of the client's own tree of exceptions,
- no credential is in the text or `repr` of the exception, nor in any log at level DEBUG,
- no connection is left in use, no task is left running, and no other origin is asked for anything,
- calls with a timeout end by it, whatever the server does: it is one for the whole call, repetitions included. Streams
  and bodies that the caller reads have it until the head is there, and from then on for each wait.
"""
