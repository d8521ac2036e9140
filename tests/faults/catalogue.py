"""All faults, by group."""

from __future__ import annotations

from faults import connections, contents, statuses, streams
from faults.model import Fault

GROUPS: dict[str, tuple[Fault, ...]] = {
    "Connections": tuple(connections.connections()),
    "Timing": tuple(connections.timing()),
    "Framing": tuple(connections.framing()),
    "Size and coding": tuple(contents.sizes()),
    "Content": tuple(contents.documents()),
    "Bodies of failures": tuple(contents.failures()),
    "Repetition": tuple(statuses.repetitions()),
    "When to come back": tuple(statuses.waits()),
    "Redirects and cookies": tuple(statuses.redirects()),
    "Server-sent events": tuple(streams.events()),
    "JSON Lines": tuple(streams.lines()),
}
FAULTS = {f"{group}: {fault.name}": fault for group, faults in GROUPS.items() for fault in faults}
