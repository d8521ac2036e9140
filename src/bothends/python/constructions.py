"""Texts of a document to the calls that make their Python values: dates and times, durations, identifiers, decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from uuid import UUID

from bothends.ir.types import ScalarKind
from bothends.python.code import Code, code, identifier, join, literal

_NOTHING: Final = join("", ())
_FROM_ISO: Final = code(".fromisoformat")
_READERS: Final[Mapping[ScalarKind, tuple[Callable[[str], object], Code]]] = {
    ScalarKind.DATE: (date.fromisoformat, _FROM_ISO),
    ScalarKind.DATE_TIME: (datetime.fromisoformat, _FROM_ISO),
    ScalarKind.DATE_TIME_LOCAL: (datetime.fromisoformat, _FROM_ISO),
    ScalarKind.TIME: (time.fromisoformat, _FROM_ISO),
    ScalarKind.TIME_LOCAL: (time.fromisoformat, _FROM_ISO),
    ScalarKind.DECIMAL_TEXT: (Decimal, _NOTHING),
    ScalarKind.UUID: (UUID, _NOTHING),
    ScalarKind.IPV4: (IPv4Address, _NOTHING),
    ScalarKind.IPV6: (IPv6Address, _NOTHING),
}
_DURATION: Final = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
#: Kinds whose values are made by a call.
CONSTRUCTED: Final = frozenset(_READERS) | {ScalarKind.DURATION, ScalarKind.DECIMAL}


@dataclass(frozen=True, slots=True)
class Construction:
    """How a value is made of its class: by a method, or by the class itself, and of what."""

    method: Code
    arguments: Code

    def of(self, class_: Code) -> Code:
        """Return the call."""
        return code("{}{}({})", class_, self.method, self.arguments)


def construction(value: str, kind: ScalarKind) -> Construction | None:
    """Return how the value that a text stands for is made; None where it stands for none."""
    if kind is ScalarKind.DURATION:
        return _duration(value)
    if kind not in _READERS:
        return None
    read, method = _READERS[kind]
    try:
        read(value)
    except (ValueError, InvalidOperation):
        return None
    return Construction(method, literal(value))


def number_construction(value: float) -> Construction:
    """Return how a decimal is made of a number."""
    return Construction(_NOTHING, literal(str(value)))


def _duration(value: str) -> Construction | None:
    match = _DURATION.fullmatch(value)
    if match is None:
        return None
    stated = {unit: text for unit, text in match.groupdict().items() if text is not None}
    try:
        units = {unit: float(text) if "." in text else int(text) for unit, text in stated.items()}
        timedelta(**units)
    except (ValueError, OverflowError):
        return None
    arguments = [code("{}={}", identifier(unit), literal(number)) for unit, number in units.items()]
    return Construction(_NOTHING, join(", ", arguments))
