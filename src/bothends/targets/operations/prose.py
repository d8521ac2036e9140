"""What generated code says of groups and operations, in the words of the document."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.api import Group
from bothends.ir.operations import Operation


def group_prose(group: Group) -> str:
    """Return what the document says of a group, or what can be said without it."""
    return group.doc.description or group.doc.title or f"Operations of the group {group.tag}."


def module_prose(group: Group, what: str) -> str:
    """Return what a module of a group says it is; what the group is, its class says."""
    return f"{what} of the group {' '.join(group.tag.split())}."


def operation_prose(operation: Operation) -> Iterator[str]:
    """Yield the summary and the description of an operation; one that repeats the other is left out."""
    summary, description = operation.doc.title.strip(), operation.doc.description.strip()
    yield summary
    if description != summary:
        yield description
