"""In comes a merged schema, out comes one that says the same in fewer words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bothends.lowering.keywords import constraints, distinct, json_type, replaced
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_APPLIES = frozenset({"allOf", "anyOf", "oneOf", "if", "dependentSchemas"})


def simplified(schema: SchemaObject, flatten: Callable[[Schema], Schema]) -> Schema:
    """Return the schema without keywords that say nothing, and with plain words for roundabout ones."""
    keywords = dict(schema.keywords)
    if "if" not in keywords or not keywords.keys() & {"then", "else"}:
        for name in ("if", "then", "else"):
            keywords.pop(name, None)
    if isinstance(inner := keywords.get("not"), BooleanSchema):
        if inner.accepts:
            return BooleanSchema(schema.key, schema.location, False)
        del keywords["not"]
    for name in ("anyOf", "oneOf"):
        if name in keywords and not _settle_union(keywords, name, flatten):
            return BooleanSchema(schema.key, schema.location, False)
    _close(keywords)
    if "enum" in keywords and not keywords["enum"]:
        return BooleanSchema(schema.key, schema.location, False)
    if _is_impossible(keywords):
        return BooleanSchema(schema.key, schema.location, False)
    return replaced(schema, keywords)


def _settle_union(keywords: dict[str, Any], name: str, flatten: Callable[[Schema], Schema]) -> bool:
    branches = [branch for branch in keywords[name] if not _is(branch, accepts=False)]
    if not branches:
        return False
    if name == "anyOf" and any(_is(branch, accepts=True) for branch in branches):
        del keywords[name]
        return True
    keywords[name] = tuple(branches)
    values = _as_enum([flatten(branch) for branch in branches], branches)
    if values is not None and "enum" not in keywords:
        del keywords[name]
        keywords.pop("discriminator", None)
        keywords.update(values)
    return True


def _is(schema: Schema, *, accepts: bool) -> bool:
    return isinstance(schema, BooleanSchema) and schema.accepts is accepts


def _as_enum(flat: list[Schema], branches: list[Schema]) -> dict[str, Any] | None:
    """Read a union of constants (each with its own prose) as an enum, where every branch is written in place."""
    values: list[Any] = []
    titles: list[str] = []
    descriptions: list[str] = []
    for schema, branch in zip(flat, branches, strict=True):
        if isinstance(schema, BooleanSchema) or isinstance(branch, BooleanSchema) or "$ref" in branch:
            return None
        found = constraints(schema)
        if "enum" not in found or not found.keys() <= {"enum", "type"} or not _fits(found):
            return None
        values += found["enum"]
        titles += [schema.get("title", "")] * len(found["enum"])
        descriptions += [schema.get("description", "")] * len(found["enum"])
    if len(distinct(values)) != len(values) or len(values) < 2:
        return None
    as_enum: dict[str, Any] = {"enum": values}
    if all(titles) and len(set(titles)) == len(titles):
        as_enum["x-enum-varnames"] = titles
    if any(descriptions):
        as_enum["x-enum-descriptions"] = descriptions
    return as_enum


def _fits(found: dict[str, Any]) -> bool:
    types = set(found.get("type", ()))
    if not types:
        return True
    names = {json_type(value) for value in found["enum"]}
    return names <= (types | {"integer"} if "number" in types else types)


def _close(keywords: dict[str, Any]) -> None:
    """``unevaluated...`` says the same as ``additionalProperties`` and ``items`` where nothing applies in place."""
    if "additionalProperties" in keywords:
        keywords.pop("unevaluatedProperties", None)
    elif "unevaluatedProperties" in keywords and not keywords.keys() & _APPLIES:
        keywords["additionalProperties"] = keywords.pop("unevaluatedProperties")
    if "items" in keywords:
        keywords.pop("unevaluatedItems", None)
    elif "unevaluatedItems" in keywords and not keywords.keys() & {*_APPLIES, "contains"}:
        keywords["items"] = keywords.pop("unevaluatedItems")
    for name, plain in (("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")):
        if name in keywords and _is(keywords[name], accepts=True):
            keywords[plain] = keywords.pop(name)


def _is_impossible(keywords: dict[str, Any]) -> bool:
    """Tell whether no object can be valid: a property is demanded that may not be there."""
    if keywords.get("type") != ("object",):
        return False
    properties = keywords.get("properties", {})
    rest = keywords.get("additionalProperties")
    for name in keywords.get("required", ()):
        schema = properties.get(name)
        if schema is None and "patternProperties" not in keywords:
            schema = rest
        if schema is not None and _is(schema, accepts=False):
            return True
    return False
