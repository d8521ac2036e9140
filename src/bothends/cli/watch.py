"""``bothends generate --watch``: generates again whenever an input changes, until it is interrupted."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bothends.cli.exit_codes import FINE
from bothends.cli.file_states import INTERVAL, file_states
from bothends.cli.targets import targets_of
from bothends.diagnostics.model import DocumentError


def watch(options: argparse.Namespace, generate: Callable[[argparse.Namespace], int]) -> int:
    """Generate, wait for a change, and so on; an interruption between two runs is how it ends."""
    try:
        while True:
            known = file_states(_inputs(options))
            code = generate(options)
            before = file_states(_inputs(options))
            sys.stdout.flush()
            # What changed while the run was at work is not waited for.
            if any(before.get(path) != state for path, state in known.items()) or (code == FINE and _is_late(options)):
                continue
            while file_states(_inputs(options)) == before:
                time.sleep(INTERVAL)
    except KeyboardInterrupt:
        sys.stderr.write("no longer watching\n")
        return FINE


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
    """Return everything that the targets depend on, as far as their manifests and the configuration tell."""
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
