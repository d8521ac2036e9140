"""Members of a union that build on the schema with the union: in comes what they refer to, out comes what they inherit.

A base that lists its heirs in ``oneOf``, where the heirs have the base in their ``allOf``, is how frameworks write
inheritance. By the letter it leads back to itself without reaching a value; what is meant are the base's properties.
"""

from __future__ import annotations

from typing import Any, Final

from bothends.lowering.context import Context
from bothends.lowering.keywords import REFERENCES, UNIONS, without
from bothends.spec.schema import Schema, SchemaObject

#: Beyond so many schemas, nobody looks further for heirs.
_MOST: Final = 2_000


def inherited(target: Schema, heir: str, context: Context) -> Schema:
    """Return what the schema with the key ``heir`` inherits in place from another: all of it but a union of heirs."""
    if not isinstance(target, SchemaObject) or target.keywords.keys().isdisjoint(UNIONS):
        return target
    known = context.bases.get(id(target))
    if known is None:
        rest = without(target, {*UNIONS, "discriminator"})
        known = context.bases[id(target)] = (target, rest, _heirs(target, context))
    _, base, heirs = known
    return base if heir in heirs else target


def _heirs(target: SchemaObject, context: Context) -> frozenset[str]:
    """Return the keys of the schemas that the branches of a union consist of and build on."""
    found: set[str] = set()
    waiting: list[Any] = [branch for name in UNIONS for branch in target.get(name, ())]
    while waiting and len(found) < _MOST:
        schema = waiting.pop()
        if not isinstance(schema, SchemaObject):
            continue
        waiting += schema.get("allOf", ())
        for name in REFERENCES:
            if name in schema and schema.get(name).key not in found:
                found.add(schema.get(name).key)
                waiting.append(context.target(schema.get(name)))
    return frozenset(found)
