"""Generated schemas give every verdict of the JSON Schema Test Suite, as far as identifiers are not its subject.

The whole harness, which also embeds identifiers and measures other generators, runs ``adapter.py``; what it says is in
``docs/conformance.md``.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from conformance.embedding import SUITE, Group, groups_3_0, groups_2020

#: What is answered otherwise than the suite has it, on purpose.
EXCEPTIONS = {
    # ISO 8601 has fractions of seconds, which is how Python's own durations are written.
    "FormatDurationCase000": ["fractional duration is not allowed by RFC 3339 ABNF"],
}
_CONFIGURATION = """
[[targets]]
spec = "openapi.json"
output = "{package}"
parts = ["schemas"]
typeless = "any"
formats = "{formats}"
"""


def _required() -> Iterator[Group]:
    files = (path for path in SUITE.glob("*.json") if path.stem != "format" and not path.stem.startswith("optional"))
    yield from groups_2020(files)
    yield from groups_2020(SUITE.glob("optional-*.json"))


def _formats() -> Iterator[Group]:
    for group in groups_2020((SUITE / "format").glob("*.json"), typed=True):
        name = f"Format{group.name}"
        yield Group(name, {name: group.schemas[group.name]}, group.cases)


#: For each mode the version of the document, whether formats are asserted, and the schemas.
MODES: dict[str, tuple[str, str, Callable[[], Iterator[Group]]]] = {
    "2020-12": ("3.1.0", "assert", _required),
    "2020-12-in-3.2": ("3.2.0", "assert", _required),
    "draft4-in-3.0": ("3.0.3", "assert", lambda: groups_3_0((SUITE / "draft4").glob("*.json"))),
    "formats": ("3.1.0", "assert", _formats),
    "formats-as-annotations": ("3.1.0", "annotate", lambda: groups_2020(SUITE.glob("format.json"))),
}
#: How many schemas and cases there are, so that none gets lost.
COUNTED = {
    "2020-12": (319, 1112),
    "2020-12-in-3.2": (319, 1112),
    "draft4-in-3.0": (98, 410),
    "formats": (28, 644),
    "formats-as-annotations": (19, 133),
}


@cache
def _groups(mode: str) -> dict[str, Group]:
    return {group.name: group for group in MODES[mode][2]()}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """Return what generates the package of a mode, once, and imports it."""
    made: dict[str, Any] = {}
    folder = tmp_path_factory.mktemp("suite")
    sys.path.insert(0, str(folder))

    def find(mode: str) -> Any:
        if mode not in made:
            made[mode] = _generate(mode, folder)
        return made[mode]

    yield find
    sys.path.remove(str(folder))


def _generate(mode: str, folder: Path) -> tuple[Any, Any, dict[str, str]]:
    version, formats, _ = MODES[mode]
    schemas = {name: schema for group in _groups(mode).values() for name, schema in group.schemas.items()}
    document = {"openapi": version, "info": {"title": "Suite", "version": "1"}, "paths": {}}
    (folder / "openapi.json").write_text(json.dumps({**document, "components": {"schemas": schemas}}), encoding="utf-8")
    name = f"suite_{mode.replace('-', '_').replace('.', '_')}"
    configuration = _CONFIGURATION.format(package=name, formats=formats)
    (folder / "bothends.toml").write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "bothends", "generate", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    names = json.loads((folder / name / ".bothends.json").read_text(encoding="utf-8"))["names"]["types"]
    return importlib.import_module(name).schemas, importlib.import_module(f"{name}._runtime.adapters"), names


@pytest.mark.parametrize("mode", MODES)
def test_count(mode: str) -> None:
    groups = _groups(mode).values()
    assert (len(groups), sum(len(group.cases) for group in groups)) == COUNTED[mode]


@pytest.mark.parametrize(("mode", "name"), [(mode, name) for mode in MODES for name in _groups(mode)])
def test_verdicts(mode: str, name: str, package: Callable[[str], Any]) -> None:
    schemas, adapters, names = package(mode)
    type_ = getattr(schemas, names[name].split()[0])

    def accepts(instance: Any) -> bool:
        try:
            adapters.decode(type_, json.dumps(instance))
        except ValidationError:
            return False
        return True

    cases = _groups(mode)[name].cases
    wrong = [case["description"] for case in cases if accepts(case["data"]) != case["valid"]]
    assert wrong == EXCEPTIONS.get(name, [])
