"""The manifest ``.bothends.json``: what a package was made from, and what it is made of.

It is the only file of the output that names versions and digests, so that nothing else changes without a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bothends.loading.data import is_mapping
from bothends.output.files import OutputFile

NAME: Final = ".bothends.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in a manifest.

    ``inputs`` and ``files`` map names to SHA-256 digests; ``inputs`` are named relative to the document's folder.
    ``names`` maps places of the document to the Python names that they got.
    """

    version: str
    formatter: str
    configuration: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    inputs: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    files: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    names: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    def to_file(self) -> OutputFile:
        """Return the manifest as a file of the output: sorted, one entry a line."""
        content = {
            "format": _FORMAT,
            "bothends": self.version,
            "formatter": self.formatter,
            "configuration": dict(self.configuration),
            "inputs": dict(sorted(self.inputs.items())),
            "files": dict(sorted(self.files.items())),
            "names": dict(sorted(self.names.items())),
        }
        return OutputFile(NAME, json.dumps(content, indent=2, ensure_ascii=True) + "\n")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, or None where there is none or it is not one of ours."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not is_mapping(content) or content.get("format") != _FORMAT:
        return None
    return Manifest(
        version=str(content.get("bothends", "")),
        formatter=str(content.get("formatter", "")),
        configuration=_table(content.get("configuration")),
        inputs=_texts(content.get("inputs")),
        files=_texts(content.get("files")),
        names=_texts(content.get("names")),
    )


def _table(value: Any) -> dict[str, Any]:
    return dict(value) if is_mapping(value) else {}


def _texts(value: Any) -> dict[str, str]:
    return {key: item for key, item in _table(value).items() if isinstance(item, str)}
