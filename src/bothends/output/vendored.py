"""The runtime as output files: which modules a package needs, copied unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bothends.output.files import OutputFile

_FOLDER = Path(__file__).parent.parent / "runtime"

#: Folders of the runtime that only one part of the output needs. Everything else is shared.
_OWNERS = {
    "client": {"client"},
    "server": {"server"},
    "coding": {"client", "server"},
    "regex": {"server"},
    "webhooks": {"client", "server"},
}
#: Modules that a package without any operations does without.
_OPERATIONS_ONLY = {"errors.py", "operation.py", "pagination.py"}


def vendored_runtime(parts: Iterable[str]) -> Iterator[OutputFile]:
    """Yield the files of ``_runtime/`` that the given parts of a package need."""
    wanted = set(parts)
    for relative in _modules():
        top = relative.parts[0]
        if top in _OWNERS and not _OWNERS[top] & wanted:
            continue
        if relative.name in _OPERATIONS_ONLY and len(relative.parts) == 1 and not wanted & {"client", "server"}:
            continue
        yield OutputFile(f"_runtime/{relative.as_posix()}", _text(relative))


@cache
def _modules() -> tuple[Path, ...]:
    return tuple(sorted(path.relative_to(_FOLDER) for path in _FOLDER.rglob("*.py")))


@cache
def _text(relative: Path) -> str:
    return (_FOLDER / relative).read_text(encoding="utf-8")
