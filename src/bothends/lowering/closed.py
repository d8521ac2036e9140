"""Objects that close themselves to what they demand: in comes such a schema, out comes what its author meant.

``additionalProperties: false`` sees the ``properties`` beside it only. Parts of an ``allOf`` that say so close each
other out, and no value is valid; they are meant to be closed together. So is an object that demands a property which
it forgot to describe. Beside a union it closes out every branch.
"""

from __future__ import annotations

from collections.abc import Sequence

from bothends.lowering.all_of import flatten, impossible_properties
from bothends.lowering.closings import opened
from bothends.lowering.context import Context
from bothends.lowering.keywords import REFERENCES, accepts_none, without
from bothends.lowering.merge import both
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject


def closed_together(schema: Schema, context: Context) -> SchemaObject | None:
    """Return an object that nothing satisfies, since it is closed, as one that is closed around all its properties.

    What changed is reported. None where something else is the matter.
    """
    found = _cured(schema, context)
    if found is None or not isinstance(schema, SchemaObject):
        return None
    cured, forgotten = found
    _report(schema, forgotten, context)
    return cured


def impossible_property(flat: SchemaObject, context: Context) -> str | None:
    """Return a property that is demanded and can have no value, however it is read, if there is one."""
    return next((name for name, found in impossible_properties(flat, context) if not _is_cured(found, context)), None)


def _is_cured(schema: Schema, context: Context) -> bool:
    """Whether :func:`closed_together` gives a schema values; true of one that contains itself, as far as that goes."""
    known = context.cured.get(id(schema))
    if known is None:
        context.cured[id(schema)] = (schema, True)
        known = context.cured[id(schema)] = (schema, _cured(schema, context) is not None)
    return known[1]


def _cured(schema: Schema, context: Context) -> tuple[SchemaObject, list[str]] | None:
    if not isinstance(schema, SchemaObject) or _demands_nothing_possible(schema):
        return None
    whole = opened(schema, context)
    closings = [one for one in whole.closings if accepts_none(one.rest)]
    if not closings or not isinstance(whole.schema, SchemaObject) or "patternProperties" in whole.schema:
        return None
    properties: dict[str, Schema] = dict(whole.schema.get("properties", {}))
    forgotten = [name for name in whole.schema.get("required", ()) if name not in properties]
    for name in forgotten:
        properties[name] = BooleanSchema(f"{schema.key}/required", schema.location, True)
    closing = BooleanSchema(f"{schema.key}/additionalProperties", schema.location, False)
    keywords = {**whole.schema.keywords, "type": ("object",), "properties": properties, "additionalProperties": closing}
    found = SchemaObject(schema.key, schema.location, keywords)
    return (found, forgotten) if impossible_property(found, context) is None else None


def open_around(schema: SchemaObject, keyword: str, branches: Sequence[Schema], context: Context) -> SchemaObject:
    """Return a flat schema with a union without the ``additionalProperties: false`` that no branch of it gets past.

    What changed is reported.
    """
    if not branches or not accepts_none(schema.get("additionalProperties")):
        return schema
    without_it = without(schema, {"additionalProperties"})
    if _lets_any_in(schema, keyword, branches, context) or not _lets_any_in(without_it, keyword, branches, context):
        return schema
    message = f"'additionalProperties: false' beside {keyword!r} allows none of its branches; left out"
    hint = "say 'unevaluatedProperties: false' there, or close the branches"
    context.report.warning("conflicting-all-of", message, schema.location, hint)
    return without_it


def _lets_any_in(schema: SchemaObject, keyword: str, branches: Sequence[Schema], context: Context) -> bool:
    return any(_can_hold(both(without(schema, {keyword}), branch), context) for branch in branches)


def _can_hold(schema: Schema, context: Context) -> bool:
    """Tell whether nothing that is plain to see keeps every value from a schema."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema):
        return flat.accepts
    return not accepts_none(flat) and impossible_property(flat, context) is None


def _demands_nothing_possible(schema: SchemaObject) -> bool:
    """Whether a property is refused by more than being left out of a list: where it is written as ``false``."""
    return any(accepts_none(found) for found in schema.get("properties", {}).values())


def _report(schema: SchemaObject, forgotten: list[str], context: Context) -> None:
    if forgotten:
        listed = ", ".join(repr(name) for name in forgotten[:5])
        message = f"{listed}: demanded, and 'additionalProperties: false' does not allow it; taken as any value"
        code = "conflicting-all-of" if schema.keywords.keys() & {"allOf", *REFERENCES} else "impossible-schema"
        context.report.warning(code, message, schema.location, "describe it in 'properties'")
        return
    message = "the parts are closed to each other's properties; read as closed to all but the properties of all"
    hint = "say 'unevaluatedProperties: false' once, beside the 'allOf'"
    context.report.warning("conflicting-all-of", message, schema.location, hint)
