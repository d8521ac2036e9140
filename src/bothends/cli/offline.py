"""``bothends check --offline``: is the tree what its manifest says? Told from digests alone, quickly, anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bothends.cli.exit_codes import DIFFERENT, FINE
from bothends.cli.messages import Messages
from bothends.config.model import TargetConfig
from bothends.loading.pins import Pins
from bothends.output.fingerprint import folder_of, settings
from bothends.output.manifest import NAME, Manifest, read_manifest
from bothends.output.unchanged import changed_files, changed_inputs, is_remote, stray_files


def check_folder(output: str, messages: Messages) -> int:
    """Compare a package with its manifest; nothing else needs to be there."""
    folder = Path(output)
    return _verdict(folder, read_manifest(folder), [], messages)


def check_target(target: TargetConfig, pins: Pins, messages: Messages) -> int:
    """Compare a package with its manifest, and the manifest with the documents and the configuration.

    What is fetched from hosts is told from the lock file.
    """
    found = read_manifest(target.output)
    problems = list(_stale(found, target, pins)) if found else []
    return _verdict(target.output, found, problems, messages)


def _verdict(folder: Path, found: Manifest | None, problems: list[str], messages: Messages) -> int:
    if found is None:
        messages.line(f"{folder}: there is no manifest {NAME} of bothends")
        return DIFFERENT
    if not found.sealed:
        problems.append(f"{NAME} was edited by hand, or merged")
    problems += (f"{path} is not what was generated" for path in changed_files(found, str(folder)))
    problems += (f"{path} is not in the manifest" for path in stray_files(found, folder))
    messages.lines(f"{folder}: {problem}" for problem in problems)
    if problems:
        return DIFFERENT
    messages.line(f"{folder}: {len(found.files)} files are what the manifest says")
    return FINE


def _stale(found: Manifest, target: TargetConfig, pins: Pins) -> Iterator[str]:
    if target.spec != "-" and found.document not in (Path(target.spec).resolve().name, target.spec):
        yield f"it was generated from {found.document}"
    if found.configuration != settings(target):
        yield "the configuration has changed"
    for name in changed_inputs(found, folder_of(target.spec)):
        if not is_remote(name):
            yield f"{name} has changed"
        elif pins.known.get(name) != found.inputs[name]:
            yield f"{name} is not what the lock file says"
