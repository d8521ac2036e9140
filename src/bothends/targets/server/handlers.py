"""One operation to the method that a service team implements."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.ir.operations import Codec, Content, Exact, Operation, Otherwise, Parameter, Response, StatusRange
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join
from bothends.python.docstrings import docstring
from bothends.targets.server.views import HandlerView

_RUNTIME = ".._runtime.server.handlers"


def handler_view(operation: Operation, names: Names, annotations: Annotations) -> HandlerView:
    """Return the method of an operation."""
    imports = annotations.imports
    returns = code("{}[{}]", imports.name(_RUNTIME, "MaybeAwaitable"), _returned(operation, annotations))
    summary, body = operation.doc.title, operation.doc.description
    call = f"{operation.id.method} {operation.id.path}"
    return HandlerView(
        name=identifier(names.methods[operation.id]),
        parameters=join(", ", _parameters(operation, names, annotations)),
        returns=returns,
        doc=docstring(summary, body if body.strip() != summary.strip() else "", call, indent=8),
    )


def _parameters(operation: Operation, names: Names, annotations: Annotations) -> Iterable[Code]:
    """Yield the parameters. None has a default: the application passes every one of them."""
    yield code("self")
    given = [
        code("{}: {}", identifier(names.parameters[operation.id][one.place, one.wire]), _annotation(one, annotations))
        for one in operation.parameters
    ]
    if operation.body is not None:
        type_ = union(_content_type(content, annotations) for content in operation.body.contents)
        given.append(code("body: {}", type_ if operation.body.required else annotations.or_none(type_)))
    if given:
        yield code("*")
        yield from given


def _annotation(parameter: Parameter, annotations: Annotations) -> Code:
    type_ = annotations.plain(parameter.type)
    always = parameter.required or parameter.default is not None
    return type_ if always else annotations.or_none(type_)


def _returned(operation: Operation, annotations: Annotations) -> Code:
    found: list[Code] = []
    for response in successes(operation):
        found += [_answer_type(content, annotations) for content in response.contents] or [code("None")]
    # None is written last, where a reader looks for it.
    ordered = [one for one in found if one != code("None")] + [one for one in found if one == code("None")]
    return union(ordered or [code("None")])


def successes(operation: Operation) -> tuple[Response, ...]:
    """Return the responses that a handler may return; all others are raised.

    ``default`` is a success only where no other is documented.
    """
    found = tuple(response for response in operation.responses if _is_success(response))
    if found:
        return found
    return tuple(response for response in operation.responses if isinstance(response.status, Otherwise))


def _is_success(response: Response) -> bool:
    match response.status:
        case Exact(code=status):
            return status < 300
        case StatusRange(hundreds=hundreds):
            return hundreds < 3
        case _:
            return False


def _content_type(content: Content, annotations: Annotations) -> Code:
    """Return what a body of a request is to a handler."""
    match content.codec:
        case Codec.BYTES | Codec.XML:
            return code("bytes")
        case Codec.TEXT:
            return annotations.plain(content.type) if content.type is not None else code("str")
        case Codec.EVENTS:
            return code("str")
        case Codec.JSON_LINES:
            return code("list[{}]", _item(content, annotations))
        case _:
            return annotations.plain(content.type) if content.type is not None else _anything(annotations)


def _answer_type(content: Content, annotations: Annotations) -> Code:
    """Return what a body of a response is to a handler."""
    imports = annotations.imports
    match content.codec:
        case Codec.BYTES | Codec.XML:
            return imports.name(_RUNTIME, "Octets")
        case Codec.EVENTS:
            item = _item(content, annotations)
            event = imports.name(".._runtime.server.events", "Event")
            return code("{}[{}]", imports.name(_RUNTIME, "Stream"), union([item, event]))
        case Codec.JSON_LINES:
            return code("{}[{}]", imports.name(_RUNTIME, "Stream"), _item(content, annotations))
        case _:
            return _content_type(content, annotations)


def _item(content: Content, annotations: Annotations) -> Code:
    type_ = content.item if content.item is not None else content.type
    return annotations.plain(type_) if type_ is not None else _anything(annotations)


def _anything(annotations: Annotations) -> Code:
    return annotations.imports.name("typing", "Any")
