"""Located diagnostics in, a SARIF 2.1.0 log out, as code scanners read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from bothends import __version__
from bothends.diagnostics.codes import CODES
from bothends.diagnostics.located import Located, Place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(located: Iterable[Located]) -> str:
    """Return one log with one run."""
    results = list(located)
    rules = sorted({one.diagnostic.code for one in results})
    driver = {
        "name": "bothends",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": CODES[code]}} for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules) for one in results],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(one: Located, rules: list[str]) -> dict[str, Any]:
    diagnostic = one.diagnostic
    text = f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rules.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": {"text": text},
    }
    if one.place:
        result["locations"] = [_location(one.place)]
    if one.related:
        result["relatedLocations"] = [
            {"id": number, **_location(place), "message": {"text": message}}
            for number, (place, message) in enumerate(one.related)
        ]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.uri, safe="/:@!$&'()*+,;=~")}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    found: dict[str, Any] = {"physicalLocation": physical}
    if place.pointer:
        found["logicalLocations"] = [{"fullyQualifiedName": place.pointer}]
    return found
