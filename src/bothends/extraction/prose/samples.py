"""Samples of JSON in, values and schemas out."""

from __future__ import annotations

import json
import re
from typing import Any

from bothends.extraction.plain import is_list, is_mapping

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|(?<=[\s,\[{])#[^\n]*|\.{3,}|…|,(?=\s*[}\]])', re.DOTALL)
# Names without quotation marks, as JavaScript has them.
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?<=[{,\s])([A-Za-z_$][\w$]*)\s*:')
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LARGEST = 200_000
# Samples are read by a person; what is deeper than this is not one.
_DEEPEST = 40


def sample_value(text: str) -> Any:
    """Return the object or list that a text is, with the comments and dots that people put into samples left out.

    None where it is neither.
    """
    text = text.strip()
    if not text[:1] or text[0] not in "{[" or len(text) > _LARGEST:
        return None
    for is_cleaned in (False, True):
        try:
            value, _ = json.JSONDecoder().raw_decode(_cleaned(text) if is_cleaned else text)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def sample_schema(value: Any, depth: int = 0) -> dict[str, Any]:
    """Return a schema that a sample is an instance of, as narrow as one sample allows and no narrower."""
    if depth > _DEEPEST or value is None:
        return {}
    if is_mapping(value):
        properties = {name: sample_schema(inner, depth + 1) for name, inner in value.items()}
        return {"type": "object", "properties": properties} if properties else {"type": "object"}
    if is_list(value):
        items: dict[str, Any] = {}
        for inner in value[:20]:
            items = united(items, sample_schema(inner, depth + 1))
        return {"type": "array", "items": items}
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, int):
        return {"type": "integer"}
    if isinstance(value, float):
        return {"type": "number"}
    if _TIME.fullmatch(str(value)):
        return {"type": "string", "format": "date-time"}
    return {"type": "string", "format": "uuid"} if _UUID.fullmatch(str(value)) else {"type": "string"}


def united(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that allows what either schema of a sample allows; the empty one says nothing yet."""
    if not one or not other or one == other:
        return one or other
    kinds = {one.get("type"), other.get("type")}
    if kinds == {"object"}:
        first, second = one.get("properties", {}), other.get("properties", {})
        names = [*first, *(name for name in second if name not in first)]
        properties = {name: united(first.get(name, {}), second.get(name, {})) for name in names}
        return {"type": "object", **({"properties": properties} if properties else {})}
    if kinds == {"array"}:
        return {"type": "array", "items": united(one.get("items", {}), other.get("items", {}))}
    if kinds == {"integer", "number"}:
        return {"type": "number"}
    return {"type": "string"} if kinds == {"string"} else {}


def _cleaned(text: str) -> str:
    text = _KEY.sub(lambda found: found[0] if found[0].startswith('"') else f'"{found[1]}":', text)
    text = _TOKEN.sub(lambda found: found[0] if found[0].startswith('"') else "", text)
    return _TOKEN.sub(lambda found: found[0] if found[0].startswith('"') else "", text)
