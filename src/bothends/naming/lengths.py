"""Names to names of a length that file systems take and people can read."""

from __future__ import annotations

import hashlib

#: Bytes of a file name: 255 on common systems, less suffixes and what the formatter and editors append.
_LONGEST_FILE = 160
#: Characters of any other name.
_LONGEST = 200


def file_name(name: str) -> str:
    """Return the name, with a digest for its end where a file system would refuse so long a one."""
    if len(name.encode()) <= _LONGEST_FILE:
        return name
    return _ended(name.encode()[: _LONGEST_FILE - 9].decode("utf-8", "ignore"), name)


def bounded(text: str) -> str:
    """Return the text, with a digest for its end where it is longer than any name made of it can show."""
    if len(text) <= 2 * _LONGEST:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text[: 2 * _LONGEST]}_{digest}"


def shortened(name: str) -> str:
    """Return the name, with a digest for its end where it is longer than anybody wants to read."""
    return name if len(name) <= _LONGEST else _ended(name[: _LONGEST - 9], name)


def _ended(kept: str, name: str) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{kept.rstrip('_')}_{digest}"
