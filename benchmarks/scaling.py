"""How cost grows with a document: a part that is always the same, and one for each operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Growth:
    """The fixed part in CPU seconds and MiB, and by the number of operations what one costs beyond it.

    ``seconds`` are CPU seconds, ``memory`` is in MiB, both for one operation.
    """

    sizes: tuple[int, ...]
    fixed_seconds: float
    fixed_memory: float
    seconds: Mapping[int, float]
    memory: Mapping[int, float]


def growth(figures: Mapping[Any, Any]) -> Growth:
    """Split what documents of several sizes cost; the fixed part is where the line through two of them begins."""
    found = {int(size): cost for size, cost in figures.items() if not cost["code"]}
    seconds, memory = ({size: cost[name] for size, cost in found.items()} for name in ("cpu", "peak"))
    fixed, held = _fixed(seconds), _fixed(memory)
    return Growth(
        tuple(found),
        fixed,
        held,
        {size: (cost - fixed) / size for size, cost in seconds.items()},
        {size: (cost - held) / size for size, cost in memory.items()},
    )


def _fixed(costs: Mapping[int, float]) -> float:
    """Return where a line through the smallest and the largest document begins."""
    small, large = min(costs, default=0), max(costs, default=0)
    if small == large:
        return 0.0
    return costs[small] - (costs[large] - costs[small]) / (large - small) * small
