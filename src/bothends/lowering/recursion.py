"""In come declarations, out come the same, sorted, with the aliases marked that mention themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bothends.ir.declarations import Alias, Declaration
from bothends.ir.types import TypeId
from bothends.ir.walk import parts, references


def recursive_aliases(declarations: Mapping[TypeId, Declaration]) -> tuple[Declaration, ...]:
    """Mark the aliases that lead back to themselves over aliases only. Records cut the way: they are classes."""
    aliases = {owner: found for owner, found in declarations.items() if isinstance(found, Alias)}
    edges = {
        owner: [other for other in references(*parts(found)) if other in aliases] for owner, found in aliases.items()
    }
    result: list[Declaration] = []
    for owner in sorted(declarations):
        declaration = declarations[owner]
        if isinstance(declaration, Alias) and _reaches_itself(owner, edges):
            declaration = replace(declaration, recursive=True)
        result.append(declaration)
    return tuple(result)


def _reaches_itself(id: TypeId, edges: Mapping[TypeId, list[TypeId]]) -> bool:
    seen: set[TypeId] = set()
    waiting = list(edges[id])
    while waiting:
        found = waiting.pop()
        if found == id:
            return True
        if found not in seen:
            seen.add(found)
            waiting.extend(edges[found])
    return False
