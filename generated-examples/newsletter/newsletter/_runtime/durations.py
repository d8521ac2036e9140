"""Durations of ISO 8601, read and written without loss."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Self

from typing_extensions import override

from .formats import DURATION


class CalendarDuration(timedelta):
    """A duration in years or months, or one longer than Python's type can hold.

    It counts as 365 days a year and 30 days a month, at most as the longest there is,
    and keeps its own spelling, which is what goes back over the wire:
    ``CalendarDuration("P1M")``.
    """

    text: str

    def __new__(cls, text: str) -> Self:
        """Read a duration, ``P1Y6M``."""
        parts = _parts(text)
        days = 365 * parts["Y"] + 30 * parts["M"] + parts["D"] + 7 * parts["W"]
        seconds = 3600 * parts["h"] + 60 * parts["m"] + parts["s"]
        if days + seconds // 86400 >= timedelta.max.days:
            days, seconds = timedelta.max.days, 0
        self = super().__new__(cls, days=days, seconds=seconds, microseconds=parts["u"])
        self.text = text
        return self

    @override
    def __repr__(self) -> str:
        return f"CalendarDuration({self.text!r})"

    @override
    def __reduce__(self) -> tuple[type[CalendarDuration], tuple[str]]:
        return CalendarDuration, (self.text,)


def parse_duration(text: str) -> timedelta:
    """Read a duration. Raises ValueError for other texts."""
    read = CalendarDuration(text)
    if re.match("P[0-9]+[YM]", text) or read.days == timedelta.max.days:
        return read
    return timedelta(read.days, read.seconds, read.microseconds)


def format_duration(value: timedelta) -> str:
    """Write a duration that is not negative."""
    if isinstance(value, CalendarDuration):
        return value.text
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    date = f"{value.days}D" if value.days else ""
    # A unit in the middle may not be left out: PT1H0M5S.
    clock = f"{hours}H" if hours else ""
    if minutes or (hours and (seconds or value.microseconds)):
        clock += f"{minutes}M"
    if seconds or value.microseconds or not (date or clock):
        fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
        clock += f"{seconds}{fraction}S"
    return f"P{date}T{clock}" if clock else f"P{date}"


def _parts(text: str) -> dict[str, int]:
    if not _pattern().fullmatch(text):
        raise ValueError("not a duration of ISO 8601")
    date, _, clock = text[1:].partition("T")
    parts = dict.fromkeys("YMDWhmsu", 0)
    for number, unit in re.findall("([0-9]+)([YMDW])", date):
        parts[unit] = int(number)
    for number, fraction, unit in re.findall(r"([0-9]+)(?:\.([0-9]+))?([HMS])", clock):
        parts[unit.lower()] = int(number)
        parts["u"] = int(f"{fraction:0<6.6}") if fraction else parts["u"]
    return parts


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(DURATION)
