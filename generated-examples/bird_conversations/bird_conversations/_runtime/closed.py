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


def as_described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a class's schema as JSON Schema can say it: a closed one is closed."""
    if schema.get("extras_schema", {}).get("function", {}).get("function") is _refuse:
        kept = {name: part for name, part in schema.items() if name != "extras_schema"}
        return {**kept, "extra_behavior": "forbid"}
    inner = schema.get("schema")
    if schema["type"] not in ("model", "function-wrap") or inner is None:
        return schema
    changed = as_described(inner)
    if changed is inner:
        return schema
    behavior = {"extra_behavior": "forbid"} if "extra_behavior" in schema else {}
    return {**schema, **behavior, "schema": changed}


def _refuse(value: Any) -> NoReturn:
    raise PydanticKnownError("extra_forbidden")
