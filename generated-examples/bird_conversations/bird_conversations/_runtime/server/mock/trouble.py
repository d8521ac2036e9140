"""Trouble on demand, for those who test clients: answers that come late, or not at all.

Comes in: the settings and the ``Prefer`` header of a request (``latency=1.5``, in
seconds; ``fault=503``, ``fault=cut``). Goes out: time passes, a failure is raised, or a
response breaks off in the middle.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from random import Random

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..failure import FailureError, phrase
from ..settings import Settings

_LONGEST = 60.0
_TRY_AGAIN = frozenset({429, 503})


class Trouble:
    """Makes some of the trouble that the settings ask for, the same in each run."""

    def __init__(self, settings: Settings) -> None:
        latency = settings.latency
        self._least, self._most = (
            latency if isinstance(latency, tuple) else (latency, latency)
        )
        self._faults = settings.faults
        self._random = Random(settings.seed)

    async def __call__(
        self, request: Request, wishes: Mapping[str, str]
    ) -> Response | None:
        """Return what is answered instead of the answer, or None.

        Raises FailureError for a fault that is a status, and for wishes that cannot be
        understood.
        """
        seconds = self._random.uniform(self._least, self._most)
        if "latency" in wishes:
            seconds = _seconds(wishes["latency"])
        if seconds > 0:
            await asyncio.sleep(min(seconds, _LONGEST))
        fault = wishes.get("fault") or self._drawn()
        if not fault:
            return None
        if fault == "cut":
            return _Cut()
        if not (fault.isdecimal() and 400 <= int(fault) <= 599):
            raise FailureError(400, "Prefer: fault is no status, and not 'cut'")
        headers = {"Retry-After": "1"} if int(fault) in _TRY_AGAIN else {}
        raise FailureError(int(fault), phrase(int(fault)), headers=headers)

    def _drawn(self) -> str:
        drawn = self._random.random() if self._faults else 1.0
        for fault, share in self._faults.items():
            if drawn < share:
                return str(fault)
            drawn -= share
        return ""


class _Cut(Response):
    """A response whose body ends before it is whole."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST:
        raise FailureError(400, f"Prefer: latency is not between 0 and {_LONGEST:.0f}")
    return seconds
