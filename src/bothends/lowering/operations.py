"""Operations, groups and servers of the normal form to those of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bothends.diagnostics.model import DocumentError
from bothends.ir.api import Group
from bothends.ir.declarations import Doc
from bothends.ir.operations import Body, Operation, OperationId, PathTemplate, Server, Slot, Variable
from bothends.ir.types import TypeId
from bothends.lowering.contents import lower_contents
from bothends.lowering.context import Context
from bothends.lowering.parameters import lower_parameter
from bothends.lowering.places import shared_place
from bothends.lowering.responses import lower_response
from bothends.lowering.security import lower_security
from bothends.spec import extensions, objects

DEFAULT_GROUP = "default"
_SLOT = re.compile(r"\{([^{}]+)\}")


def lower_operations(
    operations: Iterable[objects.Operation], context: Context, servers: Sequence[objects.Server] = ()
) -> tuple[Operation, ...]:
    """Lower operations, sorted by path and method. One that cannot be lowered is reported and left out.

    ``servers`` are those of the document: an operation that names the same has none of its own.
    """
    found: dict[OperationId, Operation] = {}
    for operation in sorted(operations, key=lambda operation: (operation.path, operation.method)):
        key = OperationId(operation.method.upper(), operation.path)
        if key in found:
            _drop(operation, "another operation has the same method and path", context)
            continue
        try:
            own = operation.servers if tuple(operation.servers) != tuple(servers) else ()
            found[key] = _operation(replace(operation, servers=own), key, context)
        except DocumentError as error:
            context.add_error(error)
            _drop(operation, "see what else is reported about it", context)
    return tuple(found.values())


def lower_groups(document: objects.Document, operations: Sequence[Operation]) -> tuple[Group, ...]:
    """Return the groups that operations belong to, with the prose of their tags, sorted by tag."""
    prose = {tag.name: tag.description for tag in document.tags}
    used = {operation.group for operation in operations}
    return tuple(Group(tag, Doc(description=prose.get(tag, ""))) for tag in sorted(used))


def lower_servers(servers: Sequence[objects.Server]) -> tuple[Server, ...]:
    """Lower servers, in document order: the first is the default."""
    return tuple(
        Server(
            url=server.url,
            variables=tuple(
                Variable(variable.name, variable.default, variable.values, Doc(description=variable.description))
                for variable in server.variables
            ),
            name=server.name,
            doc=Doc(description=server.description),
        )
        for server in servers
    )


def _operation(operation: objects.Operation, id: OperationId, context: Context) -> Operation:
    return Operation(
        id=id,
        key=operation.operation_id,
        group=extensions.offered_group(operation.extensions) or (operation.tags or (DEFAULT_GROUP,))[0],
        path=path_template(operation.path),
        parameters=tuple(lower_parameter(parameter, id, context) for parameter in operation.parameters),
        body=_body(operation.body, id, context),
        responses=tuple(lower_response(response, id, context) for response in operation.responses),
        security=lower_security(operation, context),
        origin=operation.location,
        servers=lower_servers(operation.servers),
        doc=Doc(operation.summary, operation.description),
        deprecated=operation.deprecated or extensions.is_deprecated(operation.extensions),
        hint=_hint(operation),
    )


def _hint(operation: objects.Operation) -> str:
    """Return the name that the document offers. Such names are told apart by their groups, methods are not."""
    name, group = extensions.offered_name(operation.extensions), extensions.offered_group(operation.extensions)
    return f"{name} {group}" if name and group else name


def path_template(path: str) -> PathTemplate:
    """Split a path into text and slots. What callbacks and webhooks are called under has none."""
    if not path.startswith("/"):
        return PathTemplate((path,))
    parts: list[str | Slot] = []
    for number, part in enumerate(_SLOT.split(path)):
        if number % 2:
            parts.append(Slot(part))
        elif part:
            parts.append(part)
    return PathTemplate(tuple(parts))


def _body(body: objects.RequestBody | None, id: OperationId, context: Context) -> Body | None:
    if body is None or not body.contents:
        return None
    place = shared_place(body.contents[0].schema, TypeId(id.anchor, ("body",)))
    return Body(
        body.required, lower_contents(body.contents, place, context), body.location, Doc(description=body.description)
    )


def _drop(operation: objects.Operation, reason: str, context: Context) -> None:
    context.report.warning(
        "dropped-operation", f"{operation.method} {operation.path} was left out: {reason}", operation.location
    )
