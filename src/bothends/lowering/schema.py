"""The dispatch: which rule applies to a schema. In comes a schema and its place, out comes a type."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from bothends.ir.declarations import Alias, Declaration
from bothends.ir.types import Anything, Named, Nothing, Nullable, Type, TypeId
from bothends.lowering.all_of import flatten
from bothends.lowering.arrays import array_type
from bothends.lowering.assume import types_of
from bothends.lowering.checks import check_of, checks_for
from bothends.lowering.closed import closed_together, impossible_property
from bothends.lowering.context import Context
from bothends.lowering.docs import doc_of
from bothends.lowering.enums import enum_type, enumeration, is_enumeration, values_without_null
from bothends.lowering.evaluate import verdict
from bothends.lowering.identity import identity
from bothends.lowering.keywords import (
    REFERENCES,
    UNIONS,
    accepts_none,
    constraints,
    idle_for,
    is_annotation,
    is_only,
    replaced,
)
from bothends.lowering.objects import is_record, map_type, record
from bothends.lowering.plain import plain
from bothends.lowering.refine import not_null, or_null, refined
from bothends.lowering.relations import implies
from bothends.lowering.scalars import CONSUMED, scalar
from bothends.lowering.unions import split_types, union_keyword, union_type
from bothends.spec.schema import BooleanSchema, Reference, Schema, SchemaObject

_MAX_DEPTH: Final = 8


def connect(context: Context) -> None:
    """Give the rules what they call back."""
    context.type_of = partial(type_of, context=context)
    context.check_of = partial(check_of, context=context)
    context.use = partial(use, context=context)


def type_of(schema: Schema, place: TypeId, context: Context) -> Type:
    """Return the type of a schema; what has to be declared on the way is declared below ``place``."""
    if isinstance(schema, BooleanSchema):
        return Anything() if schema.accepts else Nothing()
    said = plain(schema)
    if said is None:
        return _type_of(schema, place, context)
    known = context.plain.get(said)
    if known is None:
        reported = len(context.report)
        known = _type_of(schema, place, context)
        if len(context.report) == reported:  # else there is something to say of each
            context.plain[said] = known
    return known


def _type_of(schema: SchemaObject, place: TypeId, context: Context) -> Type:
    with context.deeper() as room:
        if not room:
            # A name cuts it: what it stands for is lowered on its own.
            return Named(context.claim(place, schema))
        reference = sole_reference(schema, context)
        if reference is not None:
            return use(reference, context)
        nullable, core = without_null(schema, context)
        type_ = not_null(_core_type(core, place, context)) if nullable else _core_type(core, place, context)
        if isinstance(type_, Nothing) and not nullable:
            _report_impossible(schema, context)
        return or_null(type_) if nullable else type_


def use(reference: Reference, context: Context) -> Type:
    """Return how a schema that is referred to appears in a type."""
    schema = context.target(reference)
    place = identity(reference.key, context)
    is_component = place == TypeId(reference.key)
    if isinstance(schema, BooleanSchema) and not is_component:
        return type_of(schema, place, context)
    if is_component:
        nullable, core = without_null(schema, context)
        named = Named(context.claim(place, schema))
        return Nullable(named) if nullable and names_itself(core, context) else named
    return _inline(reference.key, place, schema, context)


def declare(id: TypeId, schema: Schema, context: Context) -> Declaration:
    """Return the declaration of a schema."""
    reference = sole_reference(schema, context) if isinstance(schema, SchemaObject) else None
    if reference is not None and identity(reference.key, context) == id:
        context.report.warning("reference-loop", "the schema refers to itself; any value is taken", schema.location)
        return Alias(id, Anything(), schema.location)
    if reference is None:
        _, core = without_null(schema, context)
        if isinstance(core, SchemaObject) and names_itself(core, context):
            return enumeration(core, id, context) if "enum" in core else record(core, id, context)
    return Alias(
        id=id,
        type=type_of(schema, id, context),
        origin=schema.location,
        doc=doc_of(schema),
        deprecated=isinstance(schema, SchemaObject) and schema.get("deprecated", False),
    )


def names_itself(core: Schema, context: Context) -> bool:
    """Tell whether a schema (without null) becomes a record or an enumeration."""
    if isinstance(core, BooleanSchema):
        return False
    if "enum" in core:
        return is_enumeration(core, context)
    if union_keyword(core, context) is not None:
        return False
    return is_only("object", types_of(core, context)) and is_record(core)


def sole_reference(schema: SchemaObject, context: Context) -> Reference | None:
    """Return the reference that says all that a schema says, if there is one."""
    found = constraints(schema)
    for name in REFERENCES:
        if name in found:
            return _telling(found.pop(name), found, schema, context)
    parts: list[Schema] = list(found.get("allOf", ()))
    for name in UNIONS:
        if len(found.get(name, ())) == 1 and len(found) == 1:
            return _reference_in(found[name][0], context)
    for part in parts:
        reference = _reference_in(part, context)
        if reference is not None:
            others = {**found, "allOf": tuple(other for other in parts if other is not part)}
            if not others["allOf"]:
                del others["allOf"]
            if (telling := _telling(reference, others, schema, context)) is not None:
                return telling
    return None


def without_null(schema: Schema, context: Context) -> tuple[bool, Schema]:
    """Return whether null is valid, and the flat schema of everything else: found once for each schema."""
    known = context.cores.get(id(schema))
    if known is None:
        known = context.cores[id(schema)] = (schema, _without_null(schema, context, 0))
    return known[1]


def _without_null(schema: Schema, context: Context, depth: int) -> tuple[bool, Schema]:
    flat = flatten(schema, context)
    if accepts_none(flat) or (isinstance(flat, SchemaObject) and impossible_property(flat, context) is not None):
        flat = closed_together(schema, context) or BooleanSchema(flat.key, flat.location, False)
    if isinstance(flat, BooleanSchema):
        return False, flat
    nullable = verdict(None, flat, context) is not False
    if "type" in flat:
        types: tuple[str, ...] = flat.get("type")
        if "null" in types:
            types = tuple(name for name in types if name != "null")
            flat = replaced(flat, {**flat.keywords, "type": types})
        if not types:
            return nullable, BooleanSchema(flat.key, flat.location, False)
    if "enum" in flat:
        flat = values_without_null(flat)
        if not flat.get("enum"):
            return nullable, BooleanSchema(flat.key, flat.location, False)
    if nullable and types_of(flat, context) is None and not any(name in flat for name in UNIONS):
        return False, flat  # any value, null among them
    return _look_through(nullable, flat, context, depth)


def _look_through(nullable: bool, flat: SchemaObject, context: Context, depth: int) -> tuple[bool, Schema]:
    """See past a union of one inline schema and null."""
    for name in UNIONS:
        branches = [branch for branch in flat.get(name, ()) if not _is_null(flatten(branch, context), context)]
        if len(branches) != 1 or not isinstance(branches[0], SchemaObject) or depth > _MAX_DEPTH:
            continue
        rest = {key: value for key, value in constraints(flat).items() if key != name}
        if not rest and sole_reference(branches[0], context) is not None:
            return nullable, flat
        whole = replaced(branches[0], {"allOf": (branches[0], replaced(flat, rest))}) if rest else branches[0]
        _, core = _without_null(whole, context, depth + 1)
        if isinstance(core, SchemaObject):
            own = {key: value for key, value in flat.keywords.items() if is_annotation(key) and key != "discriminator"}
            core = replaced(core, {**core.keywords, **own})
        return nullable, core
    return nullable, flat


def _is_null(flat: Schema, context: Context) -> bool:
    return isinstance(flat, SchemaObject) and is_only("null", types_of(flat, context))


def _core_type(core: Schema, place: TypeId, context: Context) -> Type:
    if isinstance(core, BooleanSchema):
        return Anything() if core.accepts else Nothing()
    if "enum" in core:
        return enum_type(core, place, context)
    keyword = union_keyword(core, context)
    if keyword is not None:
        return union_type(core, keyword, place, context)
    types = types_of(core, context)
    if types is None:
        return refined(Anything(), checks_for(core, set(constraints(core)), context))
    if len(types) > 1:
        return split_types(core, types, place, context)
    return _single(core, next(iter(types)), place, context)


def _single(core: SchemaObject, json_type: str, place: TypeId, context: Context) -> Type:
    match json_type:
        case "object" if is_record(core):
            return Named(context.claim(place, core))
        case "object":
            return map_type(core, place, context)
        case "array":
            return array_type(core, place, context)
        case _:
            rest = constraints(core).keys() - CONSUMED - {"type"} - idle_for(frozenset({json_type}))
            return refined(scalar(core, json_type, context), checks_for(core, set(rest), context))


def _inline(key: str, id: TypeId, schema: Schema, context: Context) -> Type:
    """Return the type of a place that is referred to and is no component."""
    _, core = without_null(schema, context)
    if names_itself(core, context):
        return type_of(schema, id, context)
    if key in context.open_keys:
        context.open_keys[key] = True
        return Named(id)
    context.open_keys[key] = False
    type_ = type_of(schema, id, context)
    if context.open_keys.pop(key):
        context.declarations[id] = Alias(id, type_, schema.location, doc=doc_of(schema))
        return Named(id)
    return type_


def _reference_in(part: Schema, context: Context) -> Reference | None:
    return sole_reference(part, context) if isinstance(part, SchemaObject) else None


def _telling(reference: Reference, others: dict[str, Any], schema: SchemaObject, context: Context) -> Reference | None:
    if not others:
        return reference
    target, rest = context.target(reference), replaced(schema, others)
    flat = flatten(target, context)
    if accepts_none(flat):  # implies anything, by the letter
        return None
    # What describes a property says something, whatever the target leaves of it.
    described = _properties(flatten(rest, context)).keys() <= _properties(flat).keys()
    return reference if described and implies(target, rest, context) else None


def _properties(flat: Schema) -> dict[str, Schema]:
    found: dict[str, Schema] = flat.get("properties", {}) if isinstance(flat, SchemaObject) else {}
    return found


def _report_impossible(schema: SchemaObject, context: Context) -> None:
    merged = schema.keywords.keys() & {"allOf", *REFERENCES}
    if merged:
        context.report.warning(
            "conflicting-all-of", "the parts of the schema contradict each other; no value is valid", schema.location
        )
    else:
        context.report.warning("impossible-schema", "no value satisfies the schema", schema.location)
