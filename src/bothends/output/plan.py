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
from typing import Literal, TypeAlias

from bothends.diagnostics.model import Report
from bothends.output import manifest
from bothends.output.files import OutputFile
from bothends.output.manifest import Manifest
from bothends.output.obstacles import refuse_file
from bothends.output.paths import escapes
from bothends.output.style import Style
from bothends.output.touched import Touched, report_refused, report_touched, touched

#: What to do about files that were edited by hand: stop, leave them as they are, show what would become of them,
#: or overwrite them (and those that another formatter went over).
Edits: TypeAlias = Literal["refuse", "keep", "show", "force"]


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
    own_style: bool = True
    refused: tuple[Change, ...] = ()

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
            yield from diff_of(change)


def make_plan(
    folder: Path,
    files: Sequence[OutputFile],
    made_by: Manifest,
    report: Report,
    *,
    edits: Edits = "refuse",
    style: Style | None = None,
) -> Plan:
    """Return what has to happen to ``folder`` for it to hold exactly ``files`` and their manifest.

    ``style`` is the one that the files are formatted in. Reports ``edited-file`` and ``foreign-file`` as ``edits``
    has it. Raises OSError if the folder is none or cannot be read, ValueError for a path outside of it.
    """
    refuse_file(folder)
    owned = manifest.read_manifest(folder)
    known = owned.files if owned else dict[str, str]()
    if owned and owned.sealed and owned.agrees_with(made_by) and owned.run.stands_for(made_by.run):
        made_by = owned
    wanted = {file.path: file.data for file in (*files, made_by.to_file())}
    found = {path: _read(folder, path) for path in sorted({*wanted, *known})}
    others = touched(found, known, wanted, style or Style("")) if edits != "force" else Touched()
    kept = others.reformatted | others.other_ends | (others.by_hand if edits == "keep" else frozenset[str]())
    refused: list[Change] = []
    changes: list[Change] = []
    for path, before in found.items():
        after = before if path in kept else wanted.get(path)
        changes.append(Change(path, _action(before, after), before, after))
        foreign = before is not None and path not in known and path != manifest.NAME
        by_hand = path in others.by_hand
        if before != after and edits in ("refuse", "keep") and (by_hand or foreign):
            refused.append(changes[-1])
            report_refused(folder / path, report, edited=by_hand)
    report_touched(folder, others, report)
    own_style = style is None or style.config is None
    return Plan(folder, tuple(changes), owned, made_by, own_style, tuple(refused))


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


def diff_of(change: Change) -> Iterator[str]:
    """Yield the lines of a unified diff from what is on disk to what is to be there."""
    before = (change.before or b"").decode("utf-8", "replace").splitlines(keepends=True)
    after = (change.after or b"").decode("utf-8", "replace").splitlines(keepends=True)
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    new = f"b/{change.path}" if change.after is not None else "/dev/null"
    for line in difflib.unified_diff(before, after, old, new):
        yield line.rstrip("\n")
