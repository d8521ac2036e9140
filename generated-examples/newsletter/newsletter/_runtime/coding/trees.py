"""Raw text to trees: undoing the delimiters of a style before anything is decoded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from .percent import unescape
from .problem import CodingError
from .shapes import ANY, Shape
from .texts import Tree

_SPLITS = {
    "spaceDelimited": re.compile(r"%20|\+| "),
    "pipeDelimited": re.compile(r"%7[Cc]|\|"),
    "tabDelimited": re.compile(r"%09|\t"),
}
_COMMA = re.compile(",")
_KEYS = re.compile(r"\[([^\[\]]*)\]")
_INDEX = re.compile(r"0|[1-9][0-9]{0,5}")
_DEPTH = 32


def split_delimited(
    raw: str, style: str, read: Callable[[str], str]
) -> Iterator[list[str]]:
    """Yield the items of a delimited value.

    Exactly, then as a client meant it that encodes delimiters as well.
    """
    pattern = _SPLITS.get(style, _COMMA)
    exact = [read(piece) for piece in pattern.split(raw)]
    yield exact
    if len(exact) == 1 and pattern is _COMMA and "," in exact[0]:
        yield exact[0].split(",")


def paired(items: Sequence[str]) -> list[tuple[str, str]] | None:
    """Return ``R,100,G,200`` as pairs, or None where an item is left over."""
    if len(items) % 2:
        return None
    return list(zip(items[::2], items[1::2], strict=True))


def object_tree(pairs: Iterable[tuple[str, str]], shape: Shape) -> Tree:
    """Return pairs as an object.

    A name that repeats holds an array, as does a property that is one.
    """
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    tree: dict[str, Tree] = {}
    for name, texts in found.items():
        inner = shape.properties.get(name) or shape.extra or ANY
        alone = len(texts) == 1 and (not inner.is_array or texts[0][:1] == "[")
        tree[name] = texts[0] if alone else list[Tree](texts)
    return tree


def path_trees(
    raw: str, name: str, style: str, explode: bool, shape: Shape
) -> Iterator[Tree]:
    """Yield what the raw text of a slot may mean."""
    if style == "matrix":
        yield from _matrix_trees(raw, name, explode, shape)
        return
    delimiter = ","
    if style == "label":
        if not raw.startswith("."):
            raise CodingError("does not begin with a dot")
        raw = raw[1:]
        # Before 3.1.1 the specification had dots without explode as well.
        if explode or (
            "," not in raw and not shape.kinds.isdisjoint({"array", "object"})
        ):
            delimiter = "."
    yield from _delimited_trees(raw, delimiter, style, explode, shape)


def deep_tree(name: str, pairs: Iterable[tuple[str, str]]) -> Tree | None:
    """Return the object that ``name[a][b]=…`` pairs describe, or None without any."""
    root: dict[str, _Node] = {}
    for full, text in pairs:
        if not full.startswith(name):
            continue
        rest = full[len(name) :]
        keys = _KEYS.findall(rest)
        if not keys or "".join(f"[{key}]" for key in keys) != rest:
            continue
        if len(keys) > _DEPTH:
            raise CodingError("is nested too deeply")
        _place(root, keys, text)
    return _folded(root) if root else None


class _Node:
    """A place in a deep object: texts given for it, and places below it."""

    __slots__ = ("below", "texts")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.texts: list[str] = []


def _place(root: dict[str, _Node], keys: list[str], text: str) -> None:
    # ``tags[]=a&tags[]=b``: an empty key that stands alone at its place is an array.
    first, *rest = keys
    node = root.setdefault(first, _Node())
    for key in rest:
        node = node.below.setdefault(key, _Node())
    node.texts.append(text)


def _folded(level: dict[str, _Node]) -> Tree:
    if list(level) == [""]:
        return list[Tree](level[""].texts)
    tree = {key: _leaf(node) for key, node in level.items()}
    if tree and all(_INDEX.fullmatch(key) for key in tree):
        order = sorted(tree, key=int)
        if order == [str(index) for index in range(len(order))]:
            return [tree[key] for key in order]
    return tree


def _leaf(node: _Node) -> Tree:
    if node.below:
        if node.texts:
            raise CodingError("gives both a value and properties for one place")
        return _folded(node.below)
    return node.texts[0] if len(node.texts) == 1 else list[Tree](node.texts)


def _delimited_trees(
    raw: str, delimiter: str, style: str, explode: bool, shape: Shape
) -> Iterator[Tree]:
    if not shape.is_array and not shape.is_object:
        yield unescape(raw)
    if shape.kinds.isdisjoint({"array", "object"}):
        return
    pattern = _SPLITS.get(style)
    pieces = pattern.split(raw) if pattern else raw.split(delimiter)
    if shape.takes("array"):
        yield [unescape(piece) for piece in pieces]
        if not raw:
            yield []
    if shape.takes("object"):
        found = (
            _halves(pieces)
            if explode
            else paired([unescape(piece) for piece in pieces])
        )
        if found is not None and raw:
            yield object_tree(found, shape)
        elif not raw:
            yield {}


def _matrix_trees(raw: str, name: str, explode: bool, shape: Shape) -> Iterator[Tree]:
    if not raw:
        if not shape.kinds.isdisjoint({"array", "object"}):
            yield [] if shape.takes("array") else {}
        return
    if not raw.startswith(";"):
        raise CodingError("does not begin with a semicolon")
    found = [
        (key, value)
        for key, _, value in (piece.partition("=") for piece in raw[1:].split(";"))
    ]
    if (
        explode
        and shape.takes("object")
        and shape.kinds
        and any(unescape(key) != name for key, _ in found)
    ):
        yield object_tree(
            [(unescape(key), unescape(value)) for key, value in found], shape
        )
        return
    if any(unescape(key) != name for key, _ in found):
        raise CodingError("does not carry the parameter's name")
    values = [value for _, value in found]
    if explode and shape.takes("array") and shape.kinds:
        if len(values) == 1 and not shape.is_array:
            yield unescape(values[0])
        yield [unescape(value) for value in values]
    elif len(values) == 1:
        yield from _delimited_trees(values[0], ",", "simple", False, shape)
    else:
        raise CodingError("is given more than once")


def _halves(pieces: Iterable[str]) -> list[tuple[str, str]]:
    return [
        (unescape(name), unescape(value))
        for name, _, value in (piece.partition("=") for piece in pieces)
    ]
