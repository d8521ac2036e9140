"""Two folders change places in one step, where the system offers that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_NOT_OFFERED: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders; return False where the system or the file system cannot. Raises OSError."""
    swap = _system_exchange()
    if swap is None:
        return False
    if swap(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _system_exchange() -> Callable[[bytes, bytes], int] | None:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            renamex = library.renamex_np
            return lambda one, other: int(renamex(one, other, 2))
        rename = library.renameat2
    except (AttributeError, OSError, TypeError):
        return None
    here = ctypes.c_int(-100)  # AT_FDCWD; 2 is RENAME_EXCHANGE
    return lambda one, other: int(rename(here, one, here, other, ctypes.c_uint(2)))
