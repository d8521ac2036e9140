"""Writes the digests of what a command fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bothends.cli.exit_codes import FINE, PROBLEM
from bothends.cli.messages import Messages
from bothends.cli.publishing import publish_file
from bothends.loading.pins import lock_text


def write_lock(path: Path, wanted: Mapping[str, str], known: Mapping[str, str], messages: Messages) -> int:
    """Write a lock file, if what it is to hold is not what it holds; the exit code is that of the command."""
    if wanted == known:
        return FINE
    if not publish_file(path, lock_text(wanted), messages):
        return PROBLEM
    messages.line(f"{path}: {len(wanted)} documents pinned")
    return FINE
