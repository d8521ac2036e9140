"""URIs of the meta-schemas of JSON Schema in, their text out, without asking their host."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_HOST = "json-schema.org/draft"


def standard_document(uri: str) -> bytes | None:
    """Return the text of a document that everybody knows by its URI; None for any other."""
    return _documents().get(uri.removesuffix("#").partition("://")[2]) if _HOST in uri else None


@cache
def _documents() -> dict[str, bytes]:
    """Return the texts by what they call themselves. The package comes with the validator of whole documents."""
    found: dict[str, bytes] = {}
    package = find_spec("jsonschema_specifications")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for file in sorted(Path(folder, "schemas").rglob("*")):
            if file.is_file():
                text = file.read_bytes()
                content = json.loads(text)
                name = str(content.get("$id") or content.get("id"))
                found.setdefault(name.removesuffix("#").partition("://")[2], text)
    return found
