"""``enum`` and ``const``: in comes a flat schema with values, out comes an enumeration, a constant, or a checked type.

Values that the schema's other keywords refuse are left out. Null is not among them: it was taken out before.
"""

from __future__ import annotations

from typing import Any, Final

from bothends.ir.checks import Check, OneOfValues
from bothends.ir.declarations import Doc, Enumeration, EnumMember
from bothends.ir.types import Anything, Const, ListOf, MapOf, Named, Nothing, Refined, Scalar, ScalarKind, Type, TypeId
from bothends.lowering.checks import checks_for
from bothends.lowering.context import Context
from bothends.lowering.docs import doc_of
from bothends.lowering.evaluate import verdict
from bothends.lowering.json_values import distinct, is_array, is_object, json_type
from bothends.lowering.keywords import constraints, replaced, without
from bothends.spec.schema import SchemaObject

#: Extensions that stand beside the values, one for each.
_HINTS: Final = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-speakeasy-enums")
#: Extensions that say both name and description of each value.
_BOTH: Final = ("x-ms-enum", "x-fern-enum")
_PROSE: Final = ("x-enum-descriptions", "x-enumDescriptions")


def enum_type(schema: SchemaObject, place: TypeId, context: Context) -> Type:
    """Return the type of a flat schema with ``enum``."""
    values, certain = possible_values(schema, context)
    if not values:
        return Nothing()
    base = base_of(values)
    if certain and base is not None and len(values) > 1:
        return Named(context.claim(place, schema))
    checks: tuple[Check, ...] = ()
    if not certain:
        checks = checks_for(schema, constraints(schema).keys() - {"enum"}, context)
    type_, more = _constant(values)
    return Refined(type_, (*more, *checks)) if more or checks else type_


def is_enumeration(schema: SchemaObject, context: Context) -> bool:
    """Tell whether a flat schema with ``enum`` becomes a class of its own."""
    values, certain = possible_values(schema, context)
    return certain and len(values) > 1 and base_of(values) is not None


def enumeration(schema: SchemaObject, id: TypeId, context: Context) -> Enumeration:
    """Return the declaration of a flat schema for which :func:`is_enumeration` holds."""
    values, _ = possible_values(schema, context)
    base = base_of(values)
    if base is None:
        raise ValueError(f"not an enumeration: {schema.key}")
    if not context.room_for(len(values)):
        values = values[:1]
    return Enumeration(
        id=id,
        base=base,
        members=tuple(_members(schema, values)),
        origin=schema.location,
        doc=doc_of(schema),
        deprecated=schema.get("deprecated", False),
    )


def values_without_null(schema: SchemaObject) -> SchemaObject:
    """Return the schema without null among its values, and without the name and the prose of null."""
    given: list[Any] = schema.get("enum")
    if None not in given:
        return schema
    keywords = dict(schema.keywords)
    for name in ("enum", *_HINTS, *_PROSE):
        beside = keywords.get(name)
        if is_array(beside) and len(beside) == len(given):
            keywords[name] = [text for text, value in zip(beside, given, strict=True) if value is not None]
    return replaced(schema, keywords)


def possible_values(schema: SchemaObject, context: Context) -> tuple[list[Any], bool]:
    """Return the values that the other keywords allow, and whether that was decided for each of them."""
    known = context.enums.get(id(schema))
    if known is None:
        known = context.enums[id(schema)] = (schema, _possible_values(schema, context))
    return known[1]


def _possible_values(schema: SchemaObject, context: Context) -> tuple[list[Any], bool]:
    others = without(schema, {"enum"})
    judged = [(value, verdict(value, others, context)) for value in distinct(schema.get("enum"))]
    kept = [value for value, found in judged if found is not False]
    return kept, all(found is not None for _, found in judged)


def base_of(values: list[Any]) -> ScalarKind | None:
    """Return the kind that all values share, if it is one that an enumeration can have."""
    types = {json_type(value) for value in values}
    if types == {"string"}:
        return ScalarKind.STRING
    return ScalarKind.INTEGER if types == {"integer"} else None


def _members(schema: SchemaObject, values: list[Any]) -> list[EnumMember]:
    given = schema.get("enum")
    hints = next((found for name in _HINTS if (found := _parallel(schema, name, given)) is not None), None)
    prose = next((found for name in _PROSE if (found := _parallel(schema, name, given)) is not None), None)
    both = next((pair for name in _BOTH if (pair := _described(schema.get(name), given)) is not None), None)
    if both is not None:
        hints, prose = hints or both[0], prose or both[1]
    members: list[EnumMember] = []
    kept = set(values)
    for index, value in enumerate(given):
        # Strings or whole numbers are kept; to Python, True is one of the latter.
        if value is None or isinstance(value, bool | list | dict) or value not in kept:
            continue
        hint = hints[index] if hints else None
        doc = Doc(description=prose[index]) if prose and prose[index] else Doc()
        members.append(EnumMember(int(value) if isinstance(value, float) else value, hint or None, doc))
    return members


def _parallel(schema: SchemaObject, name: str, values: list[Any]) -> list[str] | None:
    """Return what an extension says of each value: a list beside the values, or a mapping from them."""
    found = schema.get(name)
    if is_object(found):
        texts = [found.get(str(value), "") for value in values]
    elif is_array(found):
        texts = found
    else:
        return None
    if len(texts) != len(values):
        return None
    return [text if isinstance(text, str) else "" for text in texts]


def _described(extension: Any, values: list[Any]) -> tuple[list[str], list[str]] | None:
    """Return names and descriptions: from a list of ``values`` (Azure's), or from a mapping of values (Fern's)."""
    if not is_object(extension):
        return None
    listed = extension.get("values")
    if is_array(listed):
        told = {str(one.get("value")): one for one in listed if is_object(one)}
    else:
        told = {name: one for name, one in extension.items() if is_object(one)}

    def said(name: str) -> list[str]:
        texts = [told.get(str(value), {}).get(name) for value in values]
        return [text if isinstance(text, str) else "" for text in texts]

    return (said("name"), said("description")) if told else None


def _constant(values: list[Any]) -> tuple[Type, tuple[Check, ...]]:
    """Return the closest type for a few values, and the check that makes it exact."""
    types = {json_type(value) for value in values}
    if values in ([True, False], [False, True]) and types == {"boolean"}:
        return Scalar(ScalarKind.BOOLEAN), ()
    if types <= {"string", "integer", "boolean"}:
        return Const(tuple(int(value) if isinstance(value, float) else value for value in values)), ()
    return _loose(types), (OneOfValues(tuple(values)),)


def _loose(types: set[str]) -> Type:
    if types <= {"number", "integer"}:
        return Scalar(ScalarKind.NUMBER)
    match sorted(types):
        case ["array"]:
            return ListOf(Anything())
        case ["object"]:
            return MapOf(Anything())
        case _:
            return Anything()
