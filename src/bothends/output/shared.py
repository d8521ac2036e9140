"""A runtime that several packages share: one copy beside them, with a manifest of its own.

The packages import it from there instead of from within themselves; nothing else about them differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bothends import __version__
from bothends.config.model import PARTS, TargetConfig
from bothends.diagnostics.model import Report
from bothends.output.files import OutputFile
from bothends.output.installed import generator_digest
from bothends.output.manifest import Manifest, Run
from bothends.output.plan import Edits, Plan, make_plan
from bothends.output.style import Style, style_of
from bothends.output.vendored import vendored_runtime

_IMPORT: Final = re.compile(r"^([ \t]*from )(\.+_runtime\b)", re.M)
_FOLDER: Final = "_runtime/"
#: What tells the manifest of a runtime from that of a package.
_CONFIGURATION: Final = {"runtime": "shared"}


def shared_runtimes(targets: Iterable[TargetConfig]) -> list[TargetConfig]:
    """Return one target for each runtime that is shared: the first that uses it."""
    found = {target.runtime.resolve(): target for target in reversed(tuple(targets)) if target.runtime is not None}
    return list(reversed(found.values()))


def relocated(files: Iterable[OutputFile], target: TargetConfig) -> Iterator[OutputFile]:
    """Yield the rendered files of a package with their imports of the runtime leading to the shared one."""
    if target.runtime is None:
        yield from files
        return
    above = target.output.resolve().relative_to(target.runtime.resolve().parent)
    dots = "." * len(above.parts)
    for file in files:
        yield OutputFile(file.path, _IMPORT.sub(rf"\g<1>{dots}\g<2>", file.text))


def runtime_plan(target: TargetConfig, report: Report, *, edits: Edits) -> Plan:
    """Return what has to happen to the shared runtime of a target. Raises StyleError; writes nothing."""
    assert target.runtime is not None  # noqa: S101 - shared_runtimes has seen to it
    style = style_of(target)
    files = runtime_files(style)
    made_by = Manifest(
        version=__version__,
        formatter=style.formatter,
        configuration=_CONFIGURATION,
        files={file.path: file.digest for file in files},
        run=Run(generator_digest(), strict=True),
    )
    return make_plan(target.runtime, files, made_by, report, edits=edits, style=style)


def runtime_files(style: Style) -> list[OutputFile]:
    """Return all files of a runtime, for all parts of packages."""
    files = [OutputFile(file.path.removeprefix(_FOLDER), file.text) for file in vendored_runtime(PARTS)]
    if style.config is not None:
        from bothends.output.formatting import format_files

        files = format_files(files, style)
    return [*files, OutputFile("py.typed", "")]
