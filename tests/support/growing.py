"""Generates over what a folder holds, as people do when a document has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.naming.lock import NameLock
from bothends.naming.renames import Rename
from bothends.output.write import write_plan
from bothends.pipeline import Session
from support.cases import read_tree


@dataclass(frozen=True)
class Generated:
    """The files but for runtime, manifest and document; the lock and what has another name than before; the report."""

    files: Mapping[str, str]
    lock: NameLock
    renames: tuple[Rename, ...]
    report: Report


def generated(document: dict[str, Any], folder: Path, *, relock: bool = False, **options: Any) -> Generated:
    """Generate over what is in a folder; ``options`` are those of the target."""
    spec = folder.with_suffix(".json")
    spec.write_text(json.dumps(document), encoding="utf-8")
    report = Report()
    session = Session(TargetConfig(str(spec), folder, "grown", **options), report, relock=relock)
    renames = session.renames
    write_plan(session.plan())
    tree = read_tree(folder)
    files = {
        path: text for path, text in tree.items() if not path.startswith(("_runtime/", ".", "server/openapi.json"))
    }
    return Generated(files, session.understand().name_lock, renames, report)
