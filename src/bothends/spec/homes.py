"""Schemas of other files that a component of the root document stands for: both are one type.

``Pet: {$ref: pet.yaml}`` and ``Problem: {$ref: common.yaml#/components/schemas/Problem}`` are how authors of split
documents list what they have. Whoever refers to the file means the component, and to move a schema to another file
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bothends.diagnostics.model import DocumentError
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping
from bothends.loading.resolve import Resolver

_OTHERS: Final = re.compile(r"[\W_]+")


def homes(components: Mapping[str, str], resolver: Resolver, at: Mapping[str, Cursor]) -> dict[str, str]:
    """Return the keys of schemas in other files, each with that of the component that is nothing but a reference to it.

    ``components`` are the keys of components by name, ``at`` their places. A component that has another name than
    what it refers to is an alias of it, and what cannot be found is reported by whoever needs it.
    """
    found: dict[str, list[str]] = {}
    for name, place in at.items():
        target = _elsewhere(place, resolver)
        if target is not None and _folded(name) in set(_names(target)):
            found.setdefault(target.key, []).append(components[name])
    return {target: keys[0] for target, keys in found.items() if len(keys) == 1}


def _elsewhere(place: Cursor, resolver: Resolver) -> Cursor | None:
    """Return the schema of another local file that a component is nothing but a reference to."""
    value = place.value
    raw = value.get("$ref") if is_mapping(value) and len(value) == 1 else None
    if not isinstance(raw, str) or raw.startswith("#") or "://" in raw:
        return None
    try:
        target = resolver.resolve(raw, place)
    except DocumentError:
        return None
    is_final = is_mapping(target.value) and "$ref" not in target.value
    return target if is_final and target.document is not place.document else None


def _names(target: Cursor) -> Iterator[str]:
    """Yield what a schema in a file is called: by its key, or else by the file."""
    file, _, pointer = target.key.partition("#")
    yield _folded(pointer.rpartition("/")[2])
    if not pointer:
        yield _folded(file.rpartition("/")[2].partition(".")[0])


def _folded(name: str) -> str:
    return _OTHERS.sub("", name).casefold()
