"""In come declarations, out come the same without the defaults that do not fit their types."""

from __future__ import annotations

from dataclasses import replace

from bothends.diagnostics.model import Report
from bothends.ir.declarations import Declaration, Field, Record
from bothends.ir.fits import Declarations, fits
from bothends.lowering.docs import report_default


def settle_defaults(declarations: tuple[Declaration, ...], report: Report) -> tuple[Declaration, ...]:
    """Leave out defaults that no member of a union takes: the tag, which JSON Schema does not know, may refuse them."""
    known = {declaration.id: declaration for declaration in declarations}
    return tuple(_settled(declaration, known, report) for declaration in declarations)


def _settled(declaration: Declaration, declarations: Declarations, report: Report) -> Declaration:
    if not isinstance(declaration, Record) or all(field.default is None for field in declaration.fields):
        return declaration
    return replace(declaration, fields=tuple(_checked(field, declarations, report) for field in declaration.fields))


def _checked(field: Field, declarations: Declarations, report: Report) -> Field:
    if field.default is None or fits(field.default.value, field.type, declarations):
        return field
    if field.default.value is None and not field.required:
        return field
    report_default(field.default.value, field.origin, report)
    return replace(field, default=None)
