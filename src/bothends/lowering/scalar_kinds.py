"""Formats and the kinds of scalar that stand for them.

Widths of integers (``int32``, ``uint64`` …) are asserted: whoever stores them has no room for more. ``float`` and
``double`` refuse no number, they round it. ``url`` and the like are in no registry and stay strings.
"""

from __future__ import annotations

from typing import Final

from bothends.ir.types import WIDTHS, ScalarKind

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
#: Formats of integers that have a kind of their own.
INTEGER_FORMATS: Final = {kind.value: kind for kind in WIDTHS}
#: Formats of JSON Schema that are checked on plain strings.
CHECKED_FORMATS: Final = frozenset(
    {"uri-reference", "uri-template", "iri", "iri-reference", "idn-email", "idn-hostname", "json-pointer"}
    | {"relative-json-pointer", "regex"}
)
