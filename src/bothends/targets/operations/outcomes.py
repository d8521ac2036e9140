"""How an operation can end: which responses are returned, which are raised, and what a caller gets."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.operations import Codec, Content, Exact, Operation, Otherwise, Response, StatusRange
from bothends.ir.types import Anything, Nullable, Refined, Type, UnionOf
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code

_NONE = code("None")


def successes(operation: Operation) -> tuple[Response, ...]:
    """Return the responses that a call returns.

    ``default`` is one where no success is documented; redirections are where there is nothing else to return.
    """
    found: tuple[Response, ...] = ()
    for first, last in ((1, 2), (0, 0), (3, 3)):
        found = found or tuple(each for each in operation.responses if first <= _hundreds(each) <= last)
    return found


def failures(operation: Operation) -> tuple[Response, ...]:
    """Return the responses that a call raises."""
    returned = successes(operation)
    return tuple(response for response in operation.responses if response not in returned)


def preferred(contents: tuple[Content, ...]) -> tuple[Content, ...]:
    """Return the contents that a caller deals with: not XML, where there is JSON as well, and YAML last."""
    if any(content.codec is Codec.JSON for content in contents):
        contents = tuple(content for content in contents if content.codec is not Codec.XML)
    return tuple(sorted(contents, key=lambda content: content.codec is Codec.YAML))


def value_types(operation: Operation, annotations: Annotations) -> tuple[Code, ...]:
    """Return the types of what a successful call returns, streams aside; None last."""
    found: dict[Code, None] = {}
    for response in successes(operation):
        if not response.contents:
            found[_NONE] = None
        for content in preferred(response.contents):
            if not content.codec.is_streamed:
                found |= dict.fromkeys(_members(content, annotations))
    if not found and not item_types(operation, annotations):
        return (_NONE,)
    return (*(one for one in found if one != _NONE), *(one for one in found if one == _NONE))


def item_types(operation: Operation, annotations: Annotations) -> tuple[Code, ...]:
    """Return the types of the items of streams that a successful call returns."""
    contents = [content for response in successes(operation) for content in response.contents]
    found = [item_type(content, annotations) for content in contents if content.codec.is_streamed]
    return tuple(dict.fromkeys(found))


def value_type(content: Content, annotations: Annotations) -> Code:
    """Return the type of the Python value of a body that is read whole."""
    if content.codec.is_octets:
        return code("bytes")
    if content.type is not None:
        return annotations.plain(content.type)
    return code("str") if content.codec is Codec.TEXT else annotations.imports.name("typing", "Any")


def item_type(content: Content, annotations: Annotations) -> Code:
    """Return the type of one event or line."""
    type_ = content.element
    if type_ is not None:
        return annotations.plain(type_)
    return code("str") if content.codec is Codec.EVENTS else annotations.imports.name("typing", "Any")


def error_types(response: Response, annotations: Annotations) -> tuple[Code, ...]:
    """Return the types of the body of a failure; none where it has no body."""
    contents = preferred(response.contents)
    return tuple(dict.fromkeys(member for content in contents for member in _members(content, annotations)))


def _members(content: Content, annotations: Annotations) -> list[Code]:
    """Return the type of a body; the members of a union apart, so that none is listed twice."""
    if content.type is None or content.codec.is_octets:
        return [value_type(content, annotations)]
    return list(_split(content.type, annotations))


def _split(type_: Type, annotations: Annotations) -> Iterator[Code]:
    match type_:
        case UnionOf(members=members):
            for member in members:
                yield from _split(member, annotations)
        case Nullable(inner=inner) if not isinstance(inner, Anything):
            yield from _split(inner, annotations)
            yield _NONE
        case Refined(inner=inner):
            yield from _split(inner, annotations)
        case _:
            yield annotations.plain(type_)


def _hundreds(response: Response) -> int:
    """Return the first digit of a status; 0 is ``default``."""
    match response.status:
        case Exact(code=status):
            return status // 100
        case StatusRange(hundreds=hundreds):
            return hundreds
        case Otherwise():
            return 0
