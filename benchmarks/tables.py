"""Prints figures as Markdown: tables, prose about them, and bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import targets
from peers import costs_of_peers
from scaling import Growth, growth

_BAR = 30
_MARKS = {True: "✓", False: "missed", None: ""}


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
        yield from (_row(row.what, row.measured, row.wanted, _MARKS[row.kept]) for row in wanted)


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
    yield from _profile(figures)
    compared = {name: document for name, document in figures.items() if costs_of_peers(document)}
    if compared:
        yield from _beside_others(compared)


def _profile(figures: dict[str, Any]) -> Iterator[str]:
    """Print where the time of the largest document goes."""
    name, document = max(figures.items(), key=lambda item: float(item[1]["costs"]["bothends"]["cpu"]))
    if table := document.get("profile"):
        yield from ("", "### Where it goes", "")
        yield f"The stages of {name} in the process itself: seconds, CPU seconds, share. ruff's processes count as"
        yield "waiting in `format` and `write`. The floor has a part of `read`, `format` and `write` alone: to be near"
        yield "it, what Python does in between would have to cost next to nothing."
        yield from ("", "```", *table.splitlines(), "```")


def _beside_others(figures: dict[str, Any]) -> Iterator[str]:
    names = sorted({peer for document in figures.values() for peer in costs_of_peers(document)})
    yield ""
    yield "### Beside other generators"
    yield ""
    yield "How many times our CPU time a peer takes; in brackets where a module of its output does not import, or"
    yield "there is none; *fails* where its command does. One run of datamodel-code-generator makes a client, or a"
    yield "server. Why something fails stands in the JSON."
    yield ""
    yield from _head("document", *names)
    for name, document in figures.items():
        found, ours = costs_of_peers(document), document["costs"]["bothends"]["cpu"]
        yield _row(name, *(_ratio(found.get(peer), ours) for peer in names))
    for name, document in figures.items():
        costs = {"bothends": (document["costs"]["bothends"]["cpu"], ""), **costs_of_peers(document)}
        known = {peer: cost[0] for peer, cost in costs.items() if cost[0] is not None}
        yield from ("", f"{name}, CPU seconds:", "", "```", *_bars(known), "```")


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
    found = growth(figures)
    yield from _head("operations", "CPU, s", "peak, MiB", "CPU for one, ms", "its variable part, ms", "its memory, KiB")
    costs = {int(size): cost for size, cost in figures.items()}
    for size in found.sizes:
        row = (size, f"{costs[size]['cpu']:.2f}", costs[size]["peak"], costs[size]["ms_per_operation"])
        yield _row(*row, f"{found.seconds[size] * 1000:.2f}", f"{found.memory[size] * 1024:.0f}")
    if len(found.sizes) > 1:
        yield ""
        yield from _split(found)
    yield from ("", "CPU for one operation, ms:", "", "```")
    yield from _bars({f"{size:,}": costs[size]["ms_per_operation"] for size in found.sizes})
    yield "```"


def _split(found: Growth) -> Iterator[str]:
    large = [size for size in found.sizes if size >= min(100, max(found.sizes))]
    costs = [found.seconds[size] * 1000 for size in large]
    yield f"A run costs {found.fixed_seconds:.2f} s and {found.fixed_memory:.0f} MiB whatever the document: Python"
    yield "and its modules are loaded, the runtime is written, and ruff started twice. The variable part is what a run"
    yield f"costs beyond that: {min(costs):.2f} to {max(costs):.2f} ms for an operation from {min(large):,} to"
    yield f"{max(large):,} of them. What one costs altogether is constant where the fixed part no longer counts;"
    yield "in small documents that is most of it."


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
