"""Operations in, the same with what is known of their pages out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bothends.config.pagination import PaginationConfig
from bothends.diagnostics.model import Diagnostic, DocumentError, Report, Severity
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation, OperationId
from bothends.ir.pagination import PageKind, Pagination, Path
from bothends.ir.shapes import Shapes
from bothends.ir.types import TypeId
from bothends.lowering.pagination.inferred import infer
from bothends.lowering.pagination.stated import UnfitError, configured, extended, linked
from bothends.spec import objects


def settle_pagination(
    operations: tuple[Operation, ...],
    sources: Iterable[objects.Operation],
    declarations: Mapping[TypeId, Declaration],
    config: PaginationConfig,
    report: Report,
) -> tuple[Operation, ...]:
    """Return the operations with their pagination, each found one in a note of the report.

    Raises DocumentError where the configuration does not fit the document.
    """
    shapes = Shapes(declarations)
    found = {OperationId(one.method.upper(), one.path): one for one in sources}
    known = {name for one in operations for name in _names(one)}
    problems = [
        _problem(f"pagination: there is no operation {name!r}") for name in config.operations if name not in known
    ]
    settled: list[Operation] = []
    for operation in operations:
        try:
            pages = _pagination(operation, found[operation.id], shapes, config, report)
        except UnfitError as error:
            problems.append(_problem(f"pagination of {operation.key or operation.id.path}: {error}"))
            pages = None
        settled.append(replace(operation, pagination=pages) if pages is not None else operation)
    if problems:
        raise DocumentError(*problems)
    return tuple(settled)


def _pagination(
    operation: Operation, source: objects.Operation, shapes: Shapes, config: PaginationConfig, report: Report
) -> Pagination | None:
    for name in _names(operation):
        if name in config.operations:
            stated = config.operations[name]
            return configured(operation, stated, shapes) if stated is not None else None
    if not config.infer:
        return None
    try:
        pages = linked(operation, source, shapes) or extended(operation, source, shapes)
    except UnfitError as error:
        message = f"the extension about pages does not fit the operation: {error}"
        report.warning("ignored-keyword", message, operation.origin)
        pages = None
    pages = pages or infer(operation, shapes)
    if pages is not None:
        hint = "the key pagination of the configuration says otherwise"
        report.note("inferred-pagination", f"pages are told by {_described(pages)}", operation.origin, hint)
    return pages


def _names(operation: Operation) -> tuple[str, ...]:
    place = f"{operation.id.method} {operation.id.path}"
    return (operation.key, place) if operation.key else (place,)


def _described(pages: Pagination) -> str:
    items = _pointer(pages.items) if pages.items else "the body"
    match pages.kind:
        case PageKind.LINK:
            way = f"the address in {_pointer(pages.next)}" if pages.next else "the header Link"
        case PageKind.CURSOR:
            source = _pointer(pages.next) if pages.next else f"{_pointer(pages.last or ())} of the last item"
            way = f"the cursor {pages.parameter}, from {source}"
        case PageKind.PAGE:
            way = f"the number {pages.parameter}"
        case PageKind.OFFSET:
            way = f"the offset {pages.parameter}"
    return f"{way}; items are in {items}"


def _pointer(path: Path) -> str:
    return ".".join(path)


def _problem(message: str) -> Diagnostic:
    return Diagnostic("invalid-configuration", Severity.ERROR, message)
