"""What is called otherwise than before: in come two name locks, out come the differences that callers notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bothends.naming.lock import NameLock
from bothends.naming.places import CHOSEN_KINDS, Kind

_WORDS: Final = {
    Kind.TYPES: "schemas.",
    Kind.OPERATIONS: "method ",
    Kind.GROUPS: "group ",
    Kind.SCHEMES: "credential ",
}


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing with another name: its kind, its place, and for what belongs to a place its spelling there."""

    kind: Kind
    place: str
    wire: str
    old: str
    new: str

    def __str__(self) -> str:
        """Say it in a line: ``schemas.PetOwner is schemas.Owner now (Pet/owner)``."""
        prefix = _WORDS.get(self.kind, "")
        where = f"{self.place} {self.wire}" if self.kind is Kind.PARAMETERS else f"{self.place}/{self.wire}"
        return f"{prefix}{self.old} is {prefix}{self.new} now ({where if self.wire else self.place})"


def find_renames(before: NameLock, after: NameLock) -> tuple[Rename, ...]:
    """Return what has another name, sorted.

    A component that its author renamed is another place; it is found by what it consists of.
    """
    found = [
        Rename(*key, name, after.names[key])
        for key, name in before.names.items()
        if key[0] in CHOSEN_KINDS and after.names.get(key, name) != name
    ]
    return tuple(sorted([*found, *_moved(before, after)], key=lambda one: (one.kind, one.place, one.wire)))


def _moved(before: NameLock, after: NameLock) -> Iterator[Rename]:
    """Yield types that went and came again elsewhere: with the same members, which are nobody else's."""
    gone = {key[1] for key in before.names if key[0] is Kind.TYPES} - {key[1] for key in after.names}
    new = {key[1] for key in after.names if key[0] is Kind.TYPES} - {key[1] for key in before.names}
    came = _by_members(new, after)
    for members, places in _by_members(gone, before).items():
        others = came.get(members, [])
        if len(places) == len(others) == 1:
            old, name = before.get(Kind.TYPES, places[0]), after.get(Kind.TYPES, others[0])
            if old is not None and name is not None and old != name:
                yield Rename(Kind.TYPES, others[0], "", old, name)


def _by_members(places: Iterable[str], lock: NameLock) -> dict[frozenset[str], list[str]]:
    wanted = set(places)
    members: dict[str, set[str]] = {}
    for kind, place, wire in lock.names:
        if kind is Kind.MEMBERS and place in wanted:
            members.setdefault(place, set()).add(wire)
    found: dict[frozenset[str], list[str]] = {}
    for place, wires in members.items():
        found.setdefault(frozenset(wires), []).append(place)
    return found
