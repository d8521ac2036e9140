"""Scalar types: what they read, take from Python, and write."""

from __future__ import annotations

import copy
import datetime
import decimal
import ipaddress
import json
import pickle
import uuid
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from bothends.runtime import types as t
from bothends.runtime.adapters import adapter, decode, encode
from bothends.runtime.durations import CalendarDuration, parse_duration
from bothends.runtime.model import Model
from bothends.runtime.types import Exact, Matching, Tagged

UTC = datetime.UTC


class Level(t.IntegerEnum):
    LOW = 0
    HIGH = 1


def accepts(type_: Any, text: str) -> bool:
    try:
        decode(type_, text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (t.Boolean, "true", True),
        (t.Integer, "1", 1),
        (t.Integer, "1.0", 1),
        (t.Integer, "123456789012345678901234567890", 123456789012345678901234567890),
        (t.Number, "1.5", 1.5),
        (t.Number, "12345678901234567890", 12345678901234567890),
        (t.Decimal, "0.1", decimal.Decimal("0.1")),
        (t.DateTime, '"2020-01-02T03:04:05.5Z"', datetime.datetime(2020, 1, 2, 3, 4, 5, 500000, UTC)),
        (t.DateTime, '"2020-01-02t03:04:05z"', datetime.datetime(2020, 1, 2, 3, 4, 5, 0, UTC)),
        (t.Date, '"2020-02-29"', datetime.date(2020, 2, 29)),
        (t.Time, '"03:04:05Z"', datetime.time(3, 4, 5, 0, UTC)),
        (t.Duration, '"P1DT12H"', datetime.timedelta(days=1, hours=12)),
        (t.Duration, '"PT0.25S"', datetime.timedelta(milliseconds=250)),
        (t.Duration, '"P2W"', datetime.timedelta(weeks=2)),
        (t.UUID, '"2EB8AA08-AA98-11EA-B4AA-73B441D16380"', uuid.UUID("2eb8aa08-aa98-11ea-b4aa-73b441d16380")),
        (t.Uri, '"HTTP://example.com"', "HTTP://example.com"),
        (t.Email, '"\\"joe bloggs\\"@example.com"', '"joe bloggs"@example.com'),
        (t.Hostname, '"example.com"', "example.com"),
        (t.IPv4, '"192.0.2.1"', ipaddress.IPv4Address("192.0.2.1")),
        (t.IPv6, '"::1"', ipaddress.IPv6Address("::1")),
        (t.Base64, '"AP8="', b"\x00\xff"),
        (t.Base64Url, '"AP_-"', b"\x00\xff\xfe"),
        (t.Base64Url, '"_w=="', b"\xff"),
        (t.DoubleInt, "9007199254740991", 2**53 - 1),
        (t.DecimalText, '"-0.12345678901234567890"', decimal.Decimal("-0.12345678901234567890")),
        (t.LocalDateTime, '"2020-01-02T03:04:05"', datetime.datetime(2020, 1, 2, 3, 4, 5)),
        (t.LocalTime, '"03:04:05.5"', datetime.time(3, 4, 5, 500000)),
        (t.DateTime, '"2016-12-31T23:59:60Z"', datetime.datetime(2017, 1, 1, tzinfo=UTC)),
        (t.DateTime, '"2016-12-31t15:59:60.5-08:00"', datetime.datetime(2017, 1, 1, 0, 0, 0, 500000, UTC)),
        (t.Time, '"23:59:60Z"', datetime.time(0, 0, 0, 0, UTC)),
        (Level, "1", Level.HIGH),
        (Level, "1.0", Level.HIGH),
    ],
)
def test_reads(type_: Any, text: str, value: object) -> None:
    read = decode(type_, text)
    assert read == value
    assert type(read) is type(value)
    assert decode(type_, encode(type_, read)) == read


@pytest.mark.parametrize(
    ("type_", "texts"),
    [
        (t.Boolean, ["1", '"true"', "null"]),
        (t.Integer, ["1.5", "true", '"1"', "1e400", "null"]),
        (t.Number, ["true", '"1"', "NaN", "Infinity", "1e400"]),
        (t.Decimal, ["true", '"1"', "NaN", "1e400"]),
        (t.DateTime, ["1700000000", '"1700000000"', '"2020-01-02"', '"2020-01-02T03:04:05"', '"2020-01-02 03:04:05Z"']),
        (t.DateTime, ['"2020-02-30T03:04:05Z"', '"2020-01-02T24:00:00Z"', '"2016-12-31T22:59:60Z"']),
        (t.Date, ["0", '"0"', '"2020-02-30"', '"2020-1-1"', '"2020-01-01T00:00:00Z"', '"2020-01-01\\n"']),
        (t.Time, ["0", '"03:04:05"', '"24:00:00Z"', '"03:04Z"']),
        (t.Duration, ["1", '"1"', '"P"', '"P1Y1D"', '"PT0,5S"', '"-P1D"', '"P1W1D"', '"PT1H1S"']),
        (t.UUID, ['"2eb8aa08aa9811eab4aa73b441d16380"', '"urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380"', "1"]),
        (t.Uri, ['"example.com"', '"http://a b"', '"http://a/%zz"', '"/x"', "1"]),
        (t.Email, ['"joe"', '"a..b@example.com"', '"a@b c"']),
        (t.Hostname, ['"-a"', '"a_b"', '"a."', "1"]),
        (t.IPv4, ['"192.0.2"', '"192.0.2.01"', "1"]),
        (t.IPv6, ['"fe80::1%eth0"', '"::g"', "1"]),
        (t.Base64, ['"AP8"', '"A-8="', '"é"', "1"]),
        (t.Base64Url, ['"A/8="', '"A"', "1"]),
        (t.DoubleInt, ["9007199254740992", "-9007199254740992", "0.5"]),
        (t.DecimalText, ["1", "1.5", '"NaN"', '"1,5"', '" 1"', '""']),
        (t.LocalDateTime, ['"2020-01-02T03:04:05Z"', '"2020-01-02"', '"1700000000"', "1700000000"]),
        (t.LocalTime, ['"03:04:05Z"', '"03:04"', "5"]),
        (t.DateTime, ['"9999-12-31T23:59:60Z"', '"2020-02-30T23:59:60Z"']),
        (t.Time, ['"22:59:60Z"', '"23:59:60+01:00"']),
        (t.Nothing, ["null", "1", '"x"', "{}"]),
        (Level, ["true", '"1"', "2", "0.5"]),
    ],
)
def test_refuses(type_: Any, texts: list[str]) -> None:
    assert [text for text in texts if accepts(type_, text)] == []


@pytest.mark.parametrize(
    ("type_", "given", "text"),
    [
        (t.DateTime, datetime.datetime(2020, 1, 2, tzinfo=UTC), '"2020-01-02T00:00:00Z"'),
        (
            t.DateTime,
            datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
            '"2020-01-02T00:00:00+02:00"',
        ),
        (t.DateTime, "2020-01-02T00:00:00+02:00", '"2020-01-02T00:00:00+02:00"'),
        (t.Date, datetime.date(2020, 1, 2), '"2020-01-02"'),
        (t.Time, datetime.time(1, 2, 3, tzinfo=UTC), '"01:02:03Z"'),
        (t.Duration, datetime.timedelta(days=400, minutes=90, seconds=1), '"P400DT1H30M1S"'),
        (t.Duration, datetime.timedelta(hours=1, seconds=1), '"PT1H0M1S"'),
        (t.Duration, datetime.timedelta(microseconds=5), '"PT0.000005S"'),
        (t.Duration, datetime.timedelta(0), '"PT0S"'),
        (t.Duration, "P1Y6M", '"P1Y6M"'),
        (t.UUID, uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (t.IPv4, ipaddress.IPv4Address("192.0.2.1"), '"192.0.2.1"'),
        (t.IPv6, ipaddress.IPv6Address("::1"), '"::1"'),
        (t.Base64, b"\x00\xff", '"AP8="'),
        (t.Base64, "AP8=", '"AP8="'),
        (t.Decimal, decimal.Decimal("12345678901234567890"), "12345678901234567890"),
        (t.Decimal, decimal.Decimal("0.10"), "0.1"),
        (t.Base64Url, b"\xff\xfe", '"__4"'),
        (t.DecimalText, decimal.Decimal("12.50"), '"12.50"'),
        (t.DecimalText, "12.50", '"12.50"'),
        (t.LocalDateTime, datetime.datetime(2020, 1, 2), '"2020-01-02T00:00:00"'),
        (t.LocalTime, datetime.time(1, 2, 3), '"01:02:03"'),
        (t.Number, 1, "1"),
        (t.Number, 1.0, "1.0"),
        (t.Integer, 1.0, "1"),
        (Level, Level.HIGH, "1"),
    ],
)
def test_takes_from_python_and_writes(type_: Any, given: object, text: str) -> None:
    assert encode(type_, given).decode() == text
    assert encode(type_, decode(type_, text)).decode() == text


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        (t.DateTime, datetime.datetime(2020, 1, 2)),
        (t.Date, datetime.datetime(2020, 1, 2, tzinfo=UTC)),
        (t.Duration, datetime.timedelta(days=-1)),
        (t.Integer, True),
        (t.Integer, "1"),
        (t.Number, float("nan")),
        (t.Decimal, decimal.Decimal("NaN")),
        (t.Base64, "é"),
        (t.DecimalText, 1.5),
        (t.DecimalText, decimal.Decimal("Infinity")),
        (t.LocalDateTime, datetime.datetime(2020, 1, 2, tzinfo=UTC)),
        (t.LocalTime, datetime.time(1, tzinfo=UTC)),
        (t.Binary, "text"),
        (t.Boolean, 1),
    ],
)
def test_refuses_from_python(type_: Any, given: object) -> None:
    with pytest.raises(ValidationError):
        encode(type_, given)


def test_endless_durations_keep_their_spelling() -> None:
    text = '"P99999999999999999999DT1H"'
    read = decode(t.Duration, text)
    assert isinstance(read, CalendarDuration)
    assert read.days == datetime.timedelta.max.days
    assert encode(t.Duration, read).decode() == text


def test_durations_of_the_calendar_keep_their_spelling() -> None:
    month = decode(t.Duration, '"P1M"')
    assert isinstance(month, CalendarDuration)
    assert month == datetime.timedelta(days=30)
    assert repr(month) == "CalendarDuration('P1M')"
    assert encode(t.Duration, pickle.loads(pickle.dumps(month))) == b'"P1M"'
    assert copy.deepcopy(month).text == "P1M"
    assert type(parse_duration("P30D")) is datetime.timedelta


BOUNDS: list[tuple[Any, list[str], list[str]]] = [
    (Annotated[t.Integer, Field(ge=0, le=10)], ["0", "10", "10.0"], ["-1", "11", "11.0", "true", "null"]),
    (Annotated[t.Integer | None, Field(ge=0)], ["0", "null"], ["-1", '"1"']),
    (Annotated[t.Integer, Field(gt=0, lt=2**70)], [str(2**70 - 1)], ["0", str(2**70)]),
    (Annotated[t.Integer, Field(multiple_of=3)], ["0", "3", "6.0"], ["1", "5000000000", str(2**70)]),
    (Annotated[t.Integer, Field(ge=0.5)], ["1"], ["0"]),
    (Annotated[t.Number, Field(ge=0.5, lt=2)], ["0.5", "1"], ["0.4", "2", "0"]),
    (Annotated[t.Number | None, Field(le=1)], ["null", "1.0"], ["1.5", "2"]),
    (Annotated[t.Integer, Field(ge=3)] | Annotated[str, Field(min_length=2)], ["3", '"ab"'], ["2", '"a"']),
    (list[Annotated[t.Integer, Field(ge=3)]], ["[3]"], ["[2]"]),
    (dict[str, Annotated[t.Number, Field(ge=3)]], ['{"a":3}'], ['{"a":2}']),
    (Annotated[t.Decimal, Field(ge=0.1, lt=1)], ["0.1"], ["0.09", "1", '"0.5"']),
]


@pytest.mark.parametrize(("type_", "valid", "invalid"), BOUNDS)
def test_bounds(type_: Any, valid: list[str], invalid: list[str]) -> None:
    assert [text for text in valid if not accepts(type_, text)] == []
    assert [text for text in invalid if accepts(type_, text)] == []


@pytest.mark.parametrize(("type_", "valid", "invalid"), BOUNDS[:-1])
def test_bounds_hold_without_adapters_too(type_: Any, valid: list[str], invalid: list[str]) -> None:
    plain = TypeAdapter(type_)
    for text in valid:
        assert plain.validate_json(text) == decode(type_, text)
    for text in invalid:
        with pytest.raises(ValidationError):
            plain.validate_json(text)


@pytest.mark.parametrize("kind", [t.Number, t.Decimal])
def test_steps_are_decimal(kind: Any) -> None:
    type_ = Annotated[kind, Field(multiple_of=0.01)]
    assert [text for text in ("4.35", "0.57", "0.03", "7", "1e300") if not accepts(type_, text)] == []
    assert [text for text in ("4.355", "5000000000.005") if accepts(type_, text)] == []


def test_bounds_are_inside_of_models() -> None:
    class Page(Model):
        limit: Annotated[t.Integer | None, Field(ge=1, le=100)] = None
        sizes: list[Annotated[t.Integer, Field(ge=1)]] = Field(default_factory=list)

    with pytest.raises(ValidationError) as caught:
        Page.from_json('{"limit":101,"sizes":[0]}')
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [
        (("limit",), "less_than_equal"),
        (("sizes", 0), "greater_than_equal"),
    ]
    assert "function-after[less" not in repr(Page.__pydantic_validator__)
    items = Page.model_json_schema()["properties"]["sizes"]["items"]
    assert items == {"type": "integer", "minimum": 1}


@pytest.mark.parametrize(
    ("type_", "valid", "invalid"),
    [
        (Annotated[Literal[0], Exact], ["0", "0.0"], ["false", "null", '"0"']),
        (Annotated[Literal[True], Exact], ["true"], ["1", "1.0", '"true"']),
        (Annotated[Literal[1, False], Exact], ["1", "false"], ["true", "0"]),
        (Annotated[Literal["a", 1], Exact], ['"a"', "1"], ["true", '"1"']),
        (Annotated[Literal[1] | None, Exact], ["1", "null"], ["true"]),
    ],
)
def test_exact_literals(type_: Any, valid: list[str], invalid: list[str]) -> None:
    assert [text for text in valid if not accepts(type_, text)] == []
    assert [text for text in invalid if accepts(type_, text)] == []
    for text in valid:
        assert json.loads(encode(type_, decode(type_, text))) == json.loads(text)


def test_exact_is_for_literals() -> None:
    with pytest.raises(TypeError, match="for literals"):
        decode(Annotated[str, Exact], '"x"')


def test_matching_looks_at_the_text_on_the_wire() -> None:
    type_ = Annotated[t.DateTime, Matching(r"Z\Z")]
    assert accepts(type_, '"2020-01-01T00:00:00Z"')
    assert not accepts(type_, '"2020-01-01T00:00:00+00:00"')
    assert encode(type_, datetime.datetime(2020, 1, 1, tzinfo=UTC)) == b'"2020-01-01T00:00:00Z"'
    with pytest.raises(ValidationError, match="match the pattern"):
        encode(type_, datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=1))))


def test_patterns_that_python_does_not_have() -> None:
    assert accepts(Annotated[str, Matching(r"^\p{Letter}+$")], '"é"')
    assert not accepts(Annotated[str, Matching(r"^\p{Letter}+$")], '"1"')


class Circle(Model):
    pet_type: Annotated[str, Field(alias="petType")]
    radius: t.Number


class Square(Model):
    kind: Annotated[str, Field(alias="petType")]
    side: t.Number


def test_tagged_unions_without_literals() -> None:
    shape = Annotated[Circle | Square, Tagged("petType", {"circle": Circle, "round": Circle, "square": Square})]
    assert decode(shape, '{"petType":"round","radius":1}') == Circle(pet_type="round", radius=1)
    square = Square(kind="square", side=1)
    assert decode(shape, encode(shape, square)) == square
    with pytest.raises(ValidationError, match="'circle', 'round', 'square'"):
        decode(shape, '{"petType":"other"}')
    nullable = Annotated[Circle | Square | None, Tagged("petType", {"circle": Circle, "square": Square})]
    assert decode(nullable, "null") is None


class Blob(Model):
    kind: Annotated[str | None, Field(alias="petType")] = None


def test_tagged_unions_with_a_default() -> None:
    shape = Annotated[Circle | Blob, Tagged("petType", {"circle": Circle, "Blob": Blob}, Blob)]
    circle = decode(shape, '{"petType":"circle","radius":1}')
    assert circle == Circle(pet_type="circle", radius=1)
    for text in ('{"petType":"other","radius":1}', "{}", '{"petType":"Blob"}'):
        blob = decode(shape, text)
        assert isinstance(blob, Blob)
        assert encode(shape, blob) == text.encode()
    assert encode(shape, circle) == b'{"petType":"circle","radius":1}'
    with pytest.raises(ValidationError):
        decode(shape, '{"petType":"circle"}')
    assert "anyOf" in str(TypeAdapter(shape).json_schema()) or "oneOf" in str(TypeAdapter(shape).json_schema())


@pytest.mark.parametrize(
    ("type_", "low", "high"),
    [
        (t.Int8, -128, 127),
        (t.Int16, -32768, 32767),
        (t.Int32, -2147483648, 2147483647),
        (t.Int64, -9223372036854775808, 9223372036854775807),
        (t.UInt8, 0, 255),
        (t.UInt16, 0, 65535),
        (t.UInt32, 0, 4294967295),
        (t.UInt64, 0, 18446744073709551615),
        (Annotated[t.UInt8, Field(ge=-5, le=7)], 0, 7),
        (Annotated[t.Int8, Field(gt=4, lt=1000)], 5, 127),
    ],
)
def test_integers_of_a_width(type_: Any, low: int, high: int) -> None:
    assert [decode(type_, str(value)) for value in (low, high)] == [low, high]
    assert [text for text in (f"{low - 1}", f"{high + 1}", "5.5", "true", '"5"') if accepts(type_, text)] == []
    assert decode(type_, "6.0") == 6


def test_the_width_is_described_beside_bounds() -> None:
    described = adapter(Annotated[t.Int32, Field(ge=1)]).json_schema()
    assert described == {"type": "integer", "format": "int32", "minimum": 1}


def test_the_json_schema_of_an_enumeration_of_integers_has_its_values() -> None:
    schema = TypeAdapter(list[Level]).json_schema()["items"]
    assert (schema["type"], schema["enum"]) == ("integer", [0, 1])
