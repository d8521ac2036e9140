"""What the members of an inline union are called: by their meaning, never by their order where that can be avoided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bothends.loading.pointer import parse
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.discriminators import common_tag, property_values
from bothends.lowering.keywords import REFERENCES
from bothends.spec.schema import BooleanSchema, Discriminator, Reference, Schema, SchemaObject


def labels(owner: SchemaObject, branches: Sequence[Schema], context: Context) -> list[str]:
    """Return a label for each branch, all different. Only an ordinal (a number from 1) depends on order."""
    shared = common_tag(branches, context)
    candidates = [
        [*_candidates(owner, branch, branches, shared, context), str(number)]
        for number, branch in enumerate(branches, start=1)
    ]
    chosen = [0] * len(branches)
    while True:
        found = [options[index] for options, index in zip(candidates, chosen, strict=True)]
        counts = Counter(found)
        twice = [n for n, label in enumerate(found) if counts[label] > 1 and chosen[n] + 1 < len(candidates[n])]
        if not twice:
            return found
        for number in twice:
            chosen[number] += 1


def reference_name(reference: Reference) -> str:
    """Return the name of what a reference means: the last token of its key."""
    tokens = parse(reference.key.partition("#")[2])
    return tokens[-1] if tokens else reference.key.rpartition("/")[2]


def reference_of(branch: Schema) -> Reference | None:
    """Return the reference that a branch consists of, or builds on."""
    if isinstance(branch, BooleanSchema):
        return None
    for name in REFERENCES:
        if name in branch:
            reference: Reference = branch.get(name)
            return reference
    parts = [inner for part in branch.get("allOf", ()) if (inner := reference_of(part)) is not None]
    return parts[0] if len(parts) == 1 else None


def _candidates(
    owner: SchemaObject, branch: Schema, branches: Sequence[Schema], shared: str | None, context: Context
) -> Iterator[str]:
    reference = reference_of(branch)
    discriminator: Discriminator | None = owner.get("discriminator")
    if discriminator is not None:
        if reference is not None:
            yield from (value for value, key in discriminator.mapping if key == reference.key)
        yield from _single(branch, discriminator.property_name, context)
    if shared is not None:
        yield from _single(branch, shared, context)
    flat = flatten(branch, context)
    if isinstance(flat, BooleanSchema):
        return
    for name in flat.get("required", ()):
        yield from _single(branch, name, context)
    if reference is not None:
        yield reference_name(reference)
    if flat.get("title"):
        yield flat.get("title")
    types = types_of(flat, context)
    if types is not None and len(types) == 1:
        yield from types
    yield from _own_properties(flat, branch, branches, context)


def _single(branch: Schema, name: str, context: Context) -> Iterator[str]:
    values = property_values(branch, name, context)
    if values is not None and len(values) == 1:
        yield from values


def _own_properties(flat: SchemaObject, branch: Schema, branches: Sequence[Schema], context: Context) -> Iterator[str]:
    """Yield properties that this branch alone has, those that it demands first."""
    others: set[str] = set()
    for other in branches:
        found = flatten(other, context)
        if other is not branch and isinstance(found, SchemaObject):
            others |= found.get("properties", {}).keys()
    mine: dict[str, Schema] = flat.get("properties", {})
    required = set(flat.get("required", ()))
    yield from (name for name in mine if name in required and name not in others)
    yield from (name for name in mine if name not in required and name not in others)
