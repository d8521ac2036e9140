"""Canonical keys of schemas to identities of types: the same identity for a place and for a reference to it."""

from __future__ import annotations

from bothends.diagnostics.model import DocumentError
from bothends.ir.types import TypeId
from bothends.loading.pointer import escape, parse
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.keywords import UNIONS
from bothends.lowering.labels import labels
from bothends.spec.schema import Schema, SchemaObject

_COMPONENTS = "#/components/schemas/"


def identity(key: str, context: Context) -> TypeId:
    """Return the identity of the type that stands at a place.

    Places below a component are steps from it. Whatever has no steps of its own (parts of an ``allOf``, places
    outside of components) is its own anchor.
    """
    if not key.startswith(_COMPONENTS) or key in context.components:
        return TypeId(key)
    name, *tokens = parse(key[1:])[2:]
    anchor = f"{_COMPONENTS}{escape(name)}"
    steps = _steps(anchor, tokens, context) if anchor in context.components else None
    return TypeId(key) if steps is None else TypeId(anchor, steps)


def _steps(key: str, tokens: list[str], context: Context) -> tuple[str, ...] | None:
    steps: list[str] = []
    waiting = list(reversed(tokens))
    while waiting:
        keyword = waiting.pop()
        key = f"{key}/{escape(keyword)}"
        if keyword in {"items", "additionalProperties"}:
            steps.append("item" if keyword == "items" else "value")
            continue
        if not waiting:
            return None
        token = waiting.pop()
        parent, key = key.rpartition("/")[0], f"{key}/{escape(token)}"
        step = _step(keyword, token, parent, context)
        if step is None:
            return None
        steps.append(step)
    return tuple(steps)


def _step(keyword: str, token: str, parent: str, context: Context) -> str | None:
    match keyword:
        case "properties":
            return token
        case "prefixItems":
            return f"item:{token}"
        case "patternProperties":
            return "value"
        case "$defs":
            return f"definition:{token}"
        case "oneOf" | "anyOf" if token.isdecimal():
            return _variant(parent, keyword, int(token), context)
        case _:
            return None


def _variant(key: str, keyword: str, index: int, context: Context) -> str | None:
    try:
        owner = context.document.schema(key)
    except DocumentError:
        return None
    if not isinstance(owner, SchemaObject) or keyword not in UNIONS:
        return None
    branches: list[Schema] = list(owner.get(keyword, ()))
    flat = flatten(owner, context)
    if index >= len(branches) or not isinstance(flat, SchemaObject):
        return None
    return f"variant:{labels(flat, branches, context)[index]}"
