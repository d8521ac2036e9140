"""What tells whether files have changed, for commands that wait for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

#: By path: when a file was changed, how long it is, and which one it is. One that is not there has no state.
FileStates: TypeAlias = dict[Path, tuple[int, int, int]]

#: Seconds between two looks.
INTERVAL: Final = 0.3


def file_states(paths: Iterable[Path]) -> FileStates:
    """Return the states of the files that are there."""
    return {path: found for path in paths if (found := _state(path)) is not None}


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - beside its siblings
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
