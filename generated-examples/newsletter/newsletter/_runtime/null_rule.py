"""Absent is not null: the rule for optional fields, done inside pydantic's engine.

A field ``name: str | None = None`` may be absent but never null. ``None`` is what
Python code sees where it is absent: it may be given, is never sent, and null is refused
in JSON. A field ``Nullable[str] = None`` may be null as well, and sends it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast

from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core


class _Nullable:
    def __repr__(self) -> str:
        return "Nullable"


#: Metadata of fields that may be null.
NULLABLE: Final = _Nullable()

_Schema: TypeAlias = dict[str, Any]
_Resolve: TypeAlias = Callable[[CoreSchema], CoreSchema]

#: Schemas that hold the one that matters here under ``schema``.
_LAYERS = {
    "custom-error",
    "definitions",
    "function-after",
    "function-before",
    "function-wrap",
}


def may_be_null(info: FieldInfo) -> bool:
    """Return whether an optional field is marked as ``Nullable``."""
    return any(item is NULLABLE for item in info.metadata)


def apply_null_rule(field: core.ModelField, info: FieldInfo, resolve: _Resolve) -> None:
    """Change the schema of a field that may be absent but not null, and no other."""
    default = cast(_Schema, field["schema"])
    if default["type"] != "default" or info.default is not None or may_be_null(info):
        return
    found = _without_null(default["schema"], resolve)
    if found is None:
        return
    value = cast(CoreSchema, found)
    default["schema"] = core.json_or_python_schema(
        json_schema=value, python_schema=core.nullable_schema(value)
    )
    field["serialization_exclude_if"] = _is_none


def _without_null(schema: _Schema, resolve: _Resolve) -> _Schema | None:
    """Return a schema without the null on top, or None where null is a real value."""
    if schema["type"] == "nullable":
        inner: _Schema = schema["schema"]
        if _holds_null(inner, resolve):
            return None
        # A discriminator that waits for the classes of the union stays with it.
        metadata = {**schema.get("metadata", {}), **inner.get("metadata", {})}
        return {**inner, "metadata": metadata} if metadata else inner
    if schema["type"] in _LAYERS:
        below = _without_null(schema["schema"], resolve)
        return None if below is None else {**schema, "schema": below}
    return None


def _holds_null(schema: _Schema, resolve: _Resolve) -> bool:
    match schema["type"]:
        case "nullable" | "none" | "any":
            return True
        case "literal":
            return None in schema["expected"]
        case "union":
            choices = [_unlabelled(choice) for choice in schema["choices"]]
            return any(_holds_null(choice, resolve) for choice in choices)
        case "definition-ref":
            try:
                found = resolve(cast(CoreSchema, schema))
            except LookupError:
                # Of a type that is being defined right now only its name is known.
                return False
            return _holds_null(cast(_Schema, found), resolve)
        case type_ if type_ in _LAYERS:
            return _holds_null(schema["schema"], resolve)
        case _:
            return False


def _unlabelled(choice: _Schema | tuple[_Schema, str]) -> _Schema:
    return choice[0] if isinstance(choice, tuple) else choice


def _is_none(value: object) -> bool:
    return value is None
