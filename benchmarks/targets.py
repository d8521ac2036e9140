"""What the project wants to cost, beside what it costs: one table of everything that was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: CPU seconds of all parts, and how many times the floor.
_GENERATION = {
    "architect": (0.5, None),
    "clerk": (1.6, None),
    "opencode": (1.6, None),
    "openai": (4.0, None),
    "api.github.com": (8.0, 3.0),
}
_MEMORY = {"api.github.com": 600}
_USING = {"bothends --help": 0.1, "no-op generate": 0.15, "no-op check": 0.15}
#: Ratios to ``import httpx2, pydantic``.
_IMPORT = {"import package": 1.3}


@dataclass(frozen=True)
class Row:
    """One target: what was measured, what was wanted, and whether they agree."""

    what: str
    measured: str
    wanted: str
    kept: bool


def rows(found: Mapping[str, Any]) -> Sequence[Row]:
    """Return the targets for which there are figures."""
    return [*_generation(found.get("generation") or {}), *_using(found.get("using") or {})]


def _generation(figures: Mapping[str, Any]) -> Iterator[Row]:
    for name, (seconds, floors) in _GENERATION.items():
        if name not in figures:
            continue
        ours, floor = figures[name]["costs"]["bothends"], figures[name]["costs"]["floor"]
        yield _row(f"generate {name}, CPU", ours["cpu"], seconds, "s")
        if floors is not None:
            yield _row(f"generate {name}, to the floor", ours["cpu"] / floor["cpu"], floors, "times")
        if name in _MEMORY:
            yield _row(f"generate {name}, peak", ours["peak"], _MEMORY[name], "MiB")


def _using(figures: Mapping[str, Any]) -> Iterator[Row]:
    for name, seconds in _USING.items():
        if name in figures:
            yield _row(f"`{name}`, CPU", figures[name]["cpu"], seconds, "s")
    for name, most in _IMPORT.items():
        if name in figures:
            base = figures["import httpx2, pydantic"]["cpu"]
            yield _row(f"`{name}` to `import httpx2, pydantic`", figures[name]["cpu"] / base, most, "times")


def _row(what: str, measured: float, most: float, unit: str) -> Row:
    return Row(what, f"{measured:.2f} {unit}", f"≤ {most:g} {unit}", measured <= most)
