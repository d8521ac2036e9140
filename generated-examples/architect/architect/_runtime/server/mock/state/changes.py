"""What the body of a request makes of a resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from ....adapters import adapter
from ....kinds import is_dict


def jsonable(body: Any) -> Any:
    """Return a decoded body as JSON, or None where it holds files."""
    kind: Any = type(body) if isinstance(body, BaseModel) else Any
    try:
        return adapter(kind).dump_python(
            body, mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
    except (PydanticSerializationError, UnicodeDecodeError):
        return None


def merged(kept: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a merge patch makes of an object (RFC 7396)."""
    made = dict(kept)
    for name, value in given.items():
        if value is None:
            made.pop(name, None)
        elif is_dict(value):
            inner = made.get(name)
            made[name] = merged(inner if is_dict(inner) else {}, value)
        else:
            made[name] = value
    return made
