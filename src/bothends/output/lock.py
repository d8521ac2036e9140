"""One process at a time writes an output folder: a lock file beside it, which the system releases with the process.

A lock file that a killed process left behind holds nobody up; whoever has the lock removes the file.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

#: How the names of lock files end.
LOCK_SUFFIX: Final = ".bothends-lock"
_NOT_OFFERED: Final = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


@contextmanager
def locked(target: Path) -> Generator[None]:
    """Hold the lock of an output folder; waits for whoever has it. Raises OSError if there can be no lock file."""
    path = lock_file(target)
    descriptor = _acquire(path)
    try:
        yield
    finally:
        # While it is still held: nobody else can have the lock of a file that has no name any more.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def lock_file(target: Path) -> Path:
    """Return the path of the lock file of an output folder."""
    return target.with_name(f".{target.name}{LOCK_SUFFIX}")


@contextmanager
def abandoned(path: Path) -> Generator[bool]:
    """Tell whether nobody holds a lock file any more: it is held by the caller then, and removed in the end.

    Raises OSError if it cannot be opened.
    """
    descriptor = _open(path, 0)
    try:
        free = _try(descriptor) and _is_at(descriptor, path)
        yield free
        if free:
            path.unlink()
    finally:
        os.close(descriptor)


def _acquire(path: Path) -> int:
    while True:
        descriptor = _open(path, os.O_CREAT)
        try:
            _wait(descriptor)
            if _is_at(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _open(path: Path, flags: int) -> int:
    flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, flags | os.O_RDWR, 0o666)
    except PermissionError:
        if not path.exists():
            raise
        # Somebody else's run was killed. What may be read may be locked, and removed.
        return os.open(path, flags & ~os.O_CREAT | os.O_RDONLY)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the file that was locked is still the one at the path, and not one that was removed meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _wait(descriptor: int) -> None:
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno not in (errno.EDEADLK, errno.EACCES):
                    raise
            else:
                return

    def _try(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _wait(descriptor: int) -> None:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError as error:
            # Some network file systems have no locks: there, the exchange of folders has to do.
            if error.errno not in _NOT_OFFERED:
                raise

    def _try(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
