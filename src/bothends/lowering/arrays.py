"""Arrays: in comes a flat schema of type ``array``, out comes a list or a tuple."""

from __future__ import annotations

from bothends.ir.checks import Check, Items
from bothends.ir.types import Anything, Limits, ListOf, Nothing, TupleOf, Type, TypeId
from bothends.lowering.checks import check_of, checks_for
from bothends.lowering.context import Context
from bothends.lowering.keywords import constraints, idle_for
from bothends.lowering.refine import joined, refined
from bothends.lowering.scalars import count
from bothends.spec.schema import Schema, SchemaObject


def array_type(schema: SchemaObject, place: TypeId, context: Context) -> Type:
    """Return the type of a flat array schema."""
    prefix: tuple[Schema, ...] = schema.get("prefixItems", ())
    consumed = {"type", "items", "prefixItems", "minItems", "maxItems"} | idle_for(frozenset({"array"}))
    rest = checks_for(schema, set(constraints(schema).keys() - consumed), context)
    items = schema.get("items")
    item: Type = Anything() if items is None else context.type_of(items, _step(place, "item"))
    least, most = count(schema.get("minItems")) or 0, count(schema.get("maxItems"))
    if not prefix:
        if isinstance(item, Nothing):
            return refined(ListOf(Anything(), Limits(min_length=least or None, max_length=0)), rest)
        return refined(ListOf(item, Limits(min_length=least or None, max_length=most)), rest)
    types = [context.type_of(part, _step(place, f"item:{number}")) for number, part in enumerate(prefix)]
    if isinstance(item, Nothing):
        most = min(len(prefix), len(prefix) if most is None else most)
    if least == most == len(prefix):
        return refined(TupleOf(tuple(types)), rest)
    check = Items(
        tuple(check_of(part, context) for part in prefix), check_of(items, context) if items is not None else None
    )
    inner = joined([*types, *([] if isinstance(item, Nothing) else [item])])
    checks: tuple[Check, ...] = (check, *rest)
    if isinstance(item, Nothing):
        checks = (Items(check.prefix), *rest)
    return refined(ListOf(inner, Limits(min_length=least or None, max_length=most)), checks)


def _step(place: TypeId, step: str) -> TypeId:
    return TypeId(place.anchor, (*place.steps, step))
