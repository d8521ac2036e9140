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
from bothends.naming.lock import NO_LOCK, NameLock
from bothends.naming.places import operation_place
from bothends.spec import objects


def settle_pagination(
    operations: tuple[Operation, ...],
    sources: Iterable[objects.Operation],
    declarations: Mapping[TypeId, Declaration],
    config: PaginationConfig,
    report: Report,
    lock: NameLock = NO_LOCK,
) -> tuple[tuple[Operation, ...], frozenset[OperationId]]:
    """Return the operations with their pagination, each found one in a note of the report, and those without.

    Where nothing told pages in the last run, as ``lock`` has it, the method keeps its shape; nothing but the
    configuration, which does not count among those without, gives it another.
    Raises DocumentError where the configuration does not fit the document.
    """
    shapes = Shapes(declarations)
    found = {OperationId(one.method.upper(), one.path): one for one in sources}
    known = {name for one in operations for name in _names(one)}
    problems = [
        _problem(f"pagination: there is no operation {name!r}") for name in config.operations if name not in known
    ]
    settled: list[Operation] = []
    unpaged: set[OperationId] = set()
    for operation in operations:
        try:
            pages = _configured(operation, shapes, config)
            if config.infer and not any(name in config.operations for name in _names(operation)):
                pages = _told(operation, found[operation.id], shapes, report, lock)
                if pages is None and operation.id.method == "GET":
                    unpaged.add(operation.id)
        except UnfitError as error:
            problems.append(_problem(f"pagination of {operation.key or operation.id.path}: {error}"))
            pages = None
        settled.append(replace(operation, pagination=pages) if pages is not None else operation)
    if problems:
        raise DocumentError(*problems)
    return tuple(settled), frozenset(unpaged)


def _configured(operation: Operation, shapes: Shapes, config: PaginationConfig) -> Pagination | None:
    for name in _names(operation):
        if name in config.operations:
            stated = config.operations[name]
            return configured(operation, stated, shapes) if stated is not None else None
    return None


def _told(
    operation: Operation, source: objects.Operation, shapes: Shapes, report: Report, lock: NameLock
) -> Pagination | None:
    """Return the pages that the document tells, unless the method had none when it did not."""
    try:
        pages = linked(operation, source, shapes) or extended(operation, source, shapes)
    except UnfitError as error:
        message = f"the extension about pages does not fit the operation: {error}"
        report.warning("ignored-keyword", message, operation.origin)
        pages = None
    pages = pages or infer(operation, shapes)
    if pages is None:
        return None
    message = f"pages are told by {_described(pages)}"
    if operation_place(operation.id) in lock.unpaged:
        hint = "the key pagination of the configuration, or `bothends generate --relock`, gives it pages"
        message = f"{message}; the method returns the answer alone, as it did before they were"
        report.note("inferred-pagination", message, operation.origin, hint)
        return None
    hint = "the key pagination of the configuration says otherwise"
    report.note("inferred-pagination", message, operation.origin, hint)
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
