"""Which property of the members of a union tells them apart, and by which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bothends.ir.types import Named, Tag, Type, TypeId
from bothends.loading.pointer import parse
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.evaluate import verdict
from bothends.lowering.keywords import UNIONS, reference_of
from bothends.spec.schema import BooleanSchema, Discriminator, Schema, SchemaObject

_MAX_DEPTH = 8


def common_tag(branches: Sequence[Schema], context: Context) -> str | None:
    """Return the first property that every branch demands with values (strings) that no other branch allows."""
    if len(branches) < 2:
        return None
    first = flatten(branches[0], context)
    for name in _candidates(first, context, 0):
        values = [property_values(branch, name, context) for branch in branches]
        if None in values:
            continue
        found = [value for one in values if one is not None for value in one]
        if len(found) == len(set(found)):
            return name
    return None


def property_values(schema: Schema, name: str, context: Context) -> tuple[str, ...] | None:
    """Return the strings that a demanded property may hold, if these are all that it may hold."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema):
        return None
    key = (id(flat), name)
    if key not in context.values:
        context.values[key] = None  # a union of itself tells nothing apart
        context.values[key] = _property_values(flat, name, context)
        context.keep(flat)
    return context.values[key]


def _property_values(flat: SchemaObject, name: str, context: Context) -> tuple[str, ...] | None:
    if name in flat.get("required", ()):
        inner = flat.get("properties", {}).get(name)
        found = flatten(inner, context) if inner is not None else None
        values = found.get("enum") if isinstance(found, SchemaObject) else None
        if values and all(isinstance(value, str) for value in values):
            return tuple(values)
    for union in UNIONS:
        if union in flat:
            parts = [property_values(branch, name, context) for branch in flat.get(union)]
            if parts and None not in parts:
                return tuple(dict.fromkeys(value for part in parts if part is not None for value in part))
    return None


def tag_of(
    owner: SchemaObject, branches: Sequence[Schema], keys: Sequence[str | None], types: Sequence[Type], context: Context
) -> Tag | None:
    """Return the tag of a union, declared or plain to see. ``keys`` are what the branches refer to."""
    ids = [type_.id for type_ in types if isinstance(type_, Named)]
    if len(ids) != len(types) or len(set(ids)) != len(ids):
        return None
    discriminator: Discriminator | None = owner.get("discriminator")
    name = None
    if discriminator is not None and discriminator.default is not None:
        # Where every member demands values of its own, there is nothing left for a default.
        name = common_tag(branches, context)
    if discriminator is not None and name is None:
        found = _declared(owner, discriminator, branches, keys, ids, context)
        if found is not None:
            return found
    name = name or common_tag(branches, context)
    if name is None:
        return None
    pairs = zip(branches, ids, strict=True)
    return Tag(name, tuple((value, case) for one, case in pairs for value in property_values(one, name, context) or ()))


def _declared(
    owner: SchemaObject,
    discriminator: Discriminator,
    branches: Sequence[Schema],
    keys: Sequence[str | None],
    ids: Sequence[TypeId],
    context: Context,
) -> Tag | None:
    cases: list[tuple[str, TypeId]] = []
    shared = _shared_values(branches, discriminator.property_name, context)
    for branch, key, case in zip(branches, keys, ids, strict=True):
        allowed = property_values(branch, discriminator.property_name, context)
        mapped = tuple(value for value, target in discriminator.mapping if target == key)
        if allowed is not None and mapped and not set(mapped) <= set(allowed):
            context.report.warning(
                "invalid-document",
                f"the discriminator maps {_quoted(set(mapped) - set(allowed))} to a schema whose"
                f" {discriminator.property_name!r} can only be {_quoted(allowed)}",
                owner.location,
            )
        implicit = (_last(key),) if key is not None else ()
        nested = _tags_within(branch, discriminator.property_name, context)
        meant = mapped or nested or implicit
        # Where several allow a value, the discriminator says which of them it is for.
        own = tuple(value for value in allowed or () if value not in shared or value in meant)
        tags = own or meant
        if not all(_may_hold(branch, discriminator.property_name, value, context) for value in tags):
            # The name of the schema is no value of its property: the document tells nothing about the tag.
            return None
        cases += [(value, case) for value in tags]
    values = [value for value, _ in cases]
    complete = {case for _, case in cases} == set(ids)
    if not complete or len(set(values)) < len(values):
        return None
    default = next((case for key, case in zip(keys, ids, strict=True) if key == discriminator.default), None)
    return Tag(discriminator.property_name, tuple(cases), default if discriminator.default is not None else None)


def _shared_values(branches: Sequence[Schema], name: str, context: Context) -> set[str]:
    """Return the values of a property that several branches allow."""
    counted = Counter(value for branch in branches for value in set(property_values(branch, name, context) or ()))
    return {value for value, count in counted.items() if count > 1}


def _tags_within(schema: Schema, name: str, context: Context, depth: int = 0) -> tuple[str, ...]:
    """Return the values that select a member of a branch that is a union by the same property."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema) or depth > _MAX_DEPTH:
        return ()
    discriminator: Discriminator | None = flat.get("discriminator")
    if discriminator is None or discriminator.property_name != name:
        return ()
    found: dict[str, None] = {}
    for branch in (branch for union in UNIONS for branch in flat.get(union, ())):
        reference = reference_of(branch)
        key = None if reference is None else reference.key
        mapped = tuple(value for value, target in discriminator.mapping if target == key)
        implicit = (_last(key),) if key is not None else ()
        allowed = property_values(branch, name, context)
        found |= dict.fromkeys(allowed or mapped or _tags_within(branch, name, context, depth + 1) or implicit)
    return tuple(found)


def _may_hold(schema: Schema, name: str, value: str, context: Context, depth: int = 0) -> bool:
    """Tell whether a property of an object may have a value."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema) or depth > _MAX_DEPTH:
        return True
    for union in UNIONS:
        if union in flat and not any(_may_hold(part, name, value, context, depth + 1) for part in flat.get(union)):
            return False
    inner: Schema | None = flat.get("properties", {}).get(name)
    return inner is None or verdict(value, inner, context) is not False


def _last(key: str) -> str:
    tokens = parse(key.partition("#")[2])
    return tokens[-1] if tokens else key


def _quoted(values: Sequence[str] | set[str]) -> str:
    return ", ".join(repr(value) for value in sorted(values))


def _candidates(flat: Schema, context: Context, depth: int) -> list[str]:
    if isinstance(flat, BooleanSchema) or depth > _MAX_DEPTH:
        return []
    found = [name for name in flat.get("properties", {}) if name in flat.get("required", ())]
    for union in UNIONS:
        for branch in flat.get(union, ())[:1]:
            found += _candidates(flatten(branch, context), context, depth + 1)
    return found
