"""Compares the elements of arrays."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from bothends.comparison.views import View
from bothends.lowering.keywords import accepts_all
from bothends.spec.schema import Schema, SchemaObject

if TYPE_CHECKING:
    from bothends.comparison.walk import Walk


def compare_arrays(walk: Walk, old: View, new: View, place: str) -> None:
    """Report what changed about the elements of an array."""
    if "array" not in old.types or "array" not in new.types:
        return
    before: tuple[Schema, ...] = old.get("prefixItems", ())
    after: tuple[Schema, ...] = new.get("prefixItems", ())
    rest_before, rest_after = _rest(old), _rest(new)
    for number, (one, other) in enumerate(zip_longest(before, after)):
        walk.compare(one or rest_before, other or rest_after, f"{place}[{number}]")
    if not (accepts_all(rest_before) and accepts_all(rest_after)):
        walk.compare(rest_before, rest_after, f"{place}[]")


def _rest(view: View) -> Schema:
    found: Schema | None = view.get("items")
    return found if found is not None else SchemaObject(view.flat.key, view.location, {})
