"""How many operations documents have and how many are read from them, with the time and the memory that it took.

``python tests/suites/measure.py DOCUMENT...`` prints a row of a Markdown table for each, every one in a process of
its own. Operations are counted in the text, independently of the readers.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import DocumentError, Report, Severity
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping
from bothends.pipeline import Session

_METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}


def main(names: list[str]) -> int:
    """Measure every document; 1 if one of them loses an operation."""
    if names[:1] == ["--one"]:
        _say(json.dumps(measure(names[1])))
        return 0
    _say("| document | version | files | MiB | operations | read | types | warnings | CPU s | MiB used |")
    _say("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    lost = 0
    for name in names:
        call = [sys.executable, __file__, "--one", name]
        row: list[Any] = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
        _say(f"| {' | '.join(map(str, row))} |")
        lost |= row[4] != row[5]
    return lost


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(name: str) -> list[Any]:
    """Read one document and return its row."""
    session = Session(TargetConfig(name, Path("unused"), "unused"), Report())
    read: int | str
    try:
        understood = session.understand()
        read, types = len(understood.api.operations), len(understood.api.declarations)
        root = understood.root
    except DocumentError as error:
        return [Path(name).name, "", "", "", "", f"refused: {error.diagnostics[0].message}", "", "", "", ""]
    usage = resource.getrusage(resource.RUSAGE_SELF)
    documents = session.resolver.documents()
    size = sum(len(document.source) for document in documents) / 2**20
    warnings = sum(one.severity is Severity.WARNING for one in session.report)
    version = root.value.get("openapi") or root.value.get("swagger")
    cost = f"{usage.ru_utime + usage.ru_stime:.1f}", f"{usage.ru_maxrss / 1024:.0f}"
    counted = count(root, session)
    return [Path(name).name, version, len(documents), f"{size:.1f}", counted, read, types, warnings, *cost]


def count(root: Cursor, session: Session) -> int:
    """Count the operations that a document writes down below its paths."""
    version = str(root.value.get("openapi", ""))
    methods = _METHODS | ({"trace"} if version else set()) | ({"query"} if version.startswith("3.2") else set())
    found = 0
    paths = root.get("paths")
    for path, item in paths.items() if paths is not None else ():
        target = session.resolver.follow(item) if is_mapping(item.value) and "$ref" in item.value else item
        if path.startswith("/") and is_mapping(target.value):
            found += sum(name in methods for name in target.value)
            found += len(target.value.get("additionalOperations", ()))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
