"""An operation to the arguments of its descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bothends.ir.operations import Body, Content, Operation, Parameter, Place, Response, Server, Slot, StyleName
from bothends.naming.names import Names
from bothends.naming.statuses import status_key
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal, tuple_of
from bothends.targets.operations.errors import ErrorClasses
from bothends.targets.operations.media import descriptor, media_code, media_tuple, style_arguments
from bothends.targets.operations.outcomes import failures, item_types, successes, value_types
from bothends.targets.operations.pages import paged, pages_code
from bothends.targets.operations.views import OperationView

_CONSTRUCTORS = {
    Place.PATH: ("PathParameter", StyleName.SIMPLE, False),
    Place.QUERY: ("QueryParameter", StyleName.FORM, True),
    Place.HEADER: ("HeaderParameter", StyleName.SIMPLE, False),
    Place.COOKIE: ("CookieParameter", StyleName.FORM, True),
}


def operation_view(operation: Operation, names: Names, annotations: Annotations, errors: ErrorClasses) -> OperationView:
    """Return the function that describes an operation."""
    return OperationView(
        name=identifier(names.methods[operation.id]),
        result=result_code(operation, annotations),
        arguments=tuple(_arguments(operation, names, annotations, errors)),
    )


def result_code(operation: Operation, annotations: Annotations) -> Code:
    """Return what an operation is an operation of."""
    if (page := paged(operation, annotations)) is not None:
        marker = annotations.from_runtime("pagination", "Paged")
        return code("{}[{}]", marker, join(", ", page))
    found = list(value_types(operation, annotations))
    if items := item_types(operation, annotations):
        found.append(code("{}[{}]", descriptor("Items", annotations), union(items)))
    return union(found)


def _arguments(operation: Operation, names: Names, annotations: Annotations, errors: ErrorClasses) -> Iterator[Code]:
    yield code("key={}", literal(operation.label))
    yield code("method={}", literal(operation.id.method))
    yield code("path={}", literal(_path(operation)))
    if operation.parameters:
        called = names.parameters[operation.id]
        parameters = [_parameter(one, called[one.place, one.wire], annotations) for one in operation.parameters]
        yield code("parameters={}", tuple_of(parameters))
    if operation.body is not None:
        yield code("body={}", _body(operation.body, annotations))
    if returned := [_returns(response, annotations) for response in successes(operation)]:
        yield code("returns={}", tuple_of(returned))
    if raised := [_raises(operation, response, annotations, errors) for response in failures(operation)]:
        yield code("raises={}", tuple_of(raised))
    if operation.security:
        alternatives = [literal(dict(requirement.all_of)) for requirement in operation.security]
        yield code("security={}", tuple_of(alternatives))
    if operation.servers:
        yield code("servers={}", tuple_of([literal(filled_url(server)) for server in operation.servers]))
    if (pages := pages_code(operation, names, annotations)) is not None:
        yield code("pages={}", pages)


def filled_url(server: Server) -> str:
    """Return the URL of a server with the defaults of its variables."""
    values = {variable.name: variable.default for variable in server.variables}
    return re.sub(r"\{([^{}]*)\}", lambda match: values.get(match.group(1), match.group()), server.url)


def _path(operation: Operation) -> str:
    return "".join(f"{{{part.wire}}}" if isinstance(part, Slot) else part for part in operation.path.parts)


def _parameter(parameter: Parameter, name: str, annotations: Annotations) -> Code:
    if parameter.place is Place.QUERYSTRING:
        return _querystring(parameter, name, annotations)
    kind, usual_style, usual_explode = _CONSTRUCTORS[parameter.place]
    arguments = [literal(name)]
    media = parameter.encoding if isinstance(parameter.encoding, Content) else None
    stated = annotations.checked(parameter.type)
    if media is None and stated != code("str"):
        arguments.append(stated)
    if parameter.wire != name:
        arguments.append(code("wire={}", literal(parameter.wire)))
    if parameter.required and parameter.place is not Place.PATH:
        arguments.append(code("required=True"))
    if isinstance(parameter.encoding, Content):
        arguments.append(code("media={}", media_code(parameter.encoding, annotations)))
    else:
        style = parameter.encoding
        if style.name is not usual_style and parameter.place is not Place.HEADER:
            arguments.append(code("style={}", literal(style.name.value)))
            usual_explode = usual_explode if parameter.place is not Place.QUERY else False
        arguments += style_arguments(style, usual_explode)
    if parameter.default is not None:
        arguments.append(code("default={}", literal(parameter.default.value)))
    return code("{}({})", descriptor(kind, annotations), join(", ", arguments))


def _querystring(parameter: Parameter, name: str, annotations: Annotations) -> Code:
    arguments = [code("name={}", literal(name)), code("wire={}", literal(parameter.wire))]
    arguments.append(code('place="querystring"'))
    arguments.append(code("type={}", annotations.checked(parameter.type)))
    if parameter.required:
        arguments.append(code("required=True"))
    if isinstance(parameter.encoding, Content):
        arguments.append(code("media={}", media_code(parameter.encoding, annotations)))
    return code("{}({})", descriptor("Parameter", annotations), join(", ", arguments))


def _body(body: Body, annotations: Annotations) -> Code:
    arguments = [media_tuple(body.contents, annotations)]
    if not body.required:
        arguments.append(code("required=False"))
    return code("{}({})", descriptor("Body", annotations), join(", ", arguments))


def _returns(response: Response, annotations: Annotations) -> Code:
    arguments = [code("status={}", _status(response)), *_response_arguments(response, annotations)]
    return code("{}({})", descriptor("Returns", annotations), join(", ", arguments))


def _raises(operation: Operation, response: Response, annotations: Annotations, errors: ErrorClasses) -> Code:
    module = annotations.imports.name(annotations.root, "errors")
    found = errors.class_for(operation, response)
    path = [identifier(step) for step in (found.module, found.name) if step is not None]
    error = join(".", [module, *path])
    arguments = [code("status={}", _status(response)), code("error={}", error)]
    arguments += _response_arguments(response, annotations)
    return code("{}({})", descriptor("Raises", annotations), join(", ", arguments))


def _response_arguments(response: Response, annotations: Annotations) -> Iterator[Code]:
    if response.contents:
        yield code("media={}", media_tuple(response.contents, annotations))
    if response.headers:
        headers = [_parameter(header, header.wire, annotations) for header in response.headers]
        yield code("headers={}", tuple_of(headers))


def _status(response: Response) -> Code:
    key = status_key(response.status)
    return literal(int(key) if key.isdigit() else key)
