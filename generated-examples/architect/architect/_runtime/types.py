"""The types of scalars: for the reader their Python type, on the wire exactly JSON's.

pydantic's own ``int`` takes ``"1"`` and its ``datetime`` takes 1700000000; these take
what the format says and nothing else. From Python code they take values of the Python
type, and text of the format too. Beside a type that is not text on the Python side, use
:class:`Matching` for patterns and ``checks.within`` for lengths.
"""

from __future__ import annotations

import datetime
import decimal
import ipaddress
import uuid
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Never, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic_core import CoreSchema, core_schema

from . import numeric, wire
from .exact import Exact
from .tagged import Tagged

if TYPE_CHECKING:
    from .checks import Matching

__all__ = [
    "UUID",
    "Base64",
    "Base64Url",
    "Binary",
    "Boolean",
    "Date",
    "DateTime",
    "Decimal",
    "DecimalText",
    "DoubleInt",
    "Duration",
    "Email",
    "Exact",
    "Hostname",
    "IPv4",
    "IPv6",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Integer",
    "IntegerEnum",
    "LocalDateTime",
    "LocalTime",
    "Matching",
    "Nothing",
    "Number",
    "Tagged",
    "Time",
    "UInt8",
    "UInt16",
    "UInt32",
    "UInt64",
    "Uri",
]

Boolean: TypeAlias = Annotated[bool, Strict()]
"""True or false; no numbers and no words."""

Integer: TypeAlias = Annotated[
    int, wire.Wire(partial(numeric.integer, {}), {"type": "integer"})
]
"""A whole number; 1.0 is one, 1.5, "1" and true are none."""

Int8: TypeAlias = Annotated[int, wire.integer("int8", -(2**7), 2**7 - 1)]
"""A signed integer of 8 bits."""

Int16: TypeAlias = Annotated[int, wire.integer("int16", -(2**15), 2**15 - 1)]
"""A signed integer of 16 bits."""

Int32: TypeAlias = Annotated[int, wire.integer("int32", -(2**31), 2**31 - 1)]
"""A signed integer of 32 bits."""

Int64: TypeAlias = Annotated[int, wire.integer("int64", -(2**63), 2**63 - 1)]
"""A signed integer of 64 bits."""

UInt8: TypeAlias = Annotated[int, wire.integer("uint8", 0, 2**8 - 1)]
"""An unsigned integer of 8 bits."""

UInt16: TypeAlias = Annotated[int, wire.integer("uint16", 0, 2**16 - 1)]
"""An unsigned integer of 16 bits."""

UInt32: TypeAlias = Annotated[int, wire.integer("uint32", 0, 2**32 - 1)]
"""An unsigned integer of 32 bits."""

UInt64: TypeAlias = Annotated[int, wire.integer("uint64", 0, 2**64 - 1)]
"""An unsigned integer of 64 bits."""

DoubleInt: TypeAlias = Annotated[int, wire.integer("double-int", 1 - 2**53, 2**53 - 1)]
"""An integer that a double holds exactly: 53 bits and a sign."""

Number: TypeAlias = Annotated[
    float, wire.Wire(partial(numeric.number, {}), {"type": "number"})
]
"""A finite number. One that is whole stays an ``int``, so that no digit is lost."""

Decimal: TypeAlias = Annotated[
    decimal.Decimal, wire.Wire(partial(numeric.decimal, {}), {"type": "number"})
]
"""A number as a decimal. It is a number on the wire: some 16 digits get through."""

DecimalText: TypeAlias = Annotated[
    decimal.Decimal, wire.text("decimal", wire.decimal_text)
]
"""A decimal number in a string, exact to the last digit: ``"12.50"``."""

DateTime: TypeAlias = Annotated[
    datetime.datetime, wire.text("date-time", wire.date_time)
]
"""A date and time with offset (RFC 3339).

Some of it is more than Python's type can hold: a leap second is the second after it, as
POSIX has it; digits beyond microseconds are cut off; the year 0 is refused.
"""

LocalDateTime: TypeAlias = Annotated[
    datetime.datetime, wire.text("date-time-local", wire.date_time_local)
]
"""A date and time without offset."""

Date: TypeAlias = Annotated[datetime.date, wire.text("date", wire.date)]
"""A date (RFC 3339)."""

Time: TypeAlias = Annotated[datetime.time, wire.text("time", wire.time)]
"""A time of day with offset (RFC 3339), with the limits of :data:`DateTime`."""

LocalTime: TypeAlias = Annotated[
    datetime.time, wire.text("time-local", wire.time_local)
]
"""A time of day without offset."""

Duration: TypeAlias = Annotated[
    datetime.timedelta, wire.text("duration", wire.duration)
]
"""A duration (ISO 8601). Years, months and endless ones give a ``CalendarDuration``."""

UUID: TypeAlias = Annotated[uuid.UUID, wire.text("uuid", wire.uuid)]
"""A UUID with dashes. It is written in lower case."""

Uri: TypeAlias = Annotated[str, wire.text("uri", wire.uri)]
"""A URI (RFC 3986), as it is written."""

Email: TypeAlias = Annotated[str, wire.text("email", wire.email)]
"""An address of electronic mail (RFC 5321)."""

Hostname: TypeAlias = Annotated[str, wire.text("hostname", wire.hostname)]
"""The name of a host (RFC 1123)."""

IPv4: TypeAlias = Annotated[ipaddress.IPv4Address, wire.text("ipv4", wire.ipv4)]
"""An IPv4 address."""

IPv6: TypeAlias = Annotated[ipaddress.IPv6Address, wire.text("ipv6", wire.ipv6)]
"""An IPv6 address without zone."""

Base64: TypeAlias = Annotated[
    bytes,
    wire.Wire(wire.base64_octets, {"type": "string", "contentEncoding": "base64"}),
]
"""Octets that are base64 text in JSON. From Python, ``bytes`` are the octets."""

Base64Url: TypeAlias = Annotated[
    bytes,
    wire.Wire(
        wire.base64url_octets, {"type": "string", "contentEncoding": "base64url"}
    ),
]
"""Octets that are base64url text in JSON (RFC 4648), written without padding."""

Binary: TypeAlias = Annotated[bytes, Strict()]
"""Raw octets, outside JSON."""

Nothing: TypeAlias = Annotated[Never, wire.Wire(wire.nothing, {"not": {}})]
"""No value: a property that has to be absent."""


class IntegerEnum(IntEnum):
    """An enumeration of integers that takes no strings and no booleans."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.chain_schema([numeric.integer({}), handler(source)])

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # Its values stand in the last step; pydantic describes the first.
        steps: list[CoreSchema] = schema.get("steps", [schema])
        return handler(steps[-1])


def __getattr__(name: str) -> Any:
    if name != "Matching":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Few types need it, and the checks take as long to import as all else does.
    from .checks import Matching

    return Matching
