"""Documents that must be refused: nothing is generated, and the message is the committed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cases import case_folders, compare_text, generate


@pytest.mark.parametrize("folder", case_folders("refused", "openapi.yaml"), ids=lambda path: path.name)
def test_document_is_refused_with_the_committed_message(folder: Path, update: bool) -> None:
    files, said = generate(folder / "openapi.yaml")
    assert files == {}
    assert "error[" in said
    compare_text(folder / "diagnostics.txt", said, update=update)
