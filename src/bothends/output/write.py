"""Carries out a plan: the output folder is wholly old or wholly new, whenever the process dies.

The new folder is built beside the old one (files that do not change are hard links, so that they keep their
times; files of others come along) and looked at as a whole; then the two change places in one step where the
system offers that, else in two renames that the next run completes. All of it happens under a lock.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from bothends.output.digests import read_file
from bothends.output.durable import flush_folder, flush_tree
from bothends.output.exchange import exchange
from bothends.output.files import write_files
from bothends.output.gate import check_package
from bothends.output.lock import lock_file, locked
from bothends.output.manifest import NAME
from bothends.output.obstacles import refuse_file, refuse_obstacles
from bothends.output.plan import Action, Plan
from bothends.output.snapshot import snapshot
from bothends.output.standing import standing

_NEW: Final = ".bothends-new"
_OLD: Final = ".bothends-old"


class OutdatedPlanError(Exception):
    """The output folder has changed since the plan was made. Nothing was written."""


def write_plan(plan: Plan) -> None:
    """Make the output folder what the plan says.

    With the folder unchanged, raises OSError if it cannot be written, OutdatedPlanError if somebody else wrote it
    since the plan was made, and GateError if the package would not import.
    """
    if not plan.pending:
        clean(plan.folder)
        return
    target = plan.folder.resolve()
    refuse_file(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with standing(), locked(target):
        _recover(target)
        refuse_obstacles(target)
        _expect(plan, target)
        seen = snapshot(target)
        new = _beside(target, _NEW)
        try:
            _stage(plan, target, new)
            _check(plan, new)
            flush_tree(new, [change.path for change in plan.pending if change.after is not None])
            if snapshot(target) != seen:
                raise OutdatedPlanError(f"{plan.folder} has changed while bothends was at work")
            _publish(new, target)
        except BaseException:
            with suppress(OSError):
                _recover(target)
            raise


def clean(folder: Path) -> None:
    """Remove what a run that was killed left beside an output folder, and complete a half-done exchange."""
    target = folder.resolve()
    if any(os.path.lexists(path) for path in (_beside(target, _NEW), _beside(target, _OLD), lock_file(target))):
        with locked(target):
            _recover(target)


def _recover(target: Path) -> None:
    old, new = _beside(target, _OLD), _beside(target, _NEW)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if os.path.lexists(leftover):
            try:
                shutil.rmtree(leftover)
            except OSError as error:
                reason = f"what an earlier run left behind cannot be removed: {error.strerror}"
                raise OSError(error.errno, reason, str(leftover)) from None


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name}{suffix}")


def _expect(plan: Plan, target: Path) -> None:
    """Make sure that what is about to be replaced is what the plan was made for."""
    for change in plan.changes:
        pending = change.action is not Action.SAME or change.path == NAME
        if pending and read_file(f"{target}/{change.path}") != change.before:
            raise OutdatedPlanError(f"{plan.folder / change.path} has changed while bothends was at work")


def _stage(plan: Plan, target: Path, new: Path) -> None:
    if target.exists():
        shutil.copytree(target, new, symlinks=True, copy_function=_link, ignore=shutil.ignore_patterns("__pycache__"))
        for change in plan.pending:
            # Never write through a hard link into the old folder. All go first: names may differ in case only.
            (new / change.path).unlink(missing_ok=True)
    else:
        new.mkdir()
    write_files(new, ((change.path, change.after) for change in plan.pending if change.after is not None))
    _prune_empty(new, plan)


def _link(source: str, destination: str) -> str:
    try:
        os.link(source, destination, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copy2(source, destination, follow_symlinks=False)
    return destination


def _prune_empty(new: Path, plan: Plan) -> None:
    deleted = {Path(change.path).parent for change in plan.pending if change.action is Action.DELETE}
    for folder in sorted(deleted, key=lambda path: len(path.parts), reverse=True):
        path = new / folder
        while path != new and path.is_dir() and not any(path.iterdir()):
            path.rmdir()
            path = path.parent


def _check(plan: Plan, new: Path) -> None:
    changed = [change.path for change in plan.pending if change.after is not None and _is_ours_to_check(change.path)]
    if changed or any(change.action is Action.DELETE for change in plan.pending):
        check_package(new, dict(_modules(plan)), changed, own_style=plan.own_style)


def _is_ours_to_check(path: str) -> bool:
    """Whether a file is Python that this run has made: the runtime is copied, and nothing in it depends on a run."""
    return path.endswith(".py") and not path.startswith("_runtime/")


def _modules(plan: Plan) -> Iterator[tuple[str, str]]:
    for change in plan.changes:
        if change.after is not None and change.path.endswith(".py"):
            yield change.path, change.after.decode("utf-8").replace("\r\n", "\n")


def _publish(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
        flush_folder(target.parent)
        return
    old = new
    if not exchange(new, target):
        old = _beside(target, _OLD)
        target.rename(old)
        new.rename(target)
    flush_folder(target.parent)
    # The package is there. What cannot be removed now is the next run's business.
    shutil.rmtree(old, ignore_errors=True)
