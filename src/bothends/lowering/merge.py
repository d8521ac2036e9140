"""The conjunction of two schema objects as one, exactly: in come two flat schemas, out comes one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from bothends.lowering.json_values import common
from bothends.lowering.keywords import alike, equivalent, is_annotation, narrow, normal, replaced
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_TIGHTEST = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}
_OBJECT = frozenset({"properties", "patternProperties", "additionalProperties"})
_ARRAY = frozenset({"prefixItems", "items"})
#: Keywords that are read together: where both schemas have some of a group, that of the second stays apart.
#: Beyond so many, schemas are not compared with each other.
_MOST_COMPARED = 32
_GROUPS = (
    frozenset({"contains", "minContains", "maxContains"}),
    frozenset({"if", "then", "else"}),
    frozenset({"oneOf"}),
    frozenset({"anyOf"}),
    frozenset({"format"}),
    frozenset({"pattern"}),
)


def merge(first: SchemaObject, second: Schema) -> Schema:
    """Return one schema that accepts what both accept. Annotations of the first go first."""
    if isinstance(second, BooleanSchema):
        return first if second.accepts else second
    if "unevaluatedProperties" in second or "unevaluatedItems" in second:
        # What was evaluated is known to the second schema alone.
        return replaced(first, {**first.keywords, "allOf": (*first.get("allOf", ()), second)})
    if not first.keywords:
        return replaced(first, _inherited(second))
    merged: dict[str, Any] = dict(first.keywords)
    apart: dict[str, Any] = {}
    left = dict(second.keywords)
    if not _merge_types(merged, left) or not _merge_enum(merged, left):
        return BooleanSchema(first.key, first.location, False)
    for group in _GROUPS:
        _merge_group(merged, left, apart, group)
    _merge_object(merged, left, apart)
    _merge_array(merged, left)
    for name, value in left.items():
        _merge_keyword(merged, apart, name, value)
    if apart:
        merged["allOf"] = (*merged.get("allOf", ()), SchemaObject(second.key, second.location, apart))
    return replaced(first, merged)


def both(first: Schema, second: Schema) -> Schema:
    """Return a schema that accepts what both accept, to be merged when it is looked at."""
    if isinstance(first, BooleanSchema):
        return second if first.accepts else first
    if isinstance(second, BooleanSchema):
        return first if second.accepts else second
    pieces = _pieces(first)
    more = [piece for piece in _pieces(second) if not _is_among(piece, pieces)]
    if not more:
        return first
    return SchemaObject(first.key, first.location, {"allOf": (*pieces, *more)})


def is_conjunction(schema: SchemaObject) -> bool:
    """Tell whether :func:`both` has made a schema, not the author of the document."""
    parts: tuple[Schema, ...] = schema.get("allOf", ())
    return len(schema.keywords) == 1 and bool(parts) and parts[0].key == schema.key


def _pieces(schema: SchemaObject) -> tuple[Schema, ...]:
    """Return what :func:`both` has put together, so that putting it together again makes nothing larger."""
    return schema.get("allOf") if is_conjunction(schema) else (schema,)


def _is_among(schema: Schema, others: tuple[Schema, ...]) -> bool:
    if any(schema is other for other in others):
        return True
    return len(others) <= _MOST_COMPARED and any(equivalent(schema, other) for other in others)


def _inherited(schema: SchemaObject) -> Mapping[str, Any]:
    """Return the keywords that pass to who refers to a schema: a discriminator goes with its union."""
    if "discriminator" not in schema or "oneOf" in schema or "anyOf" in schema:
        return schema.keywords
    return {name: value for name, value in schema.keywords.items() if name != "discriminator"}


def _merge_types(merged: dict[str, Any], left: dict[str, Any]) -> bool:
    names = left.pop("type", None)
    if names is None:
        return True
    if "type" not in merged:
        merged["type"] = names
        return True
    types = narrow(normal(merged["type"]), normal(names))
    merged["type"] = tuple(name for name in (*merged["type"], *names) if name in types)
    merged["type"] = tuple(dict.fromkeys(merged["type"]))
    return bool(types)


def _merge_enum(merged: dict[str, Any], left: dict[str, Any]) -> bool:
    values = left.pop("enum", None)
    if values is None:
        return True
    if "enum" not in merged:
        merged["enum"] = values
        return True
    merged["enum"] = common(merged["enum"], values)
    return bool(merged["enum"])


def _merge_group(merged: dict[str, Any], left: dict[str, Any], apart: dict[str, Any], group: frozenset[str]) -> None:
    found = {name: left.pop(name) for name in group & left.keys()}
    if not found:
        return
    mine = {name: merged[name] for name in group & merged.keys()}
    if not mine:
        merged.update(found)
        if group & {"oneOf", "anyOf"} and "discriminator" in left:
            merged.setdefault("discriminator", left["discriminator"])
    elif not alike(mine, found):
        apart.update(found)


def _merge_object(merged: dict[str, Any], left: dict[str, Any], apart: dict[str, Any]) -> None:
    theirs = {name: left.pop(name) for name in _OBJECT & left.keys()}
    if not theirs:
        return
    mine = {name: merged[name] for name in _OBJECT & merged.keys()}
    if _clash(mine, theirs) or _clash(theirs, mine):
        apart.update(theirs)
        return
    properties: dict[str, Schema] = {}
    for name in (*mine.get("properties", {}), *theirs.get("properties", {})):
        found = [schema for part in (mine, theirs) if (schema := _property(part, name)) is not None]
        properties[name] = found[0] if len(found) == 1 else both(*found)
    patterns = dict(mine.get("patternProperties", {}))
    for name, schema in theirs.get("patternProperties", {}).items():
        patterns[name] = both(patterns[name], schema) if name in patterns else schema
    rest = [part["additionalProperties"] for part in (mine, theirs) if "additionalProperties" in part]
    if properties or "properties" in mine or "properties" in theirs:
        merged["properties"] = properties
    if patterns:
        merged["patternProperties"] = patterns
    if rest:
        merged["additionalProperties"] = rest[0] if len(rest) == 1 else both(*rest)


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether what one says of further properties depends on patterns of either."""
    rest = one.get("additionalProperties")
    if rest is None or (isinstance(rest, BooleanSchema) and rest.accepts):
        return False
    if "patternProperties" in other:
        return True
    return "patternProperties" in one and bool(other.get("properties", {}).keys() - one.get("properties", {}).keys())


def _property(part: Mapping[str, Any], name: str) -> Schema | None:
    found: Schema | None = part.get("properties", {}).get(name)
    return found if found is not None else part.get("additionalProperties")


def _merge_array(merged: dict[str, Any], left: dict[str, Any]) -> None:
    theirs = {name: left.pop(name) for name in _ARRAY & left.keys()}
    mine = {name: merged[name] for name in _ARRAY & merged.keys()}
    if not theirs:
        return
    length = max(len(mine.get("prefixItems", ())), len(theirs.get("prefixItems", ())))
    prefix: list[Schema] = []
    for index in range(length):
        found = [schema for part in (mine, theirs) if (schema := _item(part, index)) is not None]
        prefix.append(found[0] if len(found) == 1 else both(*found))
    rest = [part["items"] for part in (mine, theirs) if "items" in part]
    if prefix:
        merged["prefixItems"] = tuple(prefix)
    if rest:
        merged["items"] = rest[0] if len(rest) == 1 else both(*rest)


def _item(part: Mapping[str, Any], index: int) -> Schema | None:
    prefix: tuple[Schema, ...] = part.get("prefixItems", ())
    return prefix[index] if index < len(prefix) else part.get("items")


def _merge_keyword(merged: dict[str, Any], apart: dict[str, Any], name: str, value: Any) -> None:
    if name not in merged:
        if name != "discriminator":
            merged[name] = value
        return
    mine = merged[name]
    if name in _TIGHTEST:
        merged[name] = _TIGHTEST[name](mine, value)
    elif name == "multipleOf":
        _merge_factor(merged, apart, mine, value)
    elif name in {"uniqueItems", "readOnly", "writeOnly"}:
        merged[name] = mine or value
    elif name == "required":
        merged[name] = list(dict.fromkeys((*mine, *value)))
    elif name == "dependentRequired":
        merged[name] = {
            key: list(dict.fromkeys((*mine.get(key, ()), *value.get(key, ())))) for key in {**mine, **value}
        }
    elif name == "dependentSchemas":
        merged[name] = {**value, **mine, **{key: both(mine[key], value[key]) for key in mine if key in value}}
    elif name == "propertyNames":
        merged[name] = both(mine, value)
    elif name == "not":
        merged[name] = SchemaObject(mine.key, mine.location, {"anyOf": (mine, value)})
    elif name == "allOf":
        merged[name] = (*mine, *value)
    elif not is_annotation(name):
        apart[name] = value


def _merge_factor(merged: dict[str, Any], apart: dict[str, Any], mine: Any, value: Any) -> None:
    if isinstance(mine, int) and isinstance(value, int):
        merged["multipleOf"] = math.lcm(mine, value)
    elif mine != value:
        apart["multipleOf"] = value
