"""A document in, the names that it and its schemas give themselves out, such as ``$self``, ``$id`` and ``$anchor``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

from bothends.loading import pointer as pointers
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document

#: Keywords whose values are data, not schemas: an ``$id`` in them names nothing.
DATA_KEYWORDS: Final = frozenset(
    {"const", "default", "enum", "example", "examples", "value", "x-example", "x-examples"}
)
#: The name that ``$recursiveAnchor`` goes by among the names of ``$dynamicAnchor``, none of which is empty.
RECURSIVE: Final = ""
#: Keywords whose value maps free names to schemas.
NAMED_KEYWORDS: Final = frozenset(
    {"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties", "schemas"}
)


@dataclass(slots=True)
class Identifiers:
    """What a document names.

    ``bases`` maps pointers to the absolute base URI that holds from there on; ``resources`` is the reverse of it.
    ``anchors`` maps a base URI and a name to a pointer, ``dynamic`` a base URI to those that are dynamic.
    """

    bases: dict[str, str] = field(default_factory=dict[str, str])
    resources: dict[str, str] = field(default_factory=dict[str, str])
    anchors: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    dynamic: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def base(self, pointer: str) -> str:
        """Return the base URI that holds at a place."""
        if len(self.bases) == 1:  # that of the document
            return self.bases[""]
        while pointer and pointer not in self.bases:
            pointer = pointers.parent(pointer)
        return self.bases[pointer]


def identify(document: Document, retrieved: str) -> Identifiers:
    """Collect the names in a document that was read from the URI ``retrieved``."""
    found = Identifiers()
    base = retrieved
    data = document.data
    own_name = data.get("$self") if is_mapping(data) and "openapi" in data else None
    if isinstance(own_name, str):
        base = urldefrag(_join(retrieved, own_name)).url
    found.bases[""] = base
    found.resources[retrieved] = ""
    found.resources[base] = ""
    if document.mentions("$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"):
        _collect(data, base, found)
    return found


def _collect(data: Any, base: str, found: Identifiers) -> None:
    # Entries: value, pointer, base URI, and whether the value is a mapping of free names.
    todo: list[tuple[Any, str, str, bool]] = [(data, "", base, False)]
    while todo:
        value, pointer, base, is_named = todo.pop()
        if is_list(value):
            todo.extend((element, f"{pointer}/{index}", base, False) for index, element in enumerate(value))
        elif is_mapping(value):
            if not is_named:
                base = _note(value, pointer, base, found)
            for name, member in value.items():
                if is_named or not (name in DATA_KEYWORDS or name.startswith("x-")):
                    todo.append((member, pointers.join(pointer, name), base, not is_named and name in NAMED_KEYWORDS))


def _note(value: dict[str, Any], pointer: str, base: str, found: Identifiers) -> str:
    identifier = value.get("$id")
    if isinstance(identifier, str):
        base, fragment = urldefrag(_join(base, identifier))
        if fragment:
            found.anchors.setdefault((base, fragment), pointer)
        else:
            found.bases[pointer] = base
            found.resources.setdefault(base, pointer)
    for keyword in ("$anchor", "$dynamicAnchor"):
        anchor = value.get(keyword)
        if isinstance(anchor, str):
            found.anchors.setdefault((base, anchor), pointer)
            if keyword == "$dynamicAnchor":
                found.dynamic.setdefault(base, {}).setdefault(anchor, pointer)
    if value.get("$recursiveAnchor") is True:
        found.dynamic.setdefault(base, {}).setdefault(RECURSIVE, pointer)
    return base


def join(base: str, reference: str) -> str:
    """Resolve a reference against a base URI (RFC 3986, 5); ``ValueError`` where it is none."""
    # The standard library knows relative references of few schemes only, and ``urn`` is not one of them.
    if reference.startswith("#") or not reference:
        return urldefrag(base).url + reference
    return urljoin(base, reference)


def _join(base: str, reference: str) -> str:
    try:
        return join(base, reference)
    except ValueError:
        return base
