"""Slices in, slices out in which operations say themselves what they took over from their slice's root.

``security`` at the root holds for every operation of the document. Where slices differ there, a merged root would
change the meaning of the operations of one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bothends.diagnostics.model import Diagnostic, Related, Report, Severity
from bothends.extraction.plain import canonical, is_list, is_mapping
from bothends.extraction.slices import Slice

_FIELDS = ("security", "servers", "consumes", "produces")
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
# What an operation says that takes over nothing. No servers at all means the host of the document itself.
_NOTHING: dict[str, Any] = {"security": [], "servers": [{"url": "/"}], "consumes": [], "produces": []}


def settle_inherited(slices: Sequence[Slice], report: Report) -> list[Slice]:
    """Return the slices such that all roots that say something about a field say the same, or can be united."""
    settled = list(slices)
    for field in _FIELDS:
        settled = _settle(settled, field, report)
    return settled


def _settle(slices: list[Slice], field: str, report: Report) -> list[Slice]:
    groups: dict[str, list[Slice]] = {}
    for piece in slices:
        groups.setdefault(canonical(piece.data.get(field)), []).append(piece)
    winner = groups[max(groups, key=lambda text: (len(groups[text]), len(text), text))][0]
    settled: list[Slice] = []
    for piece in slices:
        if canonical(piece.data.get(field)) == canonical(winner.data.get(field)) or _unite(piece, winner, field):
            settled.append(piece)
            continue
        settled.append(piece.saying(_pushed_down(piece.data, field)))
        _report(winner, piece, field, report)
    return settled


def _unite(piece: Slice, winner: Slice, field: str) -> bool:
    """Whether two lists of servers are of the same document: they have a server in common."""
    return field == "servers" and bool(_urls(piece) & _urls(winner))


def _urls(piece: Slice) -> set[str]:
    servers = piece.data.get("servers")
    return {str(entry.get("url")) for entry in (servers if is_list(servers) else []) if is_mapping(entry)}


def _pushed_down(data: dict[str, Any], field: str) -> dict[str, Any]:
    """Return the data with the field moved from the root to every operation that has none of its own."""
    inherited = data.get(field, _NOTHING[field])
    paths = data.get("paths")
    moved = {name: value for name, value in data.items() if name != field}
    if is_mapping(paths):
        moved["paths"] = {path: _with_operations(item, field, inherited) for path, item in paths.items()}
    return moved


def _with_operations(item: Any, field: str, inherited: Any) -> Any:
    if not is_mapping(item) or field in item:
        return item
    return {
        name: {**value, field: inherited} if name in _METHODS and is_mapping(value) and field not in value else value
        for name, value in item.items()
    }


def _report(winner: Slice, other: Slice, field: str, report: Report) -> None:
    report.add(
        Diagnostic(
            "slices-disagree",
            Severity.WARNING,
            f"the slices disagree about {field!r} at their root: the operations of each keep their own",
            winner.place(f"/{field}"),
            f"the {field!r} of most slices stays at the root, every other was written into its operations",
            (Related(other.place(f"/{field}"), "the other slice says so here"),),
        )
    )
