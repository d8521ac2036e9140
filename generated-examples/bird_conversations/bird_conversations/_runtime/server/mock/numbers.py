"""Made-up numbers within the bounds of a schema."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

_WIDTHS = {
    "int8": 7,
    "uint8": 8,
    "int16": 15,
    "uint16": 16,
    "int32": 31,
    "uint32": 32,
    "int64": 63,
    "uint64": 64,
}


def numbers(schema: Mapping[str, Any], *, whole: bool) -> Iterator[int | float]:
    """Yield numbers for a schema, small and round ones first."""
    low, high, open_low, open_high = _bounds(schema, whole=whole)
    step = schema.get("multipleOf") or (1 if whole else None)
    if step:
        if whole and not float(step).is_integer():
            step = _whole_multiple(step)
        yield from _multiples(step, low, high, whole=whole)
        return
    for guess in (1, 0, 12.5, -1):
        if low < guess < high:
            yield guess
    if math.isfinite(low) and math.isfinite(high):
        yield (low + high) / 2
    yield from (bound for bound in (low, high) if math.isfinite(bound))
    if math.isfinite(low):
        yield low + 1 if open_low else low
    elif math.isfinite(high):
        yield high - 1 if open_high else high


def _multiples(
    step: float, low: float, high: float, *, whole: bool
) -> Iterator[int | float]:
    for guess in (1, 0, 10, -1):
        if low <= guess * step <= high:
            yield _rounded(guess * step, whole=whole)
    if math.isfinite(low):
        first = math.ceil(low / step)
        for factor in (first, first + 1):
            yield _rounded(factor * step, whole=whole)
    if math.isfinite(high):
        last = math.floor(high / step)
        for factor in (last, last - 1):
            yield _rounded(factor * step, whole=whole)


def _bounds(
    schema: Mapping[str, Any], *, whole: bool
) -> tuple[float, float, bool, bool]:
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    open_low, open_high = above is True, below is True
    if not (above is None or isinstance(above, bool)) and above >= low:
        low, open_low = above, True
    if not (below is None or isinstance(below, bool)) and below <= high:
        high, open_high = below, True
    form = str(schema.get("format"))
    if form in _WIDTHS:
        width = 2 ** _WIDTHS[form]
        low = max(low, 0 if form.startswith("u") else -width)
        high = min(high, width - 1)
    if whole:
        low = math.floor(low) + 1 if open_low and math.isfinite(low) else low
        high = math.ceil(high) - 1 if open_high and math.isfinite(high) else high
    return low, high, open_low, open_high


def _whole_multiple(step: float) -> int:
    for factor in range(1, 10_000):
        product = step * factor
        if math.isclose(product, round(product), rel_tol=1e-12):
            return round(product)
    return math.ceil(step)


def _rounded(value: float, *, whole: bool) -> int | float:
    if isinstance(value, int):
        return value
    return round(value) if whole else float(f"{value:.12g}")
