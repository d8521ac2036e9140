"""The same document gives the same bytes: under any hash seed, and in whatever order its keys stand."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.cases import generate
from support.documents import SPECS, load

ROOT = Path(__file__).parents[2]


PROGRAM = """
import hashlib, sys
from pathlib import Path
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.pipeline import Session

for spec in sys.argv[1:]:
    report = Report()
    plan = Session(TargetConfig(spec, Path("missing"), "example"), report).plan()
    digest = hashlib.sha256(repr(list(report)).encode())
    for change in plan.changes:
        digest.update(change.path.encode() + b"\\0" + change.after)
    print(digest.hexdigest())
"""


def test_hash_seeds_do_not_show() -> None:
    """Every file, the manifest and the diagnostics: one process for each seed."""
    seen = {seed: _digests_of_specs(seed) for seed in ("0", "1", "4242")}
    assert len(seen["0"]) == len(SPECS)
    assert seen["0"] == seen["1"] == seen["4242"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_the_order_of_paths_and_components_does_not_show(spec: Path, tmp_path: Path) -> None:
    shuffle = random.Random(7).shuffle
    content = load(spec)
    content["paths"] = _shuffled(content["paths"], shuffle)
    content["components"] = {
        kind: _shuffled(members, shuffle) for kind, members in _shuffled(content["components"], shuffle).items()
    }
    other = tmp_path / spec.name
    other.write_text(json.dumps(content), encoding="utf-8")
    before, _ = generate(spec)
    after, _ = generate(other)
    assert _digests(before) == _digests(after)


def _digests_of_specs(seed: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, SPECS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def _digests(files: dict[str, str]) -> dict[str, str]:
    return {
        path: hashlib.sha256(text.encode()).hexdigest()
        for path, text in files.items()
        if path != "server/openapi.json"  # a copy of the document, in the document's order
    }


def _shuffled(mapping: dict[str, Any], shuffle: Callable[[list[str]], None]) -> dict[str, Any]:
    keys = list(mapping)
    shuffle(keys)
    return {key: mapping[key] for key in keys}
