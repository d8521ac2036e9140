"""Members of a ``oneOf`` in, groups of them out: within a group, nothing but a slip tells one from another.

Authors write ``oneOf`` for "one of these shapes". Where the shapes are open objects that demand the same properties and
agree in those that they share, what is meant as one of them is valid for the others, too, and the keyword refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bothends.diagnostics.model import Location
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.keywords import constraints, equivalent, is_only
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_MAX_DEPTH: Final = 4
#: Beyond so many members, each is not compared with each.
_MOST_COMPARED: Final = 200
#: What an object may say that leaves others of the same properties in.
_OPEN: Final = frozenset({"type", "properties", "required", "additionalProperties", "nullable"})
#: What an array may say that has nothing to do with how many items there are.
_PLAIN_ARRAY: Final = frozenset({"type", "items", "nullable"})


def groups_of(branches: Sequence[Schema], context: Context, at: Location | None = None) -> list[list[int]]:
    """Return the members by number, in groups of those that nothing tells apart; alone where something does.

    ``at`` is where to report that there are such; without it, the question is part of another one about schemas.
    """
    if not context.options.assume_types or not 1 < len(branches) <= _MOST_COMPARED:
        return [[number] for number in range(len(branches))]
    known = context.groups.get(id(branches))
    if known is None:
        # Kept with the branches, so that their identity stays theirs.
        known = context.groups[id(branches)] = (branches, _grouped(branches, context, first=at is not None))
    alike = next((group for group in known[1] if len(group) > 1), None)
    if at is not None and alike is not None:
        _report(alike[0] + 1, alike[1] + 1, at, context)
    return known[1]


def _grouped(branches: Sequence[Schema], context: Context, *, first: bool) -> list[list[int]]:
    context.effort(first=first)
    groups: list[list[int]] = []
    for number, branch in enumerate(branches):
        for group in groups:
            if all(_indistinct(branch, branches[other], context) for other in group):
                group.append(number)
                break
        else:
            groups.append([number])
    return groups


def _report(first: int, second: int, at: Location, context: Context) -> None:
    message = (
        f"nothing tells members {first} and {second} of this 'oneOf' apart, so that it refuses what suits either; "
        "either may hold"
    )
    hint = "write 'anyOf', or require a property that only one of them has"
    context.report.warning("indistinct-one-of", message, at, hint)


def _indistinct(first: Schema, second: Schema, context: Context, depth: int = 0) -> bool:
    """Tell whether a value that is meant for either schema, and has no other's properties, satisfies both."""
    if depth > _MAX_DEPTH or not context.effort(first=False):
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
    one, two = flatten(first, context), flatten(second, context)
    if equivalent(one, two):
        return True
    items = _items(one, context), _items(two, context)
    if items[0] is not None and items[1] is not None:
        return depth < _MAX_DEPTH and _agree(items[0], items[1], context, depth + 1)
    return _indistinct(first, second, context, depth + 1)


def _items(flat: Schema, context: Context) -> Schema | None:
    """Return what the items of an array are, of which nothing else is said; None for anything else."""
    if isinstance(flat, BooleanSchema) or not is_only("array", types_of(flat, context)):
        return None
    found: Schema | None = flat.get("items") if constraints(flat).keys() <= _PLAIN_ARRAY else None
    return found


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
