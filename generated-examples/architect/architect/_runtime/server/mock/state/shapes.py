"""What the operations of a document do to resources, told from their paths.

Comes in: all operations. Goes out: for each, what it does to which collection.
``/boats`` is a collection where boats can be posted, or put below it; ``/boats/{id}``
is a resource of it. What can be read and changed and is in no collection, such as
``/settings``, is a resource on its own. Whatever has another shape only needs the
resources that its path goes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import quote, unquote

from ....operation import Operation, Parameter
from ...routing import SLOT

Act: TypeAlias = Literal["create", "list", "read", "replace", "merge", "remove", "none"]

_ON_ITEM: Mapping[str, Act] = {
    "GET": "read",
    "PUT": "replace",
    "PATCH": "merge",
    "DELETE": "remove",
}
_ON_COLLECTION: Mapping[str, Act] = {"GET": "list", "POST": "create"}


@dataclass(frozen=True, slots=True)
class Step:
    """A resource in a path: the template of its collection, and the slot of its id."""

    collection: str
    slot: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What an operation does.

    ``steps`` are the resources that its path goes through, outermost first; the last
    is the one it acts on, unless it acts on a ``collection``. ``id`` is the parameter
    that names a resource of the collection, where there is one. ``single``: it acts on
    the one resource at its path, which is in no collection.
    """

    act: Act
    collection: str
    steps: tuple[Step, ...]
    id: Parameter | None = None
    single: bool = False


def shapes_of(operations: Iterable[Operation[Any]]) -> Mapping[str, Shape]:
    """Return the shape of each operation by its key."""
    known = list(operations)
    collections = _collections(known)
    singles = _singles(known, collections)
    return {one.key: _shape(one, collections, singles) for one in known}


def concrete(template: str, slots: Mapping[str, str]) -> str:
    """Return the path of a collection, the text of each slot spelt one way."""
    return SLOT.sub(lambda slot: spelt(slots[slot.group(1)]), template)


def spelt(raw: str) -> str:
    """Return a percent-encoded text in the one spelling of it that is compared."""
    return quote(unquote(raw), safe="")


def plain_template(path: str) -> str:
    """Return a template without the names of its slots, which may differ."""
    return SLOT.sub("{}", path)


def _collections(operations: list[Operation[Any]]) -> Mapping[str, Parameter | None]:
    """Return the templates where resources can be made, and what names one of them."""
    methods: dict[str, set[str]] = {}
    ids: dict[str, Parameter | None] = {}
    for operation in operations:
        methods.setdefault(plain_template(operation.path), set()).add(operation.method)
        parent, slot = _split(operation.path)
        if slot:
            named = (one for one in operation.parameters if one.wire == slot)
            ids.setdefault(plain_template(parent), next(named, None))
    found: dict[str, Parameter | None] = {}
    for path, own in methods.items():
        # What ends in an id and is posted to is one resource, made at its own place.
        if "POST" in own and (path in ids or ("GET" in own and path[-2:] != "{}")):
            found[path] = ids.get(path)
    for path, parameter in ids.items():
        if "PUT" in methods.get(f"{path}/{{}}", ()):
            found.setdefault(path, parameter)
    return found


def _singles(
    operations: list[Operation[Any]], collections: Mapping[str, Parameter | None]
) -> frozenset[str]:
    """Return the templates where one resource is that can be read and changed."""
    methods: dict[str, set[str]] = {}
    for operation in operations:
        parent, slot = _split(operation.path)
        plain = plain_template(operation.path)
        if plain not in collections and not (
            slot and plain_template(parent) in collections
        ):
            methods.setdefault(plain, set()).add(operation.method)
    return frozenset(
        path
        for path, own in methods.items()
        if "GET" in own and own & {"PUT", "PATCH", "DELETE"}
    )


def _shape(
    operation: Operation[Any],
    collections: Mapping[str, Parameter | None],
    singles: frozenset[str],
) -> Shape:
    path = operation.path
    steps = tuple(_steps(path, collections))
    parent, slot = _split(path)
    if slot and steps and steps[-1] == Step(parent, slot):
        act = _ON_ITEM.get(operation.method, "none")
        return Shape(act, parent, steps, collections[plain_template(parent)])
    if plain_template(path) in collections:
        act = _ON_COLLECTION.get(operation.method, "none")
        return Shape(act, path, steps, collections[plain_template(path)])
    if plain_template(path) in singles:
        act = _ON_ITEM.get(operation.method, "none")
        makes = any(one.status == 201 for one in operation.returns)
        if slot and operation.method == "POST" and makes:
            act = "replace"
        return Shape(act, path, steps, single=True)
    return Shape("none", path, steps)


def _steps(path: str, collections: Mapping[str, Parameter | None]) -> Iterator[Step]:
    segments = path.split("/")
    for at in range(2, len(segments) + 1):
        parent, slot = _split("/".join(segments[:at]))
        if slot and plain_template(parent) in collections:
            yield Step(parent, slot)


def _split(path: str) -> tuple[str, str]:
    """Return the path of the collection and the slot of the id, empty without one."""
    parent, _, last = path.rpartition("/")
    match = SLOT.fullmatch(last)
    return (parent, match.group(1)) if match else (path, "")
