"""Writes a single file beside a package: wholly, or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex


def write_file(path: Path, text: str) -> None:
    """Make a text the content of a file, as UTF-8 with the line ends that it has. Raises OSError.

    It is written beside the old file, which it then replaces; where that is not possible, because there is a device or
    a folder that may not be written, it goes where it belongs at once.
    """
    target = path.resolve()
    data = text.encode("utf-8")
    beside = target.with_name(f".{target.name}.{token_hex(4)}")
    if target.exists() and (not target.is_file() or not os.access(target.parent, os.W_OK)):
        target.write_bytes(data)
        return
    try:
        beside.write_bytes(data)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise
