"""What a run depended on, in the form that Make and Ninja read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bothends.config.model import TargetConfig
from bothends.output.digests import files_below
from bothends.output.fingerprint import folder_of
from bothends.output.manifest import NAME, read_manifest
from bothends.output.single import write_file


def inputs_of(target: TargetConfig) -> Iterator[Path]:
    """Yield the files that a generated package depends on, as its manifest says; those of hosts are left out."""
    found = read_manifest(target.output)
    folder = Path(folder_of(target.spec))
    for name in (*found.inputs, *found.links) if found else ():
        if "://" in name or name == "-":
            continue
        if name.endswith("/"):
            yield from (Path(path) for _, path in sorted(files_below(str(folder / name))))
        else:
            yield Path(os.path.normpath(folder / name))


def write_depfile(targets: Sequence[TargetConfig], depfile: str | None, stamp: str | None, config: Path | None) -> None:
    """Write the rule for a stamp file, or else for the manifests, and touch the stamp. Raises OSError.

    Each input also is a target without a recipe, so that Make does not stumble over one that was deleted.
    """
    if depfile:
        outputs = [stamp] if stamp else [_shown(target.output / NAME) for target in targets]
        found = {_shown(path): None for target in targets for path in inputs_of(target)}
        if config is not None:
            found[_shown(config)] = None
        lines = [f"{' '.join(map(_escaped, outputs))}: {' '.join(map(_escaped, found))}"]
        lines += [f"\n{_escaped(path)}:" for path in found]
        path = Path(depfile)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, "\n".join(lines) + "\n")
    if stamp:
        Path(stamp).parent.mkdir(parents=True, exist_ok=True)
        Path(stamp).touch()


def _shown(path: Path) -> str:
    """Return a path as a build that runs here would write it: relative where it lies below."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace(" ", "\\ ").replace("#", "\\#").replace("$", "$$")
