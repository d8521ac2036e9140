"""What ``additionalProperties`` means among the parts of a schema: in comes one in parts, out comes it in one piece.

The keyword sees the ``properties`` beside it only, not those of other parts of an ``allOf``, and refuses these. Authors
mean it to be about what no part describes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.keywords import REFERENCES, Types, accepts_all, accepts_none, narrow, replaced, without
from bothends.lowering.merge import both, is_conjunction, merge
from bothends.spec.schema import Schema, SchemaObject

_MAX_DEPTH: Final = 20
_NOTHING_BUT_NULL: Final = frozenset({"null"})


@dataclass(frozen=True, slots=True)
class Closing:
    """``additionalProperties`` of one part, and the names of the properties beside it."""

    beside: frozenset[str]
    rest: Schema


@dataclass
class Opened:
    """A schema in one piece that takes any further property, and what its parts say about these."""

    schema: Schema
    closings: list[Closing] = field(default_factory=list[Closing])


def opened(schema: Schema, context: Context, depth: int = _MAX_DEPTH) -> Opened:
    """Return a schema with its parts in one, none of them closed."""
    if not isinstance(schema, SchemaObject) or depth == 0 or not context.worth_merging(len(schema.keywords)):
        return Opened(schema)
    own: dict[str, Any] = dict(without(schema, {*REFERENCES, "allOf"}).keywords)
    rest = own.pop("additionalProperties", None)
    found = Opened(replaced(schema, own))
    if rest is not None and not accepts_all(rest):
        found.closings.append(Closing(frozenset(own.get("properties", ())), rest))
    inner = [context.target(schema.get(name)) for name in REFERENCES if name in schema]
    for part in (*inner, *schema.get("allOf", ())):
        more = opened(part, context, depth - 1)
        found.closings += more.closings
        found.schema = merge(found.schema, more.schema) if isinstance(found.schema, SchemaObject) else found.schema
    return found


def about_the_rest(schema: SchemaObject, merged: Schema, context: Context) -> Schema:
    """Return a schema whose ``additionalProperties`` are about what none of its parts describes.

    ``merged`` is what the keyword makes of it, which is returned where that refuses no property of a part. What
    changed is reported.
    """
    if not isinstance(merged, SchemaObject) or not {"properties", "additionalProperties"} <= merged.keywords.keys():
        return merged
    if accepts_all(merged.get("additionalProperties")) or is_conjunction(schema):
        return merged
    found = opened(schema, context)
    if not isinstance(found.schema, SchemaObject) or "patternProperties" in found.schema:
        return merged
    properties: dict[str, Schema] = found.schema.get("properties", {})
    refused = [
        name
        for name, inner in properties.items()
        if not accepts_none(inner) and any(_refuses(one, name, inner, context) for one in found.closings)
    ]
    if not refused:
        return merged
    listed = ", ".join(repr(name) for name in refused[:5]) + (", …" if len(refused) > 5 else "")
    message = f"a part describes {listed}, which 'additionalProperties' of another one refuses; read as about the rest"
    hint = "say 'unevaluatedProperties' once, beside the 'allOf', instead"
    context.report.warning("conflicting-all-of", message, schema.location, hint)
    rest = found.closings[0].rest
    for one in found.closings[1:]:
        rest = both(rest, one.rest)
    return replaced(schema, {**found.schema.keywords, "additionalProperties": rest})


def _refuses(closing: Closing, name: str, inner: Schema, context: Context) -> bool:
    if name in closing.beside:
        return False
    if accepts_none(closing.rest):
        return True
    mine, theirs = _types(inner, context), _types(closing.rest, context)
    return mine is not None and theirs is not None and narrow(mine, theirs) <= _NOTHING_BUT_NULL


def _types(schema: Schema, context: Context) -> Types | None:
    """Return the types that a schema, or what it refers to, plainly says."""
    for _ in range(_MAX_DEPTH):
        if not isinstance(schema, SchemaObject):
            return None
        found = types_of(schema, context)
        reference = next((schema.get(name) for name in REFERENCES if name in schema), None)
        if found is not None or reference is None:
            return found
        schema = context.target(reference)
    return None
