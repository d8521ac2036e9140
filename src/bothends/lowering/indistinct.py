"""Members of a ``oneOf`` in, groups of them out: within a group, nothing but a slip tells one from another.

Authors write ``oneOf`` for "one of these shapes". Where the shapes are open objects that demand the same properties and
agree in those that they share, what is meant as one of them is valid for the others, too, and the keyword refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.keywords import constraints, equivalent, is_only
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_MAX_DEPTH: Final = 4
#: What an object may say that leaves others of the same properties in.
_OPEN: Final = frozenset({"type", "properties", "required", "additionalProperties", "nullable"})

T = TypeVar("T")


def groups_of(members: Sequence[T], schema_of: Callable[[T], Schema], context: Context) -> list[list[T]]:
    """Return the members in groups of those that nothing tells apart, in order; alone where something does."""
    groups: list[list[T]] = []
    for member in members:
        for group in groups:
            if all(_indistinct(schema_of(member), schema_of(other), context) for other in group):
                group.append(member)
                break
        else:
            groups.append([member])
    return groups


def _indistinct(first: Schema, second: Schema, context: Context, depth: int = 0) -> bool:
    """Tell whether a value that is meant for either schema, and has no other's properties, satisfies both."""
    if depth > _MAX_DEPTH or not context.effort(first=depth == 0):
        return False
    one, two = _open_object(first, context), _open_object(second, context)
    if one is None or two is None:
        return False
    mine, theirs = _properties(one), _properties(two)
    demanded = set(one.get("required", ()))
    if demanded != set(two.get("required", ())) or demanded & (mine.keys() ^ theirs.keys()):
        return False
    return all(_agree(inner, theirs[name], context, depth) for name, inner in mine.items() if name in theirs)


def _agree(first: Schema, second: Schema, context: Context, depth: int) -> bool:
    alike = equivalent(flatten(first, context), flatten(second, context))
    return alike or _indistinct(first, second, context, depth + 1)


def _open_object(schema: Schema, context: Context) -> SchemaObject | None:
    """Return the flat schema of an object to which anything may be added; None for anything else."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema) or not is_only("object", types_of(flat, context)):
        return None
    rest: Schema | None = flat.get("additionalProperties")
    closes = constraints(rest) if isinstance(rest, SchemaObject) else rest is not None and not rest.accepts
    return flat if constraints(flat).keys() <= _OPEN and not closes else None


def _properties(schema: SchemaObject) -> dict[str, Schema]:
    found: dict[str, Schema] = schema.get("properties", {})
    return found
