"""Documents that lack a part of what others have: for tests of what growth does to the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
#: Mappings whose entries may go by themselves.
_ENTRIES: Final = frozenset(
    {"properties", "patternProperties", "content", "headers", "responses", "callbacks", "links"}
)
#: Lists whose elements may go by themselves.
_ELEMENTS: Final = frozenset({"allOf", "anyOf", "oneOf", "parameters", "examples", "tags", "enum", "required"})
#: Tables of path items.
_ITEMS: Final = frozenset({"paths", "webhooks", "x-webhooks"})
_GONE: Final = object()


def shrunk(document: dict[str, Any], seed: int, share: float = 0.05) -> dict[str, Any]:
    """Return a valid document without a share of the schemas and operations, and without what refers to those."""
    random = Random(seed)
    schemas = document["components"]["schemas"]
    gone = {f"#/components/schemas/{name}" for name in random.sample(sorted(schemas), round(len(schemas) * share))}
    operations = list(_operations(document))
    dropped = set(random.sample(operations, round(len(operations) * share)))
    while True:
        found, more = _without(document, gone, dropped)
        if not more:
            return found
        gone |= more


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, item in sorted(document["paths"].items()):
        yield from ((path, method) for method in METHODS if method in item)


def _without(
    document: dict[str, Any], gone: set[str], dropped: set[tuple[str, str]]
) -> tuple[dict[str, Any], set[str]]:
    """Return the document without some components and operations, and which further components have to go."""
    found = dict(document)
    more: set[str] = set()
    found["components"] = {}
    for kind, entries in document["components"].items():
        kept = {}
        for name, entry in entries.items():
            pointer = f"#/components/{kind}/{name}"
            left = _GONE if pointer in gone else _left(entry, lambda reference: reference in gone)
            if left is not _GONE:
                kept[name] = left
            elif pointer not in gone:
                more.add(pointer)
        found["components"][kind] = kept
    for table in _ITEMS & found.keys():
        found[table] = {}
        for path, item in document[table].items():
            rest = {key: value for key, value in item.items() if (path, key) not in dropped}
            left = {key: _left(value, lambda reference: reference in gone, key) for key, value in rest.items()}
            left = {key: value for key, value in left.items() if value is not _GONE}
            if any(method in left for method in METHODS):
                found[table][path] = left
    return found, more


def _left(value: Any, is_gone: Callable[[str], bool], name: str = "") -> Any:
    """Return what is left of a value without some references; nothing where it cannot do without one."""
    if isinstance(value, list):
        left = [_left(item, is_gone) for item in value]
        kept = [item for item in left if item is not _GONE]
        lacks_path = any(
            item is _GONE and isinstance(whole, dict) and whole.get("in") == "path"
            for item, whole in zip(left, value, strict=True)
        )
        whole = len(kept) == len(value) or (name in _ELEMENTS and kept)
        return kept if whole and not lacks_path else _GONE
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str) and is_gone(value["$ref"]):
        return _GONE
    found: dict[str, Any] = {}
    for key, inner in value.items():
        left = _left(inner, is_gone, key) if key not in ("example", "default", "enum", "const") else inner
        if left is not _GONE:
            found[key] = left
        elif name not in _ENTRIES and key not in ("headers", "links", "callbacks", "parameters"):
            return _GONE
    if "required" in found and "properties" in found and isinstance(found["required"], list):
        lost = value["properties"].keys() - found["properties"].keys()
        found["required"] = [one for one in found["required"] if one not in lost]
    if isinstance(mapping := found.get("mapping"), dict):
        found["mapping"] = {key: target for key, target in mapping.items() if not is_gone(str(target))}
    return _GONE if name in ("content", "responses") and value and not found else found
