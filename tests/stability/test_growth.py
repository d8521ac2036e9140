"""A document loses some of its schemas and operations and gets them back: nothing that stayed is called otherwise.

The documents are those of ``specs/``, and those in the folder that the variable ``BOTHENDS_CORPUS`` names.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bothends.config.model import TargetConfig
from bothends.config.pagination import PaginationConfig
from bothends.diagnostics.model import Report
from bothends.naming.places import Kind
from bothends.output.write import write_plan
from bothends.pipeline import Session
from support.cases import read_tree
from support.documents import ROOT, load
from support.shrink import shrunk

CORPUS = sorted(Path(os.environ["BOTHENDS_CORPUS"]).glob("*.*")) if "BOTHENDS_CORPUS" in os.environ else []
DOCUMENTS = [
    ROOT / "specs/harbour/openapi.yaml",
    *(path for path in CORPUS if path.suffix in (".json", ".yaml")),
]
NAME = re.compile(r"[^\W\d]\w*")


@pytest.mark.slow
@pytest.mark.parametrize("spec", DOCUMENTS, ids=lambda path: path.stem if path.stem != "openapi" else path.parent.name)
@pytest.mark.parametrize("seed", [1])
def test_what_comes_back_renames_nothing(spec: Path, seed: int, tmp_path: Path) -> None:
    whole = load(spec)
    part = shrunk(whole, seed, 0.05 if len(whole["paths"]) > 50 else 0.2)
    assert part != whole
    before, names_before = generated(part, tmp_path / "grown")
    after, names_after = generated(whole, tmp_path / "grown")
    kept = {key: name for key, name in names_before.items() if key[0] != Kind.MODULES}
    assert {key: names_after.get(key) for key in kept} == kept
    changes = list(changed(before, after))
    print(spec.name, len(kept), "names,", len(changes), "lines taken away or replaced")  # noqa: T201 - the figures
    print(*changes[:40], sep="\n")  # noqa: T201
    fresh, names_fresh = generated(whole, tmp_path / "fresh")
    moved = [key for key, name in kept.items() if names_fresh.get(key) != name]
    print(len(moved), "names would be others without the lock:", moved[:20])  # noqa: T201
    assert fresh.keys() == after.keys() or moved


def generated(document: dict[str, Any], folder: Path) -> tuple[dict[str, str], Mapping[Any, str]]:
    """Generate over what is in a folder; return the files but for runtime and manifest, and all names."""
    spec = folder.with_suffix(".json")
    spec.write_text(json.dumps(document), encoding="utf-8")
    # A list whose header or parameter comes back has pages again: another shape for another reason.
    target = TargetConfig(str(spec), folder, "grown", pagination=PaginationConfig(infer=False))
    session = Session(target, Report())
    write_plan(session.plan())
    tree = read_tree(folder)
    kept = {path: text for path, text in tree.items() if not path.startswith(("_runtime/", ".", "server/openapi.json"))}
    return kept, session.understand().name_lock.names


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines that are gone, but for those in whose place stands one that says the same and more."""
    for path in sorted(before):
        if path not in after:
            yield f"{path}: gone"
            continue
        old, new = (Counter(line.strip() for line in tree[path].splitlines()) for tree in (before, after))
        came = [frozenset(NAME.findall(line)) for line in new - old]
        for line in old - new:
            words = frozenset(NAME.findall(line))
            if words and not any(words <= others for others in came):
                yield f"{path}: {line}"
