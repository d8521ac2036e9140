"""How scalar types travel: pydantic's schemas for the types of the ``types`` module.

On the wire each takes exactly the texts of its format. From Python code it takes values
of its Python type as well. Nearly all of it runs inside pydantic's engine.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from typing import Any, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core import core_schema as core

from . import formats
from .durations import format_duration, parse_duration
from .leap_seconds import moment_after, time_after
from .numeric import DESCRIBED, wide_integer

Described: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Wire:
    """Metadata that replaces what pydantic would do with a type."""

    build: Callable[[], CoreSchema]
    described: Described

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return self.build()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**self.described, **schema.get("metadata", {}).get(DESCRIBED, {})}


def text(format: str, build: Callable[[], CoreSchema]) -> Wire:
    """Return metadata for a string of a format."""
    return Wire(build, {"type": "string", "format": format})


def integer(format: str, low: int, high: int) -> Wire:
    """Return metadata for an integer of a width."""
    build = partial(wide_integer, low, high, {})
    return Wire(build, {"type": "integer", "format": format})


def date_time() -> CoreSchema:
    """RFC 3339 ``date-time``, always with an offset."""
    return _formatted(
        _text(formats.DATE_TIME),
        core.datetime_schema(tz_constraint="aware"),
        core.datetime_schema(tz_constraint="aware", strict=True),
        "a date and time with offset, such as 2024-05-01T12:30:00Z",
        otherwise=_leap_second(moment_after),
    )


def date_time_local() -> CoreSchema:
    """RFC 3339 ``date-time`` without its offset."""
    return _formatted(
        _text(formats.DATE_TIME_LOCAL),
        core.datetime_schema(tz_constraint="naive"),
        core.datetime_schema(tz_constraint="naive", strict=True),
        "a date and time without offset, such as 2024-05-01T12:30:00",
    )


def date() -> CoreSchema:
    """RFC 3339 ``full-date``."""
    return _formatted(
        _text(formats.DATE),
        core.date_schema(),
        core.date_schema(strict=True),
        "a date, such as 2024-05-01",
    )


def time() -> CoreSchema:
    """RFC 3339 ``full-time``, always with an offset."""
    return _formatted(
        _text(formats.TIME),
        core.time_schema(tz_constraint="aware"),
        core.time_schema(tz_constraint="aware", strict=True),
        "a time with offset, such as 12:30:00Z",
        otherwise=_leap_second(time_after),
    )


def time_local() -> CoreSchema:
    """RFC 3339 ``partial-time``."""
    return _formatted(
        _text(formats.TIME_LOCAL),
        core.time_schema(tz_constraint="naive"),
        core.time_schema(tz_constraint="naive", strict=True),
        "a time without offset, such as 12:30:00",
    )


def decimal_text() -> CoreSchema:
    """Decimal numbers in strings."""
    return _formatted(
        _text(formats.DECIMAL),
        core.decimal_schema(),
        core.decimal_schema(strict=True, allow_inf_nan=False),
        "a decimal number in a string, such as 12.50",
        core.to_string_ser_schema(when_used="json"),
    )


def duration() -> CoreSchema:
    """Durations of ISO 8601."""
    return _formatted(
        core.str_schema(strict=True),
        core.no_info_plain_validator_function(parse_duration),
        core.timedelta_schema(strict=True, ge=timedelta(0)),
        "a duration, such as P1DT12H",
        core.plain_serializer_function_ser_schema(
            format_duration, return_schema=core.str_schema(), when_used="json"
        ),
    )


def uuid() -> CoreSchema:
    """UUIDs with dashes."""
    # Of the spellings that the parser takes, this one alone has 36 characters.
    return _formatted(
        core.str_schema(strict=True, min_length=36, max_length=36),
        core.uuid_schema(),
        core.uuid_schema(strict=True),
        "a UUID, such as 00000000-0000-4000-8000-000000000000",
    )


def ipv4() -> CoreSchema:
    """IPv4 addresses in dotted form."""
    return _formatted(
        _text(formats.IPV4),
        core.no_info_plain_validator_function(IPv4Address),
        core.is_instance_schema(IPv4Address),
        "an IPv4 address",
        core.to_string_ser_schema(when_used="json"),
    )


def ipv6() -> CoreSchema:
    """IPv6 addresses without zone."""
    return _formatted(
        _text("[^%]+"),
        core.no_info_plain_validator_function(IPv6Address),
        core.is_instance_schema(IPv6Address),
        "an IPv6 address",
        core.to_string_ser_schema(when_used="json"),
    )


def base64_octets() -> CoreSchema:
    """Octets that travel as base64 text."""
    return _formatted(
        core.str_schema(strict=True),
        core.no_info_plain_validator_function(_from_base64),
        core.bytes_schema(strict=True),
        "base64 text",
        core.plain_serializer_function_ser_schema(
            _to_base64, return_schema=core.str_schema(), when_used="json"
        ),
    )


def base64url_octets() -> CoreSchema:
    """Octets that travel as base64url text."""
    return _formatted(
        _text(formats.BASE64URL),
        core.no_info_plain_validator_function(_from_base64url),
        core.bytes_schema(strict=True),
        "base64url text",
        core.plain_serializer_function_ser_schema(
            _to_base64url, return_schema=core.str_schema(), when_used="json"
        ),
    )


def uri() -> CoreSchema:
    """URIs, kept as they are written."""
    return _plain_text(formats.URI, "a URI, such as https://example.com/")


def email() -> CoreSchema:
    """Addresses of electronic mail."""
    return _plain_text(formats.EMAIL, "an email address")


def hostname() -> CoreSchema:
    """Names of hosts."""
    return core.no_info_after_validator_function(
        _checked_hostname, core.str_schema(strict=True)
    )


def nothing() -> CoreSchema:
    """No value at all."""
    return core.no_info_plain_validator_function(
        _refuse, serialization=core.simple_ser_schema("any")
    )


def _text(pattern: str) -> CoreSchema:
    return core.str_schema(strict=True, pattern=f"^(?:{pattern})$")


def _formatted(
    text: CoreSchema,
    parser: CoreSchema,
    instance: CoreSchema,
    expected: str,
    serialization: core.SerSchema | None = None,
    otherwise: CoreSchema | None = None,
) -> CoreSchema:
    """Text that is parsed; from Python, instances of the type or such text."""
    read: CoreSchema = core.chain_schema([text, parser])
    if otherwise is not None:
        read = core.union_schema([read, otherwise], mode="left_to_right")
    both = core.json_or_python_schema(
        json_schema=read,
        python_schema=core.union_schema([instance, read], mode="left_to_right"),
    )
    schema = core.custom_error_schema(
        both,
        custom_error_type="format",
        custom_error_message="Input should be {expected}",
        custom_error_context={"expected": expected},
    )
    if serialization is not None:
        schema["serialization"] = serialization
    return schema


def _leap_second(read: Callable[[str], object]) -> CoreSchema:
    text = core.str_schema(strict=True, pattern=":60")
    return core.no_info_after_validator_function(read, text)


def _plain_text(pattern: str, expected: str) -> CoreSchema:
    # Not a bare string schema: there a further pattern would replace this one.
    return core.custom_error_schema(
        _text(pattern),
        custom_error_type="format",
        custom_error_message="Input should be {expected}",
        custom_error_context={"expected": expected},
    )


def _checked_hostname(value: str) -> str:
    if not formats.is_hostname(value):
        raise PydanticCustomError("format", "Input should be a host name")
    return value


def _from_base64(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _to_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _from_base64url(value: str) -> bytes:
    bare = value.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _to_base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _refuse(value: Any) -> Any:
    raise PydanticCustomError("nothing", "No value is allowed here")
