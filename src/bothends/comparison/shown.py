"""A comparison as it is printed: sections, sentences and places, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bothends.comparison.model import BUMPS, Change, Comparison, Use, Verdict
from bothends.diagnostics.located import Locator
from bothends.diagnostics.model import Location

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A change and where it is written: ``file:line:column`` in the old and in the new document."""

    change: Change
    old: str
    new: str

    @property
    def place(self) -> str:
        """The place that is worth looking at."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class Group:
    """One change, or the same one at so many places that nobody wants to read it as often."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The row that stands for the others."""
        return self.rows[0]

    @property
    def places(self) -> tuple[str, ...]:
        """What changed: the first few places."""
        return tuple(row.change.place for row in self.rows[:_LISTED])

    @property
    def more(self) -> str:
        """How many places are left out, in words."""
        left = len(self.rows) - len(self.places)
        return f" and {left} more" if left else ""

    @property
    def reached(self) -> str:
        """The operations that the change reaches, as far as its place does not name them."""
        if len(self.rows) == 1:
            return uses(self.first.change)
        reached = {use.operation for row in self.rows for use in row.change.uses}
        return f"{len(reached)} operations" if len(reached) > len(self.rows) else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison of two named documents."""

    old: str
    new: str
    comparison: Comparison
    rows: tuple[Row, ...]

    def sections(self) -> Iterator[tuple[Verdict, tuple[Row, ...]]]:
        """Yield the changes by what they mean for callers, worst first; verdicts without any are left out."""
        for verdict in sorted(Verdict, reverse=True):
            found = tuple(row for row in self.rows if row.change.callers is verdict)
            if found:
                yield verdict, found


def groups(rows: Iterable[Row]) -> list[Group]:
    """Return the rows in their order, those together that say the same of the same name at many places."""
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        change = row.change
        name = change.place.rpartition(" · ")[2].rpartition(".")[2]
        alike.setdefault((change.rule, change.message, change.servers, name), []).append(row)
    return [
        Group(part) for found in alike.values() for part in ([tuple(found)] if len(found) > _LISTED else zip(found))
    ]


def shown(old: str, new: str, comparison: Comparison, locators: tuple[Locator, Locator]) -> Shown:
    """Return a comparison with lines and columns, which ``locators`` find in the old and the new document."""
    first, second = locators
    first.prepare(_present(change.old for change in comparison.changes))
    second.prepare(_present(change.new for change in comparison.changes))
    rows = (Row(change, _where(change.old, first), _where(change.new, second)) for change in comparison.changes)
    return Shown(old, new, comparison, tuple(rows))


def summary(comparison: Comparison) -> str:
    """Return one line: how many changes there are of which kind."""
    if not comparison.changes:
        return "nothing but prose changed" if comparison.bump == "patch" else "nothing changed"
    return "; ".join(f"for {side}: {_counts(comparison, side)}" for side in ("callers", "servers"))


def version_advice(comparison: Comparison) -> str:
    """Return one sentence about the version that the changes ask for, and the one that the document states."""
    if comparison.bump == "none":
        return "no new version is needed"
    asked = f"the changes ask for a {comparison.bump} version"
    stated = _step(comparison.old_version, comparison.new_version)
    if stated is None:
        return f"{asked}; {comparison.old_version} and {comparison.new_version} cannot be compared"
    if stated == "none":
        return f"{asked}; the document still says {comparison.new_version}"
    is_enough = BUMPS.index(stated) >= BUMPS.index(comparison.bump)
    return (
        f"{asked}; {comparison.old_version} to {comparison.new_version} is {'one' if is_enough else f'a {stated} one'}"
    )


def uses(change: Change, most: int = _LISTED) -> str:
    """Return the operations that a change reaches, for a change that is not written in the operation itself."""
    if not change.uses or change.place.startswith(change.uses[0].operation):
        return ""
    shown_uses = _by_part(change.uses)
    text = ", ".join(shown_uses[:most])
    return text + (f" and {len(shown_uses) - most} more" if len(shown_uses) > most else "")


def _by_part(found: Iterable[Use]) -> list[str]:
    parts: dict[str, list[str]] = {}
    for use in found:
        parts.setdefault(use.operation, []).append(use.part)
    return [f"{operation} ({', '.join(filter(None, names))})" for operation, names in parts.items()]


def _present(locations: Iterable[Location | None]) -> Iterator[Location]:
    return (location for location in locations if location is not None)


def _where(location: Location | None, locator: Locator) -> str:
    if location is None:
        return ""
    written = locator.origin(location)
    position = locator.locate(written)
    return ":".join((written.uri, *map(str, position or ())))


def _counts(comparison: Comparison, side: str) -> str:
    return ", ".join(f"{comparison.count(verdict, side)} {verdict.word}" for verdict in sorted(Verdict, reverse=True))


def _step(old: str, new: str) -> str | None:
    before, after = _VERSION.match(old), _VERSION.match(new)
    if before is None or after is None:
        return None
    one, other = ([int(number or 0) for number in found.groups()] for found in (before, after))
    for bump, first, second in zip(("major", "minor", "patch"), one, other, strict=True):
        if first != second:
            return bump if second > first else "none"
    return "none"
