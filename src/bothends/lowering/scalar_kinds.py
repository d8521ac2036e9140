"""Formats and the kinds of scalar that stand for them.

Widths of integers (``int32``, ``uint64`` …) are asserted: whoever stores them has no room for more. ``float`` and
``double`` refuse no number, they round it; ``commonmark``, ``html`` and ``password`` say nothing about a text, and
``unixtime`` is the number that it is. ``url`` and the like are in no registry and stay strings.
"""

from __future__ import annotations

from typing import Final

from bothends.ir.types import WIDTHS, ScalarKind
from bothends.lowering.options import LoweringOptions
from bothends.spec.schema import SchemaObject

#: Formats of strings that have a kind of their own.
STRING_FORMATS: Final = {
    "byte": ScalarKind.BYTES,
    "base64url": ScalarKind.BASE64URL,
    "binary": ScalarKind.BINARY,
    "date": ScalarKind.DATE,
    "date-time": ScalarKind.DATE_TIME,
    "date-time-local": ScalarKind.DATE_TIME_LOCAL,
    "time": ScalarKind.TIME,
    "time-local": ScalarKind.TIME_LOCAL,
    "duration": ScalarKind.DURATION,
    "uuid": ScalarKind.UUID,
    "uri": ScalarKind.URI,
    "email": ScalarKind.EMAIL,
    "hostname": ScalarKind.HOSTNAME,
    "ipv4": ScalarKind.IPV4,
    "ipv6": ScalarKind.IPV6,
    "decimal": ScalarKind.DECIMAL_TEXT,
    "decimal128": ScalarKind.DECIMAL_TEXT,
}
#: Formats of integers that have a kind of their own.
INTEGER_FORMATS: Final = {kind.value: kind for kind in WIDTHS}
#: Formats of JSON Schema that are checked on plain strings.
CHECKED_FORMATS: Final = frozenset(
    {"uri-reference", "uri-template", "iri", "iri-reference", "idn-email", "idn-hostname", "json-pointer"}
    | {"relative-json-pointer", "regex"}
    # of OpenAPI's registry
    | {"http-date", "media-range", "sf-binary", "sf-boolean", "sf-string", "sf-token"}
)
#: Formats of numbers that are exact decimals.
DECIMAL_FORMATS: Final = frozenset({"decimal", "decimal128"})


#: How many characters a value of a format has at least and at most.
_LENGTHS: Final = {
    "uuid": (36, 36),
    "date": (10, 10),
    "date-time": (len("2000-01-01T00:00:00Z"), None),
    "date-time-local": (len("2000-01-01T00:00:00"), None),
    "time": (len("00:00:00Z"), None),
    "ipv4": (len("1.1.1.1"), len("255.255.255.255")),
}


def asserted_format(schema: SchemaObject, options: LoweringOptions) -> str:
    """Return the format that values must have, empty where there is none.

    ``binary`` says that octets are meant at all, and holds even where formats are annotations. A format that no value
    of the demanded length has is a slip, as :func:`impossible_format` says.
    """
    name: str = schema.get("format", "")
    asserted = options.assert_formats or name == "binary"
    return name if asserted and not impossible_format(schema) else ""


def impossible_format(schema: SchemaObject) -> bool:
    """Tell whether no text of the format has one of the lengths that the schema allows."""
    shortest, longest = _LENGTHS.get(schema.get("format", ""), (0, None))
    most, least = schema.get("maxLength"), schema.get("minLength")
    return (most is not None and most < shortest) or (longest is not None and least is not None and least > longest)
