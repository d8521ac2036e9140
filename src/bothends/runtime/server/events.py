"""Server-sent events, as the HTML standard writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..adapters import adapter


@dataclass(frozen=True, slots=True)
class Event:
    """An event with more than data. ``data`` is a value of the documented type."""

    data: Any
    event: str | None = None
    id: str | None = None
    retry: int | None = None


def encode_event(type: Any, item: Any) -> bytes:
    """Return the lines of an event."""
    found = item if isinstance(item, Event) else Event(item)
    data = found.data
    if not isinstance(data, str):
        text = adapter(type).dump_json(data, by_alias=True, exclude_unset=True).decode()
    else:
        text = data
    lines: list[str] = []
    for name, value in (("event", found.event), ("id", found.id)):
        if value is not None:
            lines.append(f"{name}: {' '.join(value.splitlines())}")
    if found.retry is not None:
        lines.append(f"retry: {found.retry}")
    lines += [f"data: {line}" for line in text.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
