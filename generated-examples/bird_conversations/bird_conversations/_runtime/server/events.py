"""Server-sent events, as the HTML standard writes them.

Comes in: items of the documented type. A type with ``data`` and no other properties
than an event has is the event itself (as OpenAPI 3.2 has it); any other is its data.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..coding.shapes import shape_of

_FIELDS = frozenset({"data", "event", "id", "retry"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event with more than data. ``data`` is a value of the documented type."""

    data: Any
    event: str | None = None
    id: str | None = None
    retry: int | None = None


def encode_event(type: Any, item: Any, dump: Callable[[Any, Any], bytes]) -> bytes:
    """Return the lines of an event. ``dump`` writes a value of a type as JSON."""
    if isinstance(item, Event):
        return _lines(_text(type, item.data, dump), item.event, item.id, item.retry)
    if not is_whole_event(type):
        return _lines(_text(type, item, dump))
    fields: dict[str, Any] = json.loads(dump(type, item))
    data = fields.get("data", "")
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return _lines(text, fields.get("event"), fields.get("id"), fields.get("retry"))


def is_whole_event(type: Any) -> bool:
    """Tell whether a type describes events with all their fields."""
    properties = set(shape_of(type).properties)
    return "data" in properties and properties <= _FIELDS


def _text(type: Any, data: Any, dump: Callable[[Any, Any], bytes]) -> str:
    return data if isinstance(data, str) and type is str else dump(type, data).decode()


def _lines(
    data: str,
    event: str | None = None,
    id: str | None = None,
    retry: int | None = None,
) -> bytes:
    lines: list[str] = []
    for name, value in (("event", event), ("id", id)):
        if value is not None:
            lines.append(f"{name}: {' '.join(value.splitlines())}")
    if retry is not None:
        lines.append(f"retry: {retry}")
    lines += [f"data: {line}" for line in _split(data)]
    return ("\n".join(lines) + "\n\n").encode()


def _split(text: str) -> list[str]:
    """Return the lines of a text, ended as the standard ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
