"""``bothends generate --watch``: generates again whenever an input changes, until it is interrupted."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bothends.cli.exit_codes import FINE
from bothends.cli.targets import targets_of
from bothends.diagnostics.model import DocumentError

#: Seconds between two looks at the inputs.
_INTERVAL: Final = 0.3


def watch(options: argparse.Namespace, generate: Callable[[argparse.Namespace], int]) -> int:
    """Generate, wait for a change, and so on; an interruption between two runs is how it ends."""
    try:
        while True:
            known = _state(options)
            code = generate(options)
            before = _state(options)
            sys.stdout.flush()
            # What changed while the run was at work is not waited for.
            if any(before.get(path) != state for path, state in known.items()) or (code == FINE and _is_late(options)):
                continue
            while _state(options) == before:
                time.sleep(_INTERVAL)
    except KeyboardInterrupt:
        sys.stderr.write("no longer watching\n")
        return FINE


def _state(options: argparse.Namespace) -> dict[str, tuple[int, int, int]]:
    """Return what tells whether a file has changed, for everything that the targets depend on.

    Documents that no run has read yet, because it failed, are looked for below the folder of the root document.
    """
    return {str(path): found for path in _inputs(options) if (found := _status(path)) is not None}


def _is_late(options: argparse.Namespace) -> bool:
    """Whether an input is no longer what a run that has just ended well has read."""
    from bothends.output.fingerprint import folder_of
    from bothends.output.manifest import read_manifest
    from bothends.output.unchanged import changed_inputs, is_remote

    found = ((target, read_manifest(target.output)) for target in targets_of(options).targets)
    return any(
        not is_remote(name)
        for target, manifest in found
        if manifest is not None and target.spec != "-" and not is_remote(target.spec)
        for name in changed_inputs(manifest, folder_of(target.spec))
    )


def _inputs(options: argparse.Namespace) -> set[Path]:
    from bothends.output.depfile import inputs_of

    try:
        targets = targets_of(options)
    except DocumentError:
        return {path for path in (_config(options),) if path}
    found = {path for path in (targets.config, targets.lock) if path}
    for target in targets.targets:
        found.update(inputs_of(target))
        found.update(Path(name) for name in (target.spec, *target.overlays) if "://" not in name and name != "-")
        if target.templates is not None:
            found.update(path for path in target.templates.rglob("*") if path.is_file())
    return found


def _config(options: argparse.Namespace) -> Path | None:
    from bothends.config.read import find_config

    return Path(options.config) if options.config else find_config(Path.cwd())


def _status(path: Path) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - beside its siblings
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
