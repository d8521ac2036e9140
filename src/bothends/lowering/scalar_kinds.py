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


def asserted_format(schema: SchemaObject, options: LoweringOptions) -> str:
    """Return the format that values must have, empty where there is none.

    ``binary`` says that octets are meant at all, and holds even where formats are annotations.
    """
    name: str = schema.get("format", "")
    return name if options.assert_formats or name == "binary" else ""
