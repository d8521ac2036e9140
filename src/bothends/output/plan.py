"""Compares the files of a run with what lies on disk. Writes nothing.

Ownership is by content: a file is ours if the manifest on disk lists it with the digest that it has. A file of
ours that is no longer wanted is deleted; one that was edited by hand stops the run unless forced; a file that we
do not own and do not want is never touched.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bothends.diagnostics.model import Location, Report
from bothends.output import manifest
from bothends.output.digests import digest
from bothends.output.files import OutputFile
from bothends.output.manifest import Manifest
from bothends.output.paths import escapes


class Action(StrEnum):
    """What is to happen to a file."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a plan: what is on disk (``before``) and what is to be there (``after``)."""

    path: str
    action: Action
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run would do to one output folder."""

    folder: Path
    changes: tuple[Change, ...]
    before: Manifest | None
    made_by: Manifest

    @property
    def stale(self) -> tuple[Change, ...]:
        """The changes that matter: which run wrote the manifest does not."""
        same = self.before is not None and self.before.sealed and self.before.agrees_with(self.made_by)
        return tuple(change for change in self.pending if not (same and change.path == manifest.NAME))

    @property
    def pending(self) -> tuple[Change, ...]:
        """The changes that do something."""
        return tuple(change for change in self.changes if change.action is not Action.SAME)

    def diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff from what is on disk to what is to be there."""
        for change in self.stale:
            yield from _diff(change)


def make_plan(folder: Path, files: Sequence[OutputFile], made_by: Manifest, report: Report, *, force: bool) -> Plan:
    """Return what has to happen to ``folder`` for it to hold exactly ``files`` and their manifest.

    Reports ``edited-file`` and ``foreign-file`` unless ``force``. Raises ValueError for a path outside the folder.
    """
    owned = manifest.read_manifest(folder)
    known = owned.files if owned else dict[str, str]()
    wanted = {file.path: file.data for file in (*files, made_by.to_file())}
    changes: list[Change] = []
    for path in sorted({*wanted, *known}):
        before = _read(folder, path)
        after = wanted.get(path)
        edited = before is not None and path in known and digest(before) != known[path]
        foreign = before is not None and path not in known and path != manifest.NAME
        if before != after and not force and (edited or foreign):
            _refuse(folder, path, report, edited=edited)
        changes.append(Change(path, _action(before, after), before, after))
    return Plan(folder, tuple(changes), owned, made_by)


def _read(folder: Path, path: str) -> bytes | None:
    if escapes(path):
        raise ValueError(f"not a path below the output folder: {path!r}")
    try:
        return (folder / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _action(before: bytes | None, after: bytes | None) -> Action:
    if before == after:
        return Action.SAME
    if before is None:
        return Action.CREATE
    return Action.DELETE if after is None else Action.CHANGE


def _refuse(folder: Path, path: str, report: Report, *, edited: bool) -> None:
    location = Location(str(folder / path))
    if edited:
        report.error(
            "edited-file",
            "the file was edited by hand since it was generated",
            location,
            "move the edit out of the generated package, or discard it with --force",
        )
    else:
        report.error(
            "foreign-file",
            "a file that bothends did not write stands where a generated file belongs",
            location,
            "choose another output folder, move the file, or overwrite it with --force",
        )


def _diff(change: Change) -> Iterator[str]:
    before = (change.before or b"").decode("utf-8", "replace").splitlines(keepends=True)
    after = (change.after or b"").decode("utf-8", "replace").splitlines(keepends=True)
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    new = f"b/{change.path}" if change.after is not None else "/dev/null"
    for line in difflib.unified_diff(before, after, old, new):
        yield line.rstrip("\n")
