"""What keeps a folder from changing places with another one, found before anything is written."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Final

_MOUNTS: Final = "/proc/self/mountinfo"
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def refuse_file(folder: Path) -> None:
    """Raise NotADirectoryError if a file stands where an output folder belongs."""
    if os.path.lexists(folder) and folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def refuse_obstacles(target: Path) -> None:
    """Raise OSError if the old package could not be put away, and removed, once a new one is there.

    A mount point cannot change places, and what is mounted in a folder would be removed with it. Folders that somebody
    else owns (root, where a container wrote what Python caches) cannot be emptied. ``target`` is resolved.
    """
    refuse_file(target)
    if not target.exists():
        return
    if target.is_mount():
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target))
    mounted = _mounted()
    device = target.stat().st_dev
    for place, _, files in os.walk(target, onerror=_raise):
        folder = Path(place)
        if place in mounted or folder.stat().st_dev != device:
            raise OSError(errno.EXDEV, "it is a mount point", place)
        if not os.access(folder, os.W_OK | os.X_OK) and (files or any(folder.iterdir())):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
        for path in mounted.intersection(f"{place}/{name}" for name in files):
            raise OSError(errno.EXDEV, "it is a mount point", path)


def _raise(error: OSError) -> None:
    raise error


def _mounted() -> frozenset[str]:
    """Return the paths of all mount points, where the system lists them; a device's number tells the others."""
    try:
        lines = Path(_MOUNTS).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return frozenset()
    return frozenset(
        _OCTAL.sub(lambda found: chr(int(found[1], 8)), line.split(" ")[4]) for line in lines if line.count(" ") > 4
    )
