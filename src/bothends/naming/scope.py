"""One namespace: claims to names in, names out.

The result depends on the set of claims alone. Claims to the same name are settled by rank; whoever does not keep
the name takes the next, more faithful of its own spellings. Nothing is ever counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bothends.diagnostics.model import Location, Report

Key = TypeVar("Key", bound=Hashable)

#: Ranks, lowest first: who keeps a contested name. What is spelled so yields to what was called so in the last run
#: (:mod:`bothends.naming.lock`), that to what the configuration chooses, and all to what was settled before.
PLAIN, PRIVILEGED, EXACT, LOCKED, CHOSEN, FIXED = range(6)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Key]):
    """A wish for a name. ``spellings`` are identifiers, the best first; ``wire`` is what is shown to people."""

    key: Key
    spellings: tuple[str, ...]
    wire: str
    rank: int = PLAIN
    location: Location | None = None


def settle(
    claims: Iterable[Claim[Key]],
    report: Report,
    fold: Callable[[str], str] = str,
    taken: frozenset[str] = frozenset(),
) -> dict[Key, str]:
    """Return a name for each claim, distinct after ``fold`` and none of those ``taken`` (which are folded)."""
    waiting = {claim.key: claim for claim in claims}
    levels = dict.fromkeys(waiting, 0)
    while True:
        names = {key: spelling(claim, levels[key]) for key, claim in waiting.items()}
        losers = _losers(waiting, levels, names, fold, taken)
        if not losers:
            break
        for key in losers:
            levels[key] += 1
    for key, level in levels.items():
        if level:
            _tell(waiting[key], names[key], report)
    return names


def spelling(claim: Claim[Key], level: int) -> str:
    """Return a spelling of a claim; past the last one, that with a digest of what is named."""
    if level < len(claim.spellings):
        return claim.spellings[level]
    digest = hashlib.sha256(repr(claim.key).encode("utf-8", "backslashreplace")).hexdigest()
    return f"{claim.spellings[-1]}_{digest[: 8 * (1 + level - len(claim.spellings))]}"


def _losers(
    claims: dict[Key, Claim[Key]],
    levels: dict[Key, int],
    names: dict[Key, str],
    fold: Callable[[str], str],
    taken: frozenset[str],
) -> list[Key]:
    folded = {key: fold(name) for key, name in names.items()}
    different = set(folded.values())
    if len(different) == len(names) and taken.isdisjoint(different):
        return []
    groups: dict[str, list[Key]] = {}
    for key, name in folded.items():
        groups.setdefault(name, []).append(key)
    losers: list[Key] = []
    for name, keys in groups.items():
        if name in taken:
            losers += keys
        elif len(keys) > 1:
            strongest = max(_strength(claims[key], levels[key]) for key in keys)
            keepers = [key for key in keys if _strength(claims[key], levels[key]) == strongest]
            losers += [key for key in keys if len(keepers) > 1 or key != keepers[0]]
    return losers


def _strength(claim: Claim[Key], level: int) -> tuple[int, int, int]:
    # A claim with a rank is to the first spelling; a later one has no more right than anybody's of that level.
    return (claim.rank, 0, 0) if level == 0 else (PLAIN, -level, claim.rank)


def _tell(claim: Claim[Key], name: str, report: Report) -> None:
    report.note(
        "name-collision",
        f"{claim.wire!r} is called {name!r}, because something else is called {claim.spellings[0]!r}",
        claim.location,
        "choose another name with an override in the configuration",
    )
