"""What names are wished for besides those of the rules: chosen in the configuration, or recorded in the name lock."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bothends.naming.lock import NO_LOCK, NameLock
from bothends.naming.places import Kind
from bothends.naming.scope import CHOSEN, LOCKED, Claim
from bothends.naming.symbols import as_parsed

Wish = TypeVar("Wish", bound=Hashable)


@dataclass(frozen=True)
class Wishes:
    """Chosen names by kind, place and (for what belongs to a place) spelling; and the lock, which yields to them."""

    chosen: Mapping[tuple[Kind, str, str], str] = field(default_factory=dict[tuple[Kind, str, str], str])
    lock: NameLock = NO_LOCK

    def claim(
        self, claim: Claim[Wish], kind: Kind, place: str, wire: str = "", *, avoid: Collection[str], locked: bool = True
    ) -> Claim[Wish]:
        """Return a claim with the name in front that is wished for. ``locked``: the lock has a say."""
        chosen = self.chosen.get((kind, place, wire))
        if chosen is not None:
            return _first(claim, chosen, CHOSEN)
        kept = self.kept(kind, place, wire, avoid=avoid) if locked else None
        return claim if kept is None else _first(claim, kept, LOCKED)

    def kept(self, kind: Kind, place: str, wire: str = "", *, avoid: Collection[str]) -> str | None:
        """Return the recorded name, unless it cannot be used any more."""
        name = self.lock.get(kind, place, wire)
        return name if name is not None and is_usable(name, avoid) else None

    def follows(self, kind: Kind, place: str, name: str) -> bool:
        """Tell whether a thing is called what it was called, so that what is named after it keeps its name too."""
        return self.lock.get(kind, place) in (None, name)


def is_usable(name: str, avoid: Collection[str]) -> bool:
    """Tell whether a text is an identifier, public, and none of those to avoid."""
    is_name = name.isidentifier() and not keyword.iskeyword(name) and name == as_parsed(name)
    return is_name and not name.startswith("_") and name not in avoid


def _first(claim: Claim[Wish], name: str, rank: int) -> Claim[Wish]:
    return replace(claim, spellings=tuple(dict.fromkeys((name, *claim.spellings))), rank=rank)
