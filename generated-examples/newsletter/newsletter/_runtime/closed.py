"""Closed objects, which refuse properties that they do not name, and can hold them.

pydantic writes no extra properties of a class with ``extra="forbid"``. A client that
tolerates them has to: what came in goes out again. So to pydantic's engine the class is
open, and whatever is in it beside its fields is refused where it is read.
"""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic_core import PydanticKnownError
from pydantic_core import core_schema as core


def keep_extras_that_are_refused(outer: dict[str, Any], fields: dict[str, Any]) -> None:
    """Change the schemas of a closed class: of the class itself, and of its fields."""
    while outer["type"] != "model":
        outer = outer["schema"]
    outer["extra_behavior"] = fields["extra_behavior"] = "allow"
    fields["extras_schema"] = core.no_info_plain_validator_function(
        _refuse, serialization=core.simple_ser_schema("any")
    )


def _refuse(value: Any) -> NoReturn:
    raise PydanticKnownError("extra_forbidden")
