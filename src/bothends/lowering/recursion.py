"""In come declarations, out come the same, sorted: aliases that mention themselves marked, endless ones replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bothends.diagnostics.model import Report
from bothends.ir import checks as c
from bothends.ir import types as t
from bothends.ir.declarations import Alias, Declaration, Record
from bothends.ir.graph import strong_components
from bothends.ir.types import Anything, TypeId
from bothends.ir.walk import Node, children, nodes, parts, references

# What an alias may stand for when those that it mentions are written out, in types and checks.
_MOST_WRITTEN_OUT = 1_000


def settle_recursion(declarations: Mapping[TypeId, Declaration], report: Report) -> tuple[Declaration, ...]:
    """Mark the aliases that lead back to themselves over aliases only. Records cut the way: they are classes.

    What leads back to itself without a list, map or property on the way stands for nothing: an alias becomes any
    value, a record loses its checks.
    """
    settled = dict(declarations)
    in_place = {owner: list(_in_place(found)) for owner, found in declarations.items()}
    for owner, found in declarations.items():
        if _reaches_itself(owner, in_place):
            message = "the schema refers back to itself without reaching a value; that part of it is left out"
            report.warning("reference-loop", message, found.origin)
            settled[owner] = (
                replace(found, checks=()) if isinstance(found, Record) else Alias(owner, Anything(), found.origin)
            )
    aliases = {owner: found for owner, found in settled.items() if isinstance(found, Alias)}
    edges = {
        owner: [other for other in references(*parts(found)) if other in aliases] for owner, found in aliases.items()
    }
    for owner, alias in aliases.items():
        if _reaches_itself(owner, edges):
            aliases[owner] = replace(alias, recursive=True)
    settled |= aliases | _kept_whole(aliases, edges)
    return tuple(settled[owner] for owner in sorted(settled))


def _kept_whole(aliases: Mapping[TypeId, Alias], edges: Mapping[TypeId, list[TypeId]]) -> dict[TypeId, Alias]:
    """Return the aliases that must not be written out where they are used: a few can stand for millions of types."""
    sizes: dict[TypeId, int] = {}
    kept: dict[TypeId, Alias] = {}
    for owner in (owner for group in strong_components(edges) for owner in group):
        own = sum(1 for _ in nodes(*parts(aliases[owner])))
        sizes[owner] = own + sum(sizes.get(other, 1) for other in edges[owner])
        if aliases[owner].recursive:
            sizes[owner] = 1
        elif sizes[owner] > max(_MOST_WRITTEN_OUT, 2 * own):
            kept[owner] = replace(aliases[owner], recursive=True)
            sizes[owner] = 1
    return kept


def _in_place(declaration: Declaration) -> Iterator[TypeId]:
    """Yield what must be known of the same value."""
    match declaration:
        case Alias(type=type_):
            waiting: list[Node] = [type_]
        case Record(checks=checks):
            waiting = list(checks)
        case _:
            waiting = []
    while waiting:
        match waiting.pop():
            case t.Named(id=found):
                yield found
            case t.ListOf() | t.TupleOf() | t.MapOf() | c.Properties() | c.Items() | c.Contains() | c.PropertyNames():
                pass
            case node:
                waiting.extend(children(node))


def _reaches_itself(owner: TypeId, edges: Mapping[TypeId, list[TypeId]]) -> bool:
    seen: set[TypeId] = set()
    waiting = list(edges.get(owner, ()))
    while waiting:
        found = waiting.pop()
        if found == owner:
            return True
        if found not in seen:
            seen.add(found)
            waiting.extend(edges.get(found, ()))
    return False
