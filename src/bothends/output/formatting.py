"""Formats rendered Python with ruff: one call over the whole plan, isolated from any configuration."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bothends.output.files import OutputFile


class FormatterError(Exception):
    """ruff did not accept what was rendered: a fault of bothends."""


def format_files(files: Sequence[OutputFile]) -> list[OutputFile]:
    """Return the files with every Python file formatted; others are untouched.

    Raises FormatterError if ruff refuses a file.
    """
    with tempfile.TemporaryDirectory(prefix="bothends-") as name:
        folder = Path(name)
        python = [(file, folder / file.path) for file in files if file.path.endswith(".py")]
        for file, path in python:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        if python:
            _run_ruff(folder)
        formatted = {file.path: OutputFile(file.path, path.read_text(encoding="utf-8")) for file, path in python}
    return [formatted.get(file.path, file) for file in files]


def _run_ruff(folder: Path) -> None:
    command = [_ruff(), "format", "--isolated", "--no-cache", "--quiet", "--target-version", "py311", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own formatter
    if done.returncode:
        raise FormatterError(done.stderr.replace(f"{folder}/", "").strip())


def _ruff() -> str:
    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped,unused-ignore]

    return str(find_ruff_bin())
