"""In which order the definitions of a module stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from bothends.ir.declarations import Alias, Declaration, Enumeration
from bothends.ir.graph import strong_components
from bothends.ir.walk import parts, references
from bothends.naming.names import Names

#: The names of the types that each declaration mentions, by its own name.
Mentions: TypeAlias = Mapping[str, set[str]]


def mentions_of(declarations: Sequence[Declaration], names: Names) -> Mentions:
    """Return what the declarations of a module mention, of that module and others."""
    return {
        names.types[declaration.id].name: {names.types[key].name for key in references(*parts(declaration))}
        for declaration in declarations
    }


def ordered(declarations: Sequence[Declaration], mentions: Mentions, names: Names) -> list[tuple[Declaration, bool]]:
    """Return declarations after those that they mention, and whether each is an alias that comes back to itself.

    Enumerations come first, since defaults are members of them. Within a circle records come before aliases: their
    annotations are looked up when all is defined, the value of an alias at once.
    """
    by_name = {names.types[declaration.id].name: declaration for declaration in declarations}
    aliases = {name for name, declaration in by_name.items() if isinstance(declaration, Alias)}
    recursive = _recursive_aliases(aliases, mentions)
    order = [by_name[name] for name in sorted(by_name) if isinstance(by_name[name], Enumeration)]
    for circle in strong_components(mentions):
        members = [name for name in circle if not isinstance(by_name[name], Enumeration)]
        order += [by_name[name] for name in members if name not in aliases]
        inner = {name: mentions[name] for name in members if name in aliases}
        order += [by_name[name] for group in strong_components(inner) for name in group]
    return [(declaration, names.types[declaration.id].name in recursive) for declaration in order]


def has_circle(declarations: Sequence[Declaration], mentions: Mentions, names: Names) -> bool:
    """Return whether annotations of the module can only be looked up when all of it is defined."""
    aliases = (names.types[declaration.id].name for declaration in declarations if isinstance(declaration, Alias))
    return any(len(circle) > 1 for circle in strong_components(mentions)) or any(
        name in mentions[name] for name in aliases
    )


def _recursive_aliases(aliases: Collection[str], mentions: Mentions) -> frozenset[str]:
    """Return the aliases that are reached from themselves without a record between."""
    circles = strong_components({name: mentions[name] for name in aliases})
    return frozenset(name for circle in circles for name in circle if len(circle) > 1 or name in mentions[name])
