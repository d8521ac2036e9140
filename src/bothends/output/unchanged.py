"""Whether a package is what a run would write, told from digests: nothing is read but bytes, nothing is parsed.

The answer is sound: whatever a run depends on is compared, by content, with what the manifest says of it. Where a
comparison is not possible, because a document comes from a host or from standard input, the answer is no.
"""

from __future__ import annotations

import os

from bothends import __version__
from bothends.config.model import TargetConfig
from bothends.output.digests import digest_of_file
from bothends.output.fingerprint import folder_of, settings
from bothends.output.installed import formatter_version, generator_digest
from bothends.output.manifest import Manifest, read_manifest
from bothends.output.paths import escapes


def unchanged(target: TargetConfig, *, strict: bool) -> Manifest | None:
    """Return the manifest of a package that a run would not change, or None where it has to be run.

    ``strict``: the run would treat warnings as errors; only one that did before stands for it.
    """
    if target.spec == "-" or _is_remote(target.spec):
        return None
    found = read_manifest(target.output)
    if found is None or not found.sealed or (strict and not found.run.strict):
        return None
    same = (
        _same_generator(found)
        and found.document == os.path.basename(os.path.realpath(target.spec))  # noqa: PTH119 - quick
        and found.configuration == settings(target)
        and not changed_inputs(found, folder_of(target.spec))
        and not changed_files(found, str(target.output))
    )
    return found if same else None


def changed_inputs(found: Manifest, folder: str) -> list[str]:
    """Return the inputs that are not what the manifest says, by name; those of hosts cannot be told and count."""
    changed = [
        name
        for name, digest in found.inputs.items()
        if _is_remote(name) or digest_of_file(f"{folder}/{name}") != digest
    ]
    changed += [
        link
        for link, name in found.links.items()
        if os.path.realpath(f"{folder}/{link}") != os.path.realpath(f"{folder}/{name}")
    ]
    return changed


def changed_files(found: Manifest, folder: str) -> list[str]:
    """Return the files of the package that are missing, or not what the manifest says."""
    return [
        path
        for path, digest in found.files.items()
        if digest_of_file(f"{folder}/{path}") != digest or escapes(path)
    ]


def _same_generator(found: Manifest) -> bool:
    return (
        found.version == __version__
        and found.formatter == formatter_version()
        and found.run.generator == generator_digest()
    )


def _is_remote(name: str) -> bool:
    return name.startswith(("http://", "https://"))
