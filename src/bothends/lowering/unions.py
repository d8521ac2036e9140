"""``oneOf``, ``anyOf`` and lists of types: in comes a flat schema, out comes a union with its tag and checks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any, Final

from bothends.ir.checks import Check, Is
from bothends.ir.types import Anything, Named, Nothing, Type, TypeId, UnionOf
from bothends.ir.walk import references
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.checks import check_of, checks_for, exactly_one
from bothends.lowering.closed import impossible_property, open_around
from bothends.lowering.context import MAX_MEMBERS, Context
from bothends.lowering.discriminators import tag_of
from bothends.lowering.indistinct import groups_of
from bothends.lowering.json_values import identity
from bothends.lowering.keywords import (
    IN_PLACE,
    UNEVALUATED,
    UNIONS,
    Types,
    accepts_none,
    constraints,
    equivalent,
    fingerprint,
    idle_for,
    is_only,
    reference_of,
    replaced,
    without,
)
from bothends.lowering.labels import labels
from bothends.lowering.merge import both
from bothends.lowering.refine import flat_members, not_null, refined
from bothends.lowering.relations import disjoint, implies
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_MAX_DEPTH: Final = 8
#: Beyond so many members, each is not compared with each.
_MOST_COMPARED: Final = 200
#: Keywords that narrow a shape and do not make one.
_WEAK = frozenset(
    {"required", "not", "dependentRequired", "minProperties", "maxProperties", "minItems", "maxItems", "uniqueItems"}
    | {"contains", "minContains", "maxContains", "propertyNames", "if", "then", "else", "minimum", "maximum"}
    | {"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "minLength", "maxLength"}
)


@dataclass(frozen=True, slots=True)
class Member:
    """A branch of a union: as written; with what stands beside the union; with what that says of further parts."""

    branch: Schema
    plain: Schema
    whole: Schema
    type: Type


def union_keyword(schema: SchemaObject, context: Context, depth: int = 0) -> str | None:
    """Return the keyword whose branches make the shape of a flat schema; ``None``: they only constrain it."""
    for name in UNIONS:
        if name in schema and _makes_shape(schema, name, context, depth):
            return name
    return None


def union_type(schema: SchemaObject, keyword: str, place: TypeId, context: Context) -> Type:
    """Return the type of a flat schema with a union that makes its shape."""
    context.unions += 1
    context.members += len(schema.get(keyword))
    try:
        if context.unions > 1 and context.members > MAX_MEMBERS:
            return refined(Anything(), checks_for(schema, set(constraints(schema)), context))
        return _union_type(schema, keyword, place, context)
    finally:
        context.unions -= 1
        context.members = context.members if context.unions else 0


def _union_type(schema: SchemaObject, keyword: str, place: TypeId, context: Context) -> Type:
    branches = _branches(schema, keyword, context)
    schema = open_around(schema, keyword, branches, context)
    rest = without(_rest(schema, keyword), UNEVALUATED)
    unevaluated = {name: schema.get(name) for name in UNEVALUATED if name in schema}
    residual: tuple[Check, ...] = ()
    if unevaluated and keyword == "anyOf" and not _all_disjoint([both(rest, branch) for branch in branches], context):
        # What has been evaluated is the work of every branch that holds, not of one.
        residual = checks_for(schema, set(unevaluated), context)
        unevaluated = {}
    members: list[Member] = []
    unstable: list[str] = []
    for branch, label in zip(branches, labels(schema, branches, context), strict=True):
        whole = _whole(rest, branch, unevaluated, context)
        if not _is_possible(whole, branch, label, context):
            continue
        at = place if len(branches) == 1 else TypeId(place.anchor, (*place.steps, f"variant:{label}"))
        type_ = not_null(context.type_of(whole, at))
        if not isinstance(type_, Nothing):
            members.append(Member(branch, _whole(rest, branch, {}, context) if unevaluated else whole, whole, type_))
            if label.isdecimal() and any(_is_below(other, at) for other in references(type_)):
                unstable.append(label)
    _warn_of_ordinals(unstable, schema, context)
    return refined(_joined(schema, keyword, members, context), residual)


def split_types(schema: SchemaObject, types: Types, place: TypeId, context: Context) -> Type:
    """Return the union of what a flat schema means for each of several JSON types."""
    families = {name: idle_for(frozenset({name})) for name in types}
    spoken = [name for name in schema.get("type") if name in types] if "type" in schema else sorted(types)
    shared = schema.keywords.keys() & (IN_PLACE - {"dependentSchemas"})
    members: list[Type] = []
    for name in spoken:
        kept = {key: value for key, value in schema.keywords.items() if key not in families[name] and key not in shared}
        part = SchemaObject(schema.key, schema.location, {**kept, "type": (name,)})
        members.append(context.type_of(part, TypeId(place.anchor, (*place.steps, f"variant:{name}"))))
    checks = checks_for(schema, set(shared) & constraints(schema).keys(), context)
    return refined(UnionOf(tuple(flat_members(members))), checks)


def _makes_shape(schema: SchemaObject, keyword: str, context: Context, depth: int) -> bool:
    if depth > _MAX_DEPTH or not context.effort(first=depth == 0):
        return False
    rest = _rest(schema, keyword)
    types = types_of(rest, context)
    branches = _branches(schema, keyword, context)
    if types is not None and all(_is_weak(branch, types, context) for branch in branches):
        return False
    # What is merged into each branch takes as long as it is large.
    steps = 1 + sum(len(rest.get(name)) for name in UNIONS if name in rest)
    for branch in branches:
        if not context.effort(first=False, steps=steps):
            return False
        whole = flatten(both(rest, branch) if rest.keywords else branch, context)
        if isinstance(whole, BooleanSchema):
            if whole.accepts:
                return False
        elif types_of(whole, context) is None and union_keyword(whole, context, depth + 1) is None:
            return False
    return True


def _is_weak(branch: Schema, types: Types, context: Context, depth: int = 0) -> bool:
    if depth > _MAX_DEPTH or not context.effort(first=False):
        return False
    flat = flatten(branch, context)
    if isinstance(flat, BooleanSchema):
        return True
    for name, value in constraints(flat).items():
        if name == "type":
            if frozenset(value) != types:
                return False
        elif name in {"allOf", "anyOf", "oneOf"}:
            if not all(_is_weak(part, types, context, depth + 1) for part in value):
                return False
        elif name == "properties":
            if not all(isinstance(flatten(part, context), BooleanSchema) or _is_empty(part) for part in value.values()):
                return False
        elif name not in _WEAK:
            return False
    return True


def _is_empty(schema: Schema) -> bool:
    return isinstance(schema, SchemaObject) and not constraints(schema)


def _rest(schema: SchemaObject, keyword: str) -> SchemaObject:
    kept = {name: value for name, value in constraints(schema).items() if name != keyword}
    return replaced(schema, kept)


def _branches(schema: SchemaObject, keyword: str, context: Context) -> list[Schema]:
    """Return the branches that may hold for something else than null, each once."""
    found: list[Schema] = []
    known: set[Hashable] = set()
    for branch in schema.get(keyword):
        flat = flatten(branch, context)
        if accepts_none(flat) or (isinstance(flat, SchemaObject) and is_only("null", types_of(flat, context))):
            continue
        mark = fingerprint(branch)
        twice = mark in known
        known.add(mark)
        if not twice or (keyword == "oneOf" and not context.options.assume_types):
            found.append(branch)
    return found


def _whole(rest: SchemaObject, branch: Schema, unevaluated: dict[str, Any], context: Context) -> Schema:
    """Return a branch with everything that stands beside the union; the branch itself where it says all that."""
    if unevaluated:
        return SchemaObject(branch.key, branch.location, {"allOf": (branch, rest), **unevaluated})
    if not rest.keywords or implies(branch, rest, context):
        return branch
    if isinstance(branch, BooleanSchema):
        return both(rest, branch)
    # Prose of the branch, place of the branch.
    return SchemaObject(branch.key, branch.location, {"allOf": (branch, rest)})


def _joined(schema: SchemaObject, keyword: str, members: list[Member], context: Context) -> Type:
    types = flat_members(member.type for member in members)
    if not types:
        return Nothing()
    if any(isinstance(type_, Anything) for type_ in types):
        inner: Type = Anything()
    elif len(types) == 1:
        inner = types[0]
    else:
        keys = [reference.key if (reference := reference_of(member.branch)) else None for member in members]
        schemas = [member.whole for member in members]
        tag = tag_of(schema, schemas, keys, [member.type for member in members], context)
        inner = UnionOf(tuple(types), tag)
        if tag is not None:
            return inner
    if keyword == "oneOf" and len(members) > 1 and not _exclusive(members, context):
        return refined(inner, _exactly_one(schema, members, context))
    return inner


def _exactly_one(schema: SchemaObject, members: list[Member], context: Context) -> tuple[Check, ...]:
    """Return the check of a ``oneOf``; of members that nothing tells apart, any may hold."""
    groups = groups_of([member.plain for member in members], context, schema.location)
    checks = [[_branch_check(members[number], context) for number in group] for group in groups]
    return (exactly_one(checks),) if len(checks) > 1 else ()


def _exclusive(members: list[Member], context: Context) -> bool:
    """Tell whether at most one branch can hold. Formats tell no branches apart: they are not meant to."""
    if _told_apart([member.whole for member in members], context):
        return True
    if len(members) > _MOST_COMPARED:
        return False
    if not context.options.assume_types:
        return all(disjoint(one.whole, two.plain, context) for one, two in permutations(members, 2))
    return all(
        disjoint(_not_null(one.whole, context), two.plain, context) or _same_but_format(one.plain, two.plain, context)
        for one, two in permutations(members, 2)
    )


def _told_apart(schemas: list[Schema], context: Context) -> bool:
    """Tell whether a property that all objects demand has other values in each: quick, where there are many."""
    flat = [schema for one in schemas if isinstance(schema := _not_null(one, context), SchemaObject)]
    if len(flat) < len(schemas) or not all(is_only("object", types_of(one, context)) for one in flat):
        return False
    demanded = [frozenset[str](one.get("required", ())) & frozenset(one.get("properties", ())) for one in flat]
    shared = frozenset[str]().union(*demanded[:1]).intersection(*demanded[1:])
    return any(_own_values([flatten(one.get("properties")[name], context) for one in flat]) for name in shared)


def _own_values(schemas: list[Schema]) -> bool:
    """Tell whether each schema lists its values, and none is listed twice."""
    values = [schema.get("enum") for schema in schemas if isinstance(schema, SchemaObject) and "enum" in schema]
    distinct = {identity(one) for part in values for one in part}
    return len(values) == len(schemas) and len(distinct) == sum(map(len, values))


def _not_null(schema: Schema, context: Context) -> Schema:
    flat = flatten(schema, context)
    names = flat.get("type", ()) if isinstance(flat, SchemaObject) else ()
    if not isinstance(flat, SchemaObject) or "null" not in names:
        return flat
    return replaced(flat, {**flat.keywords, "type": tuple(name for name in names if name != "null")})


def _all_disjoint(schemas: list[Schema], context: Context) -> bool:
    return len(schemas) <= _MOST_COMPARED and all(disjoint(one, two, context) for one, two in combinations(schemas, 2))


def _same_but_format(one: Schema, two: Schema, context: Context) -> bool:
    first, second = flatten(one, context), flatten(two, context)
    if isinstance(first, BooleanSchema) or isinstance(second, BooleanSchema):
        return False
    formats = {"format", "pattern", "minLength", "maxLength"}
    differs = "format" in first or "format" in second
    return differs and equivalent(without(first, formats), without(second, formats))


def _branch_check(member: Member, context: Context) -> Check:
    if isinstance(member.type, Named) and member.whole is member.plain:
        return Is(member.type)
    return check_of(member.branch, context)


def _is_possible(whole: Schema, branch: Schema, label: str, context: Context) -> bool:
    """Tell whether a branch can hold beside the rest of its schema; report it if not."""
    flat = flatten(whole, context)
    culprit = impossible_property(flat, context) if isinstance(flat, SchemaObject) else None
    if culprit is None and not accepts_none(flat):
        return True
    reason = "" if culprit is None else f": {culprit!r} can have no value"
    message = f"the branch {label!r} contradicts what stands beside the union{reason}; it was left out"
    context.report.warning("conflicting-all-of", message, branch.location)
    return False


def _warn_of_ordinals(labels: Sequence[str], schema: SchemaObject, context: Context) -> None:
    if labels:
        listed = f"member {labels[0]}" if len(labels) == 1 else f"each of members {', '.join(labels)}"
        context.report.warning(
            "name-collision",
            f"nothing but its position tells {listed} of this union from the others; its name is not stable",
            schema.location,
            "give each member a title, or a property with a value of its own",
        )


def _is_below(inner: TypeId, outer: TypeId) -> bool:
    return inner.anchor == outer.anchor and inner.steps[: len(outer.steps)] == outer.steps
