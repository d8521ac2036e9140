"""Brings what was written to the disk itself: a power cut must not leave names of files without their contents.

A system may write the names of files long before what is in them. Hence the new package is flushed before it takes
the place of the old one, and the exchange is flushed before the old one is removed.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

#: More files than these are flushed with the whole file system: thousands of single flushes take seconds.
_FEW: Final = 32
_NOT_OFFERED: Final = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EROFS, errno.EBADF)
_FOLDERS: Final = hasattr(os, "O_DIRECTORY")


def flush_tree(folder: Path, changed: Sequence[str]) -> None:
    """Flush the changed files below a folder, and all folders in it. Raises OSError where the disk fails or is full."""
    paths = [str(folder / path) for path in changed]
    if _FOLDERS:
        paths += [place for place, _, _ in os.walk(folder)]
    if len(paths) > _FEW and _flush_file_system(folder):
        return
    for path in paths:
        _flush(path)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder. Raises OSError where the disk fails."""
    if _FOLDERS:
        _flush(str(folder))


def _flush(path: str) -> None:
    # Windows flushes only what is open for writing.
    descriptor = os.open(path, os.O_RDONLY if _FOLDERS else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise OSError(error.errno, error.strerror, path) from None
    finally:
        os.close(descriptor)


def _flush_file_system(folder: Path) -> bool:
    """Flush everything that a file system holds back; return False where the system has no call for that."""
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor) == 0:
            return True
        code = ctypes.get_errno()
        if code in _NOT_OFFERED:
            return False
        raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)
