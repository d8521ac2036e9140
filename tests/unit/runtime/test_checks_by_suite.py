"""The checks of the runtime give every verdict of the JSON Schema Test Suite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.schema_checks import check_of

_SUITE = Path(__file__).parents[2] / "conformance" / "suite"
#: What identifiers mean is settled before there are checks.
_IDENTIFIERS = {"$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef"}


def _groups() -> Iterator[Any]:
    for path in sorted(_SUITE.glob("*.json")):
        for number, group in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            if not _speaks_of_identifiers(group["schema"]):
                yield pytest.param(group, id=f"{path.stem}-{number}")


def _speaks_of_identifiers(node: Any) -> bool:
    if isinstance(node, dict):
        reference = node.get("$ref", "#")
        outward = isinstance(reference, str) and not reference.startswith("#")
        return outward or bool(_IDENTIFIERS & node.keys()) or any(map(_speaks_of_identifiers, node.values()))
    return isinstance(node, list) and any(map(_speaks_of_identifiers, node))


@pytest.mark.parametrize("group", list(_groups()))
def test_verdicts(group: dict[str, Any]) -> None:
    check = check_of(group["schema"], group["schema"])
    wrong = [case["description"] for case in group["tests"] if check.holds(case["data"]) != case["valid"]]
    assert wrong == []
    for case in group["tests"]:
        if not case["valid"]:
            assert check.failure(case["data"]).expected
