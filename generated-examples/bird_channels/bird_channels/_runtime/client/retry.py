"""Whether and when an attempt is repeated."""

from __future__ import annotations

import math
import random
import re
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from pydantic_core import from_json

from ..kinds import is_mapping

REPEATABLE_METHODS = frozenset(
    {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"}
)
REPEATABLE_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
LONGEST_WAIT = 60.0
# Numbers above these are no spans of time: they are dates.
_UNIX_SECONDS = 1e9
_UNIX_MILLISECONDS = 1e11
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DURATION_PART = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|h|m|s)", re.ASCII)
_DURATION = re.compile(r"(?:\d{1,9}(?:\.\d{1,9})?(?:ms|h|m|s)){1,4}", re.ASCII)
_FIRST_DELAY = 0.5
_LONGEST_DELAY = 8.0
# Clients that started together must not come back together.
_RANDOM = random.SystemRandom()


class RetryBudget:
    """A bucket of tokens that keeps a failing server from being asked ever more.

    A repetition takes a token and a success returns a part of one, so that calls which
    always fail send hardly more requests than there are calls.
    """

    def __init__(self, capacity: float = 50.0, returned: float = 0.2) -> None:
        self._capacity = capacity
        self._returned = returned
        self._tokens = capacity
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a token; tell whether there was one."""
        with self._lock:
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def succeed(self) -> None:
        """Count a success."""
        if self._tokens < self._capacity:
            with self._lock:
                self._tokens = min(self._capacity, self._tokens + self._returned)


def backoff(attempt: int, left: float | None = None) -> float:
    """Return how long to wait after an attempt (counted from 1).

    Exponential, with full jitter, and at most half of the seconds that are ``left``:
    a short timeout means short waits, not fewer attempts.
    """
    longest = min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(attempt - 1, 30))
    if left is not None:
        longest = min(longest, max(left, 0.0) / 2)
    return _RANDOM.uniform(0, longest)


def wait_demanded(
    headers: Mapping[str, str], resets: Sequence[str] = ()
) -> float | None:
    """Return the seconds that a server asks to wait, or None without a usable word.

    ``resets``: headers that say when a rate limit starts anew, looked at where there is
    no ``Retry-After``.
    """
    found = _retry_after(headers)
    if found is not None:
        return found
    waits = [wait_until(headers[name]) for name in resets if name in headers]
    return max((one for one in waits if one is not None), default=None)


def wait_in_body(content: bytes, fields: Sequence[str]) -> float | None:
    """Return the seconds that the body of a failure asks to wait.

    ``fields``: where it may say so, as names with dots between them.
    """
    try:
        body: Any = from_json(content)
    except ValueError:
        return None
    for name in fields:
        found = body
        for step in name.split("."):
            found = found.get(step) if is_mapping(found) else None
        if isinstance(found, (str, int, float)) and not isinstance(found, bool):
            wait = wait_until(str(found))
            if wait is not None:
                return wait
    return None


def wait_until(text: str) -> float | None:
    """Return the seconds that a reset stands for.

    Seconds (``"12"``, ``"1.5"``), a duration (``"6m0s"``, ``"20ms"``), Unix time in
    seconds or milliseconds, or a date.
    """
    number = _number(text)
    if number is None:
        duration = _duration(text)
        return duration if duration is not None else _until(text)
    if number > _UNIX_MILLISECONDS:
        number /= 1000
    if number > _UNIX_SECONDS:
        return max(number - time.time(), 0.0)
    return number


def _duration(text: str) -> float | None:
    if not _DURATION.fullmatch(text.strip()):
        return None
    return sum(
        float(number) * _UNITS[unit] for number, unit in _DURATION_PART.findall(text)
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    if text is None:
        return None
    seconds = _number(text)
    if seconds is not None:
        return seconds
    # Several headers arrive as a list. The longest wait is the one to keep to.
    several = [_number(part) for part in text.split(",")]
    numbers = [one for one in several if one is not None]
    if len(numbers) == len(several):
        return max(numbers)
    return _until(text)


def _number(text: str | None) -> float | None:
    if (
        text is None
        or not text.isascii()
        or not text.strip().replace(".", "", 1).isdigit()
    ):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else math.inf


def _until(text: str) -> float | None:
    try:
        moment = _moment(text).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    left = moment - time.time()
    return left if left > 0 else None


def _moment(text: str) -> datetime:
    if text[:1].isdigit() and "T" in text:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return parsedate_to_datetime(text)
