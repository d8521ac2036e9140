"""Names of types: components first, inline types below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation, OperationId
from bothends.ir.types import TypeId
from bothends.naming.anchors import COMPONENTS, has_own_name, is_inside, whole_place, words_of_place
from bothends.naming.candidates import class_spellings, inline_spellings, operation_words
from bothends.naming.places import Kind, anchor_place, operation_place, type_place
from bothends.naming.reserved import reserved
from bothends.naming.scope import CHOSEN, EXACT, FIXED, LOCKED, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.wishes import Wishes
from bothends.naming.words import pascal, snake, split

_EXTENSION: Final = re.compile(r"(\.schema)?\.(json|ya?ml)$", re.IGNORECASE)


def type_names(api: Api, methods: Mapping[OperationId, str], wishes: Wishes, report: Report) -> dict[TypeId, str]:
    """Return the class name of each declared type; ``methods`` are the names of the operations' methods."""
    avoid = reserved("classes", "builtins")
    roots = [_component(found, wishes, avoid) for found in api.declarations if not found.id.steps]
    inline = [found for found in api.declarations if found.id.steps]
    names = settle(roots, report, taken=_kept_inline(inline, roots, wishes, avoid))
    places = {key.anchor: (Kind.TYPES, anchor_place(key.anchor), name) for key, name in names.items()}
    owners = {key.anchor: (name, split(name)) for key, name in names.items()}
    for operation in (*api.operations, *api.webhooks):
        method = methods[operation.id]
        owners[operation.id.anchor] = _owner(operation, method)
        places[operation.id.anchor] = (Kind.OPERATIONS, operation_place(operation.id), method)
    claims = [Claim(key, (name,), name, FIXED) for key, name in names.items()]
    for declaration in inline:
        owner = places.get(declaration.id.anchor)
        follows = owner is None or wishes.follows(*owner)
        claims.append(wishes.claim(*_inline(declaration, owners, avoid), avoid=avoid, locked=follows))
    return settle(claims, report)


def _kept_inline(
    inline: Iterable[Declaration], roots: Iterable[Claim[TypeId]], wishes: Wishes, avoid: frozenset[str]
) -> frozenset[str]:
    """Return the recorded names of inline types, which a component may only have if it had it first or is to."""
    kept = {wishes.kept(Kind.TYPES, type_place(found.id), avoid=avoid) for found in inline}
    theirs = {root.spellings[0] for root in roots if root.rank in (LOCKED, CHOSEN)}
    return frozenset(name for name in kept if name is not None and name not in theirs)


def component_key(anchor: str) -> str:
    """Return the name of a component as its document has it; of a place inside of one, the words of the way there."""
    if is_inside(anchor) and not has_own_name(anchor):
        return "_".join(words_of_place(anchor))
    if _is_whole_file(anchor):
        return _EXTENSION.sub("", anchor.rstrip("#").rpartition("/")[2])
    return anchor.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _is_whole_file(anchor: str) -> bool:
    """Tell whether a component is all that another file holds."""
    file, _, pointer = anchor.partition("#")
    return file != "" and pointer == ""


def _component(declaration: Declaration, wishes: Wishes, avoid: frozenset[str]) -> Claim[TypeId]:
    anchor = declaration.id.anchor
    key = component_key(anchor)
    spellings = class_spellings(split(key), key, avoid)
    rank = EXACT if spellings[0] == key else PRIVILEGED
    home = anchor.rpartition("/")[0].rpartition("/")[2]
    if is_inside(anchor):
        # What has no name of its own, or not the best right to it, is called by the way that leads there.
        words = words_of_place(anchor)
        brief = spellings[:1] if has_own_name(anchor) else ()
        exact = class_spellings((*words, "Schema"), whole_place(anchor), avoid)
        spellings, rank = (*brief, *class_spellings(words, "", avoid)[:1], *exact), PLAIN
    elif not anchor.startswith("#"):
        # A component of another file yields to one of the root document, and then says which file it is of.
        path = anchor.partition("#")[0]
        file = path.rpartition("/")[2].partition(".")[0] if not _is_whole_file(anchor) else path.rpartition("/")[0]
        whole = class_spellings((*split(file), *split(key)), f"{file} {key}", avoid)
        spellings, rank = (spellings[0], *whole), PLAIN
    elif home in COMPONENTS:
        # A parameter yields to a schema, and then says that it is one.
        kind = COMPONENTS[home]
        spellings, rank = (spellings[0], *class_spellings((*split(key), kind), f"{key} {kind}", avoid)), PLAIN
    claim = Claim(declaration.id, spellings, key, rank, declaration.origin)
    return wishes.claim(claim, Kind.TYPES, type_place(declaration.id), avoid=avoid)


def _inline(
    declaration: Declaration, owners: Mapping[str, tuple[str, tuple[str, ...]]], avoid: frozenset[str]
) -> tuple[Claim[TypeId], Kind, str]:
    """Return the claim of an inline type by the rules, and where a wish for it would stand."""
    key = declaration.id
    owner, words = owners.get(key.anchor) or _stranger(key.anchor)
    spellings = inline_spellings(owner, words, key, avoid)
    # Of several successful responses the plain one is called Response; of a component and an operation that would
    # give a part the same name, the component has the better right.
    rank = PRIVILEGED if key.steps[:2] == ("response", "200") or key.anchor.startswith("#") else PLAIN
    claim = Claim(key, spellings, " / ".join((owner, *key.steps)), rank, declaration.origin)
    return claim, Kind.TYPES, type_place(key)


def _owner(operation: Operation, method: str) -> tuple[str, tuple[str, ...]]:
    words = operation_words(operation)
    if snake(words) != method:
        words = split(method)
    return pascal(words), words


def _stranger(anchor: str) -> tuple[str, tuple[str, ...]]:
    """Return an owner for the types of a place that is neither a declared component nor an operation."""
    words = words_of_place(anchor) if is_inside(anchor) else split(component_key(anchor))
    return pascal(words), words
