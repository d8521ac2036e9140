"""Paths of the output: which stay below the folder, and which a file system cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable


def escapes(path: str) -> bool:
    """Return whether an output path would leave the output folder, or is not a plain relative path."""
    parts = path.split("/")
    return path.startswith("/") or "\\" in path or ":" in path or any(part in ("", ".", "..") for part in parts)


def collisions(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of paths that a case-insensitive file system cannot tell apart."""
    seen: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for path in paths:
        other = seen.setdefault(path.casefold(), path)
        if other is not path:
            found.append((other, path))
    return found
