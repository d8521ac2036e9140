"""How an operation's pages follow each other, as its descriptor says it."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.operations import Operation, Place
from bothends.ir.pagination import PageKind, Pagination, Path
from bothends.ir.shapes import Shapes, page_answer
from bothends.ir.types import Type
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code, join, literal

_CLASSES = {
    PageKind.CURSOR: "CursorPages",
    PageKind.PAGE: "NumberedPages",
    PageKind.OFFSET: "OffsetPages",
    PageKind.LINK: "LinkedPages",
}


def paged(operation: Operation, annotations: Annotations) -> tuple[Code, Code] | None:
    """Return the type of the items of an operation's pages, and that of its answer; None: it has no pages."""
    answer = page_answer(operation)
    if operation.pagination is None or answer is None:
        return None
    return annotations.plain(_item(operation.pagination, answer.body, annotations)), annotations.plain(answer.body)


def pages_code(operation: Operation, names: Names, annotations: Annotations) -> Code | None:
    """Return the expression that describes the pages of an operation."""
    answer = page_answer(operation)
    if operation.pagination is None or answer is None:
        return None
    kind = annotations.from_runtime("pagination", _CLASSES[operation.pagination.kind])
    writer = _Paths(operation.pagination, answer.body, operation, names, Shapes(annotations.declarations))
    return code("{}({})", kind, join(", ", writer.arguments()))


def _item(pages: Pagination, body: Type, annotations: Annotations) -> Type:
    shapes = Shapes(annotations.declarations)
    at = shapes.at(body, pages.items)
    # The item of the body as it is now: what travels in one direction only is settled later than pages are.
    return (shapes.item(at) if at is not None else None) or pages.item


class _Paths:
    def __init__(self, pages: Pagination, body: Type, operation: Operation, names: Names, shapes: Shapes) -> None:
        self._pages = pages
        self._body = body
        self._operation = operation
        self._names = names
        self._shapes = shapes

    def arguments(self) -> Iterator[Code]:
        pages = self._pages
        if pages.kind is not PageKind.LINK:
            called = self._names.parameters[self._operation.id]
            yield code("parameter={}", literal(called[Place.QUERY, pages.parameter]))
        if pages.kind is PageKind.PAGE and pages.first != 1:
            yield code("first={}", literal(pages.first))
        if pages.next is not None:
            yield code("next={}", self._path(pages.next, self._body))
        if pages.last is not None:
            yield code("last={}", self._path(pages.last, pages.item))
        if pages.items:
            yield code("items={}", self._path(pages.items, self._body))
        if pages.more is not None:
            yield code("more={}", self._path(pages.more, self._body))
        if pages.total is not None:
            yield code("total={}", self._path(pages.total, self._body))
        if pages.current is not None:
            yield code("current={}", self._path(pages.current, self._body))

    def _path(self, path: Path, type_: Type) -> Code:
        """Return the attributes that a path of wire names leads through."""
        attributes: list[str] = []
        for wire in path:
            record = self._shapes.record(type_)
            field = self._shapes.field(type_, wire)
            if record is None or field is None:
                raise ValueError(f"no property {wire!r} on the way to {path}")
            attributes.append(self._names.fields[record.id][wire])
            type_ = field.type
        return literal(".".join(attributes))
