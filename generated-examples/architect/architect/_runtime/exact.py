"""Literals as JSON compares them."""

from __future__ import annotations

from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from . import numeric


class Exact:
    """Metadata for a literal with booleans or with 0 or 1 among its integers.

    To Python ``True`` is 1, so that pydantic takes either for the other:
    ``Annotated[Literal[True], Exact]`` takes true alone.
    """

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema: Any = handler(source)
        null = schema["type"] == "nullable"
        inner = schema["schema"] if null else schema
        if inner["type"] != "literal":
            raise TypeError(f"Exact is for literals, not for {source}")
        exact = _literal(inner["expected"])
        return core.nullable_schema(exact) if null else exact


def _literal(values: list[Any]) -> CoreSchema:
    booleans = [value for value in values if isinstance(value, bool)]
    numbers = [value for value in values if type(value) is int]
    others = [value for value in values if not isinstance(value, int)]
    guarded: list[CoreSchema | tuple[CoreSchema, str]] = []
    if booleans:
        literal = core.literal_schema(booleans)
        guarded.append(core.chain_schema([core.bool_schema(strict=True), literal]))
    if numbers:
        literal = core.literal_schema(numbers)
        guarded.append(core.chain_schema([numeric.integer({}), literal]))
    if others:
        guarded.append(core.literal_schema(others))
    expected = " or ".join(map(repr, values))
    return core.union_schema(
        guarded,
        mode="left_to_right",
        custom_error_type="literal",
        custom_error_message="Input should be {expected}",
        custom_error_context={"expected": expected},
        serialization=core.simple_ser_schema("any"),
    )
