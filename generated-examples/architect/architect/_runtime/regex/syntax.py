"""Regular expressions of ECMA-262 as trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]

LAST = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Property:
    r"""``\p{name}``, as ECMA-262 and Rust spell it; ``negated``: ``\P{name}``."""

    name: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set. Ranges and properties are in the text's order."""

    ranges: tuple[Range, ...] = ()
    properties: tuple[Property, ...] = ()
    negated: bool = False

    @property
    def is_letter(self) -> bool:
        """Whether this is a single, plain character."""
        return (
            not self.negated
            and not self.properties
            and len(self.ranges) == 1
            and self.ranges[0][0] == self.ranges[0][1]
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: ``start``, ``end``, ``word`` or ``not-word``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group; ``number`` of a capturing one. ``ignore_case``: ``(?i:...)``."""

    inner: Node
    number: int | None = None
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A lookahead or lookbehind."""

    inner: Node
    behind: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Back:
    """A reference to what a group has matched."""

    number: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """A quantifier; ``most`` is None without limit."""

    inner: Node
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One or the other."""

    options: tuple[Node, ...]


Node: TypeAlias = Chars | Edge | Group | Look | Back | Repeat | Sequence | Choice


def complement(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return the ranges of all other characters, in order."""
    result: list[Range] = []
    begin = 0
    for first, last in sorted(ranges):
        if first > begin:
            result.append((begin, first - 1))
        begin = max(begin, last + 1)
    if begin <= LAST:
        result.append((begin, LAST))
    return tuple(result)


def children(node: Node) -> tuple[Node, ...]:
    """Return what a node is made of."""
    match node:
        case Group(inner=inner) | Look(inner=inner) | Repeat(inner=inner):
            return (inner,)
        case Sequence(items=items):
            return items
        case Choice(options=options):
            return options
        case _:
            return ()
