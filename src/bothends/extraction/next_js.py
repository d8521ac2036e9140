"""The scripts of a page of Next.js in, the values out that they carry.

Next.js cuts the data of a page into strings, ``self.__next_f.push([1, "…"])``, that make sense only when joined. The
whole is rows, ``1a:{…}``; a row can hold text, ``1b:T4f,…`` with its length in octets, and values refer to others,
``"$1a"``. A string that begins with a dollar sign has another one before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from bothends.extraction.embedded import looks_like_document
from bothends.extraction.plain import children, is_list, is_mapping

_PUSH: Final = re.compile(r"__next_f\.push\(\s*(?=\[\s*1\s*,)")
_ROW: Final = re.compile(rb"([0-9a-f]*):(?:T([0-9a-f]{1,8}),)?")
_REFERENCE: Final = re.compile(r"\$[L@]?([0-9a-f]+)((?::[^:]+)*)")
_OMITTED: Final = "$undefined"
_DEEPEST: Final = 200
_decode = json.JSONDecoder().raw_decode


def is_flight(script: str) -> bool:
    """Whether a script carries a part of a page's data."""
    return "__next_f" in script and _PUSH.search(script) is not None


def flight_values(scripts: Iterable[str], most: int) -> Iterator[Any]:
    """Return documents, and texts that may hold some, of all the scripts of a page; ``most``: values in them."""
    rows = _rows("".join(_chunks("\n".join(scripts))).encode("utf-8", "surrogatepass"))
    reader = _Reader(rows, most)
    for row in rows.values():
        pending = [row]
        while pending:
            value = pending.pop()
            if looks_like_document(value):
                yield reader.settled(value)
            elif isinstance(value, str):
                yield value
            else:
                pending.extend(reversed(children(value)))


def _chunks(text: str) -> Iterator[str]:
    for push in _PUSH.finditer(text):
        try:
            parts, _ = _decode(text, push.end())
        except (ValueError, RecursionError):
            continue
        if len(parts) == 2 and isinstance(parts[1], str):
            yield parts[1]


def _rows(data: bytes) -> dict[str, Any]:
    """Return the rows by their names, texts as they are and everything else as the JSON that it is."""
    rows: dict[str, Any] = {}
    position = 0
    while position < len(data):
        row = _ROW.match(data, position)
        end = data.find(b"\n", position)
        end = len(data) if end < 0 else end
        if row and row[2]:
            stop = row.end() + int(row[2], 16)
            rows[row[1].decode()] = data[row.end() : stop].decode("utf-8", "replace")
            position = stop
            continue
        if row:
            # Rows that name scripts or styles are no JSON.
            with suppress(ValueError, RecursionError):
                rows[row[1].decode()] = json.loads(data[row.end() : end])
        position = end + 1
    return rows


class _Reader:
    """Puts what values refer to in their places, within a number of values."""

    def __init__(self, rows: dict[str, Any], most: int) -> None:
        self._rows = rows
        self._left = most

    def settled(self, value: Any, depth: int = 0) -> Any:
        """Return a value with everything in it that it refers to."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return None
        if isinstance(value, str):
            return self._text(value, depth) if value.startswith("$") else value
        if is_mapping(value):
            return {name: self.settled(member, depth + 1) for name, member in value.items() if member != _OMITTED}
        return [self.settled(element, depth + 1) for element in value] if is_list(value) else value

    def _text(self, text: str, depth: int) -> Any:
        if text.startswith("$$"):
            return text[1:]
        if text.startswith("$D"):
            return text[2:]
        reference = _REFERENCE.fullmatch(text)
        if reference is None or reference[1] not in self._rows:
            return text
        value = self._rows[reference[1]]
        for name in reference[2].split(":")[1:]:
            value = _member(value, name)
        # What a row of text says is not a reference, whatever it begins with.
        return value if isinstance(value, str) and not value.startswith("$$") else self.settled(value, depth + 1)


def _member(value: Any, name: str) -> Any:
    if is_list(value) and name.isdecimal() and int(name) < len(value):
        return value[int(name)]
    return value.get(name) if is_mapping(value) else None
