"""What an error body says, in one line, and what is wrong with a value.

Problem details, ``{code, message}``, ``{error: {...}}`` and their kin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from .kinds import is_list, is_mapping

_TEXTS = (
    "detail",
    "message",
    "error_description",
    "description",
    "reason",
    "title",
    "msg",
    "error_message",
)
_CODES = ("code", "error_code", "type")
_NESTED = ("error", "errors", "fault", "problem")


def explain(body: Any) -> str:
    """Return the explanation that a decoded error body holds, or ``""``."""
    return _explain(body, 4)


def problems_of(error: ValidationError) -> tuple[str, ...]:
    """Return each problem with its place, without the values found there."""
    found: list[str] = []
    for one in error.errors(
        include_url=False, include_context=False, include_input=False
    ):
        place = ".".join(map(str, one["loc"])) or "(whole value)"
        found.append(f"{place}: {one['msg']}")
    return tuple(found) or ("it is not valid",)


def _explain(body: Any, depth: int) -> str:
    if isinstance(body, str):
        return body
    if is_list(body) and depth:
        return "; ".join(filter(None, (_explain(one, depth - 1) for one in body[:3])))
    found = _fields(body)
    if not found or not depth:
        return ""
    text = _first(found, _TEXTS)
    if not text:
        for key in _NESTED:
            if inner := _explain(found.get(key), depth - 1):
                return inner
    title, code = _first(found, ("title",)), _first(found, _CODES)
    if title and text and title != text and title not in text:
        text = f"{title}: {text}"
    if code and code != "about:blank" and code not in text:
        return f"{text} [{code}]" if text else code
    return text


def _fields(body: Any) -> Mapping[str, Any]:
    if is_mapping(body):
        return body
    # Names in lower case cover the wire names that are looked for.
    if isinstance(body, BaseModel):
        return {**vars(body), **(body.__pydantic_extra__ or {})}
    return {}


def _first(found: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = found.get(key)
        if isinstance(value, str) and value:
            return str(getattr(value, "value", value))
        if key in _CODES and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
