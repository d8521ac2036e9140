"""Chains of schemas that are parts of each other (``allOf``, ``$ref``): put together from their far ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bothends.ir.graph import strong_components
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.keywords import REFERENCES, UNIONS
from bothends.spec.schema import Reference, Schema, SchemaObject

# Schemas are put together by calls within calls: never over more than so many components.
_STEP: Final = 20


def settle_chains(context: Context) -> None:
    """Put some components together ahead of those that they are parts of, where many are parts of each other.

    What is put together once is remembered, so that no way from one to another is too long.
    """
    schemas = {key: context.target(Reference(key)) for key in context.components}
    parts = {key: {part for part in _parts(schema) if part in schemas} for key, schema in schemas.items()}
    depths: dict[str, int] = {}
    for group in strong_components(parts):
        below = {part for key in group for part in parts[key]}.difference(group)
        depth = 1 + max((depths.get(part, 0) for part in below), default=0)
        depths |= dict.fromkeys(group, depth)
        if depth % _STEP == 0:
            for key in group:
                flatten(schemas[key], context)


def _parts(schema: Schema) -> Iterator[str]:
    """Yield the keys of what a schema refers to in place."""
    waiting: list[Schema] = [schema]
    while waiting:
        found = waiting.pop()
        if isinstance(found, SchemaObject):
            references: list[Any] = [found.get(name) for name in REFERENCES if name in found]
            yield from (reference.key for reference in references)
            for name in ("allOf", *UNIONS):
                waiting.extend(found.get(name, ()))
