"""Values for the examples in docstrings: those of the document, else the plainest ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    Scalar,
    ScalarKind,
    Tag,
    Type,
    TypeId,
    UnionOf,
)
from bothends.naming.names import Names
from bothends.targets.client.expressions import Expressions, NoSampleError
from bothends.targets.client.layout import Expression

_DEEPEST = 8
_PLAIN: dict[ScalarKind, JsonValue] = {
    ScalarKind.BOOLEAN: True,
    ScalarKind.NUMBER: 1.5,
    ScalarKind.UUID: "5f3a1c52-8e0b-4d53-9b1e-2f7a6c1d9e40",
    ScalarKind.DATE: "2030-07-04",
    ScalarKind.DATE_TIME: "2030-07-04T09:30:00Z",
    ScalarKind.TIME: "09:30:00",
    ScalarKind.DURATION: "P3D",
    ScalarKind.DECIMAL: 1.5,
    ScalarKind.DECIMAL_TEXT: "1.50",
    ScalarKind.URI: "https://example.com/",
    ScalarKind.EMAIL: "ann@example.com",
    ScalarKind.HOSTNAME: "example.com",
}


@dataclass(frozen=True, slots=True)
class Samples:
    """Finds values of types."""

    names: Names
    declarations: Mapping[TypeId, Declaration]

    def of(self, type_: Type, word: str, examples: tuple[JsonValue, ...] = ()) -> Expression:
        """Return the expression of the first example of the type, else of a plain value. Raises NoSampleError."""
        written = Expressions(self.names, self.declarations)
        for example in examples:
            try:
                return written.of(type_, example)
            except NoSampleError:
                continue
        return written.of(type_, self.plain(type_, word))

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
