"""Collects changes: those of the API as they are found, those of schemas once for all operations that they reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from bothends.comparison.differences import Difference, Flow, Found, Pair, Side
from bothends.comparison.model import Change, Use, Verdict
from bothends.comparison.rules import RULES
from bothends.comparison.views import component_name
from bothends.comparison.walk import Walk
from bothends.diagnostics.model import Location
from bothends.lowering.context import Context
from bothends.spec.schema import Reference, Schema


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an operation that is compared: ``GET /pets``, ``response 200``, and who sends it."""

    operation: str
    name: str
    flow: Flow

    @property
    def place(self) -> str:
        """How the part is called in a message."""
        return " · ".join(filter(None, (self.operation, self.name)))


@dataclass
class _Reached:
    verdicts: tuple[Verdict, Verdict]
    uses: dict[Use, None]


@dataclass
class Collector:
    """Everything that was found so far. ``old`` and ``new`` hold what is known of the two documents."""

    old: Context
    new: Context
    _changes: list[Change] = field(default_factory=list[Change])
    _found: dict[tuple[Pair, Flow], Found] = field(default_factory=dict[tuple[Pair, Flow], Found])
    _schemas: dict[Difference, _Reached] = field(default_factory=dict[Difference, _Reached])

    def change(
        self, rule: str, part: Part, message: str, old: Location | None = None, new: Location | None = None
    ) -> None:
        """Record a change of the API. Webhooks and callbacks are sent by the servers: the verdicts change places."""
        found = RULES[rule]
        callers, servers = found.first, found.second
        if part.flow.is_request and part.flow.sender is Side.SERVERS:
            callers, servers = servers, callers
        uses = (Use(part.operation, part.name),) if part.operation else ()
        self._changes.append(Change(rule, part.place, message, callers, servers, uses, old, new))

    def schemas(self, old: Schema, new: Schema, part: Part) -> None:
        """Compare two schemas of a part, and everything that they refer to."""
        walk = Walk(self.old, self.new, part.flow)
        walk.compare(old, new, part.place)
        self._reach(walk.found(), part)

    def changes(self) -> list[Change]:
        """Return every change; a schema's once, with all the operations that it reaches."""
        return [*self._changes, *(_change(difference, reached) for difference, reached in self._schemas.items())]

    def _reach(self, found: Found, part: Part) -> None:
        seen: set[Pair] = set()
        waiting = [found]
        while waiting:
            current = waiting.pop()
            for difference in current.differences:
                self._add(difference, part)
            for pair in current.pairs:
                if pair not in seen:
                    seen.add(pair)
                    waiting.append(self._components(pair, part.flow))

    def _components(self, pair: Pair, flow: Flow) -> Found:
        key = (pair, flow)
        if key not in self._found:
            old, new = pair
            walk = Walk(self.old, self.new, flow)
            before, after = component_name(old), component_name(new)
            place = after if before == after else f"{before} → {after}"
            walk.compare_whole(self.old.target(Reference(old)), self.new.target(Reference(new)), place)
            self._found[key] = walk.found()
        return self._found[key]

    def _add(self, difference: Difference, part: Part) -> None:
        callers, servers = part.flow.verdicts(difference.rule)
        reached = self._schemas.setdefault(difference, _Reached((callers, servers), {}))
        reached.verdicts = (max(reached.verdicts[0], callers), max(reached.verdicts[1], servers))
        reached.uses.setdefault(Use(part.operation, part.name))


def _change(difference: Difference, reached: _Reached) -> Change:
    callers, servers = reached.verdicts
    uses = tuple(reached.uses)
    return Change(
        difference.rule, difference.place, difference.message, callers, servers, uses, difference.old, difference.new
    )
