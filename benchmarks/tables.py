"""Prints figures as Markdown tables, with bars for what grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_BAR = 30


def markdown(found: dict[str, Any]) -> str:
    """Return everything that was measured as one page."""
    return "\n".join(_lines(found)).rstrip() + "\n"


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "CPU seconds of whole processes, children included; medians of runs in turn. Ratios count, not the values:"
    yield "they were measured in one run, on one machine."
    sections = {"generation": _generation, "using": _using, "scaling": _scaling}
    for name, figures in found.items():
        if figures:
            yield ""
            yield f"## {name.replace('_', ' ').capitalize()}"
            yield ""
            yield from sections.get(name, _alone)(figures)


def _generation(figures: dict[str, Any]) -> Iterator[str]:
    peers = sorted({peer for document in figures.values() for peer in document["usable"]})
    yield "A peer's ratio is its CPU time to ours; in brackets where its output is incomplete or does not import."
    yield ""
    yield from _head("document", "files", "bothends, s", "wall, s", "peak, MiB", "to the floor", *peers)
    for name, document in figures.items():
        costs = document["costs"]
        ours = costs["bothends"]
        others = [_peer(costs.get(peer), document["usable"].get(peer, False), ours["cpu"]) for peer in peers]
        to_floor = f"{ours['cpu'] / costs['floor']['cpu']:.1f}"
        yield _row(
            name,
            document["files"],
            f"{ours['cpu']:.2f}",
            f"{ours['wall']:.2f}",
            f"{ours['peak']:.0f}",
            to_floor,
            *others,
        )


def _peer(cost: dict[str, float] | None, usable: bool, ours: float) -> str:
    if cost is None:
        return "-"
    ratio = f"{cost['cpu'] / ours:.1f} times"
    return ratio if usable else f"({ratio})"


def _using(figures: dict[str, Any]) -> Iterator[str]:
    base = figures["import httpx2, pydantic"]["cpu"]
    yield from _head("what", "CPU, ms", "to `import httpx2, pydantic`", "peak, MiB")
    for name, cost in figures.items():
        yield _row(f"`{name}`", f"{cost['cpu'] * 1000:.0f}", f"{cost['cpu'] / base:.2f}", f"{cost['peak']:.0f}")


def _scaling(figures: dict[Any, Any]) -> Iterator[str]:
    most = max(cost["ms_per_operation"] for cost in figures.values())
    yield from _head("operations", "CPU, s", "peak, MiB", "CPU for one operation, ms", "")
    for size, cost in figures.items():
        bar = "█" * round(cost["ms_per_operation"] / most * _BAR)
        yield _row(size, cost["cpu"], cost["peak"], cost["ms_per_operation"], bar)


def _alone(figures: dict[str, Any]) -> Iterator[str]:
    yield from ("```", *figures["printed"].splitlines(), "```")


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row("---", *("---:" for _ in titles[1:]))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
