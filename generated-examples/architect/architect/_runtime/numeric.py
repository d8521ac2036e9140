"""How numbers travel: pydantic's schemas for them, with bounds inside its engine.

In each schema a mark tells what it is of, so that bounds that come later can be moved
inside (see ``bounds``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError
from pydantic_core import core_schema as core

from .json_values import number_of

#: Where a schema is marked, in its metadata.
MARK = "numeric"
#: Where its metadata holds the bounds in the words of JSON Schema.
DESCRIBED = "bounds"

Limits: TypeAlias = dict[str, Any]
"""``ge``, ``gt``, ``le``, ``lt`` and ``multiple_of``, as for pydantic's ``Field``."""


def integer(limits: Limits) -> CoreSchema:
    """Whole numbers, 1.0 among them; no strings and no booleans."""
    return _integer(limits, integer)


def wide_integer(low: int, high: int, limits: Limits) -> CoreSchema:
    """Whole numbers of a width, and within limits that may be closer."""
    whole = _whole_limits(limits)
    closest: Limits = {
        **whole,
        "ge": max(low, whole.get("ge", low)),
        "le": min(high, whole.get("le", high)),
    }
    return _integer(closest, partial(wide_integer, low, high))


def _integer(limits: Limits, mark: Callable[[Limits], CoreSchema]) -> CoreSchema:
    floats = core.float_schema(strict=True, allow_inf_nan=False)
    whole = core.union_schema(
        [
            core.int_schema(strict=True),
            core.no_info_after_validator_function(_whole, floats),
        ],
        mode="left_to_right",
        custom_error_type="integer",
        custom_error_message="Input should be a valid integer",
        serialization=core.simple_ser_schema("int"),
        metadata={MARK: mark},
    )
    if not limits:
        return whole
    # A second step, for a strict float takes integers too, the refused ones included.
    bounded = core.int_schema(strict=True, **_whole_limits(limits))
    return core.chain_schema([whole, bounded], metadata={MARK: mark})


def number(limits: Limits) -> CoreSchema:
    """Finite numbers; whole ones written without a fraction stay ``int``."""
    bounds = {name: limit for name, limit in limits.items() if name != "multiple_of"}
    floats: Limits = {name: float(limit) for name, limit in bounds.items()}
    # Each kind fits one of the two exactly. Floats first: they are what numbers mostly
    # are, and a choice that refuses a value takes longer than one that is second best.
    schema = core.union_schema(
        [
            core.float_schema(strict=True, allow_inf_nan=False, **floats),
            core.int_schema(strict=True, **_whole_limits(bounds)),
        ],
        custom_error_type="number",
        custom_error_message=f"Input should be a valid, finite number{_said(bounds)}",
        serialization=core.simple_ser_schema("any"),
        metadata={MARK: number},
    )
    return _stepped(schema, limits)


def decimal(limits: Limits) -> CoreSchema:
    """Numbers, exact as far as JSON carries them."""
    bounds: Limits = {
        name: Decimal(str(limit))
        for name, limit in limits.items()
        if name != "multiple_of"
    }
    instance = core.decimal_schema(strict=True, allow_inf_nan=False, **bounds)
    read = core.chain_schema(
        [number({}), core.decimal_schema(allow_inf_nan=False, **bounds)]
    )
    schema = core.json_or_python_schema(
        json_schema=read,
        python_schema=core.union_schema([instance, read], mode="left_to_right"),
        serialization=core.plain_serializer_function_ser_schema(
            number_of, when_used="json"
        ),
        metadata={MARK: decimal},
    )
    return _stepped(schema, limits)


def _stepped(schema: CoreSchema, limits: Limits) -> CoreSchema:
    if "multiple_of" not in limits:
        return schema
    step = _MultipleOf(limits["multiple_of"])
    return core.no_info_after_validator_function(step, schema)


class _MultipleOf:
    """A step as the document has it, in decimal: 0.3 is 3 times 0.1."""

    def __init__(self, step: float) -> None:
        self.step = step
        self.exact = Fraction(str(step))

    def __call__(self, value: float | Decimal) -> float | Decimal:
        if Fraction(str(value)) % self.exact:
            raise PydanticKnownError("multiple_of", {"multiple_of": self.step})
        return value


def _whole(value: float) -> int:
    if not value.is_integer():
        raise PydanticCustomError("integer", "Input should be a valid integer")
    return int(value)


def _whole_limits(limits: Limits) -> Limits:
    """Return limits without fractions that say the same of whole numbers."""
    return {name: _WHOLE[name](limit) for name, limit in limits.items()}


def _whole_step(step: float) -> int:
    # A whole number is a multiple of 3/2 where it is one of 3.
    return Fraction(str(step)).numerator


_WHOLE: dict[str, Callable[[float], int]] = {
    "ge": math.ceil,
    "gt": math.floor,
    "le": math.floor,
    "lt": math.ceil,
    "multiple_of": _whole_step,
}


def _said(bounds: Limits) -> str:
    return "".join(f", {_WORDS[name]} {limit}" for name, limit in bounds.items())


_WORDS = {
    "ge": "at least",
    "gt": "greater than",
    "le": "at most",
    "lt": "less than",
}
