"""Places of the root document in, Overlay actions that mend them out. Overlays change no other document."""

from __future__ import annotations

from typing import Any, TypeAlias

from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.json_path import json_path, path_of
from bothends.loading.pointer import join

#: Actions of an overlay, in order.
Fix: TypeAlias = tuple[dict[str, object], ...]


def updated(document: Document, pointer: str, value: Any) -> Fix:
    """Merge a value into what stands at a place."""
    return ({"target": _target(document, pointer), "update": value},) if document.is_root else ()


def removed(document: Document, pointer: str) -> Fix:
    """Remove a member or an element."""
    return ({"target": _target(document, pointer), "remove": True},) if document.is_root else ()


def replaced(document: Document, pointer: str, name: str, value: Any) -> Fix:
    """Replace a member by a value of any kind, which an update alone cannot do."""
    return removed(document, join(pointer, name)) + updated(document, pointer, {name: value})


def renamed(document: Document, pointer: str, name: str, other: str, value: Any) -> Fix:
    """Give a member another name; it is copied, so that what was mended in it before stays so."""
    if not document.is_root:
        return ()
    old = join(pointer, name)
    if not is_mapping(value) and not is_list(value):
        return updated(document, pointer, {other: value}) + removed(document, old)
    path = path_of(document, pointer)
    copied: dict[str, object] = {"target": json_path((*path, other)), "copy": _target(document, old)}
    empty: Any = {} if is_mapping(value) else []
    return (*updated(document, pointer, {other: empty}), copied, *removed(document, old))


def _target(document: Document, pointer: str) -> str:
    return json_path(path_of(document, pointer))
