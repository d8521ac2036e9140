"""Digests of bytes and of files on disk: SHA-256, in hexadecimal. Imports as little as it can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from stat import S_ISREG
from typing import Final

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def digest_of_file(path: str) -> str | None:
    """Return the digest of a regular file, or None where there is none that can be read.

    Thousands of files are compared in a run that has nothing to do: hence no layer above the system's calls.
    """
    data = read_file(path)
    return None if data is None else sha256(data).hexdigest()


def has_digest(data: bytes, expected: str) -> bool:
    """Whether bytes have a digest, or would have it if their lines ended as ours do: git may have changed that."""
    return digest(data) == expected or (b"\r\n" in data and digest(with_our_ends(data)) == expected)


def digest_of_text(data: bytes) -> str:
    """Return the digest of a text, whatever line ends git gave it on this machine."""
    return digest(with_our_ends(data))


def with_our_ends(data: bytes) -> bytes:
    """Return a text with the line ends of Windows replaced."""
    return data.replace(b"\r\n", b"\n")


def digest_of_folder(folder: str) -> str:
    """Return the digest of all texts below a folder, their names included; there need be none."""
    found = sha256()
    for name, path in sorted(files_below(folder)):
        data = read_file(path)
        known = None if data is None else digest_of_text(data)
        found.update(f"{name}\0{known}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def files_below(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder: relative names, and paths. What Python caches is not among them."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from ((f"{entry.name}/{name}", path) for name, path in files_below(entry.path))
        elif not entry.name.endswith(".pyc"):
            yield entry.name, entry.path


def read_file(path: str) -> bytes | None:
    """Return what a regular file holds, or None where there is none that can be read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode):
            return None
        parts: list[bytes] = []
        # One read more than the size asks for: the last one is empty.
        while part := os.read(descriptor, max(status.st_size + 1, 4096)):
            parts.append(part)
            if len(part) == status.st_size:
                break
        return parts[0] if len(parts) == 1 else b"".join(parts)
    except OSError:
        return None
    finally:
        os.close(descriptor)
