"""``allOf`` and ``$ref`` with siblings: in comes a schema, out comes one that accepts the same values in one piece.

The result has no references in place. What cannot be said in one schema object (two ``oneOf``, two patterns) stays
behind in an ``allOf``; it becomes checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bothends.lowering.closings import about_the_rest
from bothends.lowering.context import Context
from bothends.lowering.descent import inherited
from bothends.lowering.json_values import contains, distinct
from bothends.lowering.keywords import (
    PROSE,
    REFERENCES,
    UNEVALUATED,
    UNIONS,
    accepts_none,
    constraints,
    is_annotation,
    replaced,
    without,
)
from bothends.lowering.merge import merge
from bothends.lowering.simplify import simplified
from bothends.spec.schema import BooleanSchema, Reference, Schema, SchemaObject

#: Keywords without which a schema is in one piece already.
_COMPOUND: Final = frozenset({*REFERENCES, *UNIONS, *UNEVALUATED, "allOf", "const", "else", "not", "then"})


def flatten(schema: Schema, context: Context) -> Schema:
    """Return the schema without ``allOf`` and references in place, as far as that is possible."""
    if isinstance(schema, BooleanSchema) or _COMPOUND.isdisjoint(schema.keywords):
        return schema
    return context.remembered(schema, lambda: _flatten(schema, context))


def impossible_properties(flat: SchemaObject, context: Context) -> Iterator[tuple[str, Schema]]:
    """Yield the properties that are demanded and, by the letter, can have no value: name and schema."""
    properties: dict[str, Schema] = flat.get("properties", {})
    rest: Schema | None = None if "patternProperties" in flat else flat.get("additionalProperties")
    if flat.get("type") == ("object",):
        for name in flat.get("required", ()):
            found = properties.get(name, rest)
            if found is not None and accepts_none(flatten(found, context)):
                yield str(name), found


def _flatten(schema: SchemaObject, context: Context) -> Schema:
    own = dict(without(schema, {*REFERENCES, "allOf", "const"}).keywords)
    if "const" in schema:
        values = distinct(own.get("enum", [schema.get("const")]))
        own["enum"] = [schema.get("const")] if contains(values, schema.get("const")) else []
    parts = _parts(schema, own, context)
    result: Schema = replaced(schema, own)
    for part in parts:
        if isinstance(result, BooleanSchema):
            break
        if not context.worth_merging(len(result.get("properties", ()))):
            return BooleanSchema(schema.key, schema.location, True)
        result = merge(result, part)
    if parts and context.options.assume_types:
        result = about_the_rest(schema, result, context)
    return result if isinstance(result, BooleanSchema) else simplified(result, lambda inner: flatten(inner, context))


def _parts(schema: SchemaObject, own: dict[str, Any], context: Context) -> list[Schema]:
    parts: list[Schema] = []
    for name in REFERENCES:
        if name in schema:
            parts.append(_referred(schema.get(name), schema.key, context))
    inner: list[Schema] = list(schema.get("allOf", ()))
    for name in UNIONS:
        possible = [part for part in own.get(name, ()) if not isinstance(part, BooleanSchema) or part.accepts]
        if len(possible) == 1:  # the same as allOf
            del own[name]
            own.pop("discriminator", None)
            inner.extend(possible)
    seen: set[int] = set()
    for part in inner:
        if id(part) not in seen:
            seen.add(id(part))
            parts.append(
                flatten(part, context)
                if (reference := _reference(part)) is None
                else _referred(reference, schema.key, context)
            )
    return parts


def _reference(part: Schema) -> Reference | None:
    """Return the reference that a part consists of."""
    if isinstance(part, SchemaObject) and len(found := constraints(part)) == 1:
        return next((found[name] for name in REFERENCES if name in found), None)
    return None


def _referred(reference: Reference, heir: str, context: Context) -> Schema:
    """Return what a reference of the schema ``heir`` means, and keep in mind where the properties come from."""
    target = flatten(inherited(context.target(reference), heir, context), context)
    if isinstance(target, SchemaObject) and reference.key not in context.traced:
        context.traced.add(reference.key)
        for inner in target.get("properties", {}).values():
            context.origins.setdefault(id(inner), (inner, reference.key))
    return _anonymous(target)


def _anonymous(schema: Schema) -> Schema:
    """Leave behind what describes the target of a reference only."""
    if isinstance(schema, BooleanSchema):
        return schema
    kept = {
        name: value
        for name, value in schema.keywords.items()
        if name not in PROSE and not (is_annotation(name) and name.startswith("x-") and not name.startswith("x-enum"))
    }
    return replaced(schema, kept)
