"""Compares which types of value are valid, and null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bothends.comparison.views import View, named

if TYPE_CHECKING:
    from bothends.comparison.walk import Walk


def compare_types(walk: Walk, old: View, new: View, place: str) -> bool:
    """Report what changed; returns whether the rest is worth comparing."""
    if not (old.types and new.types):
        if bool(old.types) != bool(new.types):
            rule = "type-widened" if new.types else "type-narrowed"
            message = "values are valid now" if new.types else "no value is valid any more"
            walk.report(rule, place, message, old.location, new.location)
        return False
    if old.nullable != new.nullable and (old.is_typed or new.is_typed or _is_union(old) or _is_union(new)):
        rule, message = ("null-allowed", "null is valid now") if new.nullable else ("null-refused", "null is refused")
        walk.report(rule, place, message, old.location, new.location)
    if not (old.is_typed and new.is_typed) and (_is_union(old) or _is_union(new)):
        return True  # what the members are is compared with them
    narrower, wider = _within(new.types, old.types), _within(old.types, new.types)
    if narrower and wider:
        return True
    rule = "type-narrowed" if narrower else "type-widened" if wider else "type-changed"
    walk.report(rule, place, f"was {named(old)}, is {named(new)}", old.location, new.location)
    return narrower or wider


def _is_union(view: View) -> bool:
    return "oneOf" in view.flat or "anyOf" in view.flat or "enum" in view.flat


def _within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    return all(name in outer or (name == "integer" and "number" in outer) for name in inner)
