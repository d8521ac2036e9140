"""Unions whose member a property tells, where pydantic's discriminator does not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from .kinds import is_dict


@dataclass(frozen=True, eq=False, slots=True)
class Tagged:
    """Metadata of a union: the property, and the member that each value selects.

    ``Annotated[Cat | Dog, Tagged("petType", {"cat": Cat, "kitten": Cat, "dog": Dog})]``
    A third argument is the member where the property is missing, or has another value.
    """

    wire: str
    cases: Mapping[str, Any]
    default: Any = None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        members = [member for member in get_args(source) if member is not NoneType]
        choices = {member: handler.generate_schema(member) for member in members}
        names = self._names(members)
        schema = core.tagged_union_schema(
            {value: choices[member] for value, member in self.cases.items()},
            discriminator=self._discriminator(names),
        )
        null = len(members) < len(get_args(source))
        return core.nullable_schema(schema) if null else schema

    def _discriminator(self, names: list[str]) -> Any:
        if self.default is not None:
            return self._chooser(names)
        # JSON Schema can only tell of a list where it has seen the members.
        return [[self.wire], *([name] for name in names)] if names else self.wire

    def _chooser(self, names: list[str]) -> Callable[[Any], str]:
        otherwise = next(
            value for value, member in self.cases.items() if member is self.default
        )

        def choose(value: Any) -> str:
            for name in (self.wire, *names):
                found = (
                    value.get(name) if is_dict(value) else getattr(value, name, None)
                )
                if isinstance(found, str) and found in self.cases:
                    return found
            return otherwise

        return choose

    def _names(self, members: list[Any]) -> list[str]:
        """Return what the property is called in Python."""
        names = dict[str, None]()
        for member in members:
            if isinstance(member, type) and issubclass(member, BaseModel):
                for name, field in member.model_fields.items():
                    if field.validation_alias == self.wire and name != self.wire:
                        names[name] = None
        return list(names)
