"""Golden cases: one folder for each feature, named for it, with the whole output that is expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cases import case_folders, compare, compare_text, generate, read_tree, write_tree


@pytest.mark.parametrize("folder", case_folders("golden", "openapi.yaml"), ids=lambda path: path.name)
def test_output_is_what_is_committed(folder: Path, update: bool) -> None:
    files, said = generate(folder / "openapi.yaml")
    files.pop("server/openapi.json", None)
    if update:
        write_tree(folder / "expected", files)
    compare_text(folder / "diagnostics.txt", said, update=update)
    compare(read_tree(folder / "expected"), files)
