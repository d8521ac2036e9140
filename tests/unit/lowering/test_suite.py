"""The JSON Schema test suite, put to the intermediate model: types and checks together say what the schemas say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bothends.ir.types import Named

from .conftest import component
from .interpreter import Interpreter

SUITE = Path(__file__).parents[2] / "conformance" / "suite"
#: What resolves by identifier, or lies elsewhere, is a matter of reading.
ELSEWHERE = (
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "http://localhost",
    "json-schema.org",
    "$vocabulary",
    "urn:",
)
FILES = sorted(path.name for path in SUITE.glob("*.json") if not path.name.startswith("optional"))


def embedded(schema: Any, name: str) -> Any:
    """Return a schema with its references to its own root turned into references to a component."""
    if isinstance(schema, dict):
        return {key: value if key in {"const", "enum"} else _keyword(key, value, name) for key, value in schema.items()}
    return [embedded(item, name) for item in schema] if isinstance(schema, list) else schema


def _keyword(key: str, value: Any, name: str) -> Any:
    own = key == "$ref" and isinstance(value, str) and value.startswith("#")
    return f"#/components/schemas/{name}{value[1:]}" if own else embedded(value, name)


@pytest.mark.parametrize("file", [name for name in FILES if name not in {"format.json", "defs.json"}])
def test_suite(lowered: Any, file: str) -> None:
    groups = json.loads((SUITE / file).read_text(encoding="utf-8"))
    groups = {
        f"Case{number}": group
        for number, group in enumerate(groups)
        if not any(
            word in json.dumps({**group["schema"], "$schema": ""} if isinstance(group["schema"], dict) else "")
            for word in ELSEWHERE
        )
    }
    schemas = {name: embedded(group["schema"], name) for name, group in groups.items()}
    interpreter = Interpreter(lowered(schemas, assume_types=False).api)
    wrong = [
        f"{group['description']}: {test['description']}"
        for name, group in groups.items()
        for test in group["tests"]
        if interpreter.accepts(Named(component(name)), test["data"]) is not test["valid"]
    ]
    assert wrong == []
