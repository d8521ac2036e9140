"""In come the keywords of a schema that is marked nullable, out come keywords of JSON Schema 2020-12 that say so."""

from __future__ import annotations

from typing import Any, Final

from bothends.diagnostics.model import Location
from bothends.spec.schema import SchemaObject

_OUTSIDE: Final = frozenset(
    {"$defs", "$dynamicAnchor", "default", "deprecated", "description", "examples", "externalDocs", "readOnly"}
    | {"title", "writeOnly", "xml"}
)
#: Keywords that may refuse null whatever stands in ``type``.
_CLOSED: Final = frozenset({"$dynamicRef", "$ref", "allOf", "anyOf", "const", "oneOf"})


def or_null(keywords: dict[str, Any], key: str, location: Location) -> dict[str, Any]:
    """Return the keywords of a schema that accepts null and everything that ``keywords`` accept.

    ``key`` is the canonical key of the ``nullable`` keyword: the two schemas of an ``anyOf`` that nobody wrote
    stand below it.
    """
    types = keywords.get("type")
    inside = {name: value for name, value in keywords.items() if name not in _OUTSIDE and not name.startswith("x-")}
    if not inside or (types and "null" in types and "enum" not in keywords and not _CLOSED & inside.keys()):
        return keywords
    if not _CLOSED & inside.keys() and (types or inside.keys() <= {"enum", "format"}):
        return _widened(keywords, types)
    constraints = SchemaObject(f"{key}/0", location, inside)
    null = SchemaObject(f"{key}/1", location, {"type": ("null",)})
    outside = {name: value for name, value in keywords.items() if name not in inside}
    return {**outside, "anyOf": (constraints, null)}


def _widened(keywords: dict[str, Any], types: tuple[str, ...] | None) -> dict[str, Any]:
    widened = dict(keywords)
    if types and "null" not in types:
        widened["type"] = (*types, "null")
    if "enum" in keywords and None not in keywords["enum"]:
        widened["enum"] = [*keywords["enum"], None]
    return widened
