"""Formats and the kinds of scalar that stand for them.

Widths of numbers (``int32``, ``uint64``, ``float`` …) are not asserted: they say how a number is stored, Python's
integers have no width, and a bound that nobody wrote would be printed on every field. ``url`` and the like are in no
registry and stay strings.
"""

from __future__ import annotations

from typing import Final

from bothends.ir.types import ScalarKind

#: Formats of strings that have a kind of their own.
STRING_FORMATS: Final = {
    "byte": ScalarKind.BYTES,
    "binary": ScalarKind.BINARY,
    "date": ScalarKind.DATE,
    "date-time": ScalarKind.DATE_TIME,
    "time": ScalarKind.TIME,
    "duration": ScalarKind.DURATION,
    "uuid": ScalarKind.UUID,
    "uri": ScalarKind.URI,
    "email": ScalarKind.EMAIL,
    "hostname": ScalarKind.HOSTNAME,
    "ipv4": ScalarKind.IPV4,
    "ipv6": ScalarKind.IPV6,
}
#: Formats of JSON Schema that are checked on plain strings.
CHECKED_FORMATS: Final = frozenset(
    {"uri-reference", "uri-template", "iri", "iri-reference", "idn-email", "idn-hostname", "json-pointer"}
    | {"relative-json-pointer", "regex"}
)
