"""Checks: what a schema demands beyond what a type can say. One class for each keyword, in the words of JSON Schema.

A check looks at the JSON value. Checks of keywords that speak of one JSON type (``Required``, ``MinItems`` …)
accept every value of another type, as JSON Schema 2020-12 does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from bothends.ir.types import JsonValue, Limits, Type


@dataclass(frozen=True, slots=True)
class Is:
    """The value validates as the type (checks included)."""

    type: Type


@dataclass(frozen=True, slots=True)
class HasType:
    """``type``: the value is of one of these JSON types (``integer`` holds for 1.0)."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOfValues:
    """``enum`` and ``const``, compared as JSON: 1 equals 1.0 and differs from true."""

    values: tuple[JsonValue, ...] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Within:
    """Numeric bounds, ``multipleOf``, lengths of strings, and ``pattern``; each for its own JSON type."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class HasFormat:
    """``format``, asserted on strings."""

    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """``minItems``/``maxItems`` (``of="items"``) or ``minProperties``/``maxProperties`` (``of="properties"``)."""

    of: str
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class UniqueItems:
    """``uniqueItems``, compared as JSON."""


@dataclass(frozen=True, slots=True)
class Items:
    """``prefixItems`` and ``items``: a check for each leading item, and one for the rest."""

    prefix: tuple[Check, ...] = ()
    rest: Check | None = None


@dataclass(frozen=True, slots=True)
class Contains:
    """``contains`` with its bounds."""

    check: Check
    minimum: int = 1
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """``properties``, ``patternProperties`` and ``additionalProperties`` of one schema object."""

    named: tuple[tuple[str, Check], ...] = ()
    patterns: tuple[tuple[str, Check], ...] = ()
    rest: Check | None = None


@dataclass(frozen=True, slots=True)
class PropertyNames:
    """``propertyNames``."""

    check: Check


@dataclass(frozen=True, slots=True)
class Required:
    """``required``."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependentRequired:
    """``dependentRequired``: where the first is present, the others must be."""

    names: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class DependentSchemas:
    """``dependentSchemas``: where the property is present, the whole value must satisfy the check."""

    checks: tuple[tuple[str, Check], ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every check holds."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one check holds."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one check holds."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The check does not hold."""

    check: Check


@dataclass(frozen=True, slots=True)
class IfThen:
    """``if``/``then``/``else``."""

    condition: Check
    then: Check | None = None
    otherwise: Check | None = None


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """``unevaluatedProperties`` or ``unevaluatedItems`` (``of``) over everything that ``beside`` evaluates.

    ``beside`` holds the adjacent keywords of the same schema object as checks.
    """

    of: str
    check: Check
    beside: Check


@dataclass(frozen=True, slots=True)
class Recursive:
    """A check that is declared elsewhere: the named check of ``anchor`` (a schema's canonical pointer)."""

    anchor: str


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every value."""


@dataclass(frozen=True, slots=True)
class Never:
    """Holds for no value."""


Check: TypeAlias = (
    Is
    | HasType
    | OneOfValues
    | Within
    | HasFormat
    | Count
    | UniqueItems
    | Items
    | Contains
    | Properties
    | PropertyNames
    | Required
    | DependentRequired
    | DependentSchemas
    | AllOf
    | AnyOf
    | OneOf
    | Not
    | IfThen
    | Unevaluated
    | Recursive
    | Always
    | Never
)
