"""Leap seconds, which Python's types do not have: read as the second that follows."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from .formats import is_date, is_leap_second


def moment_after(text: str) -> datetime:
    """Return the moment after the leap second of a ``date-time``. Raises ValueError."""
    date, clock = text[:10], text[11:]
    if not (is_date(date) and text[10] in "Tt" and is_leap_second(clock)):
        raise ValueError("not a leap second")
    return _after(date, clock)


def time_after(text: str) -> time:
    """Return the time of day after the leap second of a ``time``. Raises ValueError."""
    if not is_leap_second(text):
        raise ValueError("not a leap second")
    return _after("2000-01-01", text).timetz()


def _after(date: str, clock: str) -> datetime:
    before = f"{date}T{clock[:6]}59{clock[8:]}".upper()
    try:
        return datetime.fromisoformat(before) + timedelta(seconds=1)
    except OverflowError as error:
        raise ValueError("later than the year 9999") from error
