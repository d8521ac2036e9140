"""Which module of ``schemas`` holds what: one for each component, but one for all members of an import cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.checks import Recursive
from bothends.ir.declarations import NamedCheck
from bothends.ir.graph import strong_components
from bothends.ir.operations import OperationId
from bothends.ir.types import TypeId
from bothends.ir.walk import nodes, parts, references
from bothends.naming.anchors import is_inside, whole_place
from bothends.naming.candidates import attribute_spellings, module_spellings
from bothends.naming.lengths import file_name
from bothends.naming.names import TypeName
from bothends.naming.places import Kind, anchor_place
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, LOCKED, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.types import component_key
from bothends.naming.wishes import Wishes
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
        if homes:
            graph[anchor].update(homes[node.anchor] for node in nodes(*stated) if isinstance(node, Recursive))
    return graph


def module_names(
    api: Api, types: Mapping[TypeId, str], methods: Mapping[OperationId, str], wishes: Wishes, report: Report
) -> dict[str, str]:
    """Return the module of each anchor.

    A cycle is named after the first of its components by name, else after its first operation; one that grows keeps
    its name. Modules are files: names that differ in nothing but case are the same on some systems.
    """
    operations = {key.anchor: name for key, name in methods.items()}
    components = {key.anchor: name for key, name in types.items() if not key.steps}
    claims: list[Claim[tuple[str, ...]]] = []
    for group in anchors_by_cycle(api):
        first = min(group, key=lambda anchor: (anchor not in components, components.get(anchor, anchor), anchor))
        if first in operations and first not in components:
            name = operations[first].rstrip("_")
            plain = f"{name}_" if name in reserved("modules") else name
            claims.append(Claim(group, (file_name(plain), file_name(f"{name}_operation")), f"module of {first}", PLAIN))
        else:
            key = component_key(first)
            name = components.get(first, key)
            spellings = module_spellings(name, whole_place(first) if is_inside(first) else key, "model")
            # Of two classes that differ in spelling alone the one that is spelled as usual has the better right.
            rank = EXACT if pascal(split(name)) == name else PRIVILEGED
            claims.append(Claim(group, spellings, f"module of {key}", rank))
    taken = frozenset(name.casefold() for name in types.values() if name == name.casefold())
    settled = settle(_recorded(claims, components, operations, wishes), report, str.casefold, taken)
    return {anchor: name for group, name in settled.items() for anchor in group}


def _recorded(
    claims: Iterable[Claim[tuple[str, ...]]],
    components: Mapping[str, str],
    operations: Mapping[str, str],
    wishes: Wishes,
) -> Iterator[Claim[tuple[str, ...]]]:
    """Yield the claims with the modules in front that the lock has for them.

    Of a cycle that came apart the part that the module is named after keeps it; one that grew together keeps the
    module that it is named after, else the first by name.
    """
    heirs: dict[str, list[tuple[bool, tuple[str, ...]]]] = {}
    claims = list(claims)
    for claim in claims:
        for anchor in claim.key:
            kind, name = _named(anchor, components, operations)
            place = anchor_place(anchor)
            module = wishes.kept(Kind.MODULES, place, avoid=reserved("modules"))
            if module is not None and (name is None or wishes.follows(kind, place, name)):
                heirs.setdefault(module, []).append((module not in claim.spellings, claim.key))
    kept: dict[tuple[str, ...], list[str]] = {}
    for module in sorted(heirs):
        kept.setdefault(min(heirs[module])[1], []).append(module)
    for claim in claims:
        modules = sorted(kept.get(claim.key, ()), key=lambda module: (module not in claim.spellings, module))
        spellings = tuple(dict.fromkeys((*modules[:1], *claim.spellings)))
        yield replace(claim, spellings=spellings, rank=LOCKED) if modules else claim


def _named(anchor: str, components: Mapping[str, str], operations: Mapping[str, str]) -> tuple[Kind, str | None]:
    if anchor in components:
        return Kind.TYPES, components[anchor]
    return Kind.OPERATIONS, operations.get(anchor)


def check_names(api: Api, modules: Mapping[str, str], wishes: Wishes, report: Report) -> dict[str, TypeName]:
    """Return name and module of each named check."""
    anchors = {declaration.id.anchor for declaration in api.declarations}
    avoid = reserved()
    claims = [wishes.claim(_check_claim(check), Kind.CHECKS, check.anchor, avoid=avoid) for check in api.checks]
    names = settle(claims, report)
    return {anchor: TypeName(name, modules[anchor_of_check(anchor, anchors)]) for anchor, name in names.items()}


def _check_claim(check: NamedCheck) -> Claim[str]:
    place = check.anchor.partition("#")[2].removeprefix("/components/schemas/")
    spellings = attribute_spellings(f"{place} check", "check", reserved())
    return Claim(check.anchor, spellings, check.anchor, PLAIN, check.origin)
