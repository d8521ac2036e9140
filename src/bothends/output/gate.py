"""The last look at a package before it is published: every module is Python, and every name in it resolves.

What does not pass is a fault of bothends, never of a document, and never reaches the output folder.
"""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from symtable import symtable
from typing import Final

from bothends.output.formatting import PYTHON, ruff
from bothends.output.resolution import unresolved

# Undefined names, in annotations too, what is no Python of the lowest version, and what only a compiler refuses.
_RULES: Final = "E9,F404,F632,F7,F821,F822,F823"
#: Characters of arguments that a process takes for certain: Windows has room for 32,767, others for 128 KiB at least.
_LONGEST_CALL: Final = 20_000 if os.name == "nt" else 100_000
_SHOWN: Final = 5


class GateError(Exception):
    """A package does not hold together: a fault of bothends. Nothing was published."""


def check_package(staged: Path, modules: Mapping[str, str], changed: Sequence[str], *, own_style: bool = True) -> None:
    """Raise GateError if a staged package would not import.

    ``modules`` are the texts of all Python files of the package by path, ``changed`` those to look into. Where they
    are not in our own style, they may be written for a later Python than the one that runs: ruff looks alone then.
    """
    if own_style:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for path in changed:
                _compile(path, modules[path])
    problems = [*_undefined(staged, changed, PYTHON if own_style else ()), *unresolved(modules)]
    if problems:
        more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise GateError("the package would not import:\n  " + "\n  ".join(problems[:_SHOWN]) + more)


def _compile(path: str, text: str) -> None:
    try:
        # Parses, and settles scopes. Making bytecode would take half as long again, and tell no more than ruff does.
        symtable(text, path, "exec")
    except (SyntaxError, SyntaxWarning, ValueError, RecursionError, MemoryError) as error:
        raise GateError(f"{path} does not compile: {error}") from None


def _undefined(staged: Path, changed: Sequence[str], python: Sequence[str]) -> Iterator[str]:
    command = [ruff(), "check", *python, "--isolated", "--no-cache", "--quiet", "--output-format", "concise"]
    for paths in _portions(changed):
        done = subprocess.run(  # noqa: S603 - our own linter
            [*command, "--select", _RULES, "--ignore-noqa", "--", *paths],
            cwd=staged,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            yield from (done.stdout or done.stderr).splitlines()


def _portions(paths: Sequence[str]) -> Iterator[list[str]]:
    """Yield paths in portions that fit into the arguments of a process."""
    portion: list[str] = []
    length = 0
    for path in paths:
        if length + len(path) > _LONGEST_CALL:
            yield portion
            portion, length = [], 0
        portion.append(path)
        length += len(path) + 3
    if portion:
        yield portion
