"""Stability cases: the difference that a change of the document makes to the output, committed and reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cases import case_folders, compare_text, generate, tree_diff


@pytest.mark.parametrize("folder", case_folders("stability", "after.yaml"), ids=lambda path: path.name)
def test_a_change_of_the_document_makes_the_committed_difference(folder: Path, update: bool) -> None:
    before, _ = generate(folder / "before.yaml")
    after, _ = generate(folder / "after.yaml")
    for files in (before, after):
        files.pop("server/openapi.json")
    compare_text(folder / "expected.diff", tree_diff(before, after), update=update)
