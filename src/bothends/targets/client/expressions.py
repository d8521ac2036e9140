"""JSON values as Python expressions of the values of a type, laid out for the examples in docstrings.

Like :mod:`bothends.python.values`, but for people: models are built with their constructors, and nothing is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bothends.ir.declarations import Alias, Declaration, Enumeration, Record
from bothends.ir.types import (
    INTEGERS,
    Anything,
    Const,
    JsonValue,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    Type,
    TypeId,
    UnionOf,
)
from bothends.naming.names import Names
from bothends.python.code import Code, identifier, literal
from bothends.python.constructions import construction, number_construction
from bothends.python.scalars import SCALARS, TEXTS
from bothends.targets.client.layout import Expression, Group

_DEEPEST = 8


class NoSampleError(Exception):
    """No value can be given that is surely valid."""


@dataclass(frozen=True, slots=True)
class Expressions:
    """Writes values as expressions."""

    names: Names
    declarations: Mapping[TypeId, Declaration]

    def of(self, type_: Type, value: JsonValue, depth: int = 0) -> Expression:
        """Return a JSON value as the Python expression of a value of the type. Raises NoSampleError."""
        if depth > _DEEPEST:
            raise NoSampleError
        match type_:
            case Scalar(kind=kind):
                return _written_scalar(kind, value)
            case Const(values=values) if any(type(one) is type(value) and one == value for one in values):
                return literal(value).text
            case Nullable(inner=inner):
                return "None" if value is None else self.of(inner, value, depth)
            case Refined(inner=inner):
                return self.of(inner, value, depth)
            case ListOf(item=item) if isinstance(value, list):
                return Group("[", tuple(("", self.of(item, one, depth + 1)) for one in value), "]")
            case MapOf(value=inner) if isinstance(value, dict):
                entries = ((f"{literal(key).text}: ", self.of(inner, one, depth + 1)) for key, one in value.items())
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
                return self.of(member, value, depth + 1)
            except NoSampleError:
                continue
        raise NoSampleError

    def _named(self, declaration: Declaration, value: JsonValue, depth: int) -> Expression:
        name = f"schemas.{self.names.types[declaration.id].name}"
        match declaration:
            case Alias(type=type_):
                return self.of(type_, value, depth)
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
        return [(f"{called[wire]}=", self.of(known[wire].type, one, depth)) for wire, one in value.items()]


def _written_scalar(kind: ScalarKind, value: JsonValue) -> Expression:
    if kind is ScalarKind.BOOLEAN and isinstance(value, bool):
        return str(value)
    if kind in INTEGERS and isinstance(value, int) and not isinstance(value, bool):
        return literal(value).text
    if kind is ScalarKind.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        return literal(value).text
    if kind is ScalarKind.DECIMAL and isinstance(value, int | float) and not isinstance(value, bool):
        return number_construction(value).of(_class(kind)).text
    if isinstance(value, str) and kind in TEXTS:
        return literal(value).text
    if isinstance(value, str) and (made := construction(value, kind)) is not None:
        return made.of(_class(kind)).text
    raise NoSampleError


def _class(kind: ScalarKind) -> Code:
    name = SCALARS[kind].plain
    return identifier(name if isinstance(name, str) else name[1])
