"""What the members of an inline union are called: by their meaning, never by their order where that can be avoided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bothends.loading.pointer import parse
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.discriminators import common_tag, property_values
from bothends.lowering.keywords import UNIONS, reference_of
from bothends.spec.schema import BooleanSchema, Discriminator, Reference, Schema, SchemaObject

_SCALARS: Final = frozenset({"boolean", "integer", "null", "number", "string"})
#: Lists in lists that a label tells apart.
_MOST_LISTS: Final = 3
_SHAPES: Final = frozenset({"prefixItems", "patternProperties", "properties", "required"})


def labels(owner: SchemaObject, branches: Sequence[Schema], context: Context) -> list[str]:
    """Return a label for each branch. Those that declare a type have different ones.

    Only an ordinal (a number from 1) depends on the order of the branches.
    """
    shared = common_tag(branches, context)
    flat = [schema for branch in branches if isinstance(schema := flatten(branch, context), SchemaObject)]
    present = Counter(name for schema in flat for name in schema.get("properties", {}))
    demanded = Counter(name for schema in flat for name in set(schema.get("required", ())))
    candidates = [
        [*_candidates(owner, branch, present, demanded, shared, context), str(number)]
        for number, branch in enumerate(branches, start=1)
    ]
    chosen = [0] * len(branches)
    rivals = [number for number, branch in enumerate(branches) if not _is_anonymous(branch, context)]
    while True:
        counts = Counter(candidates[number][chosen[number]] for number in rivals)
        twice = [
            number
            for number in rivals
            if counts[candidates[number][chosen[number]]] > 1 and chosen[number] + 1 < len(candidates[number])
        ]
        if not twice:
            return [options[index] for options, index in zip(candidates, chosen, strict=True)]
        for number in twice:
            chosen[number] += 1


def reference_name(reference: Reference) -> str:
    """Return the name of what a reference means: the last token of its key."""
    tokens = parse(reference.key.partition("#")[2])
    return tokens[-1] if tokens else reference.key.rpartition("/")[2]


def _candidates(
    owner: SchemaObject,
    branch: Schema,
    present: Counter[str],
    demanded: Counter[str],
    shared: str | None,
    context: Context,
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
        yield from _constant(flat, name, context)
    if reference is not None:
        yield reference_name(reference)
    if flat.get("title"):
        yield flat.get("title")
    types = types_of(flat, context)
    kinds = types if types is not None and len(types) == 1 else ()
    yield from kinds
    yield from _own_properties(flat, present, demanded)
    yield from kinds
    yield from _contents(flat, context)


def _is_anonymous(branch: Schema, context: Context) -> bool:
    """Tell whether a branch declares nothing: it is a plain scalar, or a list or map of such."""
    flat = flatten(branch, context)
    if isinstance(flat, BooleanSchema):
        return True
    types = types_of(flat, context)
    if types is None or flat.keywords.keys() & {"enum", *UNIONS, *_SHAPES}:
        return False
    inside = [flat.get(name) for name in ("items", "additionalProperties") if name in flat]
    return types <= _SCALARS | {"array", "object"} and all(_is_anonymous(inner, context) for inner in inside)


def _constant(flat: SchemaObject, name: str, context: Context) -> Iterator[str]:
    """Yield what to call an object after the one value that a property may have."""
    inner = flat.get("properties", {}).get(name)
    found = flatten(inner, context) if inner is not None else None
    values: list[Any] = found.get("enum", []) if isinstance(found, SchemaObject) else []
    match values:
        case [str() as text]:
            yield text
        case [bool() as flag]:
            yield name if flag else f"not {name}"
        case [int() as number]:
            yield f"{name} {number}"
        case _:
            return


def _single(branch: Schema, name: str, context: Context) -> Iterator[str]:
    values = property_values(branch, name, context)
    if values is not None and len(values) == 1:
        yield from values


def _contents(flat: SchemaObject, context: Context) -> Iterator[str]:
    """Yield what each property holds, those that are demanded first: ``labels strings``, ``labels objects``."""
    mine: dict[str, Schema] = flat.get("properties", {})
    required = [name for name in flat.get("required", ()) if name in mine]
    for name in dict.fromkeys((*required, *mine)):
        if kind := _kind(mine[name], context):
            yield f"{name} {kind}"


def _kind(schema: Schema, context: Context, depth: int = 0) -> str:
    """Return the JSON type of a schema in a word, that of its items in the plural; empty where it has several."""
    flat = flatten(schema, context)
    types = types_of(flat, context) if isinstance(flat, SchemaObject) else None
    if isinstance(flat, BooleanSchema) or types is None or len(types) != 1:
        return ""
    (kind,) = types
    if kind != "array" or "items" not in flat or depth == _MOST_LISTS:
        return kind
    inner = _kind(flat.get("items"), context, depth + 1)
    return f"{inner}s" if inner and not inner.endswith("s") else f"{inner or kind} lists"


def _own_properties(flat: SchemaObject, present: Counter[str], demanded: Counter[str]) -> Iterator[str]:
    """Yield properties that this branch alone has or demands, those that it demands first.

    The counters say how many branches have or demand a property.
    """
    mine: dict[str, Schema] = flat.get("properties", {})
    required = dict.fromkeys(flat.get("required", ()))
    yield from (name for name in required if present[name] == (name in mine))
    yield from (name for name in mine if name not in required and present[name] == 1)
    yield from (name for name in required if demanded[name] == 1)
