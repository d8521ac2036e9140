"""Plain scalars: most schemas of a document say a type, perhaps a format, and nothing else that matters to a type."""

from __future__ import annotations

from typing import Final, TypeAlias

from bothends.spec.schema import Schema, SchemaObject

Plain: TypeAlias = "tuple[tuple[str, ...], str | None]"

_SCALARS: Final = frozenset({"boolean", "integer", "null", "number", "string"})
_SAYING: Final = frozenset({"type", "format"})
#: What is read where it stands, and changes no type.
_BESIDE: Final = frozenset(
    {"default", "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "title", "writeOnly"}
)
_ALLOWED: Final = _SAYING | _BESIDE


def plain(schema: Schema) -> Plain | None:
    """Return all that the type of a plain scalar depends on, or None where more is said."""
    if not isinstance(schema, SchemaObject) or not schema.keywords.keys() <= _ALLOWED:
        return None
    types: tuple[str, ...] = schema.get("type", ())
    return (types, schema.get("format")) if types and _SCALARS.issuperset(types) else None
