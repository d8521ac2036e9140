"""Which module of ``schemas`` holds what: one for each component, but one for all members of an import cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.checks import Recursive
from bothends.ir.declarations import NamedCheck
from bothends.ir.graph import strong_components
from bothends.ir.operations import OperationId
from bothends.ir.types import TypeId
from bothends.ir.walk import nodes, parts, references
from bothends.naming.candidates import attribute_spellings, module_spellings
from bothends.naming.lengths import file_name
from bothends.naming.names import TypeName
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.types import component_key
from bothends.naming.words import pascal, split


def anchors_by_cycle(api: Api) -> list[tuple[str, ...]]:
    """Return the anchors of types and checks in groups: those that mention each other in a circle are together."""
    return strong_components(_mentions(api))


def anchor_of_check(check: str, anchors: Iterable[str]) -> str:
    """Return the anchor of the types beside which a named check stands, or its own."""
    around = [anchor for anchor in anchors if check == anchor or check.startswith(f"{anchor}/")]
    return max(around, key=len, default=check)


def _mentions(api: Api) -> dict[str, set[str]]:
    anchors = {declaration.id.anchor for declaration in api.declarations}
    homes = {check.anchor: anchor_of_check(check.anchor, anchors) for check in api.checks}
    graph: dict[str, set[str]] = {anchor: set() for anchor in (*anchors, *homes.values())}
    roots = [(declaration.id.anchor, tuple(parts(declaration))) for declaration in api.declarations]
    roots += [(homes[check.anchor], (check.check,)) for check in api.checks]
    for anchor, stated in roots:
        graph[anchor].update(key.anchor for key in references(*stated))
        graph[anchor].update(homes[node.anchor] for node in nodes(*stated) if isinstance(node, Recursive))
    return graph


def module_names(
    api: Api, types: Mapping[TypeId, str], methods: Mapping[OperationId, str], report: Report
) -> dict[str, str]:
    """Return the module of each anchor.

    A cycle is named after the first of its components by name, else after its first operation. Modules are files:
    names that differ in nothing but case are the same on some systems.
    """
    operations = {key.anchor: name for key, name in methods.items()}
    components = {key.anchor: name for key, name in types.items() if not key.steps}
    claims: list[Claim[tuple[str, ...]]] = []
    for group in anchors_by_cycle(api):
        first = min(group, key=lambda anchor: (anchor not in components, components.get(anchor, anchor), anchor))
        if first in operations and first not in components:
            name = operations[first].rstrip("_")
            plain = f"{name}_" if name in reserved("modules") else name
            claims.append(Claim(group, (file_name(plain), file_name(f"{name}_operation")), first, PLAIN))
        else:
            key = component_key(first)
            name = components.get(first, key)
            spellings = module_spellings(name, key, "model")
            # Of two classes that differ in spelling alone the one that is spelled as usual has the better right.
            rank = EXACT if pascal(split(name)) == name else PRIVILEGED
            claims.append(Claim(group, spellings, key, rank))
    taken = frozenset(name.casefold() for name in types.values() if name == name.casefold())
    settled = settle(claims, report, str.casefold, taken)
    return {anchor: name for group, name in settled.items() for anchor in group}


def check_names(api: Api, modules: Mapping[str, str], report: Report) -> dict[str, TypeName]:
    """Return name and module of each named check."""
    anchors = {declaration.id.anchor for declaration in api.declarations}
    claims = [_check_claim(check) for check in api.checks]
    names = settle(claims, report)
    return {anchor: TypeName(name, modules[anchor_of_check(anchor, anchors)]) for anchor, name in names.items()}


def _check_claim(check: NamedCheck) -> Claim[str]:
    place = check.anchor.partition("#")[2].removeprefix("/components/schemas/")
    spellings = attribute_spellings(f"{place} check", "check", reserved())
    return Claim(check.anchor, spellings, check.anchor, PLAIN, check.origin)
