"""Prints figures as Markdown: tables, prose about them, and bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import targets
from peers import DATAMODEL_CLIENT, DATAMODEL_SERVER

_BAR = 30
_BOTH = "datamodel-code-generator (client + server)"


def markdown(found: Mapping[str, Any]) -> str:
    """Return everything that was measured as one page."""
    return "\n".join(_lines(found)).rstrip() + "\n"


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "CPU seconds of whole processes, children included; medians of runs in turn. Ratios count, not the values:"
    yield "those of a document, or of a table, come from one run, on one machine. This page is made by"
    yield "`just benchmarks --peers --documents PATH… --large PATH --write`."
    sections: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
        "generation": _generation,
        "using": _using,
        "scaling": _scaling,
    }
    for name, figures in found.items():
        if figures:
            yield ""
            yield f"## {name.replace('_', ' ').capitalize()}"
            yield ""
            yield from sections.get(name, _alone)(figures)
    if wanted := targets.rows(found):
        yield from ("", "## Targets", "")
        yield from _head("what", "measured", "wanted", "")
        yield from (_row(row.what, row.measured, row.wanted, "✓" if row.kept else "missed") for row in wanted)


def _generation(figures: dict[str, Any]) -> Iterator[str]:
    yield "The floor reads and parses the document, formats what bothends wrote with ruff, and writes it again."
    yield ""
    yield from _head("document", "files", "bothends, s", "wall, s", "peak, MiB", "the floor, s", "to the floor")
    for name, document in figures.items():
        ours, floor = document["costs"]["bothends"], document["costs"]["floor"]
        yield _row(
            name,
            document["files"],
            f"{ours['cpu']:.2f}",
            f"{ours['wall']:.2f}",
            f"{ours['peak']:.0f}",
            f"{floor['cpu']:.2f}",
            f"{ours['cpu'] / floor['cpu']:.1f}",
        )
    compared = {name: document for name, document in figures.items() if _peers(document)}
    if compared:
        yield from _beside_others(compared)


def _beside_others(figures: dict[str, Any]) -> Iterator[str]:
    names = sorted({peer for document in figures.values() for peer in _peers(document)})
    yield ""
    yield "### Beside other generators"
    yield ""
    yield "How many times our CPU time a peer takes; in brackets where a module of its output does not import, or"
    yield "there is none; *fails* where its command does. One run of datamodel-code-generator makes a client, or a"
    yield "server. Why something fails stands in the JSON."
    yield ""
    yield from _head("document", *names)
    for name, document in figures.items():
        found, ours = _peers(document), document["costs"]["bothends"]["cpu"]
        yield _row(name, *(_ratio(found.get(peer), ours) for peer in names))
    for name, document in figures.items():
        costs = {"bothends": (document["costs"]["bothends"]["cpu"], ""), **_peers(document)}
        known = {peer: cost[0] for peer, cost in costs.items() if cost[0] is not None}
        yield from ("", f"{name}, CPU seconds:", "", "```", *_bars(known), "```")


def _peers(document: dict[str, Any]) -> dict[str, tuple[float | None, str]]:
    """Return the CPU seconds of each peer, None where it fails, and what is wrong with its output."""
    wrong: dict[str, str] = document["wrong"]
    found: dict[str, tuple[float | None, str]] = {
        peer: (None if cost["code"] else cost["cpu"], wrong.get(peer, ""))
        for peer, cost in document["costs"].items()
        if peer not in ("bothends", "floor")
    }
    client, server = found.get(DATAMODEL_CLIENT), found.get(DATAMODEL_SERVER)
    if client and server:
        both = None if client[0] is None or server[0] is None else client[0] + server[0]
        found[_BOTH] = (both, client[1] or server[1])
    return found


def _ratio(cost: tuple[float | None, str] | None, ours: float) -> str:
    if cost is None:
        return "-"
    if cost[0] is None:
        return "fails"
    ratio = f"{cost[0] / ours:.1f} times"
    return f"({ratio})" if cost[1] else ratio


def _using(figures: dict[str, Any]) -> Iterator[str]:
    base = figures["import httpx2, pydantic"]["cpu"]
    yield from _head("what", "CPU, ms", "to `import httpx2, pydantic`", "peak, MiB")
    for name, cost in figures.items():
        yield _row(f"`{name}`", f"{cost['cpu'] * 1000:.0f}", f"{cost['cpu'] / base:.2f}", f"{cost['peak']:.0f}")


def _scaling(figures: dict[Any, Any]) -> Iterator[str]:
    """Print the growth; the fixed part is where the line through the smallest and the largest document begins."""
    sizes = {int(size): cost for size, cost in figures.items() if not cost["code"]}
    fixed = _fixed({size: cost["cpu"] for size, cost in sizes.items()})
    held = _fixed({size: cost["peak"] for size, cost in sizes.items()})
    yield from _head("operations", "CPU, s", "peak, MiB", "CPU for one, ms", "its variable part, ms", "its memory, KiB")
    variable: dict[int, float] = {}
    for size, cost in sizes.items():
        variable[size] = (cost["cpu"] - fixed) / size * 1000
        memory = (cost["peak"] - held) / size * 1024
        row = (size, f"{cost['cpu']:.2f}", cost["peak"], cost["ms_per_operation"], f"{variable[size]:.2f}")
        yield _row(*row, f"{memory:.0f}")
    if len(sizes) > 1:
        yield ""
        yield from _split(fixed, held, {size: part for size, part in variable.items() if size >= min(100, max(sizes))})
    yield from ("", "CPU for one operation, ms:", "", "```")
    yield from _bars({f"{size:,}": cost["ms_per_operation"] for size, cost in sizes.items()})
    yield "```"


def _split(fixed: float, held: float, variable: Mapping[int, float]) -> Iterator[str]:
    smallest, largest = min(variable), max(variable)
    low, high = min(variable.values()), max(variable.values())
    yield f"A run costs {fixed:.2f} s and {held:.0f} MiB whatever the document: Python and its modules are loaded,"
    yield "the templates compiled, the runtime written, and ruff started twice. The variable part is what a run costs"
    yield f"beyond that: {low:.2f} to {high:.2f} ms for an operation from {smallest:,} to {largest:,} of them. What one"
    yield "costs altogether is constant where the fixed part no longer counts; in small documents that is most of it."


def _fixed(costs: Mapping[int, float]) -> float:
    """Return where a line through the smallest and the largest document begins."""
    small, large = min(costs), max(costs)
    if small == large:
        return 0.0
    return costs[small] - (costs[large] - costs[small]) / (large - small) * small


def _bars(figures: Mapping[str, float]) -> Iterator[str]:
    width, most = max(map(len, figures)), max(figures.values())
    for name, figure in figures.items():
        yield f"{name:<{width}} {figure:8.2f} {'█' * max(1, round(figure / most * _BAR))}"


def _alone(figures: dict[str, Any]) -> Iterator[str]:
    yield from ("```", *figures["printed"].splitlines(), "```")


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row("---", *("---:" for _ in titles[1:]))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
