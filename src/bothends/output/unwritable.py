"""Why something cannot be written, as a diagnostic that says what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from bothends.diagnostics.model import Diagnostic, Location, Severity
from bothends.output.workspace import WorkspaceError

_HINTS: Final = {
    errno.EROFS: "the file system is read-only: choose an output folder elsewhere, or mount it for writing",
    errno.ENOSPC: "make room: the new package is written beside the old one, which is still there, before the two"
    " change places",
    errno.EDQUOT: "make room: the new package is written beside the old one before the two change places",
    errno.EFBIG: "a limit of the system for the size of files (`ulimit -f`) is lower than what is to be written",
    errno.EBUSY: "a mount point cannot change places with another folder: choose a folder below it",
    errno.EXDEV: "folders with mount points in them cannot change places: unmount it, or mount it elsewhere",
    errno.ENAMETOOLONG: "choose an output folder with a shorter path, or shorter names with [targets.names]",
    errno.EACCES: "the folder above the output folder has to be writable, too: the two packages change places in it",
    errno.EPERM: "the folder above the output folder has to be writable, too: the two packages change places in it",
    errno.ENOTDIR: "a file is in the way: move it, or choose another output folder",
    errno.EEXIST: "a file is in the way: move it, or choose another output folder",
    errno.EISDIR: "a folder is in the way: move it, or choose another output folder",
}
_HINTS_OF_FILES: Final = {
    errno.EROFS: "the file system is read-only: choose another place, or mount it for writing",
    errno.ENOSPC: "make room: the new file is written before the old one goes",
    errno.EDQUOT: "make room: the new file is written before the old one goes",
    errno.EFBIG: _HINTS[errno.EFBIG],
    errno.ENOTDIR: "a file is in the way: move it, or choose another place",
    errno.EEXIST: "a file is in the way: move it, or choose another place",
    errno.EISDIR: "a folder is in the way: move it, or choose another place",
}
_NO_ROOM_ON_THE_WAY: Final = "make room there, or name another folder for temporary files in TMPDIR"
_NOT_OURS: Final = "it belongs to somebody else: remove it, or make it writable"
#: The longest path that Windows takes without further ado.
_WINDOWS_PATH: Final = 259
#: What Windows says of longer ones.
_NOT_FOUND: Final = (errno.ENOENT, errno.EINVAL)


def unwritable(output: Path | str, error: Exception) -> Diagnostic:
    """Return the diagnostic for an error that writing to a folder or file raised."""
    reason = getattr(error, "strerror", None) or str(error)
    path = getattr(error, "filename", None)
    number = getattr(error, "errno", None)
    hint = _HINTS.get(number) if isinstance(number, int) else None
    what = ""
    if isinstance(error, WorkspaceError):
        what, hint = f" (in the folder for temporary files, {path})", _NO_ROOM_ON_THE_WAY
    elif isinstance(path, str):
        too_long = number == errno.ENAMETOOLONG or (number in _NOT_FOUND and len(path) > _WINDOWS_PATH)
        if too_long:
            what, hint = f" (a path in it has {len(path)} characters)", _HINTS[errno.ENAMETOOLONG]
        else:
            what = "" if _same(path, output) else f": {path}"
            if number in (errno.EACCES, errno.EPERM) and os.path.lexists(path):
                hint = _NOT_OURS
    message = f"cannot be written: {reason}{what}"
    return Diagnostic("unwritable-output", Severity.ERROR, message, Location(str(output)), hint=hint)


def unwritable_file(path: Path | str, error: OSError) -> Diagnostic:
    """Return the diagnostic for an error that writing a single file raised."""
    message = f"cannot be written: {error.strerror or error}"
    hint = None if error.errno is None else _HINTS_OF_FILES.get(error.errno)
    return Diagnostic("unwritable-output", Severity.ERROR, message, Location(str(path)), hint=hint)


def _same(path: str, output: Path | str) -> bool:
    return os.path.realpath(path) == os.path.realpath(output)
