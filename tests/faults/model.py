"""What a fault is, and what a client must make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from faults.wire import Answer

QUICK = {"timeout": 0.6}
ONCE = {"max_retries": 0}


@dataclass(frozen=True)
class Fails:
    """The call ends with an exception of our tree, named by its class, whose text holds these words."""

    kind: str
    words: str = ""

    def __str__(self) -> str:
        return f"`{self.kind}`" + (f" (“{self.words}”)" if self.words else "")


@dataclass(frozen=True)
class Gives:
    """The call ends well, with this value (things as their names)."""

    value: Any

    def __str__(self) -> str:
        return f"`{self.value!r}`" if not isinstance(self.value, bytes) else f"{len(self.value)} octets"


@dataclass(frozen=True)
class Fault:
    """A server that misbehaves, a call, and its only good end.

    ``requests`` is how many requests the server must see: more than one is a repetition, one is none. ``items`` are the
    things that a stream must give before it ends.
    """

    name: str
    answer: Answer
    end: Fails | Gives
    call: str = "get"
    requests: int | None = 1
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    items: tuple[str, ...] = ()
    tls: bool = False

    @property
    def expected(self) -> str:
        """The expected end in words, for the table."""
        items = f"{' and '.join(f'`{one!r}`' for one in self.items)}, then " if self.items else ""
        asked = {None: "", 1: ", one request"}.get(self.requests, f", {self.requests} requests")
        limit = f", within {self.options['timeout']} s" if "timeout" in self.options else ""
        return f"{items}{self.end}{asked}{limit}"
