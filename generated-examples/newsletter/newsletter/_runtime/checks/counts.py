"""How many items or properties a value has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from ..json_values import JsonValue
from .check import Check, Evaluated


@dataclass(frozen=True, eq=False, slots=True)
class Count(Check):
    """``minItems`` and ``maxItems``, or ``minProperties`` and ``maxProperties``."""

    of: Literal["items", "properties"]
    minimum: int | None
    maximum: int | None

    @override
    def holds(self, value: JsonValue, seen: Evaluated | None = None) -> bool:
        if not isinstance(value, list if self.of == "items" else dict):
            return True
        if self.minimum is not None and len(value) < self.minimum:
            return False
        return self.maximum is None or len(value) <= self.maximum

    @property
    @override
    def expected(self) -> str:
        least = None if self.minimum is None else f"at least {self.minimum}"
        most = None if self.maximum is None else f"at most {self.maximum}"
        return f"have {' and '.join(filter(None, [least, most]))} {self.of}"
