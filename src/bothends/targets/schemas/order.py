"""In which order the definitions of a module stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bothends.ir.declarations import Alias, Declaration, Enumeration
from bothends.ir.graph import strong_components
from bothends.ir.walk import parts, references
from bothends.naming.names import Names


def ordered(declarations: Sequence[Declaration], names: Names) -> list[tuple[Declaration, bool]]:
    """Return declarations after those that they mention, and whether each is an alias that comes back to itself.

    Enumerations come first, since defaults are members of them. Within a circle records come before aliases: their
    annotations are looked up when all is defined, the value of an alias at once.
    """
    by_name = {names.types[declaration.id].name: declaration for declaration in declarations}
    recursive = _recursive_aliases(by_name, names)
    order = [by_name[name] for name in sorted(by_name) if isinstance(by_name[name], Enumeration)]
    for circle in strong_components(_mentions(by_name, names)):
        members = [by_name[name] for name in circle if not isinstance(by_name[name], Enumeration)]
        order += [member for member in members if not isinstance(member, Alias)]
        order += _aliases(
            {names.types[member.id].name: member for member in members if isinstance(member, Alias)}, names
        )
    return [(declaration, names.types[declaration.id].name in recursive) for declaration in order]


def has_circle(declarations: Sequence[Declaration], names: Names) -> bool:
    """Return whether annotations of the module can only be looked up when all of it is defined."""
    by_name = {names.types[declaration.id].name: declaration for declaration in declarations}
    mentions = _mentions(by_name, names)
    aliases = (name for name, declaration in by_name.items() if isinstance(declaration, Alias))
    return any(len(circle) > 1 for circle in strong_components(mentions)) or any(
        name in mentions[name] for name in aliases
    )


def _aliases(aliases: dict[str, Declaration], names: Names) -> Iterator[Declaration]:
    for circle in strong_components(_mentions(aliases, names)):
        yield from (aliases[name] for name in circle)


def _recursive_aliases(by_name: dict[str, Declaration], names: Names) -> frozenset[str]:
    """Return the aliases that are reached from themselves without a record between."""
    mentions = _mentions({name: found for name, found in by_name.items() if isinstance(found, Alias)}, names)
    circles = strong_components(mentions)
    return frozenset(name for circle in circles for name in circle if len(circle) > 1 or name in mentions[name])


def _mentions(by_name: dict[str, Declaration], names: Names) -> dict[str, set[str]]:
    return {
        name: {names.types[key].name for key in references(*parts(declaration))}
        for name, declaration in by_name.items()
    }
