"""Objects: in comes a flat schema of type ``object``, out comes a record, or a map where no property is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bothends.ir.checks import Always, Check, Never, Not, Properties, Required
from bothends.ir.declarations import Closed, Extra, Field, Open, Record, Typed
from bothends.ir.types import Anything, Limits, MapOf, Nothing, Scalar, ScalarKind, Type, TypeId
from bothends.lowering.all_of import flatten
from bothends.lowering.checks import checks_for, properties_check
from bothends.lowering.context import Context
from bothends.lowering.docs import access_of, default_of, doc_of
from bothends.lowering.identity import identity
from bothends.lowering.keywords import accepts_none, constraints, idle_for
from bothends.lowering.patterns import matches
from bothends.lowering.refine import refined
from bothends.lowering.scalars import check_pattern, count
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_SHAPE = frozenset({"type", "properties", "patternProperties", "additionalProperties", "required"})


def is_record(schema: SchemaObject) -> bool:
    """Tell whether a flat object schema has named properties, or is closed and so has none but its own."""
    if schema.get("properties") or schema.get("required"):
        return True
    return accepts_none(schema.get("additionalProperties")) and "patternProperties" not in schema


def record(schema: SchemaObject, id: TypeId, context: Context) -> Record:
    """Return the declaration of a flat object schema."""
    extra, checks = _extra(schema, id, context)
    consumed = set(_SHAPE) | idle_for(frozenset({"object"}))
    fields = tuple(_fields(schema, id, context))
    forbidden = _forbidden(schema, extra, context)
    rest = constraints(schema).keys() - consumed
    if _says_nothing(schema, fields, extra):
        rest -= {"minProperties", "maxProperties"}
    checks += checks_for(schema, set(rest), context)
    return Record(
        id=id,
        fields=fields,
        extra=extra,
        origin=schema.location,
        checks=(*forbidden, *checks),
        doc=doc_of(schema),
        deprecated=schema.get("deprecated", False),
    )


def map_type(schema: SchemaObject, place: TypeId, context: Context) -> Type:
    """Return the type of a flat object schema for which :func:`is_record` does not hold."""
    consumed = {"type", "additionalProperties", "minProperties", "maxProperties", "required", "properties"}
    value: Type = Anything()
    key: Type | None = None
    inner = place_of_value(place)
    if "patternProperties" not in schema:
        rest = schema.get("additionalProperties")
        value = Anything() if rest is None else context.type_of(rest, inner)
        key = _key_type(schema, place, context)
        consumed |= set() if key is None else {"propertyNames"}
    elif (only := _only_pattern(schema, context)) is not None and "propertyNames" not in schema:
        pattern, values = only
        key = Scalar(ScalarKind.STRING, Limits(pattern=pattern))
        value = context.type_of(values, inner)
        consumed |= {"patternProperties"}
    limits = Limits(
        min_length=count(schema.get("minProperties")) or None, max_length=count(schema.get("maxProperties"))
    )
    names = constraints(schema).keys() - consumed - idle_for(frozenset({"object"}))
    if "patternProperties" in names:
        names |= schema.keywords.keys() & {"additionalProperties"}
    return refined(MapOf(value, key, limits), checks_for(schema, set(names), context))


def place_of_value(place: TypeId) -> TypeId:
    """Return the identity of what the values of a map are."""
    return TypeId(place.anchor, (*place.steps, "value"))


def _fields(schema: SchemaObject, id: TypeId, context: Context) -> list[Field]:
    required = dict.fromkeys(schema.get("required", ()))
    properties: dict[str, Schema] = dict(schema.get("properties", {}))
    for name in required:
        if name not in properties:
            properties[name] = _unnamed(schema, name)
    fields: list[Field] = []
    if not context.room_for(len(properties)):
        return fields
    for name, inner in properties.items():
        flat = flatten(inner, context)
        if accepts_none(flat) and name not in required:
            continue
        fields.append(_field(name, inner, flat, name in required, id, context))
    return fields


def _unnamed(schema: SchemaObject, name: str) -> Schema:
    """Return the schema of a property that is demanded and not described."""
    if "patternProperties" not in schema and "additionalProperties" in schema:
        rest: Schema = schema.get("additionalProperties")
        return rest
    return BooleanSchema(f"{schema.key}/required", schema.location, True)


def _field(name: str, schema: Schema, flat: Schema, required: bool, id: TypeId, context: Context) -> Field:
    return Field(
        wire=name,
        type=context.type_of(schema, _place(name, schema, id, context)),
        required=required,
        origin=schema.location,
        default=default_of(schema, flat, context),
        access=access_of(flat),
        doc=doc_of(schema),
        deprecated=isinstance(schema, SchemaObject) and schema.get("deprecated", False),
    )


def _place(name: str, schema: Schema, record: TypeId, context: Context) -> TypeId:
    """Return the place of a property: below its record, or where it was inherited from unchanged."""
    inherited = context.origins.get(id(schema))
    owner = record if inherited is None else identity(inherited[1], context)
    return TypeId(owner.anchor, (*owner.steps, name))


def _extra(schema: SchemaObject, id: TypeId, context: Context) -> tuple[Extra, tuple[Check, ...]]:
    """Return what further properties a record takes, and the check for what that cannot say."""
    rest = schema.get("additionalProperties")
    if schema.get("patternProperties"):
        return _extra_by_pattern(schema, id, context)
    if rest is None:
        return Open(), ()
    type_ = context.type_of(rest, place_of_value(id))
    if isinstance(type_, Nothing):
        return Closed(), ()
    return (Open(), ()) if isinstance(type_, Anything) else (Typed(type_), ())


def _extra_by_pattern(schema: SchemaObject, id: TypeId, context: Context) -> tuple[Extra, tuple[Check, ...]]:
    named: dict[str, Schema] = schema.get("properties", {})
    only = _only_pattern(schema, context)
    if only is None or any(matches(only[0], name) is not False for name in named):
        rest = schema.get("additionalProperties")
        # The fields check what is named; here it is only told from the rest.
        names = tuple((name, Always()) for name in named) if rest is not None else ()
        found = properties_check(schema, context)
        return Open(), (replace(found, named=names),) if isinstance(found, Properties) else ()
    pattern, values = only
    type_ = context.type_of(values, place_of_value(id))
    names = tuple((name, Always()) for name in named)
    extra: Extra = Open() if isinstance(type_, Anything) else Typed(type_)
    return extra, (Properties(names, ((pattern, Always()),), Never()),)


def _only_pattern(schema: SchemaObject, context: Context) -> tuple[str, Schema] | None:
    """Return the one pattern that every further property must match, if there is such."""
    patterns: dict[str, Schema] = schema.get("patternProperties", {})
    if len(patterns) != 1 or not accepts_none(schema.get("additionalProperties")):
        return None
    pattern, values = next(iter(patterns.items()))
    return (pattern, values) if check_pattern(pattern, schema, context) else None


def _key_type(schema: SchemaObject, place: TypeId, context: Context) -> Type | None:
    names = schema.get("propertyNames")
    if names is None:
        return None
    match context.type_of(names, TypeId(place.anchor, (*place.steps, "key"))):
        case Scalar(kind=ScalarKind.STRING) as key:
            return key
        case _:
            return None


def _forbidden(schema: SchemaObject, extra: Extra, context: Context) -> tuple[Check, ...]:
    """Return checks for properties that may not be there, where others of any name may."""
    if isinstance(extra, Closed):
        return ()
    required = schema.get("required", ())
    properties: dict[str, Schema] = schema.get("properties", {})
    names = [
        name for name, inner in properties.items() if name not in required and accepts_none(flatten(inner, context))
    ]
    return tuple(Not(Required((name,))) for name in names)


def _says_nothing(schema: SchemaObject, fields: tuple[Field, ...], extra: Extra) -> bool:
    """Tell whether the named properties keep the bounds on their number anyway."""
    demanded = sum(field.required for field in fields)
    most: Any = schema.get("maxProperties")
    enough = schema.get("minProperties", 0) <= demanded
    return enough and (most is None or (isinstance(extra, Closed) and len(fields) <= most))
