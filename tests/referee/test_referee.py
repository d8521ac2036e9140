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

from referee.other import other_decoder
from referee.verdicts import Difference, bundled, differences
from support.documents import SPECS
from support.packages import make_package

#: Documents besides those of the project, for the slow tests: a folder of them.
_MORE = os.environ.get("BOTHENDS_CORPUS", "")

Decoders = Callable[[Path], Callable[[str], Callable[[str], Any] | None]]


def is_meant(found: Difference) -> bool:
    """Tell whether a difference is meant to be.

    A discriminator decides which member of a union is meant, so that a value without the property, or with a value
    of it that selects none, is refused; JSON Schema takes it for an annotation. Base64 text of the format ``byte`` is
    decoded, so that other text is refused; JSON Schema has no such format.
    """
    return not found.ours and ("union_tag_" in found.reason or "base64 text" in found.reason)


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
def test_many_instances(spec: Path, decoders: Decoders) -> None:
    for seed in range(1, 9):
        found = differences(bundled(spec), decoders(spec), rounds=25, seed=seed)
        assert [str(one) for one in found if one is not None and not is_meant(one)] == []


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_another_generator_agrees_less_often(spec: Path, decoders: Decoders, tmp_path: Path) -> None:
    """datamodel-code-generator's verdicts: where it and the referee agree we do, too, and never less often."""
    document = bundled(spec)
    others = other_decoder(document, tmp_path)
    ours, theirs = (
        sum(one is not None and not is_meant(one) for one in differences(document, decoder, rounds=10))
        for decoder in (decoders(spec), others)
    )
    assert ours == 0
    assert ours <= theirs


@pytest.mark.slow
@pytest.mark.skipif(not _MORE, reason="BOTHENDS_CORPUS names no folder of documents")
def test_made_and_changed_instances_of_more_documents(decoders: Decoders) -> None:
    wrong: list[str] = []
    for spec in sorted(Path(_MORE).glob("*.[jy][sa][om]*")):
        found = differences(bundled(spec), decoders(spec), rounds=10)
        wrong += [f"{spec.name}: {one}" for one in found if one is not None and not is_meant(one)]
    assert wrong == []
