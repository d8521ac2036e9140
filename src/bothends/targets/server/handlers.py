"""One operation to the method that a service team implements."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.ir.operations import Codec, Content, Operation, Parameter
from bothends.naming.names import Names
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join
from bothends.python.docstrings import docstring
from bothends.targets.operations.outcomes import item_type, preferred, successes, value_type
from bothends.targets.operations.prose import operation_prose
from bothends.targets.server.views import HandlerView

_HANDLERS = "server.handlers"


def handler_view(operation: Operation, names: Names, annotations: Annotations) -> HandlerView:
    """Return the method of an operation."""
    returns = _returned(operation, annotations)
    deprecated = "Deprecated." if operation.deprecated else ""
    return HandlerView(
        name=identifier(names.methods[operation.id]),
        parameters=join(", ", _parameters(operation, names, annotations)),
        returns=code("{}[{}]", annotations.from_runtime(_HANDLERS, "MaybeAwaitable"), returns),
        doc=docstring(*operation_prose(operation), deprecated, str(operation.id), indent=8),
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
        contents = preferred(response.contents)
        found += [_answer_type(content, annotations) for content in contents] or [code("None")]
    # None is written last, where a reader looks for it.
    ordered = [one for one in found if one != code("None")] + [one for one in found if one == code("None")]
    return union(ordered or [code("None")])


def _content_type(content: Content, annotations: Annotations) -> Code:
    """Return what a body of a request is to a handler: read whole, also where it is a stream."""
    match content.codec:
        case Codec.EVENTS:
            return code("str")
        case Codec.JSON_LINES:
            return code("list[{}]", item_type(content, annotations))
        case _:
            return value_type(content, annotations)


def _answer_type(content: Content, annotations: Annotations) -> Code:
    """Return what a body of a response is to a handler."""
    match content.codec:
        case Codec.BYTES | Codec.XML:
            return annotations.from_runtime(_HANDLERS, "Octets")
        case Codec.EVENTS:
            item = item_type(content, annotations)
            event = annotations.from_runtime("server.events", "Event")
            return code("{}[{}]", annotations.from_runtime(_HANDLERS, "Stream"), union([item, event]))
        case Codec.JSON_LINES:
            return code("{}[{}]", annotations.from_runtime(_HANDLERS, "Stream"), item_type(content, annotations))
        case _:
            return value_type(content, annotations)
