"""Room for building deep types: each type that needs another is some calls deeper."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

#: Enough for some seven hundred models, each in a field of the one before.
_ROOM: Final = 10_000

_lock = threading.Lock()
_users = 0
_usual = 0


@contextmanager
def room_for_recursion() -> Generator[None]:
    """Let calls nest deeper for as long as any thread needs it."""
    global _users, _usual
    with _lock:
        if _users == 0:
            _usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_usual, _ROOM))
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                sys.setrecursionlimit(_usual)
