"""Which JSON types a schema allows: those it names, those of its values, or those that its author took for granted."""

from __future__ import annotations

from bothends.lowering.context import Context
from bothends.lowering.json_values import json_type
from bothends.lowering.keywords import Types, normal
from bothends.lowering.scalar_kinds import STRING_FORMATS
from bothends.spec.schema import SchemaObject

_TELLING = {
    "object": frozenset({"properties", "additionalProperties", "patternProperties"}),
    "array": frozenset({"items", "prefixItems"}),
    "string": frozenset({"pattern", "minLength", "maxLength"}),
}


def types_of(schema: SchemaObject, context: Context) -> Types | None:
    """Return the JSON types that a flat schema allows, or ``None`` for any."""
    if "type" in schema:
        return normal(schema.get("type"))
    if "enum" in schema:
        return normal(json_type(value) for value in schema.get("enum"))
    return _assumed(schema) if context.options.assume_types else None


def _assumed(schema: SchemaObject) -> Types | None:
    found = {name for name, keywords in _TELLING.items() if keywords & schema.keywords.keys()}
    if schema.get("format") in STRING_FORMATS:
        found.add("string")
    return frozenset(found) if len(found) == 1 else None
