"""What JSON a type stands for, as far as reading text needs to know.

``5`` in a query is a number, a string or the only item of an array, whichever the
declared type has. The shape says so; it is read off pydantic's core schema, so that
every type that pydantic takes has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, cast

from ..adapters import adapter
from ..kinds import is_mapping, is_tuple

_DEPTH = 12
_SCALARS = {
    "none": "null",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "complex": "string",
    "str": "string",
    "bytes": "string",
    "date": "string",
    "time": "string",
    "datetime": "string",
    "timedelta": "string",
    "url": "string",
    "multi-host-url": "string",
    "uuid": "string",
}
_ARRAYS = frozenset({"list", "set", "frozenset", "generator", "tuple"})
_OBJECTS = frozenset({"model-fields", "typed-dict", "dataclass-args"})
# Schemas that wrap one other, and the key that holds it as seen by JSON.
_WRAPPERS = {
    "nullable": "schema",
    "json-or-python": "json_schema",
    "lax-or-strict": "strict_schema",
    "definitions": "schema",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The kinds of JSON value a type takes, and the shapes of what is inside.

    ``kinds`` is empty where every value is taken. ``extra`` is the shape of properties
    that have no name in ``properties``, or None where there are none.
    """

    kinds: frozenset[str] = frozenset()
    prefix: tuple[Shape, ...] = ()
    item: Shape | None = None
    properties: Mapping[str, Shape] = field(default_factory=dict[str, "Shape"])
    extra: Shape | None = None

    def takes(self, kind: str) -> bool:
        """Tell whether a JSON value of this kind may be meant."""
        return not self.kinds or kind in self.kinds

    @property
    def is_array(self) -> bool:
        """Tell whether arrays are meant, and perhaps null, but nothing else."""
        return "array" in self.kinds and self.kinds <= {"array", "null"}

    @property
    def is_object(self) -> bool:
        """Tell whether objects are meant, and perhaps null, but nothing else."""
        return "object" in self.kinds and self.kinds <= {"object", "null"}


ANY = Shape()
TEXT = Shape(frozenset({"string"}))
_cache: dict[Any, Shape] = {}


def shape_of(type: Any) -> Shape:
    """Return the shape of a type."""
    if type is str:
        return TEXT
    try:
        found = _cache.get(type)
    except TypeError:  # metadata that has no hash
        return _read(type)
    if found is None:
        found = _cache[type] = _read(type)
    return found


def _read(type: Any) -> Shape:
    schema: Any = adapter(type).core_schema
    return _Reader().shape(schema, 0)


class _Reader:
    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def shape(self, schema: Mapping[str, Any], depth: int) -> Shape:
        if depth > _DEPTH:
            return ANY
        kind = schema["type"]
        if kind in _SCALARS:
            return Shape(frozenset({_SCALARS[kind]}))
        if kind in _ARRAYS:
            return self.array(schema, depth)
        if kind == "dict":
            values = schema.get("values_schema")
            extra = self.shape(values, depth + 1) if values else ANY
            return Shape(frozenset({"object"}), extra=extra)
        if kind in _OBJECTS:
            return self.object(schema, depth)
        if kind in {"literal", "enum"}:
            return _constants(
                schema["expected"] if kind == "literal" else schema["members"]
            )
        if kind in {"union", "tagged-union"}:
            return self.union(schema, depth)
        return self.wrapped(kind, schema, depth)

    def wrapped(self, kind: str, schema: Mapping[str, Any], depth: int) -> Shape:
        if kind == "definitions":
            self.definitions.update(
                (item["ref"], item) for item in schema["definitions"]
            )
        if kind == "definition-ref":
            target = self.definitions.get(schema["schema_ref"])
            return self.shape(target, depth + 1) if target else ANY
        if kind == "chain":
            return self.shape(schema["steps"][0], depth)
        inner = schema.get(_WRAPPERS.get(kind, "schema"))
        if not is_mapping(inner):
            return ANY
        found = self.shape(inner, depth)
        if kind == "nullable":
            return merged((found, Shape(frozenset({"null"}))))
        config: Any = schema.get("config") or {}
        if config.get("extra_fields_behavior") == "forbid":
            return replace(found, extra=None)
        return found

    def array(self, schema: Mapping[str, Any], depth: int) -> Shape:
        items: Any = schema.get("items_schema") or {"type": "any"}
        if "type" in items:
            return Shape(frozenset({"array"}), item=self.shape(items, depth + 1))
        variadic: int | None = schema.get("variadic_item_index")
        members = cast("list[Any]", items)
        shapes = tuple(self.shape(item, depth + 1) for item in members)
        if variadic is None:
            return Shape(frozenset({"array"}), prefix=shapes)
        return Shape(
            frozenset({"array"}), prefix=shapes[:variadic], item=shapes[variadic]
        )

    def object(self, schema: Mapping[str, Any], depth: int) -> Shape:
        fields: Any = schema["fields"]
        pairs = (
            fields.items()
            if is_mapping(fields)
            else ((one["name"], one) for one in fields)
        )
        properties: dict[str, Shape] = {}
        for name, one in pairs:
            alias: Any = one.get("validation_alias")
            properties[alias if isinstance(alias, str) else name] = self.shape(
                one["schema"], depth + 1
            )
        extras = schema.get("extras_schema")
        extra = self.shape(extras, depth + 1) if extras else ANY
        closed = schema.get("extra_behavior") == "forbid"
        return Shape(
            frozenset({"object"}),
            properties=properties,
            extra=None if closed else extra,
        )

    def union(self, schema: Mapping[str, Any], depth: int) -> Shape:
        choices: Any = schema["choices"]
        if schema["type"] == "tagged-union":
            choices = choices.values()
        # A member may stand with a label, as a pair; a string names another member.
        members = [one for one in choices if not isinstance(one, str)]
        return merged(
            self.shape(one[0] if is_tuple(one) else one, depth) for one in members
        )


def merged(shapes: Iterable[Shape]) -> Shape:
    """Return the shape that takes what any of the shapes takes."""
    kinds: frozenset[str] = frozenset()
    properties: dict[str, Shape] = {}
    prefix: tuple[Shape, ...] = ()
    item: Shape | None = None
    extra: Shape | None = None
    for shape in shapes:
        if not shape.kinds:
            return ANY
        kinds |= shape.kinds
        prefix = prefix or shape.prefix
        item = _either(item, shape.item)
        extra = _either(extra, shape.extra)
        for name, one in shape.properties.items():
            properties[name] = (
                merged((properties[name], one)) if name in properties else one
            )
    return Shape(kinds, prefix, item, properties, extra)


def _either(left: Shape | None, right: Shape | None) -> Shape | None:
    if left is None or right is None:
        return left or right
    return merged((left, right))


def _constants(values: Iterable[Any]) -> Shape:
    kinds: set[str] = set()
    for value in values:
        match value.value if isinstance(value, Enum) else value:
            case None:
                kinds.add("null")
            case bool():
                kinds.add("boolean")
            case int():
                kinds.add("integer")
            case float():
                kinds.add("number")
            case _:
                kinds.add("string")
    return Shape(frozenset(kinds))
