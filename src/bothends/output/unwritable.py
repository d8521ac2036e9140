"""Why an output folder cannot be written, as a diagnostic that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from bothends.diagnostics.model import Diagnostic, Severity

_HINTS: Final = {
    errno.EROFS: "the file system is read-only: choose an output folder elsewhere, or mount it for writing",
    errno.ENOSPC: "make room: the new package is written beside the old one, which is still there, before the two"
    " change places",
    errno.EDQUOT: "make room: the new package is written beside the old one before the two change places",
    errno.EBUSY: "a mount point cannot be exchanged: choose a folder below it",
    errno.EXDEV: "a mount point cannot be exchanged: choose a folder below it",
    errno.ENAMETOOLONG: "choose an output folder with a shorter path, or shorter names with [targets.names]",
    errno.EACCES: "the folder above the output folder has to be writable, too: the two packages change places in it",
    errno.EPERM: "the folder above the output folder has to be writable, too: the two packages change places in it",
}
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
    message = f"{output} cannot be written: {reason}"
    too_long = number == errno.ENAMETOOLONG or (number in _NOT_FOUND and len(str(path)) > _WINDOWS_PATH)
    if isinstance(path, str) and too_long:
        message += f" (a path in it has {len(path)} characters)"
        hint = _HINTS[errno.ENAMETOOLONG]
    return Diagnostic("unwritable-output", Severity.ERROR, message, hint=hint)
