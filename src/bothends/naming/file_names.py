"""Names of modules to names that file systems take."""

from __future__ import annotations

import hashlib

#: Bytes of a file name: 255 on common systems, less suffixes and what the formatter and editors append.
_LONGEST = 160


def file_name(name: str) -> str:
    """Return the name, with a digest for its end where a file system would refuse so long a one."""
    if len(name.encode()) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    kept = name.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip("_")
    return f"{kept}_{digest}"
