"""A schema object in the one normal form that everything after reading sees: JSON Schema 2020-12 keywords.

The readers translate the other versions into it. Wrong types have been reported and left out, so that the typed
getters can be trusted. What another version says in its own words stands here as follows:

- ``nullable: true`` beside ``type`` is ``null`` in ``type``, and in ``enum`` where one stands beside it. Beside
  ``$ref``, ``allOf``, ``anyOf``, ``oneOf``, ``const``, or keywords such as ``properties`` without a ``type``, it is
  ``anyOf`` of exactly two schemas, the constraints first and ``type: null`` second; title, description, default,
  examples, access, ``deprecated`` and extensions stay outside of it. Without any constraint it says nothing.
- Boolean exclusive bounds are numbers; ``example`` is one of ``examples``; ``type: file`` is ``type: string`` with
  ``format: binary``; a list of ``items`` is ``prefixItems``; the name of a discriminating property is a
  :class:`Discriminator`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bothends.diagnostics.model import Location


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolved reference to a schema.

    ``key`` is the canonical key of the target (see :class:`SchemaObject.key`), the same for every spelling of
    the reference; :meth:`bothends.spec.objects.Document.schema` gives the target.
    """

    key: str


@dataclass(frozen=True, slots=True)
class Discriminator:
    """``discriminator``: mapping values are resolved to canonical keys; implicit names are not listed."""

    property_name: str
    mapping: tuple[tuple[str, str], ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class SchemaObject:
    """A schema object.

    ``key`` is canonical: ``#/components/schemas/Pet`` in the root document, ``common.yaml#/Pet`` elsewhere (the
    path relative to the root document's folder), with pointer escapes as RFC 6901 has them.
    ``keywords`` maps keywords to values: subschemas are :data:`Schema`, ``$ref`` and ``$dynamicRef`` are
    :class:`Reference`, ``discriminator`` a :class:`Discriminator`, ``type`` a tuple of names, everything else
    plain JSON data. Only keywords that the specification or this project knows are kept, ``x-`` ones included.
    """

    key: str
    location: Location
    keywords: Mapping[str, Any]

    def get(self, keyword: str, default: Any = None) -> Any:
        """Return the value of a keyword, or ``default`` where it is absent."""
        return self.keywords.get(keyword, default)

    def __contains__(self, keyword: str) -> bool:
        return keyword in self.keywords


@dataclass(frozen=True, slots=True)
class BooleanSchema:
    """The schema ``true`` or ``false``."""

    key: str
    location: Location
    accepts: bool


Schema: TypeAlias = SchemaObject | BooleanSchema

#: Keywords whose value is one schema.
ONE_SCHEMA = frozenset(
    {"additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then"}
    | {"unevaluatedItems", "unevaluatedProperties"}
)
#: Keywords whose value is a tuple of schemas.
MANY_SCHEMAS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
#: Keywords whose value maps names to schemas.
NAMED_SCHEMAS = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
