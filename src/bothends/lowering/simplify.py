"""In comes a merged schema, out comes one that says the same in fewer words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bothends.lowering.json_values import json_type
from bothends.lowering.keywords import accepts_all, accepts_none, constraints, replaced
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_APPLIES = frozenset({"allOf", "anyOf", "oneOf", "if", "dependentSchemas"})


def simplified(schema: SchemaObject, flatten: Callable[[Schema], Schema]) -> Schema:
    """Return the schema without keywords that say nothing, and with plain words for roundabout ones."""
    keywords = dict(schema.keywords)
    if "if" not in keywords:
        for name in ("then", "else"):
            keywords.pop(name, None)
    if "not" in keywords and accepts_all(keywords["not"]):
        return BooleanSchema(schema.key, schema.location, False)
    if accepts_none(keywords.get("not")):
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
    branches = [branch for branch in keywords[name] if not accepts_none(branch)]
    if not branches:
        return False
    values = _enum_branches(branches, flatten)
    together = _as_enum(values) if len(values) > 1 else None
    if (
        name == "oneOf"
        and together is not None
        and len(together["enum"]) < sum(len(flat.get("enum")) for flat in values.values())
    ):
        together = None  # a value that two branches have is not valid
    if together is None:
        keywords[name] = tuple(branches)
    elif len(values) == len(branches) and "enum" not in keywords:
        del keywords[name]
        keywords.pop("discriminator", None)
        keywords.update(together)
    else:
        first = next(iter(values))
        one = SchemaObject(branches[first].key, branches[first].location, together)
        keywords[name] = tuple(
            one if number == first else branch
            for number, branch in enumerate(branches)
            if number == first or number not in values
        )
    return True


def _enum_branches(branches: list[Schema], flatten: Callable[[Schema], Schema]) -> dict[int, SchemaObject]:
    """Return the branches that list strings or integers in place and say no more, by their number."""
    found: dict[int, SchemaObject] = {}
    for number, branch in enumerate(branches):
        flat = branch if isinstance(branch, BooleanSchema) or "$ref" in branch else flatten(branch)
        if isinstance(flat, BooleanSchema) or (flat is branch and "$ref" in flat):
            continue
        rules = constraints(flat)
        if "enum" in rules and rules.keys() <= {"enum", "type"} and _fits(rules):
            found[number] = flat
    kinds = {json_type(value) for flat in found.values() for value in flat.get("enum")}
    return found if len(kinds) == 1 and kinds <= {"string", "integer"} else {}


def _as_enum(branches: dict[int, SchemaObject]) -> dict[str, Any]:
    """Read several lists of values (each with its own prose) as one."""
    values: list[Any] = []
    titles: list[str] = []
    descriptions: list[str] = []
    for flat in branches.values():
        new = [value for value in flat.get("enum") if value not in values]
        values += new
        titles += [flat.get("title", "") if len(flat.get("enum")) == 1 else ""] * len(new)
        descriptions += [flat.get("description", "") if len(flat.get("enum")) == 1 else ""] * len(new)
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
        if name in keywords and accepts_all(keywords[name]):
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
        if schema is not None and accepts_none(schema):
            return True
    return False
