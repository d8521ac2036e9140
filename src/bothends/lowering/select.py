"""In comes a document in its normal form, out comes the same with the operations that the configuration selects."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bothends.config.selection import Selection
from bothends.diagnostics.model import Location, Report
from bothends.spec.extensions import is_internal
from bothends.spec.objects import Document, Operation

#: How each list of a selection names operations.
_NAMES: Mapping[str, Callable[[Operation], Iterable[str]]] = {
    "tags": lambda operation: operation.tags,
    "operations": lambda operation: (operation.operation_id, f"{operation.method.upper()} {operation.path}"),
    "paths": lambda operation: (operation.path,),
}


def select_operations(
    document: Document, selection: Selection, places: Mapping[tuple[str | int, ...], Location], report: Report
) -> Document:
    """Return the document with the selected operations and webhooks.

    Reports ``invalid-configuration`` for an entry that selects nothing; ``places`` says where it stands.
    """
    everything = (*document.operations, *document.webhooks)
    for name, names_of in _NAMES.items():
        for key in (name, f"except_{name}"):
            for number, pattern in enumerate(getattr(selection, key)):
                known = {each for operation in everything for each in names_of(operation) if each}
                if not any(_matches(pattern, each) for each in known):
                    near = difflib.get_close_matches(pattern, sorted(known), 1)
                    hint = f"did you mean {near[0]!r}?" if near else "`bothends explain` lists what there is"
                    message = f"nothing in the document has {pattern!r} among its {name}"
                    report.error("invalid-configuration", message, places.get(("select", key, number)), hint)
    return replace(
        document,
        operations=tuple(operation for operation in document.operations if is_selected(operation, selection)),
        webhooks=tuple(operation for operation in document.webhooks if is_selected(operation, selection)),
    )


def is_selected(operation: Operation, selection: Selection) -> bool:
    """Tell whether an operation is wanted."""
    if is_internal(operation.extensions) and not selection.internal:
        return False
    wanted = {name: getattr(selection, name) for name in _NAMES}
    unwanted = {name: getattr(selection, f"except_{name}") for name in _NAMES}
    return (not any(wanted.values()) or _named(operation, wanted)) and not _named(operation, unwanted)


def _named(operation: Operation, patterns: Mapping[str, tuple[str, ...]]) -> bool:
    return any(
        _matches(pattern, name)
        for kind, names_of in _NAMES.items()
        for pattern in patterns[kind]
        for name in names_of(operation)
    )


def _matches(pattern: str, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None
