"""Whether a value satisfies a schema, as far as it can be known while generating: yes, no, or unknown (``None``)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from bothends.ir.types import WIDTHS
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.indistinct import groups_of
from bothends.lowering.json_values import contains, distinct, is_array, is_object, json_type
from bothends.lowering.patterns import matches
from bothends.lowering.scalar_kinds import INTEGER_FORMATS, asserted_format
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

Verdict: TypeAlias = "bool | None"

_MAX_DEPTH = 40


def verdict(value: Any, schema: Schema, context: Context, depth: int = 0) -> Verdict:
    """Judge a value. Formats of strings are not looked at."""
    if depth > _MAX_DEPTH or not context.effort(first=depth == 0):
        return None
    return context.judged(value, schema, depth, lambda: _verdict(value, schema, context, depth))


def _verdict(value: Any, schema: Schema, context: Context, depth: int) -> Verdict:
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema):
        return flat.accepts
    types = types_of(flat, context)
    if types is not None and not has_type(value, types):
        return False
    return all_of(_verdicts(value, flat, context, depth + 1))


def has_type(value: Any, types: frozenset[str]) -> bool:
    """Tell whether a value is of one of some JSON types."""
    name = json_type(value)
    return name in types or (name == "integer" and "number" in types)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether all hold."""
    unknown = False
    for found in verdicts:
        if found is False:
            return False
        unknown = unknown or found is None
    return None if unknown else True


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return whether one holds."""
    return _negated(all_of(_negated(found) for found in verdicts))


def _negated(found: Verdict) -> Verdict:
    return None if found is None else not found


def _verdicts(value: Any, schema: SchemaObject, context: Context, depth: int) -> Iterator[Verdict]:
    def judge(inner: Schema, other: Any = value) -> Verdict:
        return verdict(other, inner, context, depth)

    if "enum" in schema:
        yield contains(schema.get("enum"), value)
    if isinstance(value, str):
        yield from _text(value, schema)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, schema, context)
    elif is_array(value):
        yield from _array(value, schema, context, depth)
    elif is_object(value):
        yield from _object(value, schema, context, depth)
    yield from (judge(part) for part in schema.get("allOf", ()))
    if "anyOf" in schema:
        yield any_of(judge(part) for part in schema.get("anyOf"))
    if "oneOf" in schema:
        branches: Sequence[Schema] = schema.get("oneOf")
        found = [any_of(judge(branches[number]) for number in group) for group in groups_of(branches, context)]
        # Whoever marks several members as nullable means that null is fine.
        yield any_of(found) if value is None and context.options.assume_types else _one_of(found)
    if "not" in schema:
        yield _negated(judge(schema.get("not")))
    if "if" in schema:
        condition = judge(schema.get("if"))
        then, otherwise = (judge(schema.get(name)) if name in schema else True for name in ("then", "else"))
        yield (then if then == otherwise else None) if condition is None else then if condition else otherwise


def _one_of(found: list[Verdict]) -> Verdict:
    if found.count(True) > 1:
        return False
    return None if None in found else found.count(True) == 1


def _number(value: float, schema: SchemaObject, context: Context) -> Iterator[Verdict]:
    width = INTEGER_FORMATS.get(asserted_format(schema, context.options))
    if width is not None and "number" not in schema.get("type", ()):
        low, high = WIDTHS[width]
        yield low <= value <= high
    if "minimum" in schema:
        yield value >= schema.get("minimum")
    if "maximum" in schema:
        yield value <= schema.get("maximum")
    if "exclusiveMinimum" in schema:
        yield value > schema.get("exclusiveMinimum")
    if "exclusiveMaximum" in schema:
        yield value < schema.get("exclusiveMaximum")
    if "multipleOf" in schema and math.isfinite(value):
        yield (Fraction(str(value)) / Fraction(str(schema.get("multipleOf")))).denominator == 1


def _text(value: str, schema: SchemaObject) -> Iterator[Verdict]:
    yield schema.get("minLength", 0) <= len(value)
    if "maxLength" in schema:
        yield len(value) <= schema.get("maxLength")
    if "pattern" in schema:
        yield matches(schema.get("pattern"), value)


def _array(value: list[Any], schema: SchemaObject, context: Context, depth: int) -> Iterator[Verdict]:
    yield schema.get("minItems", 0) <= len(value)
    if "maxItems" in schema:
        yield len(value) <= schema.get("maxItems")
    if schema.get("uniqueItems"):
        yield len(distinct(value)) == len(value)
    prefix: tuple[Schema, ...] = schema.get("prefixItems", ())
    yield from (verdict(item, inner, context, depth) for item, inner in zip(value, prefix, strict=False))
    if "items" in schema:
        yield from (verdict(item, schema.get("items"), context, depth) for item in value[len(prefix) :])
    if "contains" in schema or "unevaluatedItems" in schema:
        yield None


def _object(value: dict[str, Any], schema: SchemaObject, context: Context, depth: int) -> Iterator[Verdict]:
    yield schema.get("minProperties", 0) <= len(value)
    if "maxProperties" in schema:
        yield len(value) <= schema.get("maxProperties")
    yield all(name in value for name in schema.get("required", ()))
    properties: dict[str, Schema] = schema.get("properties", {})
    rest: Schema | None = schema.get("additionalProperties")
    for name, inner in value.items():
        if name in properties:
            yield verdict(inner, properties[name], context, depth)
        elif rest is not None and "patternProperties" not in schema:
            yield verdict(inner, rest, context, depth)
    for name, others in schema.get("dependentRequired", {}).items():
        yield name not in value or all(other in value for other in others)
    if schema.keywords.keys() & {"patternProperties", "propertyNames", "dependentSchemas", "unevaluatedProperties"}:
        yield None
