"""Formats rendered Python with ruff: one call over the whole plan, in one style."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Final

from bothends.output.files import OutputFile, write_files
from bothends.output.style import Style
from bothends.output.workspace import workspace

#: What the lowest version of Python that generated packages support is to ruff.
PYTHON: Final = ("--target-version", "py311")
_ISOLATED: Final = ("--isolated", *PYTHON)
#: How ruff says that the system did not let it read or write.
_SYSTEM: Final = re.compile(r"\(os error (\d+)\)")
#: Generated files are formatted whether or not the project's configuration leaves them out.
_ALL_FILES: Final = ("exclude=[]", "extend-exclude=[]", "format.exclude=[]", "respect-gitignore=false")


class FormatterError(Exception):
    """ruff did not accept what was rendered: a fault of bothends."""


def format_files(files: Sequence[OutputFile], style: Style | None = None, *, sort: bool = False) -> list[OutputFile]:
    """Return the files with every Python file formatted, in our own style unless told; others are untouched.

    ``sort``: imports are sorted first, because somebody moved them. Raises FormatterError if ruff refuses a file, and
    WorkspaceError if there is no room for temporary ones.
    """
    ruff()
    with workspace() as folder:
        python = [(file, folder / file.path) for file in files if file.path.endswith(".py")]
        write_files(folder, ((file.path, file.data) for file, _ in python))
        if python and sort:
            _run("check", "--select", "I001", "--fix", *_ISOLATED, str(folder))
        if python:
            _run("format", *_options(style), str(folder))
        # As bytes: the project's style may end lines in its own way.
        formatted = {file.path: OutputFile(file.path, path.read_bytes().decode("utf-8")) for file, path in python}
    return [formatted.get(file.path, file) for file in files]


@cache
def ruff() -> str:
    """Return the path of ruff's program."""
    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped,unused-ignore]

    try:
        return str(find_ruff_bin())
    except FileNotFoundError as error:
        raise FormatterError(f"the program of ruff is not where its package says: {error}") from None


def _run(command: str, *arguments: str) -> None:
    words = [ruff(), command, "--no-cache", "--quiet", *arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - our own formatter
    if done.returncode:
        said = (done.stderr or done.stdout).replace(f"{arguments[-1]}/", "").strip()
        if (refused := _SYSTEM.search(said)) is not None:
            raise OSError(int(refused[1]), os.strerror(int(refused[1])), arguments[-1])
        raise FormatterError(said)


def _options(style: Style | None) -> list[str]:
    if style is None or style.config is None:
        return list(_ISOLATED)
    return ["--config", str(style.config), *(word for setting in _ALL_FILES for word in ("--config", setting))]
