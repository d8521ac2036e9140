"""From the path of a request to the operation that answers it.

Comes in: the raw path, still percent-encoded, so that an encoded slash stays within its
argument. Goes out: what stands at that path, and the raw text of each slot. Literal
text wins over slots, segment by segment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import quote, unquote

from starlette.types import Scope

T = TypeVar("T")

SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass
class Place(Generic[T]):
    """What stands at one path template: for each method, who may answer."""

    template: str
    methods: dict[str, list[T]] = field(default_factory=dict[str, list[T]])

    def takes(self, method: str) -> bool:
        """Tell whether a method is answered; GET answers HEAD, too."""
        return method in self.methods or (method == "HEAD" and "GET" in self.methods)


@dataclass
class _Node(Generic[T]):
    literals: dict[str, _Node[T]] = field(default_factory=dict[str, "_Node[T]"])
    slots: dict[str, _Slot[T]] = field(default_factory=dict[str, "_Slot[T]"])
    place: Place[T] | None = None


@dataclass
class _Slot(Generic[T]):
    pattern: re.Pattern[str] | None  # None: the whole segment
    node: _Node[T]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A place and the raw text of the slots in its path, in order."""

    place: Place[T]
    values: tuple[str, ...]


class Table(Generic[T]):
    """All paths of a document."""

    def __init__(self) -> None:
        self._root = _Node[T]()
        self.places: list[Place[T]] = []

    def add(self, method: str, template: str, answer: T) -> None:
        """Add an answer to a method at a path template.

        A query and a fragment, which some documents have there, are no part of it.
        """
        template = re.split("[?#]", template, maxsplit=1)[0]
        node = self._root
        # Slots are told apart by the text around them, not by their names.
        for segment in SLOT.sub("{}", template).split("/")[1:]:
            node = _below(node, segment)
        if node.place is None:
            node.place = Place(template)
            self.places.append(node.place)
        node.place.methods.setdefault(method, []).append(answer)

    def find(self, path: str, method: str = "") -> Found[T] | None:
        """Return what stands at a raw path.

        Where several templates fit, the first that takes the method; else the first.
        """
        segments = path.split("/")[1:]
        found = _find(self._root, segments, 0, (), method)
        if found is None and method:
            found = _find(self._root, segments, 0, (), "")
        return None if found is None else Found(*found)


def raw_path(scope: Scope) -> str:
    """Return the path of a request below where the application is mounted."""
    raw = scope.get("raw_path")
    path = (
        raw.decode("latin-1").partition("?")[0] if raw else quote(scope["path"], "/%")
    )
    root = quote(scope.get("root_path", ""), "/%")
    below = path.removeprefix(root) if root else path
    return below if below.startswith("/") else path


def _below(node: _Node[T], shape: str) -> _Node[T]:
    if "{}" not in shape:
        return node.literals.setdefault(unquote(shape), _Node())
    if shape not in node.slots:
        pieces = [_spelled(unquote(piece)) for piece in shape.split("{}")]
        pattern = None if shape == "{}" else re.compile("(.+?)".join(pieces))
        node.slots[shape] = _Slot(pattern, _Node())
        ordered = sorted(node.slots.items(), key=lambda item: -len(item[0]))
        node.slots = dict(ordered)
    return node.slots[shape].node


def _spelled(text: str) -> str:
    """Return a pattern for literal text in a raw path, where it may be encoded."""
    return "".join(map(_character, text))


def _character(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    encoded = "".join(f"%{octet:02x}" for octet in character.encode())
    return f"(?:{re.escape(character)}|(?i:{encoded}))"


def _find(
    node: _Node[T], segments: list[str], at: int, values: tuple[str, ...], method: str
) -> tuple[Place[T], tuple[str, ...]] | None:
    if at == len(segments):
        place = node.place
        if place is None or (method and not place.takes(method)):
            return None
        return place, values
    segment = segments[at]
    literal = node.literals.get(unquote(segment) if "%" in segment else segment)
    if literal is not None:
        found = _find(literal, segments, at + 1, values, method)
        if found is not None:
            return found
    for slot in node.slots.values():
        if slot.pattern is None:
            more: tuple[str, ...] | None = (segment,) if segment else None
        else:
            match = slot.pattern.fullmatch(segment)
            more = match.groups() if match else None
        if more is not None:
            found = _find(slot.node, segments, at + 1, (*values, *more), method)
            if found is not None:
                return found
    return None
