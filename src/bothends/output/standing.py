"""A process that stands in a folder which is replaced would stand nowhere: it goes on in the new one."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress


@contextmanager
def standing() -> Generator[None]:
    """Have the current folder, by its path, be the current folder afterwards."""
    here = None
    with suppress(OSError):
        here = os.getcwd()  # noqa: PTH109 - it may be gone, and need not be a Path
    try:
        yield
    finally:
        if here is not None:
            with suppress(OSError):
                os.chdir(here)
