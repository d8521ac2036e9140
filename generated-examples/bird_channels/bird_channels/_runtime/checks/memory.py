"""What is known of values while one of them is validated.

A check that looks at a value as a type stands beside a type that looks at it as well,
and both do so with all that is in the value. Without a memory each level of nesting
would take twice the time of the one below.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, TypeAlias

from pydantic import ValidationError

#: Errors, or None where there is none, by the identity of a type and JSON text.
Memory: TypeAlias = dict[tuple[int, bytes], tuple[Any, ValidationError | None]]


class _Current(threading.local):
    memory: Memory | None = None


_current = _Current()


@contextmanager
def remembering() -> Generator[Memory]:
    """Give the memory of the outermost validation, which ends with it."""
    outer = _current.memory
    if outer is not None:
        yield outer
        return
    _current.memory = {}
    try:
        yield _current.memory
    finally:
        _current.memory = None
