"""Documented values without what never comes back (``writeOnly``)."""

from __future__ import annotations

from typing import Any

from ...kinds import is_dict, is_list, is_mapping
from .flatten import Flattener
from .holds import Rules, Schema, holds

_DEPTH = 40


def visible(value: Any, schema: Schema, flattener: Flattener, depth: int = 0) -> Any:
    """Return the value without its properties that are for requests only."""
    if not (is_dict(value) or is_list(value)) or depth > _DEPTH:
        return value
    flat, alternatives, _ = flattener.flatten(schema)
    if not is_mapping(flat):
        return value
    if is_dict(value):
        named = flat.get("properties", {})
        rest = flat.get("additionalProperties", True)
        value = {
            name: visible(item, named.get(name, rest), flattener, depth + 1)
            for name, item in value.items()
            if name not in named or not flattener.hidden(named[name])
        }
    else:
        items = flat.get("items", True)
        value = [visible(item, items, flattener, depth + 1) for item in value]
    rules = Rules(flattener.resolve, lenient=True)
    for options in alternatives:
        for option in options:
            if holds(value, option, rules):
                value = visible(value, option, flattener, depth + 1)
    return value
