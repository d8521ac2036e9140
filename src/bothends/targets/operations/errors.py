"""Which exception class stands for which response.

There is one class for each documented status. Where operations disagree about the body of a status, each has a class
of its own below it, so that ``except`` by status and by operation both work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bothends.ir.api import Api
from bothends.ir.operations import Operation, OperationId, Response
from bothends.naming.names import Names
from bothends.naming.statuses import status_key
from bothends.naming.words import pascal, split
from bothends.python.annotations import Annotations
from bothends.python.code import Code
from bothends.python.imports import natural
from bothends.targets.operations.outcomes import error_types, failures


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """An exception class: of a status, or of a status of one operation (``base`` is then the class of the status).

    ``bodies`` are the types of its body; empty where it has none.
    """

    name: str
    key: str
    bodies: tuple[Code, ...]
    descriptions: tuple[str, ...]
    base: str | None = None
    operation: OperationId | None = None


@dataclass(frozen=True, slots=True)
class ErrorClasses:
    """All exception classes, and which of them an operation raises: ``names`` by status and operation, if any."""

    classes: tuple[ErrorClass, ...]
    names: Mapping[tuple[str, OperationId | None], str]

    def name_for(self, operation: Operation, response: Response) -> str:
        """Return the name of the class that stands for a response."""
        key = status_key(response.status)
        return self.names.get((key, operation.id)) or self.names[key, None]


def error_classes(api: Api, names: Names, annotations: Annotations) -> ErrorClasses:
    """Return the exception classes of a document, those of a status before those of its operations."""
    by_status: dict[str, list[tuple[Operation, Response]]] = {}
    for operation in (*api.operations, *api.webhooks):
        for response in failures(operation):
            by_status.setdefault(status_key(response.status), []).append((operation, response))
    taken = {name.casefold() for key, name in names.errors.items() if key in by_status}
    classes: list[ErrorClass] = []
    for key in sorted(by_status, key=_order):
        cases = by_status[key]
        bodies = [error_types(response, annotations) for _, response in cases]
        distinct = {frozenset(body) for body in bodies if body}
        members = sorted({member for body in distinct for member in body}, key=_none_last)
        descriptions = tuple(dict.fromkeys(_first_line(response.doc.description) for _, response in cases))
        base = names.errors[key]
        classes.append(ErrorClass(base, key, tuple(members), descriptions))
        if len(distinct) > 1:
            for (operation, response), body in zip(cases, bodies, strict=True):
                name = _own_name(names.methods[operation.id], base, taken)
                description = _first_line(response.doc.description)
                classes.append(ErrorClass(name, key, body, (description,), base, operation.id))
    return ErrorClasses(tuple(classes), {(found.key, found.operation): found.name for found in classes})


def _own_name(method: str, base: str, taken: set[str]) -> str:
    name = pascal(split(method)) + base
    # Methods are unique, and so are these names but where one runs into the class of a status.
    return f"{name}_" if name.casefold() in taken else name


def _none_last(body: Code) -> tuple[bool, tuple[str | int, ...]]:
    return body.text == "None", natural(body.text)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _order(key: str) -> tuple[int, str]:
    return (0 if key.isdigit() else 1 if key != "default" else 2, key)
