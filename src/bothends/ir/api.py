"""The root of the intermediate model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bothends.ir.declarations import NO_DOC, Declaration, Doc, NamedCheck
from bothends.ir.operations import Operation, OperationId, Server
from bothends.ir.security import Scheme
from bothends.ir.types import TypeId


@dataclass(frozen=True, slots=True)
class Group:
    """A group of operations: the tag as written, with its prose."""

    tag: str
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Api:
    """Everything the targets know of a document.

    ``declarations`` are sorted by id, ``operations`` by path and method, ``groups`` by tag: their order in the
    document has no meaning and must not show in the output.

    ``sent`` and ``unpaged`` say what the model takes for granted and a later one has to as well, so that a document
    that grows gives nothing another shape: declarations that are what requests hold, and differ from what responses
    would hold; operations of which nothing tells that they have pages.
    """

    title: str
    version: str
    doc: Doc
    servers: tuple[Server, ...]
    schemes: tuple[Scheme, ...]
    groups: tuple[Group, ...]
    declarations: tuple[Declaration, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Operation, ...] = ()
    checks: tuple[NamedCheck, ...] = ()
    sent: frozenset[TypeId] = frozenset()
    unpaged: frozenset[OperationId] = frozenset()

    def declared(self) -> Mapping[TypeId, Declaration]:
        """Return the declarations by their identity."""
        return {declaration.id: declaration for declaration in self.declarations}
