"""Compares properties: which there are, which are required, and what the others may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bothends.comparison.differences import Flow
from bothends.comparison.views import View, reference_key
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.keywords import accepts_all, accepts_none
from bothends.spec.schema import Schema, SchemaObject

if TYPE_CHECKING:
    from bothends.comparison.walk import Walk


def compare_objects(walk: Walk, old: View, new: View, place: str) -> None:
    """Report what changed about the properties of an object."""
    before, after = _travelling(old, walk.flow, walk.old), _travelling(new, walk.flow, walk.new)
    for name in before.keys() - after.keys():
        _removed(walk, old, new, name, place)
    for name in after.keys() - before.keys():
        rule = "required-property-added" if name in new.get("required", ()) else "property-added"
        walk.report(rule, f"{place}.{name}", _say("added", rule), None, after[name].location)
    for name in before.keys() & after.keys():
        inner = f"{place}.{name}"
        _requirement(walk, (old, new), (before[name], after[name]), name, inner)
        _deprecation(walk, before[name], after[name], inner)
        walk.compare(before[name], after[name], inner)
    _others(walk, old, new, place)


def _travelling(view: View, flow: Flow, context: Context) -> dict[str, Schema]:
    """Return the properties that values of this direction have."""
    hidden = "readOnly" if flow.is_request else "writeOnly"
    found: dict[str, Schema] = view.get("properties", {})
    return {name: schema for name, schema in found.items() if not _has(schema, hidden, context)}


def _has(schema: Schema, flag: str, context: Context) -> bool:
    if isinstance(schema, SchemaObject) and schema.get(flag):
        return True
    if reference_key(schema) is None and isinstance(schema, SchemaObject) and "allOf" not in schema:
        return False
    flat = flatten(schema, context)
    return isinstance(flat, SchemaObject) and bool(flat.get(flag))


def _removed(walk: Walk, old: View, new: View, name: str, place: str) -> None:
    is_required = name in old.get("required", ())
    schema = old.get("properties")[name]
    rule = "required-property-removed" if is_required else "property-removed"
    still = new.get("properties", {}).get(name)
    if still is not None:
        message = "is read-only now" if walk.flow.is_request else "is write-only now"
    else:
        message = _say("removed", rule)
    walk.report(rule, f"{place}.{name}", message, schema.location, still.location if still else new.location)


def _say(what: str, rule: str) -> str:
    return f"was {what}" + (" (required)" if rule.startswith("required") else "")


def _requirement(walk: Walk, owners: tuple[View, View], schemas: tuple[Schema, Schema], name: str, place: str) -> None:
    was, now = (name in owner.get("required", ()) for owner in owners)
    if was != now:
        word = "required" if now else "optional"
        old, new = (schema.location for schema in schemas)
        walk.report(f"property-became-{word}", place, f"became {word}", old, new)


def _deprecation(walk: Walk, old: Schema, new: Schema, place: str) -> None:
    def deprecated(schema: Schema) -> bool:
        return isinstance(schema, SchemaObject) and bool(schema.get("deprecated"))

    if deprecated(new) and not deprecated(old):
        walk.report("property-deprecated", place, "is deprecated", old.location, new.location)


def _others(walk: Walk, old: View, new: View, place: str) -> None:
    """Compare what is said of properties that are not listed."""
    before, after = _rest(old), _rest(new)
    if "object" not in old.types or "object" not in new.types:
        return
    if accepts_none(before) != accepts_none(after):
        closed = accepts_none(after)
        rule = "object-closed" if closed else "object-opened"
        message = f"properties that are not listed are {'refused' if closed else 'accepted'}"
        walk.report(rule, place, message, old.location, new.location)
    elif _says_something(before) or _says_something(after):
        walk.compare(_schema(before, old), _schema(after, new), f"{place}{{}}")


def _rest(view: View) -> Schema | None:
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        found: Any = view.get(keyword)
        if found is not None:
            return found  # type: ignore[no-any-return]
    return None


def _says_something(schema: Schema | None) -> bool:
    return schema is not None and not accepts_all(schema) and not accepts_none(schema)


def _schema(schema: Schema | None, view: View) -> Schema:
    return schema if schema is not None else SchemaObject(view.flat.key, view.location, {})
