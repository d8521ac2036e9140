"""Expressions laid out as a formatter would, for the examples in docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 76


@dataclass(frozen=True, slots=True)
class Group:
    """Expressions between brackets, each after a prefix: ``name=``, ``"key": `` or nothing."""

    opening: str
    items: tuple[tuple[str, Expression], ...]
    closing: str


Expression: TypeAlias = "str | Group"


def laid_out(expression: Expression, *, before: str = "", after: str = "", indent: int = 0) -> list[str]:
    """Return the lines of an expression: one, where it fits."""
    margin = " " * indent
    flat = f"{margin}{before}{_flat(expression)}{after}"
    if isinstance(expression, str) or len(flat) <= WIDTH or not expression.items:
        return [flat]
    lines = [f"{margin}{before}{expression.opening}"]
    for prefix, item in expression.items:
        lines += laid_out(item, before=prefix, after=",", indent=indent + 4)
    return [*lines, f"{margin}{expression.closing}{after}"]


def _flat(expression: Expression) -> str:
    if isinstance(expression, str):
        return expression
    inner = ", ".join(f"{prefix}{_flat(item)}" for prefix, item in expression.items)
    return f"{expression.opening}{inner}{expression.closing}"
