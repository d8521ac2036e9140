"""Stability cases: the difference that a change of the document makes to the output, committed and reviewed.

The budget bounds what a change may cost whoever reads the difference in a review: files, and hunks in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from support.cases import case_folders, compare_text, generate, tree_diff

#: How many files and how many hunks a change may touch, and how many lines it may take away.
BUDGET: Final = {
    "add_component": (2, 4, 0),  # a new file; an import, an export, where it is found
    "add_enum_value": (1, 1, 0),
    "add_operation": (3, 5, 0),  # client (sync and async), operations, server (method and route)
    "add_optional_field": (1, 2, 0),  # the field, and what its type imports
    "add_tag": (5, 10, 2),  # three new files, and two that list groups
    "change_description_of_operation": (2, 2, 2),  # client and server
    "change_description_of_schema": (1, 1, 1),
    "make_field_required": (1, 1, 1),
    "move_schema_to_another_file": (0, 0, 0),
    "rename_component": (6, 18, 27),  # the class and its uses
    "reorder_everything": (0, 0, 0),
}
FOLDERS: Final = case_folders("stability", "after.yaml")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_change_of_the_document_makes_the_committed_difference(folder: Path, update: bool) -> None:
    compare_text(folder / "expected.diff", difference(folder), update=update)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_change_stays_within_its_budget(folder: Path) -> None:
    lines = difference(folder).splitlines()
    files = sum(line.startswith("+++ ") for line in lines)
    hunks = sum(line.startswith("@@ ") for line in lines)
    taken = sum(line.startswith("-") and not line.startswith("--- ") for line in lines)
    allowed = BUDGET[folder.name]
    assert all(found <= most for found, most in zip((files, hunks, taken), allowed, strict=True))


def difference(folder: Path) -> str:
    before, _ = generate(folder / "before.yaml")
    after, _ = generate(folder / "after.yaml")
    for files in (before, after):
        files.pop("server/openapi.json")
    return tree_diff(before, after)
