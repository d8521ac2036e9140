"""What a check is, and how it takes part in the validation by pydantic.

A check looks at a JSON value. In an annotation it runs on the value as it came over the
wire, before the type is validated; where the value comes from Python code, it runs on
what the validated value is going to be on the wire.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, NoReturn

from pydantic import GetCoreSchemaHandler, ValidationInfo, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import with_info_wrap_validator_function

from ..json_values import JsonValue, as_json
from .memory import remembering


@dataclass(slots=True)
class Evaluated:
    """The properties and items that have been looked at, for ``unevaluated...``."""

    names: set[str] = field(default_factory=set[str])
    items: set[int] = field(default_factory=set[int])

    def add(self, other: Evaluated) -> None:
        """Count in what another check has looked at."""
        self.names |= other.names
        self.items |= other.items


class Failure(NamedTuple):
    """Where a value fails, as steps into it, and what was expected there."""

    path: tuple[str | int, ...]
    expected: str

    def below(self, step: str | int) -> Failure:
        """Return the failure as seen from the value that has this one at ``step``."""
        return Failure((step, *self.path), self.expected)


class Check(ABC):
    """A condition on a JSON value, in the words of JSON Schema 2020-12.

    Use it in an annotation, ``Annotated[list[str], unique_items()]``, in the head of a
    class, ``class Pet(Model, checks=(required("name"),))``, or within another check.
    """

    __slots__ = ()

    remembers: ClassVar[bool] = True
    """Whether what it finds out about parts of a value may be asked for again."""

    @abstractmethod
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        """Return whether the value satisfies the check.

        ``seen``, where given, gets what the check evaluates of the value itself. It
        counts only if the check holds.
        """

    @property
    @abstractmethod
    def expected(self) -> str:
        """What a value should be, as it follows "should": ``"have unique items"``."""

    def failure(self, value: JsonValue) -> Failure:
        """Return what is wrong with a value for which the check does not hold."""
        return Failure((), self.expected)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def validate(
            value: Any, validated: ValidatorFunctionWrapHandler, info: ValidationInfo
        ) -> Any:
            if info.mode == "json":
                require((self,), value)
                return validated(value)
            result = validated(value)
            require((self,), as_json(result))
            return result

        def remember(
            value: Any, validated: ValidatorFunctionWrapHandler, info: ValidationInfo
        ) -> Any:
            with remembering:
                return validate(value, validated, info)

        function = remember if self.remembers else validate
        return with_info_wrap_validator_function(function, handler(source))


def require(checks: Iterable[Check], value: JsonValue) -> None:
    """Raise the error that pydantic reports unless all checks hold."""
    for check in checks:
        if not check.holds(value):
            _refuse(check.failure(value))


def _refuse(failure: Failure) -> NoReturn:
    if not failure.path:
        raise PydanticCustomError(
            "check", "Input should {expected}", {"expected": failure.expected}
        )
    pointer = "".join(f"/{_escaped(step)}" for step in failure.path)
    raise PydanticCustomError(
        "check",
        "Input should {expected} at {pointer}",
        {"expected": failure.expected, "pointer": pointer},
    )


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
