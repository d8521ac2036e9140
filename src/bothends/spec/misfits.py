"""In come the keywords of one schema, out come values of ``enum`` and ``default`` in the type that stands beside them.

``type: string`` beside ``enum: [0, 1]`` is what happens where quotes are forgotten: taken by the letter, such a schema
accepts nothing. The type says what goes over the wire, so the values are read as it has them. ``enum`` beside
``type: array`` is meant for the elements. Beside objects, scalars mean nothing; beside a scalar type that none of
them can be read as, they say more than the type. A ``pattern`` such as ``YYYY-MM-DD`` is a picture of a date, no
expression.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from bothends.loading.data import is_list, is_mapping
from bothends.spec.keywords import Site
from bothends.spec.schema import Schema, SchemaObject

_INTEGER: Final = re.compile(r"-?(0|[1-9]\d{0,17})")
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?")
_PICTURE: Final = re.compile(r"(?=.*(YYYY|yyyy))[YyMDdHhmsSTZ:./ -]+")
_BESIDE: Final = re.compile(r"x-enum.*|x-ms-enum|x-fern-enum")


def mend_misfits(site: Site) -> SchemaObject | None:
    """Read values as the type beside them has them, where they are not of it and there is one way to do so.

    Returns the schema of the elements where the values were moved there.
    """
    if _PICTURE.fullmatch(site.keywords.get("pattern", "")):
        message = "'pattern' is a picture of a date, not a regular expression; it was left out"
        site.warn("invalid-pattern", message, "pattern", "'format' says it: date, time or date-time")
        del site.keywords["pattern"]
    types = site.keywords.get("type")
    values: list[Any] = site.keywords.get("enum", [])
    default = site.keywords.get("default")
    if not types or (not values and default is None):
        return None
    is_list_of = "array" in types
    misfits = any(not _is_of(value, types) for value in values)
    if misfits and not is_list_of:
        _mend_enum(site, types, values)
    if default is not None and not _is_of(default, types):
        _mend_default(site, types, default)
    moved = _moved_to_items(site, values) if misfits and is_list_of else None
    if misfits and moved is None:
        _settle_contradiction(site, types)
    return moved


def _mend_enum(site: Site, types: tuple[str, ...], values: list[Any]) -> None:
    read = [value if _is_of(value, types) or value is None else _respelled(value, types) for value in values]
    if any(value is None and given is not None for value, given in zip(read, values, strict=True)):
        return
    kept = [value for index, value in enumerate(read) if value not in read[:index]]
    if kept == values:
        return
    message = f"'enum' has values that are not of type {' or '.join(types)}; they are read as such"
    site.warn("invalid-value", message, "enum", "put them in quotes" if "string" in types else None)
    if len(kept) == len(values):
        site.keywords["enum"] = kept
        return
    for name in [name for name in site.keywords if _BESIDE.fullmatch(name)]:
        # What is said of each value, by position, fits no longer.
        del site.keywords[name]
    site.keywords["enum"] = kept


def _settle_contradiction(site: Site, types: tuple[str, ...]) -> None:
    """Leave out the values, or the type, where no value is of the type."""
    values: list[Any] = site.keywords["enum"]
    if any(value is None or _is_of(value, types) for value in values):
        return
    listed = f"no value of 'enum' is of type {' or '.join(types)}"
    if {"array", "object"} & {*types} or any(is_list(value) or is_mapping(value) for value in values):
        site.warn("invalid-value", f"{listed}; 'enum' was left out", "enum")
        for name in [name for name in site.keywords if name == "enum" or _BESIDE.fullmatch(name)]:
            del site.keywords[name]
    else:
        site.warn("invalid-value", f"{listed}; 'type' was left out", "type")
        del site.keywords["type"]
        site.keywords["enum"] = [*values, None] if "null" in types else values


def _moved_to_items(site: Site, values: list[Any]) -> SchemaObject | None:
    """Let the elements of an array be of the values that no array could be."""
    items: Schema | None = site.keywords.get("items")
    if any(is_list(value) for value in values) or "prefixItems" in site.keywords:
        return None
    if not isinstance(items, SchemaObject) or items.keywords.keys() & {"$ref", "allOf", "anyOf", "enum", "oneOf"}:
        return None
    moved = {name: site.keywords.pop(name) for name in list(site.keywords) if _BESIDE.fullmatch(name)}
    del site.keywords["enum"]
    keywords = {**items.keywords, **moved, "enum": [value for value in values if value is not None]}
    site.keywords["items"] = found = SchemaObject(items.key, items.location, keywords)
    message = "'enum' beside 'type: array' lists no arrays; read as the values of the elements"
    site.warn("invalid-value", message, "enum", "move it below 'items'")
    return found


def _mend_default(site: Site, types: tuple[str, ...], default: Any) -> None:
    read = _respelled(default, types)
    values = site.keywords.get("enum")
    if read is None or (values is not None and read not in values):
        return
    message = f"the default {_shown(default)} is not of type {' or '.join(types)}; read as {_shown(read)}"
    site.warn("invalid-default", message, "default")
    site.keywords["default"] = read


def _respelled(value: Any, types: tuple[str, ...]) -> Any:
    """Return a scalar as one of the types has it; None where none has."""
    for name in types:
        spell = _SPELLINGS.get(name)
        found = None if spell is None else spell(value)
        if found is not None:
            return found
    return None


def _as_text(value: Any) -> str | None:
    return json.dumps(value) if isinstance(value, bool | int | float) else None


def _as_integer(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else None


def _as_number(value: Any) -> int | float | None:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    return float(value) if "." in value else int(value)


def _as_boolean(value: Any) -> bool | None:
    known = {"true": True, "false": False}
    return known.get(value.lower()) if isinstance(value, str) else None


_SPELLINGS: Final[dict[str, Callable[[Any], Any]]] = {
    "string": _as_text,
    "integer": _as_integer,
    "number": _as_number,
    "boolean": _as_boolean,
}


def _is_of(value: Any, types: tuple[str, ...]) -> bool:
    """Whether a value is of one of some JSON types; 1.0 is an integer."""
    match value:
        case None:
            return "null" in types
        case bool():
            return "boolean" in types
        case str():
            return "string" in types
        case int() | float():
            return "number" in types or ("integer" in types and value == int(value))
        case _:
            return ("array" in types and is_list(value)) or ("object" in types and is_mapping(value))


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
