"""Operations by group, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.api import Api, Group
from bothends.ir.operations import Operation
from bothends.naming.names import Names
from bothends.python.imports import natural


def groups(api: Api, names: Names) -> Iterator[tuple[Group, tuple[Operation, ...]]]:
    """Yield each group that has operations, by module; its operations by method."""
    known = {group.tag: group for group in api.groups}
    members: dict[str, list[Operation]] = {}
    for operation in api.operations:
        members.setdefault(operation.group, []).append(operation)
    for tag in sorted(members, key=lambda tag: natural(names.groups[tag].module)):
        ordered = sorted(members[tag], key=lambda operation: natural(names.methods[operation.id]))
        yield known.get(tag, Group(tag)), tuple(ordered)
