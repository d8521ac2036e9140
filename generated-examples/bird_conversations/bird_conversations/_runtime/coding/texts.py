"""Between JSON values and trees of text, which is what URLs and parts carry.

A tree is text, a list of trees, a mapping from names to trees, or a JSON value that is
:class:`Exact` and stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self, TypeAlias, Union

from ..adapters import adapter
from ..kinds import is_dict, is_list, is_mapping
from .problem import CodingError
from .shapes import ANY, Shape

Tree: TypeAlias = Union[str, "Exact", "list[Tree]", "Mapping[str, Tree]"]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Exact:
    """A JSON value that is not to be read as text."""

    value: Any


def wire_value(value: Any, type: Any) -> Any:
    """Return the JSON value of a Python value, as the declared type writes it."""
    if value is None or value.__class__ in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    return adapter(type).dump_python(
        value, mode="json", by_alias=True, exclude_unset=True, warnings=False
    )


def text_of(value: Any) -> str:
    """Return the text of a JSON value.

    Scalars as JSON spells them without quotes, the rest as JSON.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return int.__repr__(value)
    try:
        return json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
    except (TypeError, ValueError) as error:
        raise CodingError("has no spelling as text") from error


def json_readings(tree: Tree, shape: Shape) -> Iterator[Any]:
    """Yield what a tree may mean as JSON, the likelier first.

    Text is read as a number, a boolean or null where the shape has one and the spelling
    is JSON's; the second reading, given only where the shape leaves the choice, keeps
    text as it is.
    """
    first = _value(tree, shape, texts=False)
    yield first
    second = _value(tree, shape, texts=True)
    if second != first or type(second) is not type(first):
        yield second


def _value(tree: Tree, shape: Shape, *, texts: bool) -> Any:
    if isinstance(tree, Exact):
        return tree.value
    tree = _fitted(tree, shape)
    if isinstance(tree, str):
        return _scalar(tree, shape, texts=texts)
    if is_mapping(tree):
        return {
            name: _value(
                item, shape.properties.get(name) or shape.extra or ANY, texts=texts
            )
            for name, item in tree.items()
        }
    items: list[Any] = []
    for index, item in enumerate(tree):
        inner = shape.prefix[index] if index < len(shape.prefix) else shape.item
        items.append(_value(item, inner or ANY, texts=texts))
    return items


def _fitted(
    tree: str | list[Tree] | Mapping[str, Tree], shape: Shape
) -> str | list[Tree] | Mapping[str, Tree]:
    """Return text as an array of one, and items as numbered properties, where meant."""
    if shape.is_array and isinstance(tree, str) and tree[:1] != "[":
        return [tree]
    if shape.is_object and is_list(tree):
        return {str(index): item for index, item in enumerate(tree)}
    return tree


def _scalar(text: str, shape: Shape, *, texts: bool) -> Any:
    kinds = shape.kinds
    if not kinds or kinds == _TEXT or (texts and "string" in kinds):
        return text
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if "null" in kinds and (text == "null" or (not text and "string" not in kinds)):
        return None
    if "integer" in kinds and _INTEGER.fullmatch(text):
        return _integer(text)
    if not kinds.isdisjoint(_NUMBERS) and _NUMBER.fullmatch(text):
        return _integer(text) if _INTEGER.fullmatch(text) else _Number(text)
    if not kinds.isdisjoint(_CONTAINERS) and text[:1] in ("{", "["):
        return _json(text)
    return text


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:  # more digits than the interpreter reads
        raise CodingError("is too long for a number") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


class _Number(float):
    """A number that keeps its spelling, so that decimals keep all their digits."""

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def json_text(value: Any) -> bytes:
    """Return the JSON text of a reading."""
    return _dump(value).encode("utf-8", "surrogatepass")


def _dump(value: Any) -> str:
    if isinstance(value, _Number):
        return value.text
    if is_dict(value):
        return (
            "{"
            + ",".join(
                f"{json.dumps(name)}:{_dump(item)}" for name, item in value.items()
            )
            + "}"
        )
    if is_list(value):
        return "[" + ",".join(map(_dump, value)) + "]"
    return json.dumps(value)


_PLAIN = frozenset({str, int, bool})
_TEXT = frozenset({"string"})
_NUMBERS = frozenset({"integer", "number"})
_CONTAINERS = frozenset({"array", "object"})
