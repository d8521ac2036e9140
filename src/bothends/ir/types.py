"""Types of the intermediate model: what a value may be, free of Python and of any version of OpenAPI.

A type accepts a superset of what its schema accepts; what it cannot express stands beside it as a
:class:`~bothends.ir.checks.Check` (see :class:`Refined`). Nothing here holds Python names: identifiers are
assigned later, from :class:`TypeId`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from bothends.ir.checks import Check

JsonScalar: TypeAlias = "bool | int | float | str | None"
JsonValue: TypeAlias = "JsonScalar | list[JsonValue] | dict[str, JsonValue]"


@dataclass(frozen=True, slots=True, order=True)
class TypeId:
    """Identity of a named type: where it stands, never in which order it was met.

    ``anchor`` is the component it belongs to (``#/components/schemas/Pet``) or the operation
    (``operation:GET /pets``). ``steps`` lead from there to an inline type by meaning: ``("owner",)`` for a
    property, ``("tags", "item")`` for the items of one, ``("response", "200")``, ``("variant:cat",)``.
    """

    anchor: str
    steps: tuple[str, ...] = ()


class ScalarKind(StrEnum):
    """The closed set of scalar types. Formats without a kind of their own stay ``STRING``."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    INT8 = "int8"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    UINT8 = "uint8"
    UINT16 = "uint16"
    UINT32 = "uint32"
    UINT64 = "uint64"
    DOUBLE_INT = "double-int"  # what a double holds exactly
    NUMBER = "number"
    DECIMAL = "decimal"
    DECIMAL_TEXT = "decimal-text"  # a decimal in a string
    STRING = "string"
    BYTES = "bytes"  # base64 text in JSON (format: byte, contentEncoding: base64)
    BASE64URL = "base64url"
    BINARY = "binary"  # raw octets, outside JSON (format: binary)
    DATE = "date"
    DATE_TIME = "date-time"
    DATE_TIME_LOCAL = "date-time-local"  # without offset
    TIME = "time"
    TIME_LOCAL = "time-local"
    DURATION = "duration"
    UUID = "uuid"
    URI = "uri"
    EMAIL = "email"
    HOSTNAME = "hostname"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    NULL = "null"


#: Integers of a width, and what they reach: the lowest and the highest.
WIDTHS: Final = {
    ScalarKind.INT8: (-(2**7), 2**7 - 1),
    ScalarKind.INT16: (-(2**15), 2**15 - 1),
    ScalarKind.INT32: (-(2**31), 2**31 - 1),
    ScalarKind.INT64: (-(2**63), 2**63 - 1),
    ScalarKind.UINT8: (0, 2**8 - 1),
    ScalarKind.UINT16: (0, 2**16 - 1),
    ScalarKind.UINT32: (0, 2**32 - 1),
    ScalarKind.UINT64: (0, 2**64 - 1),
    ScalarKind.DOUBLE_INT: (1 - 2**53, 2**53 - 1),
}
INTEGERS: Final = frozenset({ScalarKind.INTEGER, *WIDTHS})


@dataclass(frozen=True, slots=True)
class Limits:
    """Constraints that pydantic states natively. Lengths count code points, items or properties."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None  # ECMA-262, as written in the document


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar with its constraints. ``pattern`` applies to the text on the wire, whatever the kind."""

    kind: ScalarKind
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Const:
    """One or several fixed scalar values (``const``, or an enum that gets no class of its own).

    Values are strings, integers, booleans or null; other values are expressed by a check.
    """

    values: tuple[JsonScalar, ...]

    def __eq__(self, other: object) -> bool:
        """Compare as JSON does: ``True`` is not ``1``."""
        return isinstance(other, Const) and _typed(self.values) == _typed(other.values)

    def __hash__(self) -> int:
        return hash(_typed(self.values))


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array whose items all have one type. ``limits`` uses ``min_length`` and ``max_length``."""

    item: Type
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class TupleOf:
    """An array of fixed length (``prefixItems`` with a closed tail and a matching ``minItems``)."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object without named properties. ``key`` constrains property names where a type can say it."""

    value: Type
    key: Type | None = None
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Tag:
    """A discriminator: the wire name of the property, and for each value the member that it selects.

    ``default`` is selected where the property is not there, or has another value.
    """

    wire: str
    cases: tuple[tuple[str, TypeId], ...]
    default: TypeId | None = None


@dataclass(frozen=True, slots=True)
class UnionOf:
    """A value of any member. Members are two or more, none a union, none nullable.

    ``exactly_one`` (``oneOf``) needs no check where members are disjoint; otherwise the union is wrapped in a
    :class:`Refined` with a check.
    """

    members: tuple[Type, ...]
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Nullable:
    """A type or null. At most one, always outermost but for :class:`Refined`."""

    inner: Type


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a declaration: the only way to recurse."""

    id: TypeId


@dataclass(frozen=True, slots=True)
class Anything:
    """Every JSON value (the schema ``true`` or ``{}``)."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all (the schema ``false``)."""


@dataclass(frozen=True, slots=True)
class Refined:
    """A type whose values must satisfy further checks on the JSON value. Never nested in itself."""

    inner: Type
    checks: tuple[Check, ...]


Type: TypeAlias = (
    "Scalar | Const | ListOf | TupleOf | MapOf | UnionOf | Nullable | Named | Anything | Nothing | Refined"
)


def _typed(values: tuple[JsonScalar, ...]) -> tuple[tuple[str, JsonScalar], ...]:
    return tuple((type(value).__name__, value) for value in values)
