"""In comes a model, out comes one in which requests and responses each have a type that can be built.

A property that only responses hold (``readOnly``) is not demanded of requests, and one that only requests hold
(``writeOnly``) not of responses. A declaration used in both directions gets a twin for requests, with the step
``input``, where the two differ: because a property is demanded in one direction only, or because it mentions such
a declaration. Where the other properties are open, what does not travel is left out; otherwise it may be there.

A declaration that only requests used keeps its name for them when responses come to use it too: the twin, with the
step ``output``, is then for responses. The name lock knows which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bothends.ir.api import Api
from bothends.ir.declarations import Access, Alias, Declaration, Enumeration, Field, Open, Record, Typed
from bothends.ir.operations import Body, Content, Operation, Parameter, Response
from bothends.ir.rename import renamed
from bothends.ir.types import TypeId
from bothends.ir.walk import Node, operation_parts, parts, references
from bothends.naming.lock import NO_LOCK, NameLock
from bothends.naming.places import type_place

_INPUT = ("input", "request")
_OUTPUT = ("output", "response")


@dataclass(frozen=True, slots=True)
class Directions:
    """Which declarations are used by requests and which by responses."""

    requests: frozenset[TypeId]
    responses: frozenset[TypeId]


@dataclass(frozen=True, slots=True)
class Twins:
    """What differs by direction: all of it, and the identities of the twins for requests, or for responses."""

    both: frozenset[TypeId]
    requests: Mapping[TypeId, TypeId]
    responses: Mapping[TypeId, TypeId]


def split_directions(api: Api, lock: NameLock = NO_LOCK) -> Api:
    """Return the model with declarations fit for the directions that they travel in."""
    declarations = {declaration.id: declaration for declaration in api.declarations}
    directions = _directions(api, declarations)
    twins = _twins(declarations, directions, lock)
    return replace(
        api,
        declarations=tuple(sorted(_fitted(declarations, directions, twins), key=lambda declaration: declaration.id)),
        operations=tuple(_operation(operation, twins.requests, twins.responses) for operation in api.operations),
        webhooks=tuple(_operation(operation, twins.responses, twins.requests) for operation in api.webhooks),
        sent=frozenset(_differing(declarations, directions.requests) - twins.requests.keys()),
    )


def _directions(api: Api, declarations: Mapping[TypeId, Declaration]) -> Directions:
    """Follow what clients send and what they get. What is sent to a webhook is what an API gives."""
    sent = [node for operation in api.operations for node in operation_parts(replace(operation, responses=()))]
    sent += [node for operation in api.webhooks for node in operation_parts(_answers(operation))]
    given = [node for operation in api.operations for node in operation_parts(_answers(operation))]
    given += [node for operation in api.webhooks for node in operation_parts(replace(operation, responses=()))]
    return Directions(_reachable(sent, declarations), _reachable(given, declarations))


def _answers(operation: Operation) -> Operation:
    return replace(operation, parameters=(), body=None)


def _reachable(nodes: Iterable[Node], declarations: Mapping[TypeId, Declaration]) -> frozenset[TypeId]:
    found: set[TypeId] = set()
    waiting = list(references(*nodes))
    while waiting:
        mentioned = waiting.pop()
        if mentioned not in found:
            found.add(mentioned)
            waiting.extend(references(*parts(declarations[mentioned])))
    return frozenset(found)


def _fitted(declarations: Mapping[TypeId, Declaration], directions: Directions, twins: Twins) -> Iterator[Declaration]:
    for owner, declaration in declarations.items():
        is_sent, is_given = owner in directions.requests, owner in directions.responses
        if is_sent == is_given and owner not in twins.both:
            yield declaration
            continue
        if is_given:
            yield _called(_mentioning(_fit(declaration, Access.WRITE_ONLY), twins.responses), twins.responses)
        if is_sent:
            yield _called(_mentioning(_fit(declaration, Access.READ_ONLY), twins.requests), twins.requests)


def _twins(declarations: Mapping[TypeId, Declaration], directions: Directions, lock: NameLock) -> Twins:
    """Return the twins of declarations that are used in both directions and differ."""
    both = _differing(declarations, directions.requests & directions.responses)
    sent = {owner for owner in both if type_place(owner) in lock.sent}
    return Twins(
        both,
        {owner: _twin(owner, _INPUT, declarations) for owner in both - sent},
        {owner: _twin(owner, _OUTPUT, declarations) for owner in sent},
    )


def _differing(declarations: Mapping[TypeId, Declaration], scope: frozenset[TypeId]) -> frozenset[TypeId]:
    """Return which of some declarations differ by direction, or mention among them one that does."""
    mentions: dict[TypeId, list[TypeId]] = {}
    for owner in scope:
        for mentioned in references(*parts(declarations[owner])):
            mentions.setdefault(mentioned, []).append(owner)
    waiting = [owner for owner in scope if any(_differs(declarations[owner]))]
    found: set[TypeId] = set()
    while waiting:
        owner = waiting.pop()
        if owner not in found:
            found.add(owner)
            waiting.extend(mentions.get(owner, ()))
    return frozenset(found)


def _differs(declaration: Declaration) -> Iterator[bool]:
    if isinstance(declaration, Record):
        yield from (field.required and field.access is not Access.READ_WRITE for field in declaration.fields)


def _twin(owner: TypeId, steps: tuple[str, ...], declarations: Mapping[TypeId, Declaration]) -> TypeId:
    candidates = [TypeId(owner.anchor, (*owner.steps, step)) for step in steps]
    return next((one for one in candidates if one not in declarations), candidates[-1])


def _fit(declaration: Declaration, absent: Access) -> Declaration:
    """Return a record that does not demand what does not travel; it is left alone if it demands no such thing."""
    if not isinstance(declaration, Record):
        return declaration
    if not any(field.required and field.access is absent for field in declaration.fields):
        return declaration
    fields: list[Field] = []
    for field in declaration.fields:
        if field.access is not absent:
            fields.append(field)
        elif not isinstance(declaration.extra, Open):
            fields.append(replace(field, required=False))
    return replace(declaration, fields=tuple(fields))


def _called(declaration: Declaration, ids: Mapping[TypeId, TypeId]) -> Declaration:
    twin = ids.get(declaration.id)
    return declaration if twin is None else replace(declaration, id=twin)


def _mentioning(declaration: Declaration, ids: Mapping[TypeId, TypeId]) -> Declaration:
    if ids.keys().isdisjoint(references(*parts(declaration))):
        return declaration
    match declaration:
        case Record(fields=fields, extra=extra, checks=checks):
            return replace(
                declaration,
                fields=tuple(replace(field, type=renamed(field.type, ids)) for field in fields),
                extra=Typed(renamed(extra.type, ids)) if isinstance(extra, Typed) else extra,
                checks=renamed(checks, ids),
            )
        case Alias(type=type_):
            return replace(declaration, type=renamed(type_, ids))
        case Enumeration():
            return declaration


def _operation(operation: Operation, asked: Mapping[TypeId, TypeId], answered: Mapping[TypeId, TypeId]) -> Operation:
    mentioned = references(*operation_parts(operation))
    if asked.keys().isdisjoint(mentioned) and answered.keys().isdisjoint(mentioned):
        return operation
    return replace(
        operation,
        parameters=tuple(_parameter(parameter, asked) for parameter in operation.parameters),
        body=_body(operation.body, asked),
        responses=tuple(_response(response, answered) for response in operation.responses),
    )


def _body(body: Body | None, ids: Mapping[TypeId, TypeId]) -> Body | None:
    return None if body is None else replace(body, contents=_contents(body.contents, ids))


def _response(response: Response, ids: Mapping[TypeId, TypeId]) -> Response:
    headers = tuple(_parameter(header, ids) for header in response.headers)
    return replace(response, contents=_contents(response.contents, ids), headers=headers)


def _contents(contents: tuple[Content, ...], ids: Mapping[TypeId, TypeId]) -> tuple[Content, ...]:
    return tuple(_content(content, ids) for content in contents)


def _content(content: Content, ids: Mapping[TypeId, TypeId]) -> Content:
    return replace(
        content,
        type=renamed(content.type, ids),
        item=renamed(content.item, ids),
        parts=tuple(replace(part, type=renamed(part.type, ids)) for part in content.parts),
    )


def _parameter(parameter: Parameter, ids: Mapping[TypeId, TypeId]) -> Parameter:
    encoding = parameter.encoding
    return replace(
        parameter,
        type=renamed(parameter.type, ids),
        encoding=_content(encoding, ids) if isinstance(encoding, Content) else encoding,
    )
