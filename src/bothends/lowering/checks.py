"""A schema as a check: every keyword, exactly. For what no type can say.

A reference to a named type is checked by that type, which knows its own checks. Where evaluated properties must be
known (beside ``unevaluated…``), references are followed as checks instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bothends.ir import checks as c
from bothends.ir.checks import Check
from bothends.ir.declarations import NamedCheck
from bothends.ir.types import WIDTHS, Anything, Limits, Named, Nothing, Nullable
from bothends.lowering.context import Context
from bothends.lowering.indistinct import groups_of
from bothends.lowering.keywords import REFERENCES, constraints, without
from bothends.lowering.scalar_kinds import CHECKED_FORMATS, INTEGER_FORMATS, STRING_FORMATS, asserted_format
from bothends.lowering.scalars import check_pattern, count, number_limits, string_limits
from bothends.spec.schema import BooleanSchema, Reference, Schema, SchemaObject


def check_of(schema: Schema, context: Context, *, evaluating: bool = False) -> Check:
    """Return a check that accepts exactly what the schema accepts."""
    if isinstance(schema, BooleanSchema):
        return c.Always() if schema.accepts else c.Never()
    with context.deeper() as room:
        if not room:
            context.too_deep(schema.location)
            return c.Always()
        return conjunction(_checks(schema, context, evaluating))


def checks_for(schema: SchemaObject, names: set[str], context: Context) -> tuple[Check, ...]:
    """Return checks for some keywords of a flat schema; keywords that are read together must be named together."""
    names = {name for name in names if not name.startswith("unevaluated")}
    found = list(_checks(without(schema, schema.keywords.keys() - names), context, False)) if names else []
    found += _unevaluated(schema, context)
    return _flat(found)


def conjunction(checks: Iterator[Check] | tuple[Check, ...]) -> Check:
    """Return one check for several that must all hold."""
    flat = _flat(checks)
    if not flat:
        return c.Always()
    return flat[0] if len(flat) == 1 else c.AllOf(flat)


def _flat(checks: Any) -> tuple[Check, ...]:
    found: list[Check] = []
    for check in checks:
        for part in check.checks if isinstance(check, c.AllOf) else (check,):
            if isinstance(part, c.Never):
                return (part,)
            if not isinstance(part, c.Always) and part not in found:
                found.append(part)
    return tuple(found)


def _checks(schema: SchemaObject, context: Context, evaluating: bool) -> Iterator[Check]:
    for name in REFERENCES:
        if name in schema:
            yield _reference(schema.get(name), context, evaluating)
    if "type" in schema:
        yield c.HasType(tuple(schema.get("type")))
    if "enum" in schema:
        yield c.OneOfValues(tuple(schema.get("enum")))
    if "const" in schema:
        yield c.OneOfValues((schema.get("const"),))
    yield from _scalar(schema, context)
    yield from _array(schema, context)
    yield from _object(schema, context, evaluating)
    yield from _in_place(schema, context, evaluating)
    yield from _unevaluated(schema, context)


def _reference(reference: Reference, context: Context, evaluating: bool) -> Check:
    if not evaluating:
        match context.use(reference):
            case Named() | Nullable(inner=Named()) as type_:
                return c.Is(type_)
            case Anything():
                return c.Always()
            case Nothing():
                return c.Never()
            case _:  # mentions itself nowhere, or it would have a name
                return check_of(context.target(reference), context)
    anchor = reference.key
    if anchor not in context.checks:
        context.checks[anchor] = None
        schema = context.target(reference)
        context.checks[anchor] = NamedCheck(anchor, check_of(schema, context, evaluating=True), schema.location)
    return c.Recursive(anchor)


def _scalar(schema: SchemaObject, context: Context) -> Iterator[Check]:
    limits = number_limits(schema)
    if limits != Limits():
        yield c.Within(limits)
    limits = string_limits(schema, context)
    if limits != Limits():
        yield c.Within(limits)
    name = asserted_format(schema, context.options)
    if name in {*STRING_FORMATS, *CHECKED_FORMATS} - {"binary"}:
        yield c.HasFormat(name)
    width = INTEGER_FORMATS.get(name)
    if width is not None and "number" not in schema.get("type", ()):
        low, high = WIDTHS[width]
        yield c.Within(Limits(minimum=low, maximum=high))


def _array(schema: SchemaObject, context: Context) -> Iterator[Check]:
    prefix = tuple(check_of(part, context) for part in schema.get("prefixItems", ()))
    rest = check_of(schema.get("items"), context) if "items" in schema else None
    if prefix or rest is not None:
        yield c.Items(prefix, rest)
    if "contains" in schema:
        inner = check_of(schema.get("contains"), context)
        yield c.Contains(inner, schema.get("minContains", 1), schema.get("maxContains"))
    if schema.get("uniqueItems"):
        yield c.UniqueItems()
    if "minItems" in schema or "maxItems" in schema:
        yield c.Count("items", count(schema.get("minItems")), count(schema.get("maxItems")))


def _object(schema: SchemaObject, context: Context, evaluating: bool) -> Iterator[Check]:
    properties = properties_check(schema, context)
    if properties is not None:
        yield properties
    if schema.get("required"):
        yield c.Required(tuple(schema.get("required")))
    if "minProperties" in schema or "maxProperties" in schema:
        yield c.Count("properties", count(schema.get("minProperties")), count(schema.get("maxProperties")))
    if "propertyNames" in schema:
        yield c.PropertyNames(check_of(schema.get("propertyNames"), context))
    dependent: dict[str, list[str]] = schema.get("dependentRequired", {})
    if dependent:
        yield c.DependentRequired(tuple((name, tuple(others)) for name, others in dependent.items()))
    inner: dict[str, Schema] = schema.get("dependentSchemas", {})
    if inner:
        pairs = ((name, check_of(part, context, evaluating=evaluating)) for name, part in inner.items())
        yield c.DependentSchemas(tuple(pairs))


def properties_check(schema: SchemaObject, context: Context) -> Check | None:
    """Return the check for ``properties``, ``patternProperties`` and ``additionalProperties``."""
    named = tuple((name, check_of(part, context)) for name, part in schema.get("properties", {}).items())
    patterns = tuple(
        (pattern, check_of(part, context))
        for pattern, part in schema.get("patternProperties", {}).items()
        if check_pattern(pattern, schema, context)
    )
    has_rest = "additionalProperties" in schema and len(patterns) == len(schema.get("patternProperties", ()))
    # What a pattern would match that was left out is not told from the rest.
    rest = check_of(schema.get("additionalProperties"), context) if has_rest else None
    return c.Properties(named, patterns, rest) if named or patterns or rest is not None else None


def _in_place(schema: SchemaObject, context: Context, evaluating: bool) -> Iterator[Check]:
    def inner(part: Schema) -> Check:
        return check_of(part, context, evaluating=evaluating)

    yield from (inner(part) for part in schema.get("allOf", ()))
    if "anyOf" in schema:
        yield _alternatives(tuple(map(inner, schema.get("anyOf"))), evaluating)
    if "oneOf" in schema:
        branches: Sequence[Schema] = schema.get("oneOf")
        groups = groups_of(branches, context, schema.location)
        yield exactly_one([[inner(branches[number]) for number in group] for group in groups])
    if "not" in schema:
        yield _negation(inner(schema.get("not")))
    if "if" in schema and (evaluating or schema.keywords.keys() & {"then", "else"}):
        then, otherwise = (inner(schema.get(name)) if name in schema else None for name in ("then", "else"))
        yield c.IfThen(inner(schema.get("if")), then, otherwise)


def exactly_one(groups: Sequence[Sequence[Check]]) -> Check:
    """Return the check that exactly one group has checks that hold; of a group, any may."""
    checks = tuple(group[0] if len(group) == 1 else c.AnyOf(tuple(group)) for group in groups)
    return checks[0] if len(checks) == 1 and len(groups[0]) > 1 else c.OneOf(checks)


def _alternatives(checks: tuple[Check, ...], evaluating: bool) -> Check:
    if c.Always() in checks and not evaluating:
        return c.Always()
    return checks[0] if len(checks) == 1 else c.AnyOf(checks)


def _negation(check: Check) -> Check:
    match check:
        case c.Always():
            return c.Never()
        case c.Never():
            return c.Always()
        case _:
            return c.Not(check)


def _unevaluated(schema: SchemaObject, context: Context) -> Iterator[Check]:
    for name, of in (("unevaluatedProperties", "properties"), ("unevaluatedItems", "items")):
        if name in schema:
            others = {other: value for other, value in constraints(schema).items() if other != name}
            beside = check_of(SchemaObject(schema.key, schema.location, others), context, evaluating=True)
            yield c.Unevaluated(of, check_of(schema.get(name), context), beside)
