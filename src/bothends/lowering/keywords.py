"""Facts about the keywords of JSON Schema, and small operations on schema objects."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from bothends.lowering.json_values import identity, is_object, is_sequence, json_equal
from bothends.spec.schema import BooleanSchema, Reference, Schema, SchemaObject

Types: TypeAlias = "frozenset[str]"

#: Keywords that say nothing about which values are valid.
ANNOTATIONS: Final = frozenset(
    {"$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$schema", "contentEncoding", "contentMediaType"}
    | {"contentSchema", "default", "deprecated", "description", "discriminator", "example", "examples"}
    | {"externalDocs", "readOnly", "title", "writeOnly", "xml"}
)
#: Annotations that describe the place where they stand, not whoever refers to it.
PROSE: Final = frozenset({"title", "description", "examples", "deprecated", "externalDocs", "xml", "$defs"})

NUMBER_KEYWORDS: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
STRING_KEYWORDS: Final = frozenset({"minLength", "maxLength", "pattern", "format"})
ARRAY_KEYWORDS: Final = frozenset(
    {"items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems"}
    | {"unevaluatedItems"}
)
OBJECT_KEYWORDS: Final = frozenset(
    {"properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties"}
    | {"maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"}
)
#: Keywords whose subschemas look at the same value.
IN_PLACE: Final = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})
REFERENCES: Final = ("$ref", "$dynamicRef")
UNIONS: Final = ("oneOf", "anyOf")
UNEVALUATED: Final = ("unevaluatedProperties", "unevaluatedItems")

_MAX_DEPTH: Final = 30
_FAMILIES: Final = (
    ("object", OBJECT_KEYWORDS),
    ("array", ARRAY_KEYWORDS),
    ("string", STRING_KEYWORDS),
    ("number", NUMBER_KEYWORDS),
)


def constraints(schema: SchemaObject) -> dict[str, Any]:
    """Return the keywords that may refuse a value."""
    return {
        name: value for name, value in schema.keywords.items() if name not in ANNOTATIONS and not name.startswith("x-")
    }


def is_annotation(name: str) -> bool:
    """Tell whether a keyword refuses no value."""
    return name in ANNOTATIONS or name.startswith("x-")


def idle_for(types: Types) -> frozenset[str]:
    """Return the keywords that say nothing about values of these types."""
    idle: set[str] = set()
    for name, keywords in _FAMILIES:
        if name not in types and not (name == "number" and "integer" in types):
            idle |= keywords
    return frozenset(idle - {"format"} if "integer" in types or "number" in types else idle)


def replaced(schema: SchemaObject, keywords: Mapping[str, Any]) -> SchemaObject:
    """Return a schema with other keywords at the same place."""
    return SchemaObject(schema.key, schema.location, keywords)


def without(schema: SchemaObject, names: Iterable[str]) -> SchemaObject:
    """Return the schema less some keywords."""
    dropped = set(names)
    return replaced(schema, {name: value for name, value in schema.keywords.items() if name not in dropped})


def narrow(first: Types, second: Types) -> Types:
    """Return the JSON types that are in both; ``number`` holds ``integer``."""
    both = set(first & second)
    if "integer" in first | second and "number" in first | second:
        both |= {"integer"}
    return normal(both)


def normal(names: Iterable[str]) -> Types:
    """Return a set of JSON types without ``integer`` where ``number`` says as much."""
    found = frozenset(names)
    return found - {"integer"} if "number" in found else found


def equivalent(first: Schema, second: Schema, depth: int = 0) -> bool:
    """Tell whether two schemas are spelled alike, annotations aside."""
    if first is second:
        return True
    if isinstance(first, BooleanSchema) or isinstance(second, BooleanSchema):
        return (
            isinstance(first, BooleanSchema) and isinstance(second, BooleanSchema) and first.accepts == second.accepts
        )
    # Most schemas that are compared differ in these.
    if (
        first.get("type") != second.get("type")
        or first.get("properties", {}).keys() != second.get("properties", {}).keys()
    ):
        return False
    return depth < _MAX_DEPTH and alike(constraints(first), constraints(second), depth)


def alike(first: Any, second: Any, depth: int = 0) -> bool:
    """Tell whether two values of keywords are spelled alike, annotations of schemas aside."""
    if isinstance(first, SchemaObject | BooleanSchema) and isinstance(second, SchemaObject | BooleanSchema):
        return equivalent(first, second, depth + 1)
    if isinstance(first, Reference) or isinstance(second, Reference):
        return bool(first == second)
    if is_object(first) and is_object(second):
        return first.keys() == second.keys() and all(alike(first[key], second[key], depth) for key in first)
    if is_sequence(first) and is_sequence(second):
        pairs = zip(first, second, strict=False)
        return len(first) == len(second) and all(alike(one, other, depth) for one, other in pairs)
    return json_equal(first, second)


def fingerprint(value: Any, depth: int = 0) -> Hashable:
    """Return something that is equal for schemas that :func:`equivalent` calls equal, and for no others."""
    if isinstance(value, BooleanSchema):
        return ("schema", value.accepts)
    if isinstance(value, SchemaObject):
        if depth >= _MAX_DEPTH:
            return ("schema", id(value))
        return ("schema", fingerprint(constraints(value), depth + 1))
    if is_object(value):
        return ("object", frozenset((name, fingerprint(item, depth)) for name, item in value.items()))
    if is_sequence(value):
        return ("array", tuple(fingerprint(item, depth) for item in value))
    return value if isinstance(value, Reference) else identity(value)


def accepts_all(schema: Schema) -> bool:
    """Tell whether a schema is plainly one of any value: ``true``, or annotations at most."""
    return schema.accepts if isinstance(schema, BooleanSchema) else not constraints(schema)


def accepts_none(schema: Schema | None) -> bool:
    """Tell whether a schema is the schema ``false``."""
    return isinstance(schema, BooleanSchema) and not schema.accepts


def is_only(name: str, types: Types | None) -> bool:
    """Tell whether one JSON type is the only one."""
    return types is not None and types == frozenset({name})


def reference_of(branch: Schema) -> Reference | None:
    """Return the reference that a branch consists of, or builds on."""
    if isinstance(branch, BooleanSchema):
        return None
    for name in REFERENCES:
        if name in branch:
            reference: Reference = branch.get(name)
            return reference
    parts = [inner for part in branch.get("allOf", ()) if (inner := reference_of(part)) is not None]
    return parts[0] if len(parts) == 1 else None
