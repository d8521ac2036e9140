"""In come references that depend on where they are met (``$dynamicRef``, ``$recursiveRef``), out comes what they mean.

Such a reference leads to the outermost schema resource, of those that evaluation has come through, that has a
``$dynamicAnchor`` of its name (JSON Schema 2020-12, 8.2.3.2). A :class:`Scope` says what each name means; a schema
that means something else in another scope is read once for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from bothends.diagnostics.model import DocumentError
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_list, is_mapping
from bothends.loading.document import Document
from bothends.loading.identifiers import DATA_KEYWORDS, NAMED_KEYWORDS, RECURSIVE
from bothends.loading.pointer import escape, parse
from bothends.loading.resolve import Resolver
from bothends.spec.cures import ANNOTATIONS

Scope: TypeAlias = Mapping[str, Cursor]
#: The scope of documents in which nothing depends on one.
NOWHERE: Final[Scope] = {}

#: How many times schemas are read in a scope that changes their meaning.
MAX_COPIES: Final = 1_000
#: Keywords beside a reference that say nothing about values.
NO_CONSTRAINTS: Final = ANNOTATIONS | frozenset(
    {"$anchor", "$defs", "$dynamicAnchor", "$id", "$recursiveAnchor", "$schema", "$vocabulary", "definitions"}
)


def above(document: Document, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Iterate over the mappings on the way from the root of a document to a place, the place included."""
    value: Any = document.data
    reached = ""
    for token in (*parse(pointer), None):
        if is_mapping(value):
            yield reached, value
        if token is None:
            return
        if is_mapping(value) and token in value:
            value = value[token]
        elif is_list(value) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return
        reached = f"{reached}/{escape(token)}"


def recursive_target(document: Document, pointer: str) -> str | None:
    """Return what ``$recursiveRef`` at a place means at first: the root of its resource.

    Where no ``$id`` begins one, that is the nearest ``$recursiveAnchor`` around the place.
    """
    found: str | None = None
    for reached, value in above(document, pointer):
        if value.get("$recursiveAnchor") is True or isinstance(value.get("$id"), str):
            found = reached
    return found


class Scopes:
    """What dynamic references mean in the documents read so far."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._looked_at = 0
        self._needed = False
        self._depends: dict[str, frozenset[str]] = {}

    @property
    def needed(self) -> bool:
        """Whether any document has a dynamic reference, or a place that one may lead to."""
        documents = self._resolver.documents()
        for document in documents[self._looked_at :]:
            self._needed = self._needed or document.mentions("$dynamic", "$recursive")
            self._depends.clear()
        self._looked_at = len(documents)
        return self._needed

    def at(self, place: Cursor, outer: Scope = NOWHERE) -> Scope:
        """Return the scope of a place that is reached in another scope, or begun at."""
        if not self.needed:
            return outer
        own = self._resolver.dynamic_anchors(place)
        return {**own, **outer} if own.keys() - outer.keys() else outer

    def differs(self, target: Cursor, scope: Scope) -> tuple[str, ...]:
        """Return what tells the meaning of a schema in a scope from the one that it has by itself; nothing if equal."""
        here, own = ({name: place.key for name, place in one.items()} for one in (scope, self.at(target)))
        if here == own:  # whatever the schema depends on, and that takes a walk through all that it leads to
            return ()
        names = sorted(self._dependences(target))
        kept = {name: here[name] for name in names if name in here}
        if kept == {name: own[name] for name in names if name in own}:
            return ()
        return (target.key, *(f"{name}={key}" for name, key in kept.items()))

    def meant(self, reference: str, target: Cursor, scope: Scope) -> Cursor:
        """Return what a dynamic reference means that leads to ``target`` at first."""
        name = _anchor(reference, target.value)
        return scope.get(name, target) if name is not None else target

    def _dependences(self, start: Cursor) -> frozenset[str]:
        """Return the names of all dynamic references that evaluation of a schema can come to."""
        known = self._depends.get(start.key)
        if known is not None:
            return known
        found: set[str] = set()
        seen = {start.key}
        waiting = [start]
        while waiting:
            place = waiting.pop()
            value = place.value
            if is_list(value):
                waiting.extend(place.elements())
            if not is_mapping(value):
                continue
            for target in self._targets(place, found):
                if target.key not in seen:
                    seen.add(target.key)
                    waiting.append(target)
            for name, member in place.items():
                if name in NAMED_KEYWORDS and is_mapping(member.value):
                    waiting.extend(schema for _, schema in member.items() if name != "$defs")
                elif name not in DATA_KEYWORDS:
                    waiting.append(member)
        self._depends[start.key] = frozenset(found)
        return self._depends[start.key]

    def _targets(self, place: Cursor, names: set[str]) -> Iterator[Cursor]:
        """Return what the references of one schema may lead to, and note the names of dynamic ones."""
        for keyword in ("$ref", "$dynamicRef"):
            reference = place.value.get(keyword)
            if not isinstance(reference, str):
                continue
            try:
                target = self._resolver.resolve(reference, place)
            except DocumentError:
                continue
            yield target
            name = _anchor(reference, target.value) if keyword == "$dynamicRef" else None
            if name is not None:
                names.add(name)
                yield from self._resolver.all_dynamic_anchors(name)
        if place.value.get("$recursiveRef") == "#":
            names.add(RECURSIVE)
            yield from self._resolver.all_dynamic_anchors(RECURSIVE)


def _anchor(reference: str, target: Any) -> str | None:
    """Return the name that a dynamic reference looks for; None where it is an ordinary one."""
    if reference == "#" and is_mapping(target) and target.get("$recursiveAnchor") is True:
        return RECURSIVE
    name = reference.partition("#")[2]
    is_dynamic = is_mapping(target) and name and target.get("$dynamicAnchor") == name
    return name if is_dynamic else None
