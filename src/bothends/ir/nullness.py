"""Whether null is a value of a type."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.ir.declarations import Alias, Declaration
from bothends.ir.types import Anything, Const, Named, Nullable, Refined, Scalar, ScalarKind, Type, TypeId, UnionOf


def accepts_null(type_: Type, declarations: Mapping[TypeId, Declaration]) -> bool:
    """Return whether null is a value of the type, looking through aliases."""
    return _accepts_null(type_, declarations, frozenset())


def _accepts_null(type_: Type, declarations: Mapping[TypeId, Declaration], seen: frozenset[TypeId]) -> bool:
    match type_:
        case Nullable() | Anything() | Scalar(kind=ScalarKind.NULL):
            return True
        case Const(values=values):
            return None in values
        case Refined(inner=inner):
            return _accepts_null(inner, declarations, seen)
        case UnionOf(members=members):
            return any(_accepts_null(member, declarations, seen) for member in members)
        case Named(id=id) if id not in seen:
            declaration = declarations.get(id)
            return isinstance(declaration, Alias) and _accepts_null(declaration.type, declarations, seen | {id})
        case _:
            return False
