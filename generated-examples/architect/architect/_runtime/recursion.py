"""Room for deep types: each type that needs another is some calls deeper."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

#: Enough for a thousand checks of types in each other, which take more than building.
_ROOM: Final = 10_000

_lock = threading.Lock()
_users = 0
_usual = 0


class _Depth(threading.local):
    built = 0


_depth = _Depth()


@contextmanager
def nested_building() -> Generator[int]:
    """Let types be built within each other; gives how many are around this one."""
    around = _depth.built
    _depth.built = around + 1
    try:
        with room_for_recursion():
            yield around
    finally:
        _depth.built = around


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
