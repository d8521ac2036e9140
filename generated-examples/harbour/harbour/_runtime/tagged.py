"""Unions whose member a property tells, where pydantic's discriminator does not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, cast, get_args

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core


@dataclass(frozen=True, eq=False, slots=True)
class Tagged:
    """Metadata of a union: the property, and the member that each value selects.

    ``Annotated[Cat | Dog, Tagged("petType", {"cat": Cat, "kitten": Cat, "dog": Dog})]``
    """

    wire: str
    cases: Mapping[str, Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        members = [member for member in get_args(source) if member is not NoneType]
        choices = {member: handler.generate_schema(member) for member in members}
        paths = [[self.wire], *([name] for name in self._names(members))]
        schema = core.tagged_union_schema(
            {value: choices[member] for value, member in self.cases.items()},
            # JSON Schema can only tell of a list where it has seen the members.
            discriminator=self.wire
            if len(paths) == 1
            else cast("list[list[str | int]]", paths),
        )
        null = len(members) < len(get_args(source))
        return core.nullable_schema(schema) if null else schema

    def _names(self, members: list[Any]) -> list[str]:
        """Return what the property is called in Python."""
        names = dict[str, None]()
        for member in members:
            if isinstance(member, type) and issubclass(member, BaseModel):
                for name, field in member.model_fields.items():
                    if field.validation_alias == self.wire and name != self.wire:
                        names[name] = None
        return list(names)
