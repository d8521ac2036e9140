"""What slices say about one place in, what wins out, with a report of who said otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bothends.diagnostics.model import Diagnostic, Related, Report, Severity
from bothends.extraction.plain import canonical, children, is_list, is_mapping
from bothends.extraction.slices import Slice
from bothends.loading import pointer as pointers
from bothends.loading.places import shorten

RULE = "what most slices say wins; among equals the fuller one, then the one that sorts last"
# How many differences between the same two values are worth a message each.
_MOST = 10


@dataclass(frozen=True, slots=True)
class Statement:
    """What one slice says about one place. The same thing can have another pointer in another slice."""

    slice: Slice
    pointer: str
    value: Any


def elect(statements: Sequence[Statement], report: Report) -> Any:
    """Return the value that wins by :data:`RULE`, and report every other one against it.

    The order of keys is no difference. Nothing depends on the order of the statements.
    """
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(canonical(statement.value), []).append(statement)
    ranking = sorted(groups, key=lambda text: (len(groups[text]), _size(groups[text][0].value), text), reverse=True)
    winner = min(groups[ranking[0]], key=lambda statement: (_spelling(statement.value), statement.slice.uri))
    for text in ranking[1:]:
        _report(winner, groups[text][0], report)
    return winner.value


def _spelling(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _size(value: Any) -> int:
    """Return how many values a value holds, itself included."""
    size = 0
    pending = [value]
    while pending:
        value = pending.pop()
        size += 1
        pending.extend(children(value))
    return size


def _report(winner: Statement, other: Statement, report: Report) -> None:
    """Report where two values differ, as deep inside as possible."""
    differences = list(_differences(winner.value, other.value, ()))
    for tokens, message in differences[:_MOST]:
        here = pointers.join(winner.pointer, *tokens)
        there = other.slice.place(pointers.join(other.pointer, *tokens))
        report.add(
            Diagnostic(
                "slices-disagree",
                Severity.WARNING,
                f"the slices disagree: {message}" + _more(len(differences), tokens == differences[0][0]),
                winner.slice.place(here),
                RULE,
                (Related(there, "the other slice says so here"),),
            )
        )


def _more(number: int, is_first: bool) -> str:
    return f" (and {number - _MOST} more differences of the same two)" if number > _MOST and is_first else ""


def _differences(value: Any, other: Any, tokens: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Return the places in which two values differ, with a sentence about each. Depth is bounded by the limits."""
    if canonical(value) == canonical(other):
        return
    if is_mapping(value) and is_mapping(other):
        for name in (*value, *(name for name in other if name not in value)):
            if name not in other:
                yield (*tokens, name), f"{shorten(name)} is here and is not in the other"
            elif name not in value:
                yield (*tokens, name), f"{shorten(name)} is not here and is in the other"
            else:
                yield from _differences(value[name], other[name], (*tokens, name))
    elif is_list(value) and is_list(other) and len(value) == len(other):
        for index, pair in enumerate(zip(value, other, strict=True)):
            yield from _differences(*pair, (*tokens, index))
    else:
        yield tokens, f"{shorten(value)} wins over {shorten(other)}"
