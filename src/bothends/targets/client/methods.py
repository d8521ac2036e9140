"""One operation to the method that calls it."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.operations import Operation, Parameter, Place
from bothends.naming.names import Names
from bothends.naming.words import split
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.docstrings import docstring
from bothends.targets.client.bodies import body_type
from bothends.targets.client.examples import example
from bothends.targets.client.views import MethodView
from bothends.targets.operations.outcomes import item_types, value_types
from bothends.targets.operations.pages import paged
from bothends.targets.operations.prose import operation_prose

_FILLERS = frozenset({"a", "an", "the", "of", "for", "parameter", "param", "path", "query", "value"})
_RESOURCE = "client.resource"


def method_view(
    operation: Operation, names: Names, annotations: Annotations, *, asynchronous: bool, twin: str | None
) -> MethodView:
    """Return the method of an operation. ``twin``: the class whose method of the same name has all the prose."""
    name = names.methods[operation.id]
    prose = _brief(operation, name, twin) if twin else _full(operation, names, annotations, asynchronous)
    call = _call(operation, names, annotations)
    # Pages can be iterated without being awaited first.
    awaited = asynchronous and operation.pagination is None
    return MethodView(
        name=identifier(name),
        parameters=join(", ", _parameters(operation, names, annotations, asynchronous)),
        returns=_returned(operation, annotations, asynchronous),
        doc=docstring(*prose, indent=8),
        call=code("await {}", call) if awaited else call,
        decorator=_decorator(operation, annotations),
        keyword=code("async def") if awaited else code("def"),
    )


def _parameters(operation: Operation, names: Names, annotations: Annotations, asynchronous: bool) -> Iterator[Code]:
    called = names.parameters[operation.id]
    in_path, others = _in_order(operation)
    yield code("self")
    for one in in_path:
        yield code("{}: {}", identifier(called[one.place, one.wire]), annotations.plain(one.type))
    keywords = [_keyword(one, called[one.place, one.wire], annotations) for one in others]
    if operation.body is not None:
        body = body_type(operation.body, annotations, asynchronous=asynchronous)
        optional = code("body: {} = None", annotations.or_none(body))
        keywords.insert(0, code("body: {}", body) if operation.body.required else optional)
    if keywords:
        yield code("*")
        yield from keywords
    unpack = annotations.imports.name("typing", "Unpack")
    options = annotations.from_runtime(_RESOURCE, "CallOptions")
    yield code("**options: {}[{}]", unpack, options)


def _in_order(operation: Operation) -> tuple[list[Parameter], list[Parameter]]:
    """Return the parameters in the path, and the others: what has to be given goes first."""
    in_path = [one for one in operation.parameters if one.place is Place.PATH]
    others = [one for one in operation.parameters if one.place is not Place.PATH]
    return in_path, sorted(others, key=lambda one: not one.required)


def _keyword(parameter: Parameter, name: str, annotations: Annotations) -> Code:
    type_ = annotations.plain(parameter.type)
    if parameter.required:
        return code("{}: {}", identifier(name), type_)
    return code("{}: {} = None", identifier(name), annotations.or_none(type_))


def _returned(operation: Operation, annotations: Annotations, asynchronous: bool) -> Code:
    if (page := paged(operation, annotations)) is not None:
        name = "AsyncPages" if asynchronous else "Page"
        return code("{}[{}]", annotations.from_runtime("client.pagination", name), join(", ", page))
    found = list(value_types(operation, annotations))
    if items := item_types(operation, annotations):
        kind = annotations.from_runtime(_RESOURCE, "AsyncStream" if asynchronous else "Stream")
        found.insert(0, code("{}[{}]", kind, union(items)))
    return union(found)


def _call(operation: Operation, names: Names, annotations: Annotations) -> Code:
    called = names.parameters[operation.id]
    pairs = [
        code("{}: {}", literal(called[one.place, one.wire]), identifier(called[one.place, one.wire]))
        for one in operation.parameters
    ]
    module = annotations.imports.own(
        f"{annotations.root}operations", names.groups[operation.group].module, "_operations"
    )
    arguments = [
        code("{}.{}()", module, identifier(names.methods[operation.id])),
        code("{{{}}}", join(", ", pairs)),
        code("options"),
    ]
    if operation.body is not None:
        arguments.append(code("body"))
    if operation.pagination is not None:
        return code("self._pages({})", join(", ", arguments))
    if not item_types(operation, annotations):
        return code("self._call({})", join(", ", arguments))
    if value_types(operation, annotations):
        return code("self._either({})", join(", ", arguments))
    return code("self._stream({})", join(", ", arguments))


def _decorator(operation: Operation, annotations: Annotations) -> Code | None:
    if not operation.deprecated:
        return None
    deprecated = annotations.imports.name("typing_extensions", "deprecated")
    return code('@{}("The document calls this operation deprecated.")', deprecated)


def _full(operation: Operation, names: Names, annotations: Annotations, asynchronous: bool) -> Iterator[str]:
    yield from operation_prose(operation)
    yield str(operation.id)
    called = names.parameters[operation.id]
    in_path, others = ([(called[one.place, one.wire], _told(one)) for one in part] for part in _in_order(operation))
    body = [("body", operation.body.doc.description)] if operation.body is not None else []
    told = [*in_path, *body, *others]
    entries = [_entry(name, prose) for name, prose in told if _says_more(prose, name)]
    if entries:
        yield "\n".join(["Args:", *entries])
    if not asynchronous:
        yield example(operation, names, annotations)


def _told(parameter: Parameter) -> str:
    """Return the prose of a parameter; of a signature that takes it no part can be called deprecated."""
    prose = parameter.doc.description
    return f"Deprecated. {prose}".rstrip() if parameter.deprecated else prose


def _brief(operation: Operation, name: str, twin: str) -> Iterator[str]:
    summary = operation.doc.title.strip().rstrip(".")
    see = f"`{twin}.{name}`, awaitable."
    yield f"{summary}: {see}" if summary and "\n" not in summary else see[:1].upper() + see[1:]
    yield str(operation.id)


def _says_more(prose: str, name: str) -> bool:
    """Tell whether prose says anything that the name of the argument does not."""
    return bool({word.casefold() for word in split(prose)} - {word.casefold() for word in split(name)} - _FILLERS)


def _entry(name: str, prose: str) -> str:
    first, *rest = [line.strip() for line in prose.strip().splitlines()]
    return "\n".join([f"    {name}: {first}", *(f"        {line}" if line else "" for line in rest)])
