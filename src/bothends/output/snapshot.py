"""What stands in a folder at a moment, so that somebody else's changes meanwhile are noticed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

#: By path: which file it is, when it was changed, how long it is.
Snapshot: TypeAlias = Mapping[str, tuple[int, int, int]]


def snapshot(folder: Path) -> Snapshot:
    """Return the state of every file and folder below a folder; what Python caches does not count."""
    found: dict[str, tuple[int, int, int]] = {}
    _collect(str(folder), found)
    return found


def _collect(folder: str, found: dict[str, tuple[int, int, int]]) -> None:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            # The times of a folder say no more than what is in it.
            found[entry.path] = (0, 0, 0)
            _collect(entry.path, found)
        else:
            status = entry.stat(follow_symlinks=False)
            found[entry.path] = (status.st_ino, status.st_mtime_ns, status.st_size)
