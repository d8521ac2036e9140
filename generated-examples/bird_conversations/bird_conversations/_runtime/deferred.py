"""Types that are built when a value for them first comes along.

To pydantic a model holds all models below it, so that building it takes calls within
calls. Of types that lie very deep, each in one before, only those are built that values
reach: JSON text nests no deeper than two hundred levels anyway.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args, get_origin

from pydantic import (
    BaseModel,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializationInfo,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticKnownError, SchemaValidator, to_json
from pydantic_core import core_schema as core

from .adapters import adapter

#: How many models are built within each other.
MOST_NESTED: Final = 100
#: How many deferred types are read within each other. Only Python code can go further.
_MOST_READ: Final = 8


class _Depth(threading.local):
    deferred = 0


_depth = _Depth()


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Deferred:
    """Metadata that stands for a type: it is built when it is first used.

    ``Annotated[Any, Deferred(list[Leaf])]`` takes a ``list[Leaf]``. Type checkers and
    ``repr`` look no deeper: they, too, would take calls within calls.
    """

    type: Any

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def write(value: Any, info: SerializationInfo) -> Any:
            return adapter(self.type).dump_python(
                value,
                mode="json" if info.mode_is_json() else "python",
                by_alias=info.by_alias,
                exclude_unset=info.exclude_unset,
                exclude_defaults=info.exclude_defaults,
                exclude_none=info.exclude_none,
                warnings=False,
            )

        return _deferred(
            lambda: adapter(self.type),
            # Not null: of an optional field that would be taken for a real value.
            core.dict_schema(),
            core.plain_serializer_function_ser_schema(write, info_arg=True),
            {},
        )


def deferred_model(model: type[BaseModel]) -> CoreSchema:
    """Return the schema of a model that is built when it is first used."""
    # A discriminator looks for the values of its field.
    fixed = {
        name: core.model_field(
            core.literal_schema([*get_args(info.annotation)]),
            validation_alias=info.alias or name,
        )
        for name, info in model.__pydantic_fields__.items()
        if get_origin(info.annotation) is Literal
    }
    return _deferred(
        lambda: cast(SchemaValidator, model.__pydantic_validator__),
        core.model_schema(model, core.model_fields_schema(fixed)),
        core.simple_ser_schema("any"),
        {"title": model.__name__, "type": "object"},
    )


def _deferred(
    validator: Callable[[], SchemaValidator | TypeAdapter[Any]],
    known: CoreSchema,
    serialization: core.SerSchema,
    described: dict[str, Any],
) -> CoreSchema:
    """Return a schema that knows little: ``known`` is there to be looked at."""

    def read(
        value: Any, _handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if _depth.deferred == _MOST_READ:
            raise PydanticKnownError("recursion_loop")
        _depth.deferred += 1
        try:
            if info.mode == "python":
                return validator().validate_python(value, context=info.context)
            return validator().validate_json(
                to_json(value), context=info.context, by_alias=True, by_name=False
            )
        finally:
            _depth.deferred -= 1

    def describe(_schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return described

    return core.with_info_wrap_validator_function(
        read,
        known,
        serialization=serialization,
        metadata={"pydantic_js_functions": [describe]},
    )
