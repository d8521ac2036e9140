"""Named types: records, enumerations and aliases. Everything keeps its wire spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bothends.diagnostics.model import Location
from bothends.ir.checks import Check
from bothends.ir.types import JsonScalar, JsonValue, ScalarKind, Type, TypeId


@dataclass(frozen=True, slots=True)
class Doc:
    """Prose of the document, as written; what is blank is empty."""

    title: str = ""
    description: str = ""
    examples: tuple[JsonValue, ...] = field(default=(), hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title if self.title.strip() else "")
        object.__setattr__(self, "description", self.description if self.description.strip() else "")


NO_DOC = Doc()


class Access(StrEnum):
    """Directions in which a property travels (``readOnly``, ``writeOnly``)."""

    READ_WRITE = "read-write"
    READ_ONLY = "read-only"
    WRITE_ONLY = "write-only"


@dataclass(frozen=True, slots=True)
class DefaultValue:
    """A declared default, wrapped so that a default of null is not "no default"."""

    value: JsonValue = field(hash=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a record. Not required and not nullable means: may be absent, may not be null."""

    wire: str
    type: Type
    required: bool
    origin: Location
    default: DefaultValue | None = None
    access: Access = Access.READ_WRITE
    doc: Doc = NO_DOC
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """No properties but the named ones (``additionalProperties: false``)."""


@dataclass(frozen=True, slots=True)
class Open:
    """Any further property, of any value."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Any further property, each a value of ``type``."""

    type: Type


Extra: TypeAlias = Closed | Open | Typed


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named properties. ``checks`` are on the whole object."""

    id: TypeId
    fields: tuple[Field, ...]
    extra: Extra
    origin: Location
    checks: tuple[Check, ...] = ()
    doc: Doc = NO_DOC
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class EnumMember:
    """One value. ``hint`` is a name that the document offers for it (``x-enum-varnames``)."""

    value: JsonScalar
    hint: str | None = None
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Two or more string or integer values (``base`` is ``STRING`` or ``INTEGER``), in document order."""

    id: TypeId
    base: ScalarKind
    members: tuple[EnumMember, ...]
    origin: Location
    doc: Doc = NO_DOC
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for a type that is neither record nor enumeration.

    ``recursive``: it mentions itself, or stands for too much to be written out wherever it is mentioned.
    """

    id: TypeId
    type: Type
    origin: Location
    recursive: bool = False
    doc: Doc = NO_DOC
    deprecated: bool = False


Declaration: TypeAlias = Record | Enumeration | Alias


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """A check that recurs or is used by name (see :class:`bothends.ir.checks.Recursive`)."""

    anchor: str
    check: Check
    origin: Location
