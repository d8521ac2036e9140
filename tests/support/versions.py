"""Two versions of a document, and what tells apart the folders generated from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.documents import load


def versions(spec: Path, folder: Path) -> Iterator[Path]:
    """Write a document into ``folder`` as it is and as changed, so that files come, go and change; yield the paths."""
    content = load(spec)
    for name in ("one", "two"):
        (folder / name).mkdir()
        path = folder / name / "openapi.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        yield path
        _change(content)


def digest_of(folder: Path) -> str:
    """Return a digest of all files of a folder, their names included."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _change(content: dict[str, Any]) -> None:
    """Change the prose of some schemas, take a path away, and give an operation a new group."""
    for schema in list(content["components"]["schemas"].values())[::7]:
        if "$ref" not in schema:
            schema["description"] = "Changed. " + str(schema.get("description", ""))
    path = sorted(content["paths"])[0]
    operation = next(value for key, value in content["paths"][path].items() if key in ("get", "post", "put", "delete"))
    operation["tags"] = ["a group of its own"]
    del content["paths"][sorted(content["paths"])[-1]]
