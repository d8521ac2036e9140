"""What the project wants to cost, beside what it costs: one table of everything that was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peers import DATAMODEL_BOTH, DATAMODEL_MODELS, costs_of_peers
from scaling import growth

#: CPU seconds of all parts.
_GENERATION = {"architect": 0.5, "clerk": 1.6, "opencode": 1.6, "openai": 4.0, "api.github.com": 8.0}
#: How many times the floor.
_FLOORS = {"api.github.com": 3.0}
#: MiB.
_MEMORY = {"api.github.com": 600}
#: How many times our CPU time a peer takes at least.
_PEERS = {
    "architect": (DATAMODEL_BOTH, 4),
    "clerk": (DATAMODEL_BOTH, 5),
    "opencode": (DATAMODEL_BOTH, 5),
    "openai": (DATAMODEL_MODELS, 2),
}
#: CPU seconds.
_USING = {"bothends --help": 0.1, "no-op generate": 0.15, "no-op check": 0.15}
_BASE = "import httpx2, pydantic"
#: Ratios to ``import httpx2, pydantic``.
_IMPORT = {"import package": 1.3}
#: CPU seconds beyond those of ``import package``.
_FIRST = {"first call": 0.15}
#: Ratios to what is written by hand, as the benchmarks that run by themselves print them.
_BY_HAND = {"client_call": 1.15, "server_request": 1.0}
_PRINTED = re.compile(r"^(GET|POST)\b.*\bratio (\d+\.\d+)", re.MULTILINE)
#: Highest to lowest cost of one operation, from this many operations on.
_GROWTH, _FROM = 1.25, 100


@dataclass(frozen=True)
class Row:
    """One target: what was measured, what was wanted, and whether they agree."""

    what: str
    measured: str
    wanted: str
    kept: bool | None


def rows(found: Mapping[str, Any]) -> Sequence[Row]:
    """Return the targets for which there are figures."""
    return [
        *_generation(found.get("generation") or {}),
        *_using(found.get("using") or {}),
        *_by_hand(found),
        *_scaling(found.get("scaling") or {}),
    ]


def _generation(figures: Mapping[str, Any]) -> Iterator[Row]:
    for name, seconds in _GENERATION.items():
        if name not in figures:
            continue
        ours, floor = figures[name]["costs"]["bothends"], figures[name]["costs"]["floor"]
        yield _most(f"generate {name}, CPU", ours["cpu"], seconds, "s")
        if name in _FLOORS:
            yield _most(f"generate {name}, to the floor", ours["cpu"] / floor["cpu"], _FLOORS[name], "times")
        if name in _MEMORY:
            yield _most(f"generate {name}, peak", ours["peak"], _MEMORY[name], "MiB")
        if name in _PEERS:
            yield from _beside(name, ours["cpu"], costs_of_peers(figures[name]))


def _beside(name: str, ours: float, peers: Mapping[str, tuple[float | None, str]]) -> Iterator[Row]:
    peer, least = _PEERS[name]
    if peer not in peers:
        return
    cost, wrong = peers[peer]
    what, wanted = f"generate {name}, the time of {peer}", f"≥ {least} times"
    if cost is None:
        yield Row(what, "it fails", wanted, None)
        return
    note = " (its output does not import)" if wrong else ""
    yield Row(what, f"{cost / ours:.1f} times{note}", wanted, cost / ours >= least)


def _using(figures: Mapping[str, Any]) -> Iterator[Row]:
    for name, seconds in _USING.items():
        if name in figures:
            yield _most(f"`{name}`, CPU", figures[name]["cpu"], seconds, "s")
    for name, most in _IMPORT.items():
        if name in figures:
            yield _most(f"`{name}` to `{_BASE}`", figures[name]["cpu"] / figures[_BASE]["cpu"], most, "times")
    for name, most in _FIRST.items():
        if name in figures:
            beyond = figures[name]["cpu"] - figures["import package"]["cpu"]
            yield _most(f"`{name}` beyond `import package`, CPU", beyond, most, "s")


def _by_hand(found: Mapping[str, Any]) -> Iterator[Row]:
    for name, most in _BY_HAND.items():
        for method, ratio in _PRINTED.findall((found.get(name) or {}).get("printed", "")):
            yield _most(f"{name.replace('_', ' ')}, {method}, to one by hand", float(ratio), most, "times")


def _scaling(figures: Mapping[Any, Any]) -> Iterator[Row]:
    found = growth(figures)
    large = [size for size in found.sizes if size >= _FROM]
    if len(large) < 2:
        return
    where = f"from {min(large):,} to {max(large):,} operations: highest to lowest"
    for what, costs in (("CPU", found.seconds), ("memory", found.memory)):
        parts = [costs[size] for size in large]
        yield _most(
            f"{what} for one operation beyond the fixed part, {where}", max(parts) / min(parts), _GROWTH, "times"
        )


def _most(what: str, measured: float, most: float, unit: str) -> Row:
    return Row(what, f"{measured:.2f} {unit}", f"≤ {most:g} {unit}", measured <= most)
