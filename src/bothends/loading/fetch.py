"""Names of documents in, bytes out, within what the policy allows: the only place that opens an input.

Nothing outside the root document's folder and no host is touched unless the policy names it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What references may lead to, besides the folder of the root document and what is below it.

    ``hosts`` are host names, which stand for https at its own port, or ``host:port``; ``folders`` are directories.
    ``headers`` are sent to hosts that are spelled like one of ``hosts``; ``${NAME}`` in a value stands for a
    variable of the environment. ``offline``: no host is spoken to at all.
    """

    hosts: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], hash=False)
    offline: bool = False


def is_remote(uri: str) -> bool:
    """Whether a document is read from a host."""
    try:
        return urlsplit(uri).scheme in ("http", "https")
    except ValueError:
        return False


def read_root(spec: str | Path, limits: Limits) -> bytes:
    """Read the root document: a path, or ``-`` for standard input."""
    uri = str(spec)
    place = Location(uri)
    if uri == "-":
        return read_bounded(sys.stdin.buffer, place, limits, uri)
    try:
        with Path(spec).open("rb") as file:
            return read_bounded(file, place, limits, uri)
    except (OSError, ValueError) as error:
        raise _unreadable(uri, error, place) from None


def read_file(path: str, shown: str, place: Location, limits: Limits) -> bytes:
    """Read a regular file; ``place`` is the reference that asks for it."""
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _error("file-not-found", f"{shown} is not a regular file", place)
            return read_bounded(file, place, limits, shown)
    except (OSError, ValueError) as error:
        raise _unreadable(shown, error, place) from None


def read_bounded(file: BinaryIO, place: Location, limits: Limits, shown: str) -> bytes:
    """Read what a stream holds, up to the limit."""
    data = file.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise too_large(shown, place, limits)
    return data


def too_large(shown: str, place: Location, limits: Limits) -> DocumentError:
    """Return the error for a file beyond the limit."""
    return _error("too-large", f"{shown} is larger than {limits.document_bytes:,} bytes", place)


def _unreadable(shown: str, error: OSError | ValueError, place: Location) -> DocumentError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _error("file-not-found", f"{shown} cannot be read: {reason[:1].lower()}{reason[1:]}", place)


def _error(code: str, message: str, place: Location) -> DocumentError:
    return DocumentError(Diagnostic(code, Severity.ERROR, message, place))
