"""Whether a JSON value has the shape of a type, and which member of a union is meant; limits and checks aside."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.ir.declarations import Alias, Closed, Declaration, Enumeration, Record, Typed
from bothends.ir.types import (
    INTEGERS,
    WIDTHS,
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
    TupleOf,
    Type,
    TypeId,
    UnionOf,
)

Declarations = Mapping[TypeId, Declaration]


def fits(value: JsonValue, type_: Type, declarations: Declarations) -> bool:
    """Return whether a value has the shape of a type."""
    match type_, value:
        case Anything(), _:
            return True
        case Refined(inner=inner), _:
            return fits(value, inner, declarations)
        case Nullable(inner=inner), _:
            return value is None or fits(value, inner, declarations)
        case Scalar(kind=kind), _:
            return _fits_scalar(value, kind)
        case Const(values=values), _:
            return any(type(value) is type(other) and value == other for other in values)
        case Named(id=id), _:
            return _fits_declaration(value, declarations[id], declarations) if id in declarations else False
        case UnionOf(), _:
            return member_for(value, type_, declarations) is not None
        case ListOf(item=item), list():
            return all(fits(each, item, declarations) for each in value)
        case TupleOf(items=items), list():
            return len(items) == len(value) and all(
                map(lambda each, item: fits(each, item, declarations), value, items)
            )
        case MapOf(value=inner), dict():
            return all(fits(each, inner, declarations) for each in value.values())
        case _:
            return False


def member_for(value: JsonValue, union: UnionOf, declarations: Declarations) -> Type | None:
    """Return the member that a value is of: the one its tag selects, else the one that names most of its properties."""
    members = union.members
    if union.tag is not None:
        said = value.get(union.tag.wire) if isinstance(value, dict) else None
        members = tuple(Named(member) for tag, member in union.tag.cases if tag == said)
        if not members and union.tag.default is not None:
            members = (Named(union.tag.default),)
    found = [member for member in members if fits(value, member, declarations)]
    return max(found, key=lambda member: _known(value, member, declarations), default=None)


def _known(value: JsonValue, type_: Type, declarations: Declarations) -> int:
    declaration = declarations.get(type_.id) if isinstance(type_, Named) else None
    if not isinstance(declaration, Record) or not isinstance(value, dict):
        return 0
    return sum(field.wire in value for field in declaration.fields)


def _fits_declaration(value: JsonValue, declaration: Declaration, declarations: Declarations) -> bool:
    match declaration:
        case Alias(type=inner):
            return fits(value, inner, declarations)
        case Enumeration(members=members):
            return any(type(value) is type(member.value) and value == member.value for member in members)
        case Record():
            return isinstance(value, dict) and _fits_record(value, declaration, declarations)


def _fits_record(value: dict[str, JsonValue], record: Record, declarations: Declarations) -> bool:
    fields = {field.wire: field for field in record.fields}
    if any(field.required and wire not in value for wire, field in fields.items()):
        return False
    rest = [each for name, each in value.items() if name not in fields]
    if rest and isinstance(record.extra, Closed):
        return False
    if isinstance(record.extra, Typed) and not all(fits(each, record.extra.type, declarations) for each in rest):
        return False
    return all(fits(each, fields[name].type, declarations) for name, each in value.items() if name in fields)


def _fits_scalar(value: JsonValue, kind: ScalarKind) -> bool:
    match value:
        case None:
            return kind is ScalarKind.NULL
        case bool():
            return kind is ScalarKind.BOOLEAN
        case int() | float() if kind in INTEGERS:
            low, high = WIDTHS.get(kind, (value, value))
            return value == value // 1 and low <= value <= high
        case int() | float():
            return kind in {ScalarKind.NUMBER, ScalarKind.DECIMAL}
        case str():
            return kind not in INTEGERS | {ScalarKind.NUMBER, ScalarKind.DECIMAL, ScalarKind.BOOLEAN, ScalarKind.NULL}
        case _:
            return False
