"""JSON values of a document to expressions of the Python value that a type gives them."""

from __future__ import annotations

import base64
from typing import Final

from bothends.ir.declarations import Alias, Enumeration, Record
from bothends.ir.fits import member_for
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
    UnionOf,
)
from bothends.ir.walk import references
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.constructions import CONSTRUCTED, construction, number_construction
from bothends.python.imports import Imports
from bothends.python.scalars import SCALARS, TEXTS, plain_scalar

_NAMES_OF_TYPES: Final = frozenset(names.checked for names in SCALARS.values())


def value_code(value: JsonValue, type_: Type, annotations: Annotations) -> Code | None:
    """Return an expression of the value, or None where the type does not hold it."""
    match type_:
        case Refined(inner=inner):
            return value_code(value, inner, annotations)
        case Nullable(inner=inner):
            return code("None") if value is None else value_code(value, inner, annotations)
        case Anything():
            return literal(value)
        case Const(values=values):
            return literal(value) if any(type(value) is type(other) and value == other for other in values) else None
        case Scalar(kind=kind):
            return _scalar(value, kind, annotations)
        case Named(id=id):
            return _named(value, type_, annotations) if id in annotations.declarations else None
        case UnionOf():
            member = member_for(value, type_, annotations.declarations)
            return None if member is None else value_code(value, member, annotations)
        case ListOf() | TupleOf() | MapOf():
            return _container(value, type_, annotations)
        case _:
            return None


def is_constant(value: JsonValue, type_: Type, annotations: Annotations) -> bool:
    """Return whether the expression of the value is a literal or the member of an enumeration."""
    if isinstance(value, list | dict):
        return False
    match type_:
        case Scalar(kind=kind):
            return kind not in CONSTRUCTED
        case Refined(inner=inner) | Nullable(inner=inner):
            return is_constant(value, inner, annotations)
        case UnionOf():
            return is_constant(value, _holder(value, type_, annotations), annotations)
        case Named(id=id):
            declaration = annotations.declarations.get(id)
            return not isinstance(declaration, Alias) or is_constant(value, declaration.type, annotations)
        case _:
            return True


def container_class(value: JsonValue, type_: Type, annotations: Annotations) -> Code | None:
    """Return the class of a list or dict with the type of its items, or None where the value is neither.

    The type of the items is quoted where it names a class, which may stand further down.
    """
    match type_, value:
        case ((Refined(inner=inner) | Nullable(inner=inner)), _):
            return container_class(value, inner, annotations)
        case Named(id=id), _:
            declaration = annotations.declarations.get(id)
            return container_class(value, declaration.type, annotations) if isinstance(declaration, Alias) else None
        case UnionOf(), _:
            return container_class(value, _holder(value, type_, annotations), annotations)
        case Anything(), list() | dict():
            return code("list[{}]" if isinstance(value, list) else "dict[str, {}]", annotations.plain(type_))
        case ListOf(item=item), list():
            return code("list[{}]", _quoted(item, annotations))
        case MapOf(value=item), dict():
            return code("dict[str, {}]", _quoted(item, annotations))
        case _:
            return None


def _holder(value: JsonValue, union: UnionOf, annotations: Annotations) -> Type:
    """Return the member that holds the value."""
    return member_for(value, union, annotations.declarations) or union.members[-1]


def _quoted(type_: Type, annotations: Annotations) -> Code:
    written = annotations.plain(type_)
    return literal(written.text) if any(references(type_)) else written


def _container(value: JsonValue, type_: ListOf | TupleOf | MapOf, annotations: Annotations) -> Code | None:
    match type_, value:
        case ListOf(item=item), list():
            items = _all([value_code(element, item, annotations) for element in value])
            return None if items is None else code("[{}]", join(", ", items))
        case TupleOf(items=types), list() if len(types) == len(value):
            items = _all([value_code(element, each, annotations) for element, each in zip(value, types, strict=True)])
            return None if items is None else code("({}{})", join(", ", items), code("," if len(items) == 1 else ""))
        case MapOf(value=inner), dict():
            items = _all([value_code(element, inner, annotations) for element in value.values()])
            if items is None:
                return None
            pairs = [code("{}: {}", literal(key), item) for key, item in zip(value, items, strict=True)]
            return code("{{{}}}", join(", ", pairs))
        case _:
            return None


def _named(value: JsonValue, type_: Named, annotations: Annotations) -> Code | None:
    match annotations.declarations[type_.id]:
        case Alias(type=inner):
            return value_code(value, inner, annotations)
        case Enumeration(members=members):
            held = any(type(member.value) is type(value) and member.value == value for member in members)
            if not held or isinstance(value, list | dict):
                return None
            member = annotations.names.members[type_.id][value]
            return code("{}.{}", annotations.reference(type_.id), identifier(member))
        case Record():
            if not isinstance(value, dict):
                return None
            return code("{}.from_dict({})", annotations.reference(type_.id), literal(value))


def _scalar(value: JsonValue, kind: ScalarKind, annotations: Annotations) -> Code | None:
    match value:
        case None:
            return code("None") if kind is ScalarKind.NULL else None
        case bool():
            return literal(value) if kind is ScalarKind.BOOLEAN else None
        case int() | float():
            return _number(value, kind, annotations)
        case str():
            return _text(value, kind, annotations)
        case _:
            return None


def _number(value: float, kind: ScalarKind, annotations: Annotations) -> Code | None:
    if kind is ScalarKind.NUMBER:
        return literal(value)
    if kind in INTEGERS and value == int(value):
        low, high = WIDTHS.get(kind, (value, value))
        return literal(int(value)) if low <= value <= high else None
    if kind is ScalarKind.DECIMAL:
        return number_construction(value).of(_class(kind, annotations.imports))
    return None


def _text(value: str, kind: ScalarKind, annotations: Annotations) -> Code | None:
    if kind in TEXTS:
        return literal(value)
    if kind in (ScalarKind.BYTES, ScalarKind.BASE64URL):
        return _octets(value, in_url=kind is ScalarKind.BASE64URL)
    made = construction(value, kind)
    return None if made is None else made.of(_class(kind, annotations.imports))


def _class(kind: ScalarKind, imports: Imports) -> Code:
    """Return the class of a value that a call makes."""
    name = SCALARS[kind].plain
    if isinstance(name, tuple) and name[1] in _NAMES_OF_TYPES:
        # In modules of schemas the name is that of the type that validates such values.
        return code("{}.{}", imports.module(name[0]), identifier(name[1]))
    return plain_scalar(kind, imports)


def _octets(value: str, *, in_url: bool) -> Code | None:
    padded = value + "=" * (-len(value) % 4) if in_url else value
    try:
        return literal(base64.b64decode(padded, altchars=b"-_" if in_url else None, validate=True))
    except ValueError:
        return None


def _all(items: list[Code | None]) -> list[Code] | None:
    present = [item for item in items if item is not None]
    return present if len(present) == len(items) else None
