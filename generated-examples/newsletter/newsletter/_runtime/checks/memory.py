"""What is known of values while one of them is validated.

A check that looks at a value as a type stands beside a type that looks at it as well,
and both do so with all that is in the value. Without a memory each level of nesting
would take twice the time of the one below.
"""

from __future__ import annotations

import threading
from typing import Any, TypeAlias

from pydantic import ValidationError

#: Errors, or None where there is none, by the identity of a type and JSON text.
Memory: TypeAlias = dict[tuple[int, bytes], tuple[Any, ValidationError | None]]


class _Current(threading.local):
    depth = 0

    def __init__(self) -> None:
        self.memory: Memory = {}


_current = _Current()


class _Remembering:
    """Gives the memory of the outermost validation, which ends with it."""

    __slots__ = ()

    def __enter__(self) -> Memory:
        _current.depth += 1
        return _current.memory

    def __exit__(self, *_: object) -> None:
        _current.depth -= 1
        if not _current.depth and _current.memory:
            _current.memory = {}


# One for all: this is entered for every value with a check.
remembering = _Remembering()
