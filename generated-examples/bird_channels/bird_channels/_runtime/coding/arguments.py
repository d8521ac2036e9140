"""Text to arguments: parameters read from a path, a query, headers and cookies.

Comes in: a descriptor and raw, still encoded text. Goes out: a value of the declared
type, or :data:`MISSING`. Raises :class:`CodingError` for a spelling that cannot be
read, and pydantic's ``ValidationError`` for a value that is not of the type. The
reverse is :mod:`.parameters`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal

from pydantic import ValidationError

from ..adapters import decode
from ..operation import Form, Json, Media, Parameter
from .percent import unescape
from .problem import CodingError
from .shapes import Shape, shape_of
from .texts import Tree, json_readings, json_text
from .trees import deep_tree, object_tree, paired, path_trees, split_delimited


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""What is returned where the request does not hold the parameter."""

Missing = Literal[_Missing.MISSING]


@dataclass(frozen=True, slots=True)
class Pair:
    """One ``name=value`` of a query or of cookies.

    The name decoded, the value as it came.
    """

    name: str
    raw: str


def parse_query(raw: str) -> tuple[Pair, ...]:
    """Return the pairs of a raw query string."""
    pairs: list[Pair] = []
    for piece in raw.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            pairs.append(Pair(unescape(name, plus=True), value))
    return tuple(pairs)


def parse_cookies(headers: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs of ``Cookie`` headers."""
    pairs: list[Pair] = []
    for header in headers:
        for piece in header.split(";"):
            name, equals, value = piece.strip(" \t").partition("=")
            if equals:
                if len(value) > 1 and value[0] == value[-1] == '"':
                    value = value[1:-1]
                pairs.append(Pair(name, value))
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Claims:
    """The pairs of a query or of cookies that have an owner.

    An exploded object without fixed properties is given all others.
    """

    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    takes_rest: bool = False

    def hold(self, name: str) -> bool:
        """Return whether a pair of this name has an owner."""
        return name in self.names or name.startswith(self.prefixes)


UNCLAIMED: Final = Claims()
"""Nothing has an owner."""


def claims_of(parameters: Iterable[Parameter], others: Iterable[str] = ()) -> Claims:
    """Return what query or cookie parameters answer to.

    ``others`` are names that belong to something else, such as a credential.
    """
    names, prefixes, takes_rest = set(others), list[str](), False
    for parameter in parameters:
        if parameter.media is None and parameter.style == "deepObject":
            prefixes.append(f"{parameter.wire}[")
            continue
        names.add(parameter.wire)
        if parameter.media is None and parameter.explode:
            shape = shape_of(parameter.type)
            if shape.is_object:
                names.update(shape.properties)
                takes_rest = takes_rest or shape.extra is not None
    return Claims(frozenset(names), tuple(prefixes), takes_rest)


def decode_path(parameter: Parameter, raw: str) -> Any:
    """Return the argument that a slot of a path holds."""
    if parameter.media is not None:
        return _from_media(parameter.media, unescape(raw))
    if parameter.type is str and parameter.style == "simple":
        return unescape(raw)
    shape = shape_of(parameter.type)
    trees = path_trees(raw, parameter.wire, parameter.style, parameter.explode, shape)
    return typed(parameter.type, shape, trees)


def decode_query(
    parameter: Parameter, pairs: Sequence[Pair], claims: Claims = UNCLAIMED
) -> Any | Missing:
    """Return the argument that a query holds.

    ``claims``: see :func:`claims_of`.
    """
    return _from_pairs(parameter, pairs, claims, _form_text)


def decode_querystring(parameter: Parameter, raw: str) -> Any | Missing:
    """Return the argument that is the whole query (``in: querystring``)."""
    if not raw:
        return MISSING
    media = parameter.media
    if isinstance(media, Form):
        shape = shape_of(media.type)
        pairs = [(pair.name, _form_text(pair.raw)) for pair in parse_query(raw)]
        return typed(media.type, shape, iter((object_tree(pairs, shape),)))
    text = unescape(raw)
    return (
        _from_media(media, text)
        if media
        else typed(parameter.type, shape_of(parameter.type), iter((text,)))
    )


def decode_header(parameter: Parameter, values: Sequence[str]) -> Any | Missing:
    """Return the argument that the lines of a header hold."""
    if not values:
        return MISSING
    text = ",".join(values)
    if parameter.media is not None:
        return _from_media(parameter.media, text)
    shape = shape_of(parameter.type)
    return typed(parameter.type, shape, _header_trees(text, parameter.explode, shape))


def decode_cookie(
    parameter: Parameter, pairs: Sequence[Pair], claims: Claims = UNCLAIMED
) -> Any | Missing:
    """Return the argument that cookies hold."""
    return _from_pairs(
        parameter, pairs, claims, str if parameter.style == "cookie" else unescape
    )


def _from_pairs(
    parameter: Parameter,
    pairs: Sequence[Pair],
    claims: Claims,
    read: Callable[[str], str],
) -> Any | Missing:
    if parameter.media is not None:
        found = [pair.raw for pair in pairs if pair.name == parameter.wire]
        return _from_media(parameter.media, read(_only(found))) if found else MISSING
    shape = shape_of(parameter.type)
    if parameter.style == "deepObject":
        deep = deep_tree(
            parameter.wire, [(pair.name, read(pair.raw)) for pair in pairs]
        )
        if deep is None and any(pair.name == parameter.wire for pair in pairs):
            return _empty(parameter, shape)
        return MISSING if deep is None else typed(parameter.type, shape, iter((deep,)))
    if parameter.explode and shape.is_object:
        mine = [
            (pair.name, read(pair.raw))
            for pair in pairs
            if pair.name in shape.properties
            or (shape.extra is not None and not claims.hold(pair.name))
        ]
        return (
            typed(parameter.type, shape, iter((object_tree(mine, shape),)))
            if mine
            else _empty(parameter, shape)
        )
    found = [pair.raw for pair in pairs if pair.name == parameter.wire]
    if not found or (
        parameter.allow_empty and found == [""] and "string" not in shape.kinds
    ):
        return MISSING
    return typed(parameter.type, shape, _value_trees(parameter, found, shape, read))


def _empty(parameter: Parameter, shape: Shape) -> Any | Missing:
    """Return the empty object, if there has to be an object and it may be empty.

    No pair at all is how the styles spell it.
    """
    if not parameter.required:
        return MISSING
    nothing: dict[str, Tree] = {}
    try:
        return typed(parameter.type, shape, iter((nothing,)))
    except (ValidationError, CodingError):
        return MISSING


def _value_trees(
    parameter: Parameter, found: list[str], shape: Shape, read: Callable[[str], str]
) -> Iterator[Tree]:
    """Yield what the values under one name may mean, the exact reading first."""
    array, container = (
        shape.takes("array") and shape.kinds,
        shape.is_array or shape.is_object,
    )
    if array and (parameter.explode or len(found) > 1):
        if len(found) == 1 and not shape.is_array:
            yield read(found[0])
        yield [read(raw) for raw in found]
        # An empty list has no pair, unless there has to be one.
        if found == [""] and parameter.required:
            yield []
        return
    raw = _only(found)
    if shape.kinds and not shape.kinds.isdisjoint({"array", "object"}):
        for items in split_delimited(raw, parameter.style, read):
            yield from _container_trees(items, shape)
        if not raw:
            yield [] if shape.takes("array") else {}
    if not container:
        yield read(raw)


def _container_trees(items: list[str], shape: Shape) -> Iterator[Tree]:
    if shape.takes("object") and not shape.is_array:
        found = paired(items)
        if found is not None:
            yield object_tree(found, shape)
    if shape.takes("array") and (len(items) > 1 or shape.is_array):
        yield list(items)


def _header_trees(text: str, explode: bool, shape: Shape) -> Iterator[Tree]:
    if not shape.is_array and not shape.is_object:
        yield text
    if shape.kinds.isdisjoint({"array", "object"}):
        return
    items = [item.strip(" \t") for item in text.split(",")]
    if shape.takes("array"):
        yield list(items)
        if not text:
            yield []
    if shape.takes("object"):
        found = [_halves(item) for item in items] if explode else paired(items)
        if found is not None and text:
            yield object_tree(found, shape)
        elif not text:
            yield {}


def typed(type: Any, shape: Shape, trees: Iterator[Tree]) -> Any:
    """Return the first reading that is of the type.

    Raise what is wrong with the first reading otherwise.
    """
    problem: ValidationError | None = None
    for tree in trees:
        if type is str and isinstance(tree, str):
            return tree
        for reading in json_readings(tree, shape):
            try:
                return decode(type, json_text(reading))
            except ValidationError as error:
                problem = problem or error
    if problem is None:
        raise CodingError("is not spelled in the style of the parameter")
    raise problem


def _from_media(media: Media, text: str) -> Any:
    if isinstance(media, Json):
        return decode(media.type, text)
    return typed(media.type, shape_of(media.type), iter((text,)))


def _form_text(raw: str) -> str:
    return unescape(raw, plus=True)


def _only(found: Sequence[str]) -> str:
    if len(found) > 1:
        raise CodingError("is given more than once")
    return found[0]


def _halves(item: str) -> tuple[str, str]:
    name, _, value = item.partition("=")
    return name, value
