"""In come keywords of a schema object that are wrong, out come the Overlay actions that mend them.

There is no cure where a keyword that would be written stands there already, or where the meaning is not plain.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from bothends.loading import fix as fixes
from bothends.loading.data import is_list
from bothends.loading.document import Document
from bothends.loading.fix import Fix
from bothends.loading.pointer import join

INCLUSIVE: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
#: What says nothing about values, and may stand beside a reference even where that has no meaning.
ANNOTATIONS: Final = frozenset(
    {"$comment", "deprecated", "description", "example", "examples", "externalDocs", "summary", "title"}
)
_OUTSIDE: Final = ANNOTATIONS | {"default", "nullable", "readOnly", "writeOnly", "xml"}
_NULL: Final = {"type": "null"}


class Place(Protocol):
    """A schema object and where it stands."""

    @property
    def value(self) -> dict[str, Any]:
        """The object as it is written."""
        ...

    @property
    def document(self) -> Document:
        """The document that it stands in."""
        ...

    @property
    def pointer(self) -> str:
        """Where in the document."""
        ...


def without(place: Place, *keywords: str) -> Fix:
    """Remove keywords that say nothing."""
    pointers = [join(place.pointer, name) for name in keywords]
    return tuple(action for pointer in pointers for action in fixes.removed(place.document, pointer))


def renamed(place: Place, name: str, other: str) -> Fix:
    """Give a keyword the name that was meant."""
    if other in place.value:
        return ()
    return fixes.renamed(place.document, place.pointer, name, other, place.value[name])


def instead(place: Place, name: str, **keywords: Any) -> Fix:
    """Write other keywords in the place of one."""
    if any(other in place.value and other != name for other in keywords):
        return ()
    return without(place, name) + fixes.updated(place.document, place.pointer, keywords)


def into_all_of(place: Place) -> Fix:
    """Put a reference into an ``allOf``, so that what stands beside it counts."""
    update = {"allOf": [{"$ref": place.value["$ref"]}]}
    return fixes.updated(place.document, place.pointer, update) + without(place, "$ref")


def bound_as_number(place: Place, name: str, raw: bool) -> Fix:
    """Write the exclusive bound of OpenAPI 3.0, a boolean, as the number of 3.1."""
    if not raw:
        return without(place, name)
    bound = place.value.get(INCLUSIVE[name])
    if isinstance(bound, bool) or not isinstance(bound, int | float):
        return ()
    return without(place, INCLUSIVE[name]) + instead(place, name, **{name: bound})


def type_as_name(place: Place, name: str, raw: list[Any]) -> Fix:
    """Write the list of types of OpenAPI 3.1 as the one type of 3.0."""
    names = [one for one in raw if one != "null"]
    if len(names) != 1:
        return ()
    return instead(place, name, type=names[0], **({"nullable": True} if "null" in raw else {}))


def null_as_type(place: Place, name: str, raw: Any) -> Fix:
    """Write the ``nullable`` of OpenAPI 3.0 as the type that it is in 3.1."""
    if raw is not True:
        return without(place, name) if raw is False else ()
    value = place.value
    types = value.get("type")
    if isinstance(types, str) and not {"$ref", "const", "allOf", "anyOf", "oneOf"} & value.keys():
        update: dict[str, Any] = {"type": [types, "null"]}
        if is_list(value.get("enum")) and None not in value["enum"]:
            update["enum"] = [None]
        return without(place, name, "type") + fixes.updated(place.document, place.pointer, update)
    match sorted(value.keys() - _OUTSIDE):
        case ["anyOf" | "oneOf" as union] if is_list(value[union]):
            return fixes.updated(place.document, place.pointer, {union: [_NULL]}) + without(place, name)
        case ["$ref"]:
            update = {"anyOf": [{"$ref": value["$ref"]}, _NULL]}
            return fixes.updated(place.document, place.pointer, update) + without(place, "$ref", name)
        case _:
            return ()
