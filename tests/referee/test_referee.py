"""Generated schemas and an independent validator of JSON Schema judge the same instances of real documents.

Where they differ, one of the two is wrong, or the difference is among those that are meant to be.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from referee.json_schema import components, validator
from referee.verdicts import Difference, bundled, differences, judged
from support.documents import SPECS
from support.packages import make_package

#: Documents besides those of the project, for the slow tests: a folder of them.
_MORE = os.environ.get("BOTHENDS_CORPUS", "")

Decoders = Callable[[Path], Callable[[str], Callable[[str], Any] | None]]


def is_meant(found: Difference) -> bool:
    """Tell whether a difference is meant to be.

    A discriminator decides which member of a union is meant, so that a value without the property, or with a value
    of it that selects none, is refused; JSON Schema takes it for an annotation.
    """
    return not found.ours and "union_tag_" in found.reason


@pytest.fixture(scope="module")
def decoders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decoders]:
    """Return what makes a package of a document, once, and finds the readers of its components."""
    folder = tmp_path_factory.mktemp("referee")
    made: dict[Path, Callable[[str], Callable[[str], Any] | None]] = {}
    sys.path.insert(0, str(folder))

    def make(spec: Path) -> Callable[[str], Callable[[str], Any] | None]:
        name = f"judged_{len(made)}"
        package = make_package(spec, folder, name, parts=("schemas",), typeless="any")
        names = json.loads((package.folder / ".bothends.json").read_text(encoding="utf-8"))["names"]["types"]
        schemas, adapters = package.load().schemas, importlib.import_module(f"{name}._runtime.adapters")

        def decoder(component: str) -> Callable[[str], Any] | None:
            if component not in names:
                return None
            type_ = getattr(schemas, names[component].split()[0])
            return lambda text: adapters.decode(type_, text)

        return decoder

    def find(spec: Path) -> Callable[[str], Callable[[str], Any] | None]:
        if spec not in made:
            made[spec] = make(spec)
        return made[spec]

    yield find
    sys.path.remove(str(folder))


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_made_and_changed_instances(spec: Path, decoders: Decoders) -> None:
    found = list(differences(bundled(spec), decoders(spec), rounds=12))
    assert len(found) > 50
    assert [str(one) for one in found if one is not None and not is_meant(one)] == []


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_instances_of_hypothesis(spec: Path, decoders: Decoders) -> None:
    decoder, schemas = decoders(spec), components(bundled(spec))
    for name in schemas:
        decode = decoder(name)
        if decode is not None:
            _judge(name, schemas, decode)


def _judge(name: str, schemas: dict[str, Any], decode: Callable[[str], Any]) -> None:
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    try:
        valid = from_schema(root)
        valid.validate()
    except Exception:  # recursion and patterns are more than it can do
        return
    referee = validator(schemas, name)
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

    @seed(0)
    @settings(max_examples=15, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=health)
    @given(st.one_of(valid, st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)))
    def compare(value: Any) -> None:
        if value is not None:
            found = judged(name, value, decode, referee.is_valid)
            assert found is None or is_meant(found), str(found)

    compare()


@pytest.mark.slow
@pytest.mark.skipif(not _MORE, reason="BOTHENDS_CORPUS names no folder of documents")
def test_made_and_changed_instances_of_more_documents(decoders: Decoders) -> None:
    wrong: list[str] = []
    for spec in sorted(Path(_MORE).glob("*.[jy][sa][om]*")):
        found = differences(bundled(spec), decoders(spec), rounds=10)
        wrong += [f"{spec.name}: {one}" for one in found if one is not None and not is_meant(one)]
    assert wrong == []
