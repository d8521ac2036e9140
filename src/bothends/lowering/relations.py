"""How two schemas relate: whether one implies the other, and whether no value satisfies both. ``False``: not known."""

from __future__ import annotations

from typing import Any

from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.evaluate import verdict
from bothends.lowering.keywords import accepts_none, alike, constraints, equivalent, is_only, narrow
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_MAX_DEPTH = 8
_AT_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_AT_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def implies(first: Schema, second: Schema, context: Context, depth: int = 0) -> bool:
    """Tell whether everything that satisfies the first schema is known to satisfy the second."""
    if depth > _MAX_DEPTH or not context.effort(first=depth == 0):
        return False
    one, two = flatten(first, context), flatten(second, context)
    if isinstance(two, BooleanSchema):
        return two.accepts or (isinstance(one, BooleanSchema) and not one.accepts)
    if isinstance(one, BooleanSchema):
        return not one.accepts
    if equivalent(one, two):
        return True
    if "enum" in one:
        return all(verdict(value, two, context, 1) is True for value in one.get("enum"))
    return all(_implies(one, two, name, context, depth) for name in constraints(two))


def disjoint(first: Schema, second: Schema, context: Context, depth: int = 0) -> bool:
    """Tell whether no value can satisfy both schemas."""
    if depth > _MAX_DEPTH or not context.effort(first=depth == 0):
        return False
    one, two = flatten(first, context), flatten(second, context)
    if isinstance(one, BooleanSchema) or isinstance(two, BooleanSchema):
        return accepts_none(one) or accepts_none(two)
    if _share_no_type(one, two, context) or _share_no_value(one, two, context) or _share_no_value(two, one, context):
        return True
    for a, b in ((one, two), (two, one)):
        for name in ("oneOf", "anyOf"):
            if name in a and all(disjoint(branch, b, context, depth + 1) for branch in a.get(name)):
                return True
    if not all(is_only("object", types_of(part, context)) for part in (one, two)):
        return False
    return _differ_in_property(one, two, context, depth) or _excludes(one, two, context) or _excludes(two, one, context)


def _implies(one: SchemaObject, two: SchemaObject, name: str, context: Context, depth: int) -> bool:
    mine, theirs = one.get(name), two.get(name)
    if name == "type":
        types, wanted = types_of(one, context), types_of(two, context)
        return types is not None and wanted is not None and narrow(types, wanted) == types
    if name == "required":
        return set(theirs) <= set(one.get("required", ()))
    if name == "properties":
        return all(_implies_property(one, key, inner, context, depth) for key, inner in theirs.items())
    if name == "additionalProperties" and isinstance(theirs, BooleanSchema) and theirs.accepts:
        return True
    if mine is None:
        return False
    if name in _AT_LEAST:
        return bool(mine >= theirs)
    if name in _AT_MOST:
        return bool(mine <= theirs)
    if name == "additionalProperties":
        same = one.get("properties", {}).keys() <= two.get("properties", {}).keys()
        return same and "patternProperties" not in two and implies(mine, theirs, context, depth + 1)
    if name == "items":
        return "prefixItems" not in one and "prefixItems" not in two and implies(mine, theirs, context, depth + 1)
    return alike(mine, theirs)


def _implies_property(one: SchemaObject, name: str, wanted: Schema, context: Context, depth: int) -> bool:
    mine: Schema | None = one.get("properties", {}).get(name)
    if mine is None and "patternProperties" not in one:
        mine = one.get("additionalProperties")
    if mine is None:
        return isinstance(flat := flatten(wanted, context), BooleanSchema) and flat.accepts
    return implies(mine, wanted, context, depth + 1)


def _share_no_type(one: SchemaObject, two: SchemaObject, context: Context) -> bool:
    types, others = types_of(one, context), types_of(two, context)
    return types is not None and others is not None and not narrow(types, others)


def _share_no_value(one: SchemaObject, two: SchemaObject, context: Context) -> bool:
    values: list[Any] | None = one.get("enum")
    return values is not None and all(verdict(value, two, context, 1) is False for value in values)


def _differ_in_property(one: SchemaObject, two: SchemaObject, context: Context, depth: int) -> bool:
    """Tell whether a property that both demand (or one forbids) can hold no value that suits both."""
    demanded = set(one.get("required", ())) & set(two.get("required", ()))
    mine, theirs = one.get("properties", {}), two.get("properties", {})
    shared = [name for name in mine if name in demanded and name in theirs]
    return any(disjoint(mine[name], theirs[name], context, depth + 1) for name in shared)


def _excludes(one: SchemaObject, two: SchemaObject, context: Context) -> bool:
    """Tell whether one demands a property that the other does not allow."""
    if "patternProperties" in two:
        return False
    rest = two.get("additionalProperties")
    properties: dict[str, Schema] = two.get("properties", {})
    for name in one.get("required", ()):
        found = properties.get(name, rest)
        if found is not None and accepts_none(flatten(found, context)):
            return True
    return False
