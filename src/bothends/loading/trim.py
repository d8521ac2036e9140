"""In comes a document as one file, out comes the same without some operations and without what only those used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final
from urllib.parse import unquote

from bothends.loading.data import is_mapping
from bothends.loading.pointer import parse

_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
#: Tables of a document whose entries are there to be referred to. Schemes are referred to by name.
_TABLES: Final = (
    *(
        ("components", kind)
        for kind in ("schemas", "responses", "parameters", "examples", "requestBodies", "headers", "links")
    ),
    *(("components", kind) for kind in ("callbacks", "pathItems", "mediaTypes")),
    *((kind,) for kind in ("definitions", "parameters", "responses")),
)


def trimmed(document: dict[str, Any], operations: Collection[tuple[str, str]], *, keep: bool) -> dict[str, Any]:
    """Return a document with these operations only: pairs of a method in capitals and a path.

    Webhooks have the path ``webhook:NAME``. ``keep``: components that nothing refers to any more stay.
    """
    found = dict(document)
    for table, prefix in (("paths", ""), ("webhooks", "webhook:")):
        items = document.get(table)
        if is_mapping(items):
            rest = {path: _item(item, prefix + path, operations) for path, item in items.items()}
            found[table] = {path: item for path, item in rest.items() if item is not None}
    return found if keep else _pruned(found)


def _item(item: Any, path: str, operations: Collection[tuple[str, str]]) -> Any:
    """Return a path item without other operations, None where it has none left."""
    if not is_mapping(item) or path.startswith("x-"):
        return item
    if "$ref" in item:
        return item if any(kept == path for _, kept in operations) else None
    rest = {
        key: value for key, value in item.items() if key.lower() not in _METHODS or (key.upper(), path) in operations
    }
    more = item.get("additionalOperations")
    if is_mapping(more):
        rest["additionalOperations"] = {key: value for key, value in more.items() if (key.upper(), path) in operations}
    has_any = any(key.lower() in _METHODS for key in rest) or rest.get("additionalOperations")
    return rest if has_any else None


def _pruned(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without components that nothing leads to."""
    used: set[tuple[str, ...]] = set()
    waiting: list[Any] = [{key: value for key, value in document.items() if key not in {path[0] for path in _TABLES}}]
    while waiting:
        for path in _references(waiting.pop()):
            place = next((path[: len(table) + 1] for table in _TABLES if path[: len(table)] == table), ())
            target = _at(document, place)
            if place and place not in used and target is not None:
                used.add(place)
                waiting.append(target)
    found = dict(document)
    for table in _TABLES:
        entries = _at(found, table)
        if is_mapping(entries):
            kept = {name: value for name, value in entries.items() if (*table, name) in used}
            _put(found, table, kept)
    return found


def _references(value: Any) -> Iterator[tuple[str, ...]]:
    """Yield where the local references inside a value lead, those of discriminators among them."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, list):
            waiting += inner
        elif is_mapping(inner):
            waiting += inner.values()
        elif isinstance(inner, str) and inner.startswith("#/"):
            yield parse(unquote(inner[1:]))
        elif isinstance(inner, str):
            # The mapping of a discriminator may name a schema.
            yield ("components", "schemas", inner)


def _at(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = document
    for step in path:
        found = found.get(step) if is_mapping(found) else None
    return found


def _put(document: dict[str, Any], table: tuple[str, ...], entries: dict[str, Any]) -> None:
    owner = document
    for step in table[:-1]:
        owner[step] = dict(owner[step])
        owner = owner[step]
    if entries:
        owner[table[-1]] = entries
    else:
        del owner[table[-1]]
