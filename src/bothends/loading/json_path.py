"""Places in, singular queries of JSONPath (RFC 9535, 2.3.5.1) out: what an overlay calls a place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from bothends.loading import pointer as pointers
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document

_SHORT = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def json_path(path: Iterable[str | int]) -> str:
    """Return the query that selects one place, given by names of members and positions in lists."""
    return "$" + "".join(map(_segment, path))


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


def _segment(token: str | int) -> str:
    if isinstance(token, int):
        return f"[{token}]"
    if _SHORT.fullmatch(token):
        return f".{token}"
    quoted = json.dumps(token, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"['{quoted}']"
