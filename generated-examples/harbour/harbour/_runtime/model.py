"""The base of all models: objects as they go over the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Self,
    TypeAlias,
    TypeVar,
    cast,
)

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, to_json
from pydantic_core import core_schema as core
from typing_extensions import override

from .bounds import move_bounds
from .closed import as_described, keep_extras_that_are_refused
from .deferred import MOST_NESTED, deferred_model
from .json_values import JsonValue, as_json
from .null_rule import NULLABLE, apply_null_rule, may_be_null
from .recursion import nested_building
from .stated import state_constants

if TYPE_CHECKING:
    from .checks import Check

T = TypeVar("T")

Nullable: TypeAlias = Annotated[T | None, NULLABLE]
"""A value or null, for optional fields: ``None`` is sent as null.

In an optional field that is not ``Nullable``, ``str | None = None``, ``None`` means
that there is no value: it is never sent, and null is refused where it is received.
"""


class Model(BaseModel):
    """An object. Unknown properties are kept, unless the class has ``extra="forbid"``.

    What was not set is not sent, unless it can have one value only. ``checks`` in the
    head of a class are conditions on the whole object.
    """

    model_config = ConfigDict(
        defer_build=True,
        extra="allow",
        protected_namespaces=(),
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
    )

    if TYPE_CHECKING:
        __checks__: ClassVar[tuple[Check, ...]] = ()
        # Declared in subclasses whose unknown properties all have one type.
        __pydantic_extra__: Any = Field(init=False)

    def __init_subclass__(cls, *, checks: Iterable[Check] = (), **options: Any) -> None:
        for base in cls.__bases__:
            # What a field is, only the module of its class knows.
            if issubclass(base, Model) and not base.__pydantic_fields_complete__:
                base.model_rebuild(raise_errors=False)
        super().__init_subclass__(**options)
        cls.__checks__ = (*cls.__checks__, *checks)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        options.pop("checks", None)
        super().__pydantic_init_subclass__(**options)
        # The class waits for its first use, but nobody who uses it has to: adapters
        # that wait warn where those who make them do not expect it (FastAPI).
        cls.model_config["defer_build"] = False
        state_constants(cls)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Read a model from JSON text. Raises pydantic's ValidationError."""
        made: Self = cls.__pydantic_validator__.validate_json(
            data, by_alias=True, by_name=False
        )
        return made

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a model from decoded JSON: the names and rules of the wire apply."""
        return cls.from_json(to_json(data))

    def to_json(self) -> bytes:
        """Write the model as JSON text, as it goes over the wire."""
        # What came in against the document goes out again: no reason for a warning.
        text = self.model_dump_json(by_alias=True, exclude_unset=True, warnings=False)
        return text.encode()

    def to_dict(self) -> dict[str, Any]:
        """Return what :meth:`to_json` writes, as plain lists, dicts and scalars."""
        return self.model_dump(
            mode="json", by_alias=True, exclude_unset=True, warnings=False
        )

    if not TYPE_CHECKING:
        __checks__ = ()

        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value)
            extra = self.__pydantic_extra__
            info = type(self).model_fields.get(name)
            if extra and info is not None:
                # Where null came in against the document it is kept there.
                extra.pop(info.serialization_alias or name, None)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        with nested_building() as around:
            if around >= MOST_NESTED:
                return deferred_model(cls)
            schema = handler(source)
        outer: Any = handler.resolve_ref_schema(schema)
        inner = outer
        while inner["type"] != "model-fields":
            outer, inner = inner, inner["schema"]
        if cls.model_config.get("extra") == "forbid":
            keep_extras_that_are_refused(cast(Any, schema), inner)
        for name, field in inner["fields"].items():
            info = cls.__pydantic_fields__[name]
            field["schema"] = move_bounds(field["schema"])
            apply_null_rule(field, info, handler.resolve_ref_schema)
        if cls.__checks__:
            outer["schema"] = core.with_info_wrap_validator_function(
                cls.__validate_checks, inner
            )
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(cast(CoreSchema, as_described(cast(Any, schema))))

    @classmethod
    def __validate_checks(
        cls, value: Any, fields: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        # Few models have checks, whose modules take as long to import as all others.
        from .checks import remembering, require

        with remembering:
            if info.mode == "json":
                require(cls.__checks__, value)
                return fields(value)
            # What Python code gives is not what goes over the wire: look at that.
            result = fields(value)
            require(cls.__checks__, cls.__wire_form(*result))
            return result

    @classmethod
    def __wire_form(
        cls, values: dict[str, Any], extra: dict[str, Any] | None, names: set[str]
    ) -> JsonValue:
        wire: dict[str, JsonValue] = {}
        for name, info in cls.__pydantic_fields__.items():
            omitted = values.get(name) is None and not (
                info.is_required() or may_be_null(info)
            )
            if name in names and not omitted:
                wire[info.serialization_alias or name] = as_json(values[name])
        return {**wire, **{name: as_json(item) for name, item in (extra or {}).items()}}

    @override
    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        # What is not set would only hide what is.
        for name, value in super().__repr_args__():
            if name in self.model_fields_set or name not in type(self).model_fields:
                yield name, value
