"""Prose, defaults and access of a schema."""

from __future__ import annotations

import json
from typing import Final

from bothends.diagnostics.model import Location, Report
from bothends.ir.declarations import NO_DOC, Access, DefaultValue, Doc
from bothends.lowering.context import Context
from bothends.lowering.evaluate import verdict
from bothends.spec.schema import Schema, SchemaObject

_PROSE: Final = frozenset({"title", "description", "examples"})


def doc_of(schema: Schema) -> Doc:
    """Return what a person wrote about a schema."""
    if not isinstance(schema, SchemaObject) or _PROSE.isdisjoint(schema.keywords):
        return NO_DOC
    return Doc(schema.get("title", ""), schema.get("description", ""), tuple(schema.get("examples", ())))


def default_of(schema: Schema, flat: Schema, context: Context) -> DefaultValue | None:
    """Return the default that a schema declares, in its own words or in those of what it refers to."""
    owner = schema if isinstance(schema, SchemaObject) and "default" in schema else flat
    if not isinstance(owner, SchemaObject) or "default" not in owner:
        return None
    value = owner.get("default")
    if verdict(value, schema, context) is False:
        report_default(value, owner.location, context.report)
        return None
    return DefaultValue(value)


def report_default(value: object, location: Location, report: Report) -> None:
    """Report a default that was left out."""
    message = f"the default {_short(value)} does not satisfy its schema; it was left out"
    report.warning("invalid-default", message, location)


def access_of(flat: Schema) -> Access:
    """Return the directions in which a property travels."""
    if not isinstance(flat, SchemaObject):
        return Access.READ_WRITE
    read_only, write_only = flat.get("readOnly", False), flat.get("writeOnly", False)
    if read_only == write_only:
        return Access.READ_WRITE
    return Access.READ_ONLY if read_only else Access.WRITE_ONLY


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
