"""Names of types: components first, inline types below them."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.declarations import Declaration
from bothends.ir.operations import Operation, OperationId
from bothends.ir.types import TypeId
from bothends.naming.candidates import class_spellings, inline_spellings, operation_words
from bothends.naming.overrides import Overrides
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.words import pascal, snake, split


def type_names(api: Api, methods: Mapping[OperationId, str], overrides: Overrides, report: Report) -> dict[TypeId, str]:
    """Return the class name of each declared type; ``methods`` are the names of the operations' methods."""
    avoid = reserved("classes", "builtins")
    roots = [declaration for declaration in api.declarations if not declaration.id.steps]
    names = settle([_component(root, overrides, avoid) for root in roots], report)
    owners = {key.anchor: (name, split(name)) for key, name in names.items()}
    for operation in (*api.operations, *api.webhooks):
        owners[operation.id.anchor] = _owner(operation, methods[operation.id])
    claims = [_taken(key, name) for key, name in names.items()]
    for declaration in api.declarations:
        if declaration.id.steps:
            claims.append(_inline(declaration, owners, overrides, avoid))
    return settle(claims, report)


def component_key(anchor: str) -> str:
    """Return the name of a component as its document has it."""
    return anchor.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _component(declaration: Declaration, overrides: Overrides, avoid: frozenset[str]) -> Claim[TypeId]:
    anchor = declaration.id.anchor
    key = component_key(anchor)
    spellings = class_spellings(split(key), key, avoid)
    rank = EXACT if spellings[0] == key else PRIVILEGED
    if not anchor.startswith("#"):
        # A component of another file yields to one of the root document, and then says which file it is of.
        file = anchor.partition("#")[0].rpartition("/")[2].partition(".")[0]
        whole = class_spellings((*split(file), *split(key)), f"{file} {key}", avoid)
        spellings, rank = (spellings[0], *whole), PLAIN
    return overrides.claim(declaration.id, Claim(declaration.id, spellings, key, rank, declaration.origin))


def _inline(
    declaration: Declaration,
    owners: Mapping[str, tuple[str, tuple[str, ...]]],
    overrides: Overrides,
    avoid: frozenset[str],
) -> Claim[TypeId]:
    key = declaration.id
    owner, words = owners.get(key.anchor) or _stranger(key.anchor)
    spellings = inline_spellings(owner, words, key, avoid)
    # Of several successful responses the plain one is called Response.
    rank = PRIVILEGED if key.steps[:2] == ("response", "200") else PLAIN
    return overrides.claim(key, Claim(key, spellings, " / ".join((owner, *key.steps)), rank, declaration.origin))


def _taken(id: TypeId, name: str) -> Claim[TypeId]:
    return Claim(id, (name,), name, EXACT)


def _owner(operation: Operation, method: str) -> tuple[str, tuple[str, ...]]:
    words = operation_words(operation)
    if snake(words) != method:
        words = split(method)
    return pascal(words), words


def _stranger(anchor: str) -> tuple[str, tuple[str, ...]]:
    """Return an owner for the types of a place that is neither a declared component nor an operation."""
    words = split(component_key(anchor))
    return pascal(words), words
