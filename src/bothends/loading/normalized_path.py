"""Places in, Normalized Paths (RFC 9535, 2.7) out: what an overlay calls a place."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bothends.loading import pointer as pointers
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document


def normalized_path(path: Iterable[str | int]) -> str:
    """Return the Normalized Path of tokens: names of members, and positions in lists."""
    return "$" + "".join(f"[{token}]" if isinstance(token, int) else f"['{_quoted(token)}']" for token in path)


def path_of(document: Document, pointer: str) -> tuple[str | int, ...]:
    """Return the tokens of a place in a document, positions in lists as numbers."""
    found: list[str | int] = []
    value = document.data
    for token in pointers.parse(pointer):
        if is_list(value):
            found.append(int(token))
            value = value[int(token)]
        else:
            found.append(token)
            value = value.get(token) if is_mapping(value) else None
    return tuple(found)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
