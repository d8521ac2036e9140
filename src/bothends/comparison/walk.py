"""Walks two schemas side by side. In go the schemas of two documents, out come differences and pairs of components.

Components are not walked into: they are yielded as pairs, so that each is compared once, however many operations
refer to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bothends.comparison.arrays import compare_arrays
from bothends.comparison.differences import Difference, Flow, Found, Pair
from bothends.comparison.keywords import compare_conditions, compare_scalars
from bothends.comparison.objects import compare_objects
from bothends.comparison.types import compare_types
from bothends.comparison.unions import compare_unions
from bothends.comparison.views import View, reference_key, view
from bothends.diagnostics.model import Location
from bothends.lowering.context import Context
from bothends.spec.schema import Schema

#: How deep inline schemas are followed.
_MAX_DEPTH = 40


@dataclass
class Walk:
    """One walk over a pair of schemas and what is inline in them."""

    old: Context
    new: Context
    flow: Flow
    differences: list[Difference] = field(default_factory=list[Difference])
    pairs: list[Pair] = field(default_factory=list[Pair])
    #: How many walks try something out around this one.
    trials: int = 0
    _open: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def found(self) -> Found:
        """Return what was found."""
        return Found(tuple(dict.fromkeys(self.differences)), tuple(dict.fromkeys(self.pairs)))

    def trial(self) -> Walk:
        """Return a walk of the same kind, whose findings are nobody's yet."""
        return Walk(self.old, self.new, self.flow, trials=self.trials + 1, _open=self._open)

    def report(self, rule: str, place: str, message: str, old: Location | None, new: Location | None) -> None:
        """Record a difference."""
        self.differences.append(Difference(rule, place, message, old, new))

    def compare(self, old: Schema, new: Schema, place: str) -> None:
        """Compare two schemas; two references become a pair."""
        one, other = reference_key(old), reference_key(new)
        if one and other:
            self.pairs.append((one, other))
            return
        self.compare_whole(old, new, place)

    def compare_whole(self, old: Schema, new: Schema, place: str) -> None:
        """Compare two schemas, whatever they are called."""
        one, other = view(old, self.old), view(new, self.new)
        both = (id(one.flat), id(other.flat))
        if both in self._open or len(self._open) > _MAX_DEPTH:
            return
        self._open.add(both)
        self._compare_views(one, other, place)
        self._open.discard(both)

    def _compare_views(self, old: View, new: View, place: str) -> None:
        if not compare_types(self, old, new, place) or not compare_unions(self, old, new, place):
            return
        compare_scalars(self, old, new, place)
        compare_objects(self, old, new, place)
        compare_arrays(self, old, new, place)
        compare_conditions(self, old, new, place)
