"""Two schemas that must both hold, as one that is easier to fill.

The result may allow a little more than both: whoever fills it checks the value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...kinds import is_list, is_mapping
from .holds import same, types_of

_LARGER = {
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
    "minContains",
}
_SMALLER = {
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "maxContains",
}
_SCHEMAS = {"items", "additionalProperties", "contains", "propertyNames"}
_MAPS = {"properties", "patternProperties", "dependentSchemas"}


def merge(left: Any, right: Any) -> Any:
    """Return one schema for both. ``False`` where they exclude each other."""
    if left is False or right is False:
        return False
    if not is_mapping(left) or not is_mapping(right):
        return right if left is True else left
    merged: dict[str, Any] = dict(left)
    for key, value in right.items():
        merged[key] = value if key not in left else _both(key, left[key], value)
    if "type" in left and "type" in right:
        names = _common(types_of(left), types_of(right))
        if not names:
            return False
        merged["type"] = list(names)
        merged.pop("nullable", None)
    if merged.get("enum") == []:
        return False
    return merged


def _both(key: str, left: Any, right: Any) -> Any:
    if key in _LARGER:
        return _bound(left, right, max)
    if key in _SMALLER:
        return _bound(left, right, min)
    if key in _SCHEMAS:
        return merge(left, right)
    if key in _MAPS:
        names = {**left, **right}
        return {
            name: merge(left[name], right[name])
            if name in left and name in right
            else value
            for name, value in names.items()
        }
    if key == "required":
        return [*left, *(name for name in right if name not in left)]
    if key == "enum":
        return [item for item in left if any(same(item, other) for other in right)]
    if key in ("allOf", "examples") and is_list(left):
        return [*left, *right] if is_list(right) else left
    if key == "uniqueItems":
        return left or right
    return right


def _bound(left: Any, right: Any, choose: Callable[[Any, Any], Any]) -> Any:
    # Up to 3.0 exclusive bounds are booleans.
    if isinstance(left, bool) or isinstance(right, bool):
        return left is True or right is True
    return choose(left, right)


def _common(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        name
        for name in left
        if name in right or (name == "integer" and "number" in right)
    ]
    if "number" in left and "integer" in right and "integer" not in found:
        found.append("integer")
    return tuple(found)
