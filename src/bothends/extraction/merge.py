"""Slices of one document in, the data of the whole document out.

Paths are united, and the methods of a path, components, tags and servers. An operation, a component or a tag is
taken whole from one slice: two halves of different states of an API make an API that never was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bothends.diagnostics.model import Diagnostic, DocumentError, Related, Report, Severity
from bothends.extraction.inherit import settle_inherited
from bothends.extraction.order import merge_orders
from bothends.extraction.plain import is_list, is_mapping
from bothends.extraction.slices import Slice
from bothends.extraction.votes import Statement, elect
from bothends.loading import pointer as pointers
from bothends.loading.places import shorten


@dataclass(frozen=True)
class _Shape:
    """How a value is merged: whole, member by member, or as a list whose elements are known by a field."""

    members: _Shape | None = None
    named: Mapping[str, _Shape] = field(default_factory=dict[str, "_Shape"])
    known_by: str | None = None


_WHOLE = _Shape()
_EACH = _Shape(members=_WHOLE)
_DOCUMENT = _Shape(
    members=_WHOLE,
    named={
        "info": _EACH,
        "paths": _Shape(members=_EACH),
        "webhooks": _Shape(members=_EACH),
        "components": _Shape(members=_EACH),
        "tags": _Shape(known_by="name"),
        "servers": _Shape(known_by="url"),
        **dict.fromkeys(("definitions", "parameters", "responses", "securityDefinitions"), _EACH),
    },
)


def merge_slices(slices: Sequence[Slice], report: Report) -> dict[str, Any]:
    """Merge the slices. Neither their order nor that of the pages changes the result."""
    pieces = sorted(slices, key=lambda piece: (piece.uri, piece.line))
    _require_one_version(pieces)
    pieces = settle_inherited(pieces, report)
    merged: dict[str, Any] = _merge([Statement(piece, "", piece.data) for piece in pieces], _DOCUMENT, report)
    return merged


def _require_one_version(slices: Sequence[Slice]) -> None:
    first = slices[0]
    for piece in slices[1:]:
        if _version(piece) != _version(first):
            message = f"the slices are of OpenAPI {_version(first)} and {_version(piece)}, which cannot be one document"
            related = Related(piece.place(""), "the other slice is here")
            hint = "extract the pages of each document on their own"
            place = first.place("")
            raise DocumentError(Diagnostic("slices-disagree", Severity.ERROR, message, place, hint, (related,)))


def _version(piece: Slice) -> str:
    version = str(piece.data.get("openapi", piece.data.get("swagger")))
    return ".".join(version.split(".")[:2])


def _merge(statements: Sequence[Statement], shape: _Shape, report: Report) -> Any:
    values = [statement.value for statement in statements]
    if shape.known_by is not None and all(_is_keyed(value, shape.known_by) for value in values):
        return _merge_lists(statements, shape.known_by, report)
    if shape.members is not None and all(is_mapping(value) for value in values):
        return _merge_members(statements, shape, shape.members, report)
    return elect(statements, report)


def _merge_members(statements: Sequence[Statement], shape: _Shape, members: _Shape, report: Report) -> dict[str, Any]:
    def saying(name: str) -> list[Statement]:
        return [
            Statement(statement.slice, pointers.join(statement.pointer, name), statement.value[name])
            for statement in statements
            if name in statement.value
        ]

    order = merge_orders([list(statement.value) for statement in statements])
    return {name: _merge(saying(name), shape.named.get(name, members), report) for name in order}


def _is_keyed(value: Any, name: str) -> bool:
    """Whether a list holds mappings that are told apart by a field."""
    if not is_list(value) or not all(is_mapping(element) for element in value):
        return False
    keys = [element.get(name) for element in value]
    return all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys)


def _merge_lists(statements: Sequence[Statement], known_by: str, report: Report) -> list[Any]:
    by_key: dict[str, list[Statement]] = {}
    orders: list[list[str]] = []
    for statement in statements:
        orders.append([element[known_by] for element in statement.value])
        for index, element in enumerate(statement.value):
            found = Statement(statement.slice, pointers.join(statement.pointer, index), element)
            by_key.setdefault(element[known_by], []).append(found)
    _report_missing(statements, by_key, lambda statement: {element[known_by] for element in statement.value}, report)
    return [elect(by_key[key], report) for key in merge_orders(orders)]


def _report_missing(
    statements: Sequence[Statement],
    by_key: Mapping[str, Sequence[Statement]],
    keys_of: Callable[[Statement], set[str]],
    report: Report,
) -> None:
    """Report elements that a slice does not list though it lists others of the same list.

    A slice that lists nothing but its own elements is one of a tool that cuts lists too, and says nothing.
    """
    for statement in statements:
        keys = keys_of(statement)
        shared = any(len(by_key[key]) > 1 for key in keys)
        missing = [key for key in by_key if key not in keys]
        if not shared or not missing:
            continue
        first = by_key[missing[0]][0]
        names = ", ".join(shorten(key) for key in missing)
        message = f"the slices disagree: {names} {'is' if len(missing) == 1 else 'are'} here and not in the other"
        related = (Related(statement.slice.place(statement.pointer), "the other slice lists its own here"),)
        place = first.slice.place(first.pointer)
        report.add(Diagnostic("slices-disagree", Severity.WARNING, message, place, "every element is kept", related))
