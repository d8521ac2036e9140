"""A folder for what is written on the way: in memory where the system has files there, else among the temporary ones.

It goes with the run. That of a run which was killed goes with the next one: its lock is free then.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from bothends.output.lock import LOCK_SUFFIX, abandoned, locked

_PREFIX: Final = "bothends-"
#: Where Linux has files in memory, and how much must be free there: many times what a large package takes.
_MEMORY: Final = "/dev/shm"  # noqa: S108 - folders in it are made as in any shared one
_PLENTY: Final = 512 * 1024 * 1024


class WorkspaceError(OSError):
    """The folder for temporary files cannot be written; ``filename`` names it."""


@contextmanager
def workspace() -> Generator[Path]:
    """Have a new, empty folder. Raises WorkspaceError if it cannot be written, now or within the context."""
    place: str | None = None
    try:
        place = _place()
        with suppress(OSError):
            sweep()
        folder = Path(place, _PREFIX + token_hex(8))
        with locked(folder):
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise WorkspaceError(error.errno, error.strerror or str(error), place) from None


def sweep() -> None:
    """Remove the folders of runs of this user that were killed. Raises OSError."""
    place = Path(_place())
    with os.scandir(place) as entries:
        found = [entry for entry in entries if entry.name.startswith(f".{_PREFIX}")]
    for entry in found:
        if not entry.name.endswith(LOCK_SUFFIX):
            continue
        with suppress(OSError):
            if hasattr(os, "getuid") and entry.stat(follow_symlinks=False).st_uid != os.getuid():
                continue
            with abandoned(Path(entry.path)) as free:
                folder = place / entry.name.removeprefix(".").removesuffix(LOCK_SUFFIX)
                if free and folder.is_dir():
                    shutil.rmtree(folder)


def _place() -> str:
    """Return the folder that folders are made in: where the environment says, if it does.

    A disk is slower, has to be flushed with what else is on it, and may take its time to forget deleted files.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")):
        with suppress(OSError):
            found = os.statvfs(_MEMORY)
            if found.f_bavail * found.f_frsize >= _PLENTY and os.access(_MEMORY, os.W_OK | os.X_OK):
                return _MEMORY
    return tempfile.gettempdir()
