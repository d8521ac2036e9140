"""Values for the examples in docstrings: those of the document, as Python writes them, else the plainest ones."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from bothends.ir.declarations import Alias, Declaration, Enumeration, Record
from bothends.ir.types import (
    INTEGERS,
    Anything,
    Const,
    JsonValue,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    Tag,
    Type,
    TypeId,
    UnionOf,
)
from bothends.naming.names import Names
from bothends.python.code import literal
from bothends.targets.client.layout import Expression, Group

_DEEPEST = 8
_TEXTS = frozenset({ScalarKind.STRING, ScalarKind.URI, ScalarKind.EMAIL, ScalarKind.HOSTNAME})
_PLAIN: dict[ScalarKind, JsonValue] = {
    ScalarKind.BOOLEAN: True,
    ScalarKind.NUMBER: 1.5,
    ScalarKind.UUID: "5f3a1c52-8e0b-4d53-9b1e-2f7a6c1d9e40",
    ScalarKind.DATE: "2030-07-04",
    ScalarKind.DATE_TIME: "2030-07-04T09:30:00Z",
    ScalarKind.TIME: "09:30:00",
    ScalarKind.DURATION: "P3D",
    ScalarKind.DECIMAL: "1.50",
    ScalarKind.DECIMAL_TEXT: "1.50",
    ScalarKind.URI: "https://example.com/",
    ScalarKind.EMAIL: "ann@example.com",
    ScalarKind.HOSTNAME: "example.com",
}

_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,5})S)?)?"
)


class NoSampleError(Exception):
    """No value can be given that is surely valid."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Makes expressions of a type's values."""

    names: Names
    declarations: Mapping[TypeId, Declaration]

    def of(self, type_: Type, word: str, examples: tuple[JsonValue, ...] = ()) -> Expression:
        """Return the first example that is of the type, else a plain value. Raises NoSampleError."""
        for example in examples:
            try:
                return self.written(type_, example)
            except NoSampleError:
                continue
        return self.written(type_, self.plain(type_, word))

    def plain(self, type_: Type, word: str, depth: int = 0) -> JsonValue:
        """Return the plainest JSON value of a type. Raises NoSampleError where checks have a say in it."""
        if depth > _DEEPEST:
            raise NoSampleError
        match type_:
            case Scalar(kind=kind, limits=limits):
                return _plain_scalar(kind, limits, word)
            case Const(values=values):
                return values[0]
            case Nullable(inner=inner):
                return self.plain(inner, word, depth)
            case ListOf(item=item, limits=limits) if (limits.min_length or 0) <= 1:
                return [self.plain(item, word, depth + 1)]
            case UnionOf(members=members, tag=tag):
                return _tagged(self.plain(members[0], word, depth + 1), members[0], tag)
            case MapOf(limits=limits) if not limits.min_length:
                return {}
            case Anything():
                return {}
            case Named(id=id):
                return self._declared(self.declarations[id], word, depth + 1)
            case _:
                raise NoSampleError

    def _declared(self, declaration: Declaration, word: str, depth: int) -> JsonValue:
        if declaration.doc.examples:
            return declaration.doc.examples[0]
        match declaration:
            case Enumeration(members=members):
                return members[0].value
            case Alias(type=type_, recursive=False):
                return self.plain(type_, word, depth)
            case Record(fields=fields, checks=()):
                required = [field for field in fields if field.required]
                return {
                    field.wire: field.doc.examples[0]
                    if field.doc.examples
                    else self.plain(field.type, self.names.fields[declaration.id][field.wire], depth)
                    for field in required
                }
            case _:
                raise NoSampleError

    def written(self, type_: Type, value: JsonValue, depth: int = 0) -> Expression:
        """Return a JSON value as the Python expression of a value of the type. Raises NoSampleError."""
        if depth > _DEEPEST:
            raise NoSampleError
        match type_:
            case Scalar(kind=kind):
                return _written_scalar(kind, value)
            case Const(values=values) if any(type(one) is type(value) and one == value for one in values):
                return literal(value).text
            case Nullable(inner=inner):
                return "None" if value is None else self.written(inner, value, depth)
            case Refined(inner=inner):
                return self.written(inner, value, depth)
            case ListOf(item=item) if isinstance(value, list):
                return Group("[", tuple(("", self.written(item, one, depth + 1)) for one in value), "]")
            case MapOf(value=inner) if isinstance(value, dict):
                entries = (
                    (f"{literal(key).text}: ", self.written(inner, one, depth + 1)) for key, one in value.items()
                )
                return Group("{", tuple(entries), "}")
            case Anything():
                return literal(value).text
            case UnionOf(members=members):
                return self._member(members, value, depth)
            case Named(id=id):
                return self._named(self.declarations[id], value, depth + 1)
            case _:
                raise NoSampleError

    def _member(self, members: tuple[Type, ...], value: JsonValue, depth: int) -> Expression:
        for member in members:
            try:
                return self.written(member, value, depth + 1)
            except NoSampleError:
                continue
        raise NoSampleError

    def _named(self, declaration: Declaration, value: JsonValue, depth: int) -> Expression:
        name = f"schemas.{self.names.types[declaration.id].name}"
        match declaration:
            case Alias(type=type_):
                return self.written(type_, value, depth)
            case Enumeration():
                member = self.names.members[declaration.id].get(value) if isinstance(value, str | int) else None
                if member is None:
                    raise NoSampleError
                return f"{name}.{member}"
            case Record() if isinstance(value, dict):
                return Group(f"{name}(", tuple(self._fields(declaration, value, depth)), ")")
            case _:
                raise NoSampleError

    def _fields(self, record: Record, value: dict[str, JsonValue], depth: int) -> list[tuple[str, Expression]]:
        called = self.names.fields[record.id]
        known = {field.wire: field for field in record.fields}
        if value.keys() - known.keys() or any(field.required and field.wire not in value for field in record.fields):
            raise NoSampleError
        return [(f"{called[wire]}=", self.written(known[wire].type, one, depth)) for wire, one in value.items()]


def _tagged(value: JsonValue, member: Type, tag: Tag | None) -> JsonValue:
    """Return a value of a member with what tells it from the others."""
    if tag is None or not isinstance(value, dict) or not isinstance(member, Named):
        return value
    case = next((case for case, one in tag.cases if one == member.id), None)
    return value if case is None else {**value, tag.wire: case}


def _plain_scalar(kind: ScalarKind, limits: Limits, word: str) -> JsonValue:
    if kind in INTEGERS:
        low = limits.minimum if limits.minimum is not None else (limits.exclusive_minimum or 0) + 1
        exact = limits.multiple_of is None and low == int(low)
        if exact and (limits.maximum is None or low <= limits.maximum):
            return int(low)
    elif limits == Limits() and kind in _PLAIN:
        return _PLAIN[kind]
    elif kind is ScalarKind.STRING and limits.pattern is None:
        if (limits.min_length or 0) <= len(word) <= (limits.max_length or 10_000):
            return word
    elif kind is ScalarKind.NUMBER and limits.multiple_of is None:
        low = limits.minimum if limits.minimum is not None else (limits.exclusive_minimum or 0) + 1
        if limits.maximum is None or low <= limits.maximum:
            return float(low)
    raise NoSampleError


def _written_scalar(kind: ScalarKind, value: JsonValue) -> Expression:
    if kind is ScalarKind.BOOLEAN and isinstance(value, bool):
        return str(value)
    if kind in INTEGERS and isinstance(value, int) and not isinstance(value, bool):
        return literal(value).text
    if kind is ScalarKind.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        return literal(value).text
    if isinstance(value, str):
        if kind in _TEXTS:
            return literal(value).text
        if kind is ScalarKind.DURATION and (units := _DURATION.fullmatch(value)):
            given = [f"{name}={int(count)}" for name, count in units.groupdict().items() if count]
            return f"timedelta({', '.join(given)})"
        if (name := _constructed(kind, value)) is not None:
            return f"{name}({literal(value).text})"
    raise NoSampleError


def _constructed(kind: ScalarKind, value: str) -> str | None:
    """Return what makes a value of a text; None where it cannot be read."""
    try:
        match kind:
            case ScalarKind.UUID if re.fullmatch(r"[0-9a-fA-F-]{36}", value):
                uuid.UUID(value)
                return "UUID"
            case ScalarKind.DATE:
                date.fromisoformat(value)
                return "date.fromisoformat"
            case ScalarKind.DATE_TIME:
                datetime.fromisoformat(value)
                return "datetime.fromisoformat"
            case ScalarKind.TIME:
                time.fromisoformat(value)
                return "time.fromisoformat"
            case ScalarKind.DECIMAL | ScalarKind.DECIMAL_TEXT:
                Decimal(value)
                return "Decimal"
            case _:
                return None
    except (ValueError, InvalidOperation):
        return None
