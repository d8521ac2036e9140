"""Properties of forms and multipart bodies that are spelled as parameters are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..operation import Part
from .arguments import Pair
from .problem import CodingError
from .shapes import ANY, Shape
from .texts import Tree
from .trees import deep_tree, object_tree, paired


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a body holds text: ``read`` decodes it, ``split`` undoes delimiters."""

    read: Callable[[str], str]
    split: Callable[[str, str], list[str]]


def styled_trees(
    parts: Sequence[Part], shape: Shape, pairs: Sequence[Pair], spelling: Spelling
) -> tuple[dict[str, Tree], set[str]]:
    """Return the values of the properties with a style, and the names they were under.

    ``shape`` is that of the whole body. What is spelled as it would be without a style
    is left to the caller.
    """
    trees: dict[str, Tree] = {}
    taken: set[str] = set()
    for part in parts:
        if part.style is None:
            continue
        inner = shape.properties.get(part.name) or ANY
        names = _names(part, inner, pairs)
        mine = [pair for pair in pairs if pair.name in names]
        if mine:
            trees[part.name] = _tree(part, part.style, inner, mine, spelling)
            taken |= names
    return trees, taken


def _names(part: Part, inner: Shape, pairs: Sequence[Pair]) -> set[str]:
    if part.style == "deepObject":
        return {pair.name for pair in pairs if pair.name.startswith(f"{part.name}[")}
    if part.explode:
        return set(inner.properties) if inner.is_object else set()
    return {part.name} if inner.is_array or inner.is_object else set()


def _tree(
    part: Part, style: str, inner: Shape, pairs: list[Pair], spelling: Spelling
) -> Tree:
    if style == "deepObject":
        found = deep_tree(
            part.name, [(pair.name, spelling.read(pair.raw)) for pair in pairs]
        )
        return {} if found is None else found
    if part.explode:
        return object_tree(
            [(pair.name, spelling.read(pair.raw)) for pair in pairs], inner
        )
    items = spelling.split(pairs[-1].raw, style)
    if not inner.is_object:
        return list[Tree](items)
    entries = paired(items)
    if entries is None:
        raise CodingError("is not spelled in the style of the property")
    return object_tree(entries, inner)
