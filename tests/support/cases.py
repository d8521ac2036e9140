"""Runs the stages over a case folder and compares, or updates, what is committed beside it."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bothends.config.model import TargetConfig
from bothends.config.read import read_config
from bothends.diagnostics.model import DocumentError, Report
from bothends.diagnostics.show import show
from bothends.loading.locate import Locator
from bothends.pipeline import Session, generate_files

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent


def case_folders(kind: str, marker: str) -> list[Path]:
    """Return the folders below ``tests/<kind>`` that hold a file called ``marker``."""
    return sorted(path.parent for path in (TESTS / kind).glob(f"*/{marker}"))


def generate(spec: Path, **options: object) -> tuple[dict[str, str], str]:
    """Return the files of a package without its runtime and manifest, and the diagnostics as text."""
    target = target_for(spec, **options)
    report = Report()
    session = Session(target, report)
    try:
        files = {file.path: file.text for file in generate_files(target, session.understand())}
    except DocumentError as error:
        for diagnostic in error.diagnostics:
            report.add(diagnostic)
        files = {}
    said = show(list(report), format="text", locator=Locator(session.resolver), colour=False)
    kept = {path: text for path, text in files.items() if not path.startswith("_runtime/")}
    return kept, said.replace(f"{spec.parent}/", "")


def target_for(spec: Path, **options: object) -> TargetConfig:
    """Return the target of a case: what its ``bothends.toml`` says, or the defaults."""
    config = spec.parent / "bothends.toml"
    if config.is_file():
        return read_config(config).targets[0]
    return TargetConfig(str(spec), Path("generated") / "example", "example", **options)  # type: ignore[arg-type]


def read_tree(folder: Path) -> dict[str, str]:
    """Return every text file below a folder by its relative path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder hold exactly these files."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def tree_diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return a unified diff between two trees, without lines of context."""
    lines: list[str] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, ""), after.get(path, "")
        lines += difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm="", n=0)
    return "".join(f"{line}\n" for line in lines)


def compare(expected: Mapping[str, str], actual: Mapping[str, str]) -> None:
    """Fail with a diff where two trees differ."""
    difference = tree_diff(expected, actual)
    if difference:
        pytest.fail(f"not what is committed (run pytest --update if it should be):\n{difference}", pytrace=False)


def compare_text(path: Path, actual: str, *, update: bool) -> None:
    """Compare a text with a committed file that is absent when the text is empty."""
    if update:
        if actual:
            path.write_text(actual, encoding="utf-8", newline="\n")
        else:
            path.unlink(missing_ok=True)
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    compare({path.name: expected}, {path.name: actual})
