"""Small operations on types that keep the rules of the model: no union in a union, null outermost, checks once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from bothends.ir.checks import Check, Never
from bothends.ir.types import Anything, Const, Nothing, Nullable, Refined, Scalar, ScalarKind, Type, UnionOf


def refined(type_: Type, checks: Iterable[Check]) -> Type:
    """Return the type with further checks."""
    more = tuple(checks)
    if not more:
        return type_
    if Never() in more:
        return Nothing()
    match type_:
        case Refined(inner=inner, checks=found):
            return Refined(inner, (*found, *(check for check in more if check not in found)))
        case Nothing():
            return type_
        case _:
            return Refined(type_, more)


def or_null(type_: Type) -> Type:
    """Return the type with null. Checks do not see the null."""
    match type_:
        case Nullable() | Anything() | Scalar(kind=ScalarKind.NULL):
            return type_
        case Nothing():
            return Scalar(ScalarKind.NULL)
        case _:
            return Nullable(type_)


def not_null(type_: Type) -> Type:
    """Return the type without null, which is said elsewhere."""
    match type_:
        case Nullable(inner=inner):
            return inner
        case Scalar(kind=ScalarKind.NULL):
            return Nothing()
        case _:
            return type_


def joined(types: Iterable[Type]) -> Type:
    """Return a type that accepts what any of some types accepts."""
    found = list(types)
    nullable = any(isinstance(type_, Nullable) or type_ == Scalar(ScalarKind.NULL) for type_ in found)
    members = flat_members(not_null(type_) for type_ in found)
    if not members:
        return Scalar(ScalarKind.NULL) if nullable else Nothing()
    if any(isinstance(member, Anything) for member in members):
        return Anything()
    inner = members[0] if len(members) == 1 else UnionOf(tuple(members))
    return or_null(inner) if nullable else inner


def flat_members(types: Iterable[Type]) -> list[Type]:
    """Return the members of a union of types: none a union, none twice, none without values."""
    members: dict[Hashable, Type] = {}
    for type_ in types:
        for member in type_.members if isinstance(type_, UnionOf) else (type_,):
            if not isinstance(member, Nothing):
                members.setdefault(_mark(member), member)
    return list(members.values())


def _mark(type_: Type) -> Hashable:
    """Return something that is the same for equal types: checks hold values that have no hash."""
    try:
        hash(type_)
    except TypeError:
        return repr(type_)
    return type_


def mentions_constant(type_: Type) -> bool:
    """Tell whether a type is a constant, checks aside."""
    return isinstance(type_.inner if isinstance(type_, Refined) else type_, Const)
