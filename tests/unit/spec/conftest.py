"""Reading of documents that are written as Python data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, Report
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver
from bothends.spec.objects import Document, Operation
from bothends.spec.read_document import read_document
from bothends.spec.schema import Schema, SchemaObject


@dataclass(frozen=True)
class Read:
    """A document that was read, and what was said about it."""

    document: Document
    report: Report

    @property
    def said(self) -> list[str]:
        """What was said, as ``severity code pointer``."""
        return [f"{found.severity} {found.code} {_pointer(found)}" for found in self.report]

    @property
    def operation(self) -> Operation:
        """The only operation."""
        (operation,) = self.document.operations
        return operation

    def component(self, name: str) -> Schema:
        """A component schema."""
        return self.document.schema(self.document.component_schemas[name])

    def keywords(self, name: str = "X") -> dict[str, Any]:
        """The keywords of a component schema, subschemas as plain data."""
        return _plain(self.component(name))


Reader = Callable[..., Read]


@pytest.fixture
def read() -> Reader:
    """Read a document given as data."""

    def read_data(data: Any) -> Read:
        report = Report()
        resolver = Resolver(FetchPolicy(), Limits(), report)
        root = resolver.open_text(json.dumps(data), "openapi.json")
        return Read(read_document(root, resolver, report), report)

    return read_data


@pytest.fixture
def read_schema(read: Reader) -> Reader:
    """Read a schema that is the component ``X`` of a document, beside the components ``A`` and ``B``."""

    def read_data(schema: Any, version: str = "3.1.0", **components: Any) -> Read:
        schemas = {"X": schema, "A": {"type": "object"}, "B": {"type": "string"}, **components}
        info = {"title": "t", "version": "1"}
        if version == "2.0":
            found = read({"swagger": version, "info": info, "paths": {}, "definitions": schemas})
        else:
            found = read({"openapi": version, "info": info, "paths": {}, "components": {"schemas": schemas}})
        for name in schemas:
            found.component(name)
        return found

    return read_data


@pytest.fixture
def read_operation(read: Reader) -> Reader:
    """Read a document with one operation: ``GET /a/{id}``, or what ``method`` and ``path`` say."""

    def read_data(
        operation: Any, version: str = "3.1.0", *, method: str = "get", path: str = "/a", **others: Any
    ) -> Read:
        field = "swagger" if version == "2.0" else "openapi"
        item = {method: operation, **others.pop("item", {})}
        info = {"title": "t", "version": "1"}
        return read({field: version, "info": info, "paths": {path: item}, **others})

    return read_data


def _plain(value: Any) -> Any:
    if isinstance(value, SchemaObject):
        return {name: _plain(content) for name, content in value.keywords.items()}
    if isinstance(value, dict):
        return {name: _plain(content) for name, content in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(_plain(part) for part in value)
    return getattr(value, "accepts", getattr(value, "key", value))


def _pointer(diagnostic: Diagnostic) -> str:
    return diagnostic.location.pointer if diagnostic.location else ""
