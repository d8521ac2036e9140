"""Generated schemas give every verdict of the JSON Schema Test Suite, as far as references are not its subject."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

_SUITE = Path(__file__).parent / "suite"
_PACKAGE = "schemas_of_the_suite"
#: Where formats are annotations, as they are in the suite's file, generated schemas check them nevertheless.
_LEFT_OUT = {"format"}
_REFERENCES = {"$ref", "$dynamicRef", "$id", "$anchor", "$schema"}
_CONFIGURATION = f"""
[[targets]]
spec = "openapi.json"
output = "{_PACKAGE}"
parts = ["schemas"]
typeless = "any"
"""


def _groups() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(_SUITE.glob("*.json")):
        if path.stem in _LEFT_OUT or path.stem.startswith("optional"):
            continue
        for number, group in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            schema = group["schema"]
            if isinstance(schema, dict) and schema.get("$schema", "").endswith("2020-12/schema"):
                schema = group["schema"] = {key: value for key, value in schema.items() if key != "$schema"}
            if not _has_references(schema):
                yield f"{path.stem[0].upper()}{path.stem[1:].replace('-', '')}Case{number:03}", group


def _has_references(node: Any) -> bool:
    if isinstance(node, dict):
        return bool(_REFERENCES & node.keys()) or any(map(_has_references, node.values()))
    return isinstance(node, list) and any(map(_has_references, node))


GROUPS = dict(_groups())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModuleType, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("suite")
    schemas = {name: group["schema"] for name, group in GROUPS.items()}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Suite", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "bothends.toml").write_text(_CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "-m", "bothends", "generate", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    names = json.loads((folder / _PACKAGE / ".bothends.json").read_text(encoding="utf-8"))["names"]
    sys.path.insert(0, str(folder))
    yield importlib.import_module(_PACKAGE), names
    sys.path.remove(str(folder))


@pytest.mark.parametrize("name", GROUPS)
def test_verdicts(name: str, package: tuple[ModuleType, dict[str, str]]) -> None:
    module, names = package
    type_ = getattr(module.schemas, names[f"#/components/schemas/{name}"])
    adapters = importlib.import_module(f"{_PACKAGE}._runtime.adapters")

    def accepts(instance: Any) -> bool:
        try:
            adapters.decode(type_, json.dumps(instance))
        except ValidationError:
            return False
        return True

    cases = GROUPS[name]["tests"]
    assert [case["description"] for case in cases if accepts(case["data"]) != case["valid"]] == []
