"""Things of two documents by what they are known by: which are gone, which are new, and which stayed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Matched(Generic[Thing]):
    """``removed`` are in the order of the old document, the others in that of the new one."""

    removed: tuple[Thing, ...]
    added: tuple[Thing, ...]
    kept: tuple[tuple[Thing, Thing], ...]


def matched(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Matched[Thing]:
    """Return what became of the things of a document."""
    return Matched(
        removed=tuple(thing for key, thing in old.items() if key not in new),
        added=tuple(thing for key, thing in new.items() if key not in old),
        kept=tuple((old[key], thing) for key, thing in new.items() if key in old),
    )
