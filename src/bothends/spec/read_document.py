"""The entry: in comes the root of a loaded document, out comes the document in its normal form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bothends.diagnostics.model import Diagnostic, Related, Report, Severity
from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor
from bothends.loading.pointer import join
from bothends.loading.resolve import Resolver
from bothends.spec.context import Context, Repairs
from bothends.spec.dialect import Dialect, detect, schema_dialect
from bothends.spec.homes import homes
from bothends.spec.objects import Document, Operation, Server, Tag
from bothends.spec.openapi3 import OpenApi3
from bothends.spec.read_operation import METHODS, SLOT, OperationReader
from bothends.spec.read_schema import SchemaReader
from bothends.spec.read_security import read_requirements, read_schemes
from bothends.spec.read_servers import read_servers, served
from bothends.spec.swagger2 import Swagger2, host_servers


def read_document(root: Cursor, resolver: Resolver, report: Report) -> Document:
    """Read a document of OpenAPI 2.0, 3.0, 3.1 or 3.2.

    Whatever is wrong below the root is reported, and repaired or left out; ``DocumentError`` is raised where the
    root is not an OpenAPI document of a version that is known.
    """
    report = Repairs(report)
    version, dialect = detect(root, report)
    schemas = SchemaReader(_schema_dialect(root, dialect, report), resolver, report)
    context = Context(dialect, resolver, report, schemas)
    places = _component_schemas(context, root)
    schemas.components = {name: context.dialect.public_key(place.key) for name, place in places.items()}
    schemas.homes = homes(schemas.components, resolver, places)
    is_2_0 = "swagger" in root.value and "openapi" not in root.value
    schemes = read_schemes(context, root)
    default = read_requirements(context, root, schemes) or ()
    reader = OperationReader(context, Swagger2(root) if is_2_0 else OpenApi3(), schemes)
    info = _info(context, root)
    operations = _operations(reader, root)
    return Document(
        title=info.string("title", report) if info else "",
        api_version=info.string("version", report) if info else "",
        version=version,
        location=root.location,
        description=context.text(info, "description") if info else "",
        servers=_servers(context, root, is_2_0),
        tags=tuple(_tags(context, root)),
        operations=operations,
        webhooks=tuple(_webhooks(reader, root)),
        security=default,
        security_schemes=tuple(schemes.values()),
        component_schemas=schemas.components,
        schema=schemas.at,
    )


def _schema_dialect(root: Cursor, dialect: Dialect, report: Report) -> Dialect:
    """Return the dialect of schemas: ``jsonSchemaDialect`` may name another than that of the version."""
    if not dialect.type_lists or "jsonSchemaDialect" not in root.value:
        return dialect
    uri = root.string("jsonSchemaDialect", report)
    named = schema_dialect(uri) if uri else None
    if uri and named is None:
        message = f"dialect {uri!r} is not known; schemas are read as {dialect.name} has them"
        report.warning("ignored-keyword", message, root.child("jsonSchemaDialect").location)
    return named or dialect


def _component_schemas(context: Context, root: Cursor) -> dict[str, Cursor]:
    owner: Cursor | None = root
    for field in context.dialect.schemas:
        owner = context.mapping(owner, field) if owner else None
    return dict(owner.items()) if owner else {}


def _info(context: Context, root: Cursor) -> Cursor | None:
    for field in context.dialect.required_fields:
        if field not in root.value:
            fix = fixes.updated(root.document, "", {"paths": {}}) if field == "paths" else ()
            context.report.warning("missing-field", f"the document has no {field!r}", root.location, None, fix)
    return context.mapping(root, "info")


def _servers(context: Context, root: Cursor, is_2_0: bool) -> tuple[Server, ...]:
    if is_2_0:
        return host_servers(context, root)
    found = read_servers(context, root)
    if found or served(context, root, "/") == "/":
        return found
    # Without any, the server is the one that the document comes from.
    return (Server(served(context, root, "/").rstrip("/")),)


def _operations(reader: OperationReader, root: Cursor) -> tuple[Operation, ...]:
    context, report = reader.context, reader.context.report
    found: list[Operation] = []
    paths = context.mapping(root, "paths")
    names: dict[str, Cursor] = {}
    for name, place in paths.items() if paths else ():
        if name.startswith("/"):
            names.setdefault(name, place)
        elif not name.startswith("x-"):
            report.warning("invalid-document", f"path {name!r} must begin with '/'", place.location)
            names.setdefault(f"/{name}", place)
    _report_same_paths(names, report)
    for path, place in names.items():
        found.extend(reader.read_item(path, place))
    return _without_same_ids(found, root, report)


def _report_same_paths(names: dict[str, Cursor], report: Report) -> None:
    """Report paths that differ in the names of parameters only; it is harmless where they have no method in common."""
    seen: dict[str, Cursor] = {}
    for path, place in names.items():
        first = seen.setdefault(SLOT.sub("{}", path), place)
        if first is place:
            continue
        severity = Severity.WARNING if _methods(first) & _methods(place) else Severity.NOTE
        message = f"{path} is the same as another path but for the names of its parameters"
        related = (Related(first.location, "the other path"),)
        report.add(Diagnostic("duplicate-path", severity, message, place.location, related=related))


def _methods(item: Cursor) -> set[str]:
    return {name for name, _ in item.items() if name in METHODS}


def _without_same_ids(operations: list[Operation], root: Cursor, report: Report) -> tuple[Operation, ...]:
    """Take its id from every operation whose id another one has already."""
    seen: dict[str, Operation] = {}
    found: list[Operation] = []
    for operation in operations:
        first = seen.setdefault(operation.operation_id, operation) if operation.operation_id else operation
        if first is operation:
            found.append(operation)
            continue
        message = f"operationId {operation.operation_id!r} is used twice; this operation goes without one"
        related = (Related(first.location, "used first here"),)
        place = operation.location
        is_own = place.uri == root.document.uri and place != first.location
        fix = fixes.removed(root.document, join(place.pointer, "operationId")) if is_own else ()
        report.add(Diagnostic("duplicate-operation-id", Severity.WARNING, message, place, None, related, fix))
        found.append(replace(operation, operation_id=""))
    return tuple(found)


def _webhooks(reader: OperationReader, root: Cursor) -> Iterator[Operation]:
    field = "webhooks" if reader.context.dialect.type_lists else "x-webhooks"
    webhooks = reader.context.mapping(root, field)
    for name, place in webhooks.items() if webhooks else ():
        yield from reader.read_item(f"webhook:{name}", place)


def _tags(context: Context, root: Cursor) -> Iterator[Tag]:
    report = context.report
    tags = context.array(root, "tags")
    seen: set[str] = set()
    for place in map(context.enter, tags.elements() if tags else ()):
        if isinstance(place.value, str):
            report.warning("wrong-type", "a tag must be a mapping with a 'name'", place.location)
            tag = Tag(place.value)
        elif context.expect_mapping(place):
            description = context.text(place, "description") or place.string("summary", report)
            tag = Tag(
                place.string("name", report),
                description,
                place.string("parent", report),
                place.string("summary", report),
                place.string("kind", report),
            )
        else:
            continue
        if tag.name and tag.name not in seen:
            seen.add(tag.name)
            yield tag
