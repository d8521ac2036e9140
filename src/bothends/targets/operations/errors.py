"""Which exception class stands for which response.

There is one class for each documented status. Where operations disagree about the body of a status, each has a class
of its own below it, in the module of its group, so that ``except`` by status and by operation both work.
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
from bothends.python.docstrings import first_paragraph
from bothends.python.imports import Imports, natural
from bothends.targets.operations.outcomes import error_types, failures


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """An exception class: of a status, or of a status of one operation (``base`` is then the class of the status).

    ``module`` is where it stands in ``errors``; None: in the package itself.
    """

    name: str
    key: str
    responses: tuple[Response, ...]
    base: str | None = None
    operation: OperationId | None = None
    module: str | None = None

    @property
    def descriptions(self) -> tuple[str, ...]:
        """The first paragraphs of what the document says of the responses."""
        return tuple(dict.fromkeys(first_paragraph(response.doc.description) for response in self.responses))

    def bodies(self, annotations: Annotations) -> tuple[Code, ...]:
        """Return the types of the body, sorted where they come from several operations; none where it has none."""
        found = dict.fromkeys(type_ for response in self.responses for type_ in error_types(response, annotations))
        return tuple(found) if self.operation else tuple(sorted(found, key=_none_last))


@dataclass(frozen=True, slots=True)
class ErrorClasses:
    """All exception classes, by status and operation, if they have one."""

    classes: Mapping[tuple[str, OperationId | None], ErrorClass]

    def class_for(self, operation: Operation, response: Response) -> ErrorClass:
        """Return the class that stands for a response."""
        key = status_key(response.status)
        return self.classes.get((key, operation.id)) or self.classes[key, None]


def error_classes(api: Api, names: Names) -> ErrorClasses:
    """Return the exception classes of a document, those of a status before those of its operations."""
    by_status: dict[str, list[tuple[Operation, Response]]] = {}
    for operation in (*api.operations, *api.webhooks):
        for response in failures(operation):
            by_status.setdefault(status_key(response.status), []).append((operation, response))
    modules = {operation.id: names.groups[operation.group].module for operation in api.operations}
    taken = {name.casefold() for key, name in names.errors.items() if key in by_status}
    # Bodies are compared as they are written, wherever that is.
    annotations = Annotations(names, api.declared(), Imports())
    classes: list[ErrorClass] = []
    for key in sorted(by_status, key=_order):
        cases, base = by_status[key], names.errors[key]
        classes.append(ErrorClass(base, key, tuple(response for _, response in cases)))
        bodies = {frozenset(error_types(response, annotations)) for _, response in cases}
        if len(bodies - {frozenset()}) > 1:
            for operation, response in cases:
                name = _own_name(names.methods[operation.id], base, taken)
                classes.append(ErrorClass(name, key, (response,), base, operation.id, modules.get(operation.id)))
    return ErrorClasses({(found.key, found.operation): found for found in classes})


def _own_name(method: str, base: str, taken: set[str]) -> str:
    name = pascal(split(method)) + base
    # Methods are unique, and so are these names but where one runs into the class of a status.
    return f"{name}_" if name.casefold() in taken else name


def _none_last(body: Code) -> tuple[bool, tuple[str | int, ...]]:
    return body.text == "None", natural(body.text)


def _order(key: str) -> tuple[int, str]:
    return (0 if key.isdigit() else 1 if key != "default" else 2, key)
