"""Walks over the intermediate model: what a declaration is made of and which declarations it mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from bothends.ir import checks as c
from bothends.ir import types as t
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Declaration, Enumeration, Record, Typed
from bothends.ir.operations import Content, Operation, Parameter

Node: TypeAlias = "t.Type | c.Check"

#: The most frequent nodes with nothing inside.
_LEAVES: Final = frozenset({t.Anything, t.Const, t.Named, t.Scalar, c.Recursive})


def parts(declaration: Declaration) -> Iterator[Node]:
    """Yield the types and checks that a declaration states directly."""
    match declaration:
        case Record(fields=fields, extra=extra, checks=checks):
            yield from (field.type for field in fields)
            if isinstance(extra, Typed):
                yield extra.type
            yield from checks
        case Alias(type=type_):
            yield type_
        case Enumeration():
            return


def operation_parts(operation: Operation) -> Iterator[Node]:
    """Yield the types that an operation states directly."""
    yield from _parameter_parts(operation.parameters)
    if operation.body is not None:
        yield from _content_parts(operation.body.contents)
    for response in operation.responses:
        yield from _content_parts(response.contents)
        yield from _parameter_parts(response.headers)


def nodes(*roots: Node) -> Iterator[Node]:
    """Yield the roots and everything inside them, without crossing a reference."""
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        yield node
        if type(node) not in _LEAVES:
            waiting.extend(reversed(list(children(node))))


def references(*roots: Node) -> list[t.TypeId]:
    """Return the declarations that are mentioned, those of discriminators and checks included.

    A declaration that is mentioned twice is there twice. The order is that of :func:`nodes`.
    """
    found: list[t.TypeId] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        if isinstance(node, t.Named):
            found.append(node.id)
        elif type(node) not in _LEAVES:
            if isinstance(node, t.UnionOf) and node.tag is not None:
                found.extend(case for _, case in node.tag.cases)
            waiting.extend(reversed(list(children(node))))
    return found


def children(node: Node) -> Iterator[Node]:
    """Yield the types and checks directly inside a type or check."""
    match node:
        case t.ListOf(item=inner) | t.Nullable(inner=inner) | c.Is(type=inner):
            yield inner
        case t.TupleOf(items=members) | t.UnionOf(members=members):
            yield from members
        case t.MapOf(value=value, key=key):
            yield from () if key is None else (key,)
            yield value
        case t.Refined(inner=inner, checks=checks):
            yield inner
            yield from checks
        case _:
            yield from _checks_inside(node)


def _checks_inside(node: Node) -> Iterator[Node]:
    match node:
        case c.Items(prefix=prefix, rest=rest):
            yield from _present(*prefix, rest)
        case c.Properties(named=named, patterns=patterns, rest=rest):
            yield from (check for _, check in (*named, *patterns))
            yield from _present(rest)
        case c.DependentSchemas(checks=dependent):
            yield from (check for _, check in dependent)
        case c.AllOf(checks=checks) | c.AnyOf(checks=checks) | c.OneOf(checks=checks):
            yield from checks
        case c.Contains(check=check) | c.PropertyNames(check=check) | c.Not(check=check):
            yield check
        case c.IfThen(condition=condition, then=then, otherwise=otherwise):
            yield from _present(condition, then, otherwise)
        case c.Unevaluated(check=check, beside=beside):
            yield check
            yield beside
        case _:
            return


def _present(*nodes: Node | None) -> Iterator[Node]:
    yield from (node for node in nodes if node is not None)


def _parameter_parts(parameters: Iterable[Parameter]) -> Iterator[Node]:
    for parameter in parameters:
        yield parameter.type
        if isinstance(parameter.encoding, Content):
            yield from _content_parts([parameter.encoding])


def _content_parts(contents: Iterable[Content]) -> Iterator[Node]:
    for content in contents:
        yield from _present(content.type, content.item)
        for part in content.parts:
            yield part.type
            yield from _parameter_parts(part.headers)


@dataclass(frozen=True, slots=True)
class Reachable:
    """What is used: declarations and named checks."""

    types: frozenset[t.TypeId]
    checks: frozenset[str]


def reachable(api: Api) -> Reachable:
    """Return what the operations and webhooks of a model lead to, over references and named checks."""
    declarations = api.declared()
    named = {check.anchor: check.check for check in api.checks}
    types: set[t.TypeId] = set()
    checks: set[str] = set()
    waiting = [node for operation in (*api.operations, *api.webhooks) for node in operation_parts(operation)]
    while waiting:
        node = waiting.pop()
        for mentioned in references(node):
            if mentioned not in types and mentioned in declarations:
                types.add(mentioned)
                waiting.extend(parts(declarations[mentioned]))
        for anchor in check_references(node):
            if anchor not in checks and anchor in named:
                checks.add(anchor)
                waiting.append(named[anchor])
    return Reachable(frozenset(types), frozenset(checks))


def check_references(*roots: Node) -> Iterator[str]:
    """Yield the anchors of the named checks that are mentioned."""
    yield from (node.anchor for node in nodes(*roots) if isinstance(node, c.Recursive))
