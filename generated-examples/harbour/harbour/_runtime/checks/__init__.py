"""Checks: what a schema demands of a JSON value beyond what a Python type can say.

One function for each keyword of JSON Schema 2020-12, with its meaning: a keyword that
speaks of objects holds for everything that is no object, and so on. A check goes into
an annotation, ``Annotated[list[str], unique_items()]``, into the head of a class,
``class Pet(Model, checks=(any_of(required("id"), required("name")),))``, or into
another check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from ..json_values import JsonValue
from .arrays import Contains, Items, UnevaluatedItems, UniqueItems
from .check import Check as Check
from .check import require as require
from .counts import Count
from .logic import AllOf, Always, AnyOf, IfThen, Never, Not, OneOf, Recursive
from .memory import remembering as remembering
from .objects import (
    DependentRequired,
    DependentSchemas,
    Properties,
    PropertyNames,
    Required,
    UnevaluatedProperties,
)
from .of_types import IsValid
from .values import HasFormat, HasType, OneOfValues, Within
from .values import Matching as Matching

JsonType: TypeAlias = Literal[
    "array", "boolean", "integer", "null", "number", "object", "string"
]


def is_valid(type: Callable[[], Any]) -> Check:
    """Return the check that a value is valid as the type that a function returns.

    The type is looked up when it is first needed: ``is_valid(lambda: Pet)``.
    """
    return IsValid(type)


def recursive(check: Callable[[], Check]) -> Check:
    """Return a check that is defined elsewhere, and perhaps mentions itself."""
    return Recursive(check)


def always() -> Check:
    """Return the check that holds for every value: the schema ``true``."""
    return Always()


def never() -> Check:
    """Return the check that holds for no value: the schema ``false``."""
    return Never()


def has_type(*names: JsonType) -> Check:
    """Return ``type``: the value is of one of these kinds."""
    return HasType(names)


def one_of_values(*values: JsonValue) -> Check:
    """Return ``enum``, or ``const`` for a single value."""
    return OneOfValues(values)


def within(
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    exclusive_minimum: float | None = None,
    exclusive_maximum: float | None = None,
    multiple_of: float | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    pattern: str | None = None,
) -> Check:
    """Return bounds of numbers, and lengths and ``pattern`` (Python's) of strings."""
    return Within(
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=multiple_of,
        min_length=min_length,
        max_length=max_length,
        pattern=pattern,
    )


def has_format(name: str) -> Check:
    """Return ``format``, of strings."""
    return HasFormat(name)


def count(
    of: Literal["items", "properties"],
    *,
    minimum: int | None = None,
    maximum: int | None = None,
) -> Check:
    """Return ``minItems`` and ``maxItems``, or ``minProperties`` and ``max...``."""
    return Count(of, minimum, maximum)


def unique_items() -> Check:
    """Return ``uniqueItems``."""
    return UniqueItems()


def items(*prefix: Check, rest: Check | None = None) -> Check:
    """Return ``prefixItems``, and ``items`` for the rest."""
    return Items(prefix, rest)


def contains(check: Check, *, minimum: int = 1, maximum: int | None = None) -> Check:
    """Return ``contains`` with ``minContains`` and ``maxContains``."""
    return Contains(check, minimum, maximum)


def properties(
    named: Mapping[str, Check] | None = None,
    *,
    patterns: Mapping[str, Check] | None = None,
    rest: Check | None = None,
) -> Check:
    """Return ``properties``, ``patternProperties`` and ``additionalProperties``.

    The patterns are Python's.
    """
    return Properties(named or {}, patterns or {}, rest)


def property_names(check: Check) -> Check:
    """Return ``propertyNames``."""
    return PropertyNames(check)


def required(*names: str) -> Check:
    """Return ``required``."""
    return Required(names)


def dependent_required(names: Mapping[str, Sequence[str]]) -> Check:
    """Return ``dependentRequired``: what must be there where a property is."""
    return DependentRequired(names)


def dependent_schemas(checks: Mapping[str, Check]) -> Check:
    """Return ``dependentSchemas``: what the object must be where a property is."""
    return DependentSchemas(checks)


def all_of(*checks: Check) -> Check:
    """Return ``allOf``."""
    return AllOf(checks)


def any_of(*checks: Check) -> Check:
    """Return ``anyOf``."""
    return AnyOf(checks)


def one_of(*checks: Check) -> Check:
    """Return ``oneOf``."""
    return OneOf(checks)


def not_(check: Check) -> Check:
    """Return ``not``."""
    return Not(check)


def if_then(
    condition: Check, *, then: Check | None = None, otherwise: Check | None = None
) -> Check:
    """Return ``if`` with ``then`` and ``else``."""
    return IfThen(condition, then, otherwise)


def unevaluated(
    of: Literal["items", "properties"], check: Check, *, beside: Check
) -> Check:
    """Return ``unevaluatedItems`` or ``unevaluatedProperties``.

    ``beside`` holds the keywords that stand beside it; it is checked too. What they
    have looked at need not satisfy ``check``.
    """
    kind = UnevaluatedItems if of == "items" else UnevaluatedProperties
    return kind(check, beside)
