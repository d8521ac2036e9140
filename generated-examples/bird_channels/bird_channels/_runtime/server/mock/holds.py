"""Whether a value satisfies a schema, for choosing between made-up values.

Comes in: a JSON value, a schema of the served document, a way to follow references.
Goes out: yes or no. ``unevaluated…`` and most formats are left to the declared type,
which has the last word on every answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ...kinds import is_dict, is_list, is_mapping
from .patterns import finder
from .wellformed import wellformed

Schema: TypeAlias = Mapping[str, Any] | bool


@dataclass(frozen=True, slots=True)
class Rules:
    """How schemas are read.

    ``lenient``: where a discriminator selects the member of a union, the value may
    satisfy other members as well.
    """

    resolve: Callable[[str], Schema]
    lenient: bool = False


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: is_dict(value),
    "array": lambda value: is_list(value),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: _number(value),
    "integer": lambda value: _number(value) and float(value).is_integer(),
    "file": lambda value: isinstance(value, str),
}


# Enough to tell examples that were made up by hand from values of the format.
_FORMATS = {
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d.*"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S*"),
    "ipv4": re.compile(r"\d{1,3}(\.\d{1,3}){3}"),
}


def holds(value: Any, schema: Schema, rules: Rules) -> bool:
    """Tell whether the value satisfies the schema."""
    schema = wellformed(schema)
    if isinstance(schema, bool):
        return schema
    if value is None and schema.get("nullable") is True:
        return True
    return all(check(value, schema, rules) for check in _CHECKS)


def same(left: Any, right: Any) -> bool:
    """Compare as JSON does: 1 equals 1.0 and differs from true."""
    if is_dict(left) and is_dict(right):
        return left.keys() == right.keys() and all(
            same(left[key], right[key]) for key in left
        )
    if is_list(left) and is_list(right):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def types_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the types that a schema names, none where it names none."""
    named = schema.get("type")
    if isinstance(named, str):
        return (named, "null") if schema.get("nullable") is True else (named,)
    return tuple(named) if is_list(named) else ()


def _of_type(value: Any, schema: Mapping[str, Any], _: Rules) -> bool:
    names = types_of(schema)
    return not names or any(_TYPES[name](value) for name in names if name in _TYPES)


def _enumerated(value: Any, schema: Mapping[str, Any], _: Rules) -> bool:
    if "const" in schema and not same(value, schema["const"]):
        return False
    return "enum" not in schema or any(same(value, item) for item in schema["enum"])


def _bounded(value: Any, schema: Mapping[str, Any], _: Rules) -> bool:
    if not _number(value):
        return True
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if above is True or below is True:
        # Up to 3.0 these two say how the bounds beside them are meant.
        above = low if above is True else None
        below = high if below is True else None
    return (
        low <= value <= high
        and (not _number(above) or value > above)
        and (not _number(below) or value < below)
        and _multiple(value, schema.get("multipleOf"))
    )


def _multiple(value: float, step: Any) -> bool:
    if not step:
        return True
    if isinstance(value, int) and isinstance(step, int):
        return bool(value % step == 0)
    quotient = value / step
    return math.isclose(quotient, round(quotient), rel_tol=1e-12)


def _text(value: Any, schema: Mapping[str, Any], _: Rules) -> bool:
    if not isinstance(value, str):
        return True
    if not _counted(len(value), schema, "Length"):
        return False
    form = _FORMATS.get(str(schema.get("format")))
    if form is not None and form.fullmatch(value) is None:
        return False
    found = finder(schema["pattern"]) if "pattern" in schema else None
    return found is None or found(value)


def _array(value: Any, schema: Mapping[str, Any], rules: Rules) -> bool:
    if not is_list(value):
        return True
    if not _counted(len(value), schema, "Items"):
        return False
    if schema.get("uniqueItems") and any(
        same(item, other) for at, item in enumerate(value) for other in value[:at]
    ):
        return False
    prefix = schema.get("prefixItems", ())
    rest = schema.get("items", True)
    for at, item in enumerate(value):
        if not holds(item, prefix[at] if at < len(prefix) else rest, rules):
            return False
    if "contains" not in schema:
        return True
    found = sum(holds(item, schema["contains"], rules) for item in value)
    low, high = schema.get("minContains", 1), schema.get("maxContains", math.inf)
    return bool(low <= found <= high)


def _object(value: Any, schema: Mapping[str, Any], rules: Rules) -> bool:
    if not is_dict(value):
        return True
    if not _counted(len(value), schema, "Properties"):
        return False
    named = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value and not _hidden(named.get(name), rules):
            return False
    for name, others in schema.get("dependentRequired", {}).items():
        if name in value and any(other not in value for other in others):
            return False
    return all(_property(name, item, schema, rules) for name, item in value.items())


def _property(name: str, value: Any, schema: Mapping[str, Any], rules: Rules) -> bool:
    named = schema.get("properties", {})
    patterns = [
        inner
        for pattern, inner in schema.get("patternProperties", {}).items()
        if (found := finder(pattern)) is not None and found(name)
    ]
    if not holds(name, schema.get("propertyNames", True), rules):
        return False
    if name in named and not holds(value, named[name], rules):
        return False
    if name in named or patterns:
        return all(holds(value, inner, rules) for inner in patterns)
    return holds(value, schema.get("additionalProperties", True), rules)


def _combined(value: Any, schema: Mapping[str, Any], rules: Rules) -> bool:
    targets = [schema[key] for key in ("$ref", "$dynamicRef") if key in schema]
    if not all(holds(value, rules.resolve(target), rules) for target in targets):
        return False
    if not all(holds(value, part, rules) for part in schema.get("allOf", ())):
        return False
    if "anyOf" in schema and not _count(value, schema["anyOf"], rules):
        return False
    if "oneOf" in schema and not _is_one_of(value, schema, rules):
        return False
    if "not" in schema and holds(value, schema["not"], rules):
        return False
    for name, inner in schema.get("dependentSchemas", {}).items():
        present = is_dict(value) and name in value
        if present and not holds(value, inner, rules):
            return False
    if "if" not in schema:
        return True
    branch = "then" if holds(value, schema["if"], rules) else "else"
    return holds(value, schema.get(branch, True), rules)


def _is_one_of(value: Any, schema: Mapping[str, Any], rules: Rules) -> bool:
    found = _count(value, schema["oneOf"], rules)
    return found == 1 or (found > 1 and rules.lenient and "discriminator" in schema)


def _count(value: Any, schemas: Iterable[Schema], rules: Rules) -> int:
    return sum(holds(value, schema, rules) for schema in schemas)


def _counted(count: int, schema: Mapping[str, Any], of: str) -> bool:
    low, high = schema.get(f"min{of}", 0), schema.get(f"max{of}", math.inf)
    return bool(low <= count <= high)


def _hidden(schema: Any, rules: Rules) -> bool:
    """Tell whether a property never comes back, so that answers do without it."""
    if is_mapping(schema) and "$ref" in schema and "writeOnly" not in schema:
        schema = rules.resolve(schema["$ref"])
    return is_mapping(schema) and schema.get("writeOnly") is True


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_CHECKS = (_of_type, _enumerated, _bounded, _text, _array, _object, _combined)
