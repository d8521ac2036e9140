"""In comes what was understood of a document, out comes plain data that says it: for machines, and for printing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from bothends.ir.declarations import Alias, Declaration, Enumeration, Record
from bothends.ir.operations import Content, Operation, Parameter
from bothends.ir.pagination import Pagination
from bothends.ir.security import ApiKey, HttpAuth, MutualTls, OAuth2, OpenIdConnect, Scheme
from bothends.ir.types import Type
from bothends.naming.names import Names
from bothends.naming.places import operation_place, parameter_place, type_place
from bothends.naming.statuses import status_key
from bothends.pipeline import Understood
from bothends.python.annotations import Annotations
from bothends.python.imports import Imports


def explained(understood: Understood) -> dict[str, Any]:
    """Return the document in JSON data; ``key`` is what a thing is called in the configuration, ``name`` in Python."""
    api, names = understood.api, understood.names
    writer = Annotations(names, api.declared(), Imports())
    return {
        "title": api.title,
        "version": api.version,
        "servers": [server.url for server in api.servers],
        "groups": [{"key": tag, "name": group.module} for tag, group in sorted(names.groups.items())],
        "operations": [_operation(one, names, writer) for one in api.operations],
        "webhooks": [_operation(one, names, writer) for one in api.webhooks],
        "schemes": [{"key": one.key, "name": names.schemes[one.key], "is": _scheme(one)} for one in api.schemes],
        "types": [_type(one, names, writer) for one in sorted(api.declarations, key=lambda one: type_place(one.id))],
    }


def _operation(operation: Operation, names: Names, writer: Annotations) -> dict[str, Any]:
    return {
        "key": operation_place(operation.id),
        "operation_id": operation.key,
        "name": names.methods[operation.id],
        "group": names.groups[operation.group].module,
        "parameters": [_parameter(one, operation, names, writer) for one in operation.parameters],
        "body": _contents(operation.body.contents, writer) if operation.body else {},
        "responses": {status_key(one.status): _contents(one.contents, writer) for one in operation.responses},
        "security": [{key: list(scopes) for key, scopes in one.all_of} for one in operation.security],
        "pagination": _pagination(operation.pagination, writer) if operation.pagination else None,
        "deprecated": operation.deprecated,
    }


def _parameter(parameter: Parameter, operation: Operation, names: Names, writer: Annotations) -> dict[str, Any]:
    return {
        "key": parameter_place(operation.id, parameter.place, parameter.wire),
        "name": names.parameters[operation.id][parameter.place, parameter.wire],
        "type": _text(parameter.type, writer),
        "required": parameter.required,
    }


def _contents(contents: Iterable[Content], writer: Annotations) -> dict[str, str]:
    return {one.media_type: _content(one, writer) for one in contents}


def _content(content: Content, writer: Annotations) -> str:
    if content.item is not None:
        return f"stream of {_text(content.item, writer)}"
    return "bytes" if content.type is None else _text(content.type, writer)


def _pagination(pagination: Pagination, writer: Annotations) -> dict[str, Any]:
    values: dict[str, Any] = {one.name: getattr(pagination, one.name) for one in fields(Pagination)}
    for name in ("items", "next", "last", "more", "total", "current"):
        path: tuple[str, ...] | None = values[name]
        values[name] = None if path is None else "/" + "/".join(path)
    values |= {"item": _text(pagination.item, writer), "kind": pagination.kind.value}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _type(declaration: Declaration, names: Names, writer: Annotations) -> dict[str, Any]:
    found = names.types[declaration.id]
    said: dict[str, Any] = {"key": type_place(declaration.id), "name": found.name, "module": f"schemas.{found.module}"}
    match declaration:
        case Record():
            members = names.fields[declaration.id]
            inside = [
                {
                    "key": type_place(declaration.id, field.wire),
                    "name": members[field.wire],
                    "type": _text(field.type, writer),
                    "required": field.required,
                }
                for field in declaration.fields
            ]
            return {**said, "is": "record", "members": inside}
        case Enumeration():
            values = names.members[declaration.id]
            inside = [
                {"key": type_place(declaration.id, str(one.value)), "name": values[one.value], "value": one.value}
                for one in declaration.members
            ]
            return {**said, "is": "enumeration", "members": inside}
        case Alias():
            return {**said, "is": "alias", "type": _text(declaration.type, writer)}


def _scheme(scheme: Scheme) -> str:
    match scheme:
        case ApiKey(place=place, name=name):
            return f"key in {place} {name}"
        case HttpAuth(scheme=kind):
            return f"HTTP {kind}"
        case OAuth2(flows=flows):
            return f"OAuth 2.0 {', '.join(flow.kind for flow in flows)}".rstrip()
        case OpenIdConnect(url=url):
            return f"OpenID Connect {url}"
        case MutualTls():
            return "client certificate"


def _text(type_: Type, writer: Annotations) -> str:
    return writer.plain(type_).text.replace("schemas.", "")
