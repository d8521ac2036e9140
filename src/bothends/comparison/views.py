"""Schemas as they are compared: in one piece, with null aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bothends.diagnostics.model import Location
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.keywords import constraints, replaced
from bothends.spec.schema import BooleanSchema, Reference, Schema, SchemaObject

_TYPES = frozenset({"array", "boolean", "null", "number", "object", "string"})
_TOLD_BY = (("object", "properties"), ("array", "items"), ("array", "prefixItems"))


@dataclass(frozen=True, slots=True)
class View:
    """A schema without ``allOf`` and references in place.

    ``types`` are the JSON types that are valid, null aside, which is ``nullable``; ``is_typed`` tells whether the
    document says so itself.
    """

    flat: SchemaObject
    types: frozenset[str]
    nullable: bool
    is_typed: bool

    def get(self, keyword: str, default: Any = None) -> Any:
        """Return the value of a keyword."""
        return self.flat.get(keyword, default)

    @property
    def location(self) -> Location:
        """Where the schema is written."""
        return self.flat.location


def reference_key(schema: Schema) -> str | None:
    """Return the canonical key of the component that a schema stands for, if it is nothing but a reference."""
    if isinstance(schema, SchemaObject) and constraints(schema).keys() == {"$ref"}:
        reference: Reference = schema.get("$ref")
        return reference.key
    return None


def component_name(key: str) -> str:
    """Return the name of a component from its canonical key."""
    return key.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def named(found: View) -> str:
    """Return what types of value a schema lets pass, in words."""
    if found.is_typed:
        return " or ".join(sorted(found.types))
    return "a union" if "oneOf" in found.flat or "anyOf" in found.flat else "anything"


def view(schema: Schema, context: Context) -> View:
    """Return a schema as it is compared."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema):
        empty = SchemaObject(flat.key, flat.location, {})
        return View(empty, _TYPES - {"null"} if flat.accepts else frozenset(), flat.accepts, is_typed=not flat.accepts)
    bare, nullable = _without_null(flat, context)
    stated = bare.get("type")
    if stated is None:
        told = {name for name, keyword in _TOLD_BY if keyword in bare}
        # A union says of each member what it is; any type is left open here.
        types = frozenset(told) or _TYPES - {"null"}
        return View(bare, types, nullable or (not told and _takes_null(bare)), is_typed=bool(told))
    return View(bare, frozenset(stated) - {"null"}, nullable or "null" in stated, is_typed=True)


def may_be_structured(schema: Schema, context: Context) -> bool:
    """Tell whether a list or an object may be valid."""
    found = view(schema, context)
    members: tuple[Schema, ...] = found.get("oneOf", found.get("anyOf", ()))
    if members and not found.is_typed:
        return any(may_be_structured(member, context) for member in members if reference_key(member) is None)
    return bool(found.types & {"array", "object"})


def _takes_null(schema: SchemaObject) -> bool:
    return not {"oneOf", "anyOf", "enum"} & schema.keywords.keys()


def _without_null(flat: SchemaObject, context: Context) -> tuple[SchemaObject, bool]:
    """Take the null out of a union or an enum; a union of one is its member."""
    keywords = dict(flat.keywords)
    nullable = False
    if None in (values := keywords.get("enum", ())):
        keywords["enum"] = [value for value in values if value is not None]
        nullable = True
    for name in ("anyOf", "oneOf"):
        members: tuple[Schema, ...] = keywords.get(name, ())
        rest = tuple(member for member in members if not _is_null(member, context))
        if len(rest) == len(members):
            continue
        nullable = True
        del keywords[name]
        if len(rest) > 1:
            keywords[name] = rest
        elif rest:
            inner = flatten(replaced(flat, {**keywords, "allOf": rest}), context)
            return (inner, True) if isinstance(inner, SchemaObject) else (replaced(flat, keywords), True)
    return (replaced(flat, keywords), True) if nullable else (flat, False)


def _is_null(member: Schema, context: Context) -> bool:
    flat = flatten(member, context)
    return isinstance(flat, SchemaObject) and tuple(flat.get("type", ())) == ("null",)
