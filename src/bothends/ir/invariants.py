"""What every model must satisfy: in comes a model, out come sentences about what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bothends.ir import checks as c
from bothends.ir import types as t
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Enumeration, Record
from bothends.ir.operations import Operation, Place, Slot
from bothends.ir.walk import Node, check_references, nodes, operation_parts, parts, references


def violations(api: Api) -> list[str]:
    """Return everything that is wrong with a model."""
    return [*_declarations(api), *_operations(api), *_types(api), *_order(api)]


def check_invariants(api: Api) -> None:
    """Raise AssertionError with everything that is wrong with a model."""
    found = violations(api)
    if found:
        raise AssertionError("\n".join(found))


def _declarations(api: Api) -> Iterator[str]:
    yield from (f"declared twice: {twice}" for twice in _twice(declaration.id for declaration in api.declarations))
    yield from (f"check declared twice: {anchor}" for anchor in _twice(check.anchor for check in api.checks))
    for declaration in api.declarations:
        match declaration:
            case Record(fields=fields):
                yield from (f"{declaration.id}: field twice: {name}" for name in _twice(field.wire for field in fields))
            case Enumeration(members=members):
                if len(members) < 2:
                    yield f"{declaration.id}: an enumeration of fewer than two values"
                kinds = {type(member.value) for member in members}
                if kinds != {str if declaration.base is t.ScalarKind.STRING else int}:
                    yield f"{declaration.id}: values of another kind than {declaration.base}"
            case Alias(type=t.Named(id=id)) if id == declaration.id:
                yield f"{declaration.id}: an alias of itself"
            case _:
                pass


def _operations(api: Api) -> Iterator[str]:
    yield from (f"operation twice: {twice}" for twice in _twice(operation.id for operation in api.operations))
    schemes = {scheme.key for scheme in api.schemes}
    groups = {group.tag for group in api.groups}
    for operation in (*api.operations, *api.webhooks):
        if operation.group not in groups:
            yield f"{operation.id}: no group {operation.group!r}"
        used = {key for requirement in operation.security for key, _ in requirement.all_of}
        yield from (f"{operation.id}: no scheme {key!r}" for key in sorted(used - schemes))
        yield from _operation(operation)


def _operation(operation: Operation) -> Iterator[str]:
    slots = {part.wire for part in operation.path.parts if isinstance(part, Slot)}
    parameters = {parameter.wire for parameter in operation.parameters if parameter.place is Place.PATH}
    if slots and slots != parameters:
        yield f"{operation.id}: slots {sorted(slots)}, path parameters {sorted(parameters)}"
    places = ((parameter.place, parameter.wire) for parameter in operation.parameters)
    yield from (f"{operation.id}: parameter twice: {place}" for place in _twice(places))
    statuses = (response.status for response in operation.responses)
    yield from (f"{operation.id}: status twice: {status}" for status in _twice(statuses))


def _types(api: Api) -> Iterator[str]:
    known = {declaration.id for declaration in api.declarations}
    checks = {check.anchor for check in api.checks}
    owners: list[tuple[str, Iterable[Node]]] = [(str(found.id), parts(found)) for found in api.declarations]
    owners += [(str(found.id), operation_parts(found)) for found in (*api.operations, *api.webhooks)]
    owners += [(found.anchor, [found.check]) for found in api.checks]
    for owner, roots in owners:
        for root in roots:
            yield from (f"{owner}: no declaration of {other}" for other in references(root) if other not in known)
            yield from (f"{owner}: no check {anchor}" for anchor in check_references(root) if anchor not in checks)
            yield from (f"{owner}: {problem}" for node in nodes(root) for problem in _node(node))


def _node(node: Node) -> Iterator[str]:
    match node:
        case t.UnionOf(members=members, tag=tag):
            if len(members) < 2 or len(set(members)) < len(members):
                yield f"a union of fewer than two members, or of the same twice: {members}"
            yield from (f"in a union: {member}" for member in members if isinstance(member, t.UnionOf | t.Nullable))
            named = {member.id for member in members if isinstance(member, t.Named)}
            if tag is not None and {case for _, case in tag.cases} != named:
                yield f"a tag that does not lead to every member: {tag}"
        case t.Nullable(inner=t.Nullable() | t.Anything() | t.Nothing()):
            yield f"nullable for nothing: {node}"
        case t.Refined(inner=inner, checks=checks):
            if isinstance(inner, t.Refined | t.Nothing) or not checks:
                yield f"refined for nothing: {node}"
        case c.Always() | c.AllOf(checks=()):
            pass
        case _:
            return


def _order(api: Api) -> Iterator[str]:
    ids = [declaration.id for declaration in api.declarations]
    if ids != sorted(ids):
        yield "declarations are not sorted"
    operations = [(operation.id.path, operation.id.method) for operation in api.operations]
    if operations != sorted(operations):
        yield "operations are not sorted"
    if [group.tag for group in api.groups] != sorted(group.tag for group in api.groups):
        yield "groups are not sorted"


def _twice(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]
