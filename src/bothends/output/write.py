"""Carries out a plan: the output folder is wholly old or wholly new, whenever the process dies.

The new folder is built beside the old one (files that do not change are hard links, so that they keep their
times; files of others come along), then the two change places in one step where the system offers that, else in
two renames that the next run completes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bothends.output.plan import Action, Plan

_NEW = ".bothends-new"
_OLD = ".bothends-old"


def write_plan(plan: Plan) -> None:
    """Make the output folder what the plan says. Raises OSError, with the folder unchanged, if it cannot."""
    recover(plan.folder)
    if not plan.pending:
        return
    target = plan.folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    new = _beside(target, _NEW)
    try:
        _stage(plan, target, new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _publish(new, target)


def recover(folder: Path) -> None:
    """Remove what a run that was killed left beside the folder, and complete a half-done exchange."""
    target = folder.resolve()
    old, new = _beside(target, _OLD), _beside(target, _NEW)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if leftover.exists():
            shutil.rmtree(leftover)


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name}{suffix}")


def _stage(plan: Plan, target: Path, new: Path) -> None:
    if target.exists():
        shutil.copytree(target, new, symlinks=True, copy_function=_link, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        new.mkdir()
    for change in plan.pending:
        path = new / change.path
        path.unlink(missing_ok=True)  # never write through a hard link into the old folder
        if change.after is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change.after)
    _prune_empty(new, plan)


def _link(source: str, destination: str) -> str:
    try:
        os.link(source, destination, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, destination, follow_symlinks=False)
    return destination


def _prune_empty(new: Path, plan: Plan) -> None:
    deleted = {Path(change.path).parent for change in plan.pending if change.action is Action.DELETE}
    for folder in sorted(deleted, key=lambda path: len(path.parts), reverse=True):
        path = new / folder
        while path != new and path.is_dir() and not any(path.iterdir()):
            path.rmdir()
            path = path.parent


def _publish(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new)
        return
    old = _beside(target, _OLD)
    target.rename(old)
    new.rename(target)
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return False where the system cannot."""
    swap = _system_exchange()
    if swap is None:
        return False
    if swap(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _system_exchange() -> Callable[[bytes, bytes], int] | None:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            renamex = library.renamex_np
            return lambda one, other: int(renamex(one, other, 2))
        rename = library.renameat2
    except (AttributeError, OSError, TypeError):
        return None
    here = ctypes.c_int(-100)  # AT_FDCWD; 2 is RENAME_EXCHANGE
    return lambda one, other: int(rename(here, one, here, other, ctypes.c_uint(2)))
