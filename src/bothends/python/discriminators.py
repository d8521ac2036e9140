"""How the member of a tagged union is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from bothends.ir.declarations import Declaration, Record
from bothends.ir.types import Const, Tag, TypeId
from bothends.naming.names import Names


def discriminating_field(tag: Tag, declarations: Mapping[TypeId, Declaration], names: Names) -> str | None:
    """Return the Python name of the property, if every member states its values the way pydantic demands.

    It demands a required field of the same name in all members, each a literal of its own values.
    """
    if tag.default is not None:
        return None
    values: dict[TypeId, set[str]] = {}
    for value, member in tag.cases:
        values.setdefault(member, set()).add(value)
    found = {_literal_field(declarations.get(key), tag.wire, expected, names) for key, expected in values.items()}
    return found.pop() if len(found) == 1 else None


def _literal_field(declaration: Declaration | None, wire: str, values: set[str], names: Names) -> str | None:
    if not isinstance(declaration, Record):
        return None
    for field in declaration.fields:
        if field.wire == wire:
            exact = field.required and isinstance(field.type, Const) and set(field.type.values) == values
            return names.fields[declaration.id][wire] if exact else None
    return None
