"""Compares the keywords that constrain one value: listed values, bounds, patterns, formats, and all conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bothends.comparison.views import View
from bothends.lowering.json_values import identity
from bothends.lowering.keywords import alike
from bothends.spec.schema import BooleanSchema

if TYPE_CHECKING:
    from bothends.comparison.walk import Walk

_LOWER: Final = ("minLength", "minItems", "minProperties")
_UPPER: Final = ("maxLength", "maxItems", "maxProperties")
_CONDITIONS: Final = (
    *("not", "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames", "patternProperties"),
    *("dependentRequired", "dependentSchemas", "unevaluatedItems", "allOf", "multipleOf", "uniqueItems"),
)
_SHOWN: Final = 60


class Bound(NamedTuple):
    """A bound of numbers."""

    value: float
    is_exclusive: bool


def compare_scalars(walk: Walk, old: View, new: View, place: str) -> None:
    """Report what changed about listed values, bounds, pattern, format, coding and default."""
    _enums(walk, old, new, place)
    for name in (*_LOWER, *_UPPER):
        sign = -1 if name in _UPPER else 1
        _bound(walk, old, new, place, name, sign * _number(old, name, sign), sign * _number(new, name, sign))
    for name, sign in (("minimum", 1), ("maximum", -1)):
        before, after = _range(old, name, sign), _range(new, name, sign)
        if before != after:
            tightened = (sign * after.value, after.is_exclusive) > (sign * before.value, before.is_exclusive)
            message = f"{name} was {_bound_text(before)}, is {_bound_text(after)}"
            walk.report(_direction(tightened), place, message, old.location, new.location)
    _texts(walk, old, new, place)


def compare_conditions(walk: Walk, old: View, new: View, place: str) -> None:
    """Report what changed about the keywords that are compared as they are written."""
    for name in _CONDITIONS:
        before, after = _condition(old, name), _condition(new, name)
        if alike(before, after):
            continue
        how = "added" if before is None else "removed" if after is None else "changed"
        walk.report(f"condition-{how}", place, f"{name} was {how}", old.location, new.location)


def _condition(view: View, name: str) -> Any:
    value = view.get(name)
    is_idle = value is False or (isinstance(value, BooleanSchema) and value.accepts)
    return None if is_idle else value


def _enums(walk: Walk, old: View, new: View, place: str) -> None:
    before, after = old.get("enum"), new.get("enum")
    if before is None and after is None:
        return
    if before is None or after is None:
        rule, message = (
            ("enum-introduced", f"only {_list(after)} is valid") if after else ("enum-lifted", "any is valid")
        )
        walk.report(rule, place, message, old.location, new.location)
        return
    was, now = {identity(value): value for value in before}, {identity(value): value for value in after}
    for key in [key for key in was if key not in now]:
        walk.report("enum-value-removed", place, f"{_text(was[key])} was removed", old.location, new.location)
    for key in [key for key in now if key not in was]:
        walk.report("enum-value-added", place, f"{_text(now[key])} was added", old.location, new.location)


def _list(values: list[Any]) -> str:
    return " or ".join(_text(value) for value in values[:5]) + (" …" if len(values) > 5 else "")


def _text(value: Any) -> str:
    import json

    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _number(view: View, name: str, sign: int) -> float:
    value = view.get(name)
    if value is None:
        return 0 if sign > 0 else float("inf")
    return float(value)


def _bound(walk: Walk, old: View, new: View, place: str, name: str, before: float, after: float) -> None:
    if before != after:
        message = f"{name} was {_stated(old, name)}, is {_stated(new, name)}"
        walk.report(_direction(after > before), place, message, old.location, new.location)


def _direction(tightened: bool) -> str:
    return "bound-tightened" if tightened else "bound-loosened"


def _stated(view: View, name: str) -> str:
    value = view.get(name)
    return "not set" if value is None else str(value)


def _range(view: View, name: str, sign: int) -> Bound:
    """Return the bound that counts where there is an inclusive and an exclusive one."""
    inclusive, exclusive = view.get(name), view.get(f"exclusive{name.capitalize()}")
    found = [
        Bound(value, is_exclusive)
        for value, is_exclusive in ((inclusive, False), (exclusive, True))
        if value is not None
    ]
    none = Bound(-sign * float("inf"), is_exclusive=False)
    return max(found, key=lambda bound: (sign * bound.value, bound.is_exclusive), default=none)


def _bound_text(bound: Bound) -> str:
    if bound.value in (float("inf"), float("-inf")):
        return "not set"
    return f"{bound.value}{' (exclusive)' if bound.is_exclusive else ''}"


def _texts(walk: Walk, old: View, new: View, place: str) -> None:
    before, after = old.get("pattern"), new.get("pattern")
    if before != after:
        how = "added" if before is None else "removed" if after is None else "changed"
        message = f"pattern was {_stated(old, 'pattern')}, is {_stated(new, 'pattern')}"
        walk.report(f"pattern-{how}", place, message, old.location, new.location)
    before, after = old.get("format"), new.get("format")
    if before != after:
        message = f"format was {before or 'not set'}, is {after or 'not set'}"
        walk.report("format-changed", place, message, old.location, new.location)
    for name in ("contentEncoding", "contentMediaType"):
        if old.get(name) != new.get(name):
            message = f"{name} was {_stated(old, name)}, is {_stated(new, name)}"
            walk.report("content-coding-changed", place, message, old.location, new.location)
    if not alike(old.get("default"), new.get("default")):
        message = f"default was {_default(old)}, is {_default(new)}"
        walk.report("default-changed", place, message, old.location, new.location)


def _default(view: View) -> str:
    return _text(view.get("default")) if "default" in view.flat else "not set"
