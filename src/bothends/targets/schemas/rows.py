"""Types in long rows, each needing the next: where Python has to be helped over them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Any, TypeVar

from bothends.ir.api import Api
from bothends.ir.checks import Recursive
from bothends.ir.declarations import Alias
from bothends.ir.graph import strong_components
from bothends.ir.types import TypeId
from bothends.ir.walk import nodes, parts, references
from bothends.naming.names import Names

Key = TypeVar("Key", bound=Any)

# Python counts some six calls for each module that is imported by another one, and gives up at 1,000 of all kinds.
_LONGEST_ROW = 60
_STEP = 50
# Of the types of pydantic's own language, such as lists of lists, so many are built at once.
_STEP_OF_ALIASES = 40


def imported_first(api: Api, names: Names) -> tuple[str, ...]:
    """Return modules in an order in which no import leads over more than a few dozen others; empty where none does.

    Only this list depends on how long the rows are: what is in which module does not.
    """
    depths = _depths(_imports(api, names))
    deepest = max(depths.values(), default=0)
    if deepest <= _LONGEST_ROW:
        return ()
    levels = set(takewhile(lambda level: level < deepest, count(_STEP, _STEP)))
    return tuple(
        sorted((name for name, depth in depths.items() if depth in levels), key=lambda name: (depths[name], name))
    )


def deferred_aliases(api: Api) -> frozenset[TypeId]:
    """Return the aliases that are built when they are first used, for they lie too deep in others."""
    aliases = {found.id: found for found in api.declarations if isinstance(found, Alias)}
    graph = {key: set(references(*parts(alias))) & aliases.keys() for key, alias in aliases.items()}
    depths = _depths(graph)
    return frozenset(
        key for key, depth in depths.items() if depth % _STEP_OF_ALIASES == 0 and not aliases[key].recursive
    )


def _imports(api: Api, names: Names) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    stated = [(names.types[found.id].module, tuple(parts(found))) for found in api.declarations]
    stated += [(names.checks[check.anchor].module, (check.check,)) for check in api.checks]
    for module, said in stated:
        imported = graph.setdefault(module, set())
        imported.update(names.types[key].module for key in references(*said))
        imported.update(names.checks[node.anchor].module for node in nodes(*said) if isinstance(node, Recursive))
    return graph


def _depths(graph: Mapping[Key, set[Key]]) -> dict[Key, int]:
    """Return how many stand in the longest row below each one, itself included; those in a circle count as one."""
    depths: dict[Key, int] = {}
    for group in strong_components(graph):
        below = {other for module in group for other in graph[module]}.difference(group)
        depths.update(dict.fromkeys(group, 1 + max((depths.get(other, 0) for other in below), default=0)))
    return depths
