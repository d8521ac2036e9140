"""Documents that lack some whole schemas and operations of others, and are otherwise the same, value by value.

What is left means what it meant, so the output for it has to be left as well. (In :mod:`support.shrink` what is left
changes: it loses properties, parameters, responses.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from random import Random
from typing import Any, Final, TypeAlias

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

#: Tables of path items.
_TABLES: Final = ("paths", "webhooks", "x-webhooks")

#: A component by its pointer, or an operation as table, path and method.
Part: TypeAlias = "str | tuple[str, str, str]"


def subset(document: dict[str, Any], seed: int, share: float = 0.05) -> tuple[dict[str, Any], set[Part]]:
    """Return a document without a share of its schemas and operations, and what it lacks.

    Whatever refers to something that goes, goes as well, and whole. A part that would take too much along stays.
    """
    parts = dict(_parts(document))
    users = _users(parts)
    schemas = sorted(part for part in parts if isinstance(part, str) and part.startswith("#/components/schemas/"))
    operations = sorted(part for part in parts if isinstance(part, tuple))
    gone: set[Part] = set()
    for candidates, taken in ((schemas, operations), (operations, ())):
        most = round(share * len(candidates)) + sum(one in gone for one in candidates)
        left = [part for part in candidates if part not in gone]
        for part in Random(seed).sample(left, len(left)):
            more = _with_users(part, users) | gone
            if _count(more, candidates) <= most and _count(more, taken) <= share * len(taken):
                gone = more
    return _without(document, gone), gone


def _count(found: set[Part], candidates: Collection[Part]) -> int:
    return sum(one in found for one in candidates)


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[Part, Any]]:
    for kind, entries in document.get("components", {}).items():
        for name, entry in entries.items():
            yield f"#/components/{kind}/{name}", entry
    for table in _TABLES:
        for path, item in document.get(table, {}).items():
            shared = {key: value for key, value in item.items() if key not in METHODS}
            yield from (((table, path, method), (item[method], shared)) for method in METHODS if method in item)


def _users(parts: Mapping[Part, Any]) -> dict[str, set[Part]]:
    users: dict[str, set[Part]] = {}
    for part, value in parts.items():
        for target in _targets(value):
            users.setdefault(target, set()).add(part)
    return users


def _targets(value: Any) -> Iterator[str]:
    """Yield the components that a value refers to, by reference or in the mapping of a discriminator."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _targets(item)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "$ref" and isinstance(inner, str):
                yield "/".join(inner.split("/")[:4])
            elif key == "mapping" and isinstance(inner, Mapping):
                yield from (
                    text if "/" in text else f"#/components/schemas/{text}" for text in map(str, inner.values())
                )
            else:
                yield from _targets(inner)


def _with_users(part: Part, users: Mapping[str, set[Part]]) -> set[Part]:
    found: set[Part] = set()
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += users.get(one, ()) if isinstance(one, str) else ()
    return found


def _without(document: dict[str, Any], gone: set[Part]) -> dict[str, Any]:
    components = {
        kind: {name: entry for name, entry in entries.items() if f"#/components/{kind}/{name}" not in gone}
        for kind, entries in document.get("components", {}).items()
    }
    found = {**document, "components": components}
    for table in (table for table in _TABLES if table in document):
        found[table] = {}
        for path, item in document[table].items():
            left = {key: value for key, value in item.items() if (table, path, key) not in gone}
            if any(method in left for method in METHODS) or left.keys() == item.keys():
                found[table][path] = left
    return found
