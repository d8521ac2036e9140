"""What a page looks like: in comes the body of a response, out come the places of what paging needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bothends.ir.declarations import Alias, Declaration, Field, Record
from bothends.ir.operations import Codec, Content, Exact, Operation, Parameter, Place, Response, StatusRange
from bothends.ir.pagination import Path
from bothends.ir.types import (
    INTEGERS,
    ListOf,
    Named,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    Type,
    TypeId,
)

_DEEPEST = 12
_TEXTS = frozenset({ScalarKind.STRING, ScalarKind.UUID, ScalarKind.BYTES})


@dataclass(frozen=True, slots=True)
class Shapes:
    """Answers questions about types, references followed."""

    declarations: Mapping[TypeId, Declaration]

    def bare(self, type_: Type) -> Type:
        """Return a type without its references, its checks and its null."""
        for _ in range(_DEEPEST):
            match type_:
                case Refined(inner=inner) | Nullable(inner=inner):
                    type_ = inner
                case Named(id=id):
                    declaration = self.declarations.get(id)
                    if not isinstance(declaration, Alias):
                        return type_
                    type_ = declaration.type
                case _:
                    return type_
        return type_

    def record(self, type_: Type) -> Record | None:
        """Return the record that a type is."""
        bare = self.bare(type_)
        found = self.declarations.get(bare.id) if isinstance(bare, Named) else None
        return found if isinstance(found, Record) else None

    def fields(self, type_: Type) -> tuple[Field, ...]:
        """Return the properties of a type; none where it is not a record."""
        record = self.record(type_)
        return record.fields if record is not None else ()

    def field(self, type_: Type, wire: str) -> Field | None:
        """Return a property of a type."""
        return next((field for field in self.fields(type_) if field.wire == wire), None)

    def at(self, type_: Type, path: Path) -> Type | None:
        """Return the type at the end of a path; None where it leads nowhere."""
        for wire in path:
            field = self.field(type_, wire)
            if field is None:
                return None
            type_ = field.type
        return type_

    def item(self, type_: Type) -> Type | None:
        """Return what the items of an array are."""
        bare = self.bare(type_)
        return bare.item if isinstance(bare, ListOf) else None

    def kind(self, type_: Type) -> ScalarKind | None:
        """Return the kind of a scalar."""
        bare = self.bare(type_)
        return bare.kind if isinstance(bare, Scalar) else None

    def is_text(self, type_: Type) -> bool:
        """Tell whether a type is that of a cursor in letters."""
        return self.kind(type_) in _TEXTS

    def is_integer(self, type_: Type) -> bool:
        """Tell whether a type is that of whole numbers."""
        return self.kind(type_) in INTEGERS

    def is_boolean(self, type_: Type) -> bool:
        """Tell whether a type is that of truth values."""
        return self.kind(type_) is ScalarKind.BOOLEAN

    def is_address(self, type_: Type) -> bool:
        """Tell whether a type is that of addresses."""
        return self.kind(type_) is ScalarKind.URI


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer of an operation that may be a page."""

    response: Response
    body: Type


def page_answer(operation: Operation) -> Answer | None:
    """Return the one success of an operation, if it is JSON and nothing else is."""
    succeeded = [one for one in operation.responses if _succeeds(one)]
    if len(succeeded) != 1:
        return None
    readable = [content for content in succeeded[0].contents if content.codec not in (Codec.XML, Codec.YAML)]
    if len(readable) != 1 or not _is_json(readable[0]):
        return None
    type_ = readable[0].type
    return Answer(succeeded[0], type_) if type_ is not None else None


def query_parameters(operation: Operation) -> Iterator[Parameter]:
    """Yield the parameters that stand in the query."""
    return (one for one in operation.parameters if one.place is Place.QUERY)


def plain(name: str) -> str:
    """Return a name as it is compared: ``next_cursor``, ``nextCursor`` and ``next-cursor`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _succeeds(response: Response) -> bool:
    match response.status:
        case Exact(code=status):
            return 200 <= status < 300
        case StatusRange(hundreds=hundreds):
            return hundreds == 2
        case _:
            return False


def _is_json(content: Content) -> bool:
    return content.codec is Codec.JSON
