"""Located diagnostics in, a JSON document out: an object with the list ``diagnostics``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bothends.diagnostics.located import Located, Place


def as_json(located: Iterable[Located]) -> str:
    """Return one JSON document; fields that say nothing are left out."""
    document = {"diagnostics": [_diagnostic(one) for one in located]}
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(one: Located) -> dict[str, Any]:
    diagnostic = one.diagnostic
    found: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
    }
    if one.place:
        found["location"] = _place(one.place)
    if diagnostic.hint:
        found["hint"] = diagnostic.hint
    if one.related:
        found["related"] = [{"message": message, "location": _place(place)} for place, message in one.related]
    if diagnostic.fix:
        found["fix"] = list(diagnostic.fix)
    return found


def _place(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"uri": place.uri, "pointer": place.pointer}
    if place.line is not None:
        found |= {"line": place.line, "column": place.column or 1}
    return found
