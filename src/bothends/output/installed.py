"""What generates: a digest of the sources and templates of this installation, and the formatter's version.

Both are found without importing what they speak of, because a run that has nothing to do looks at them first.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from typing import Final

from bothends.output.digests import digest_of_file, digest_of_folder, files_below

_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - quick
_TEMPLATES: Final = "_templates"


@cache
def generator_digest() -> str:
    """Return the digest of everything that this installation of bothends consists of.

    It is the same for a wheel and for the checkout that the wheel was built from, and another one after any edit.
    """
    templates = f"{_PACKAGE}/{_TEMPLATES}"
    if not os.path.isdir(templates):  # noqa: PTH112 - quick
        templates = os.path.normpath(f"{_PACKAGE}/../../templates")
    found = sha256(digest_of_folder(templates).encode())
    for name, path in sorted(files_below(_PACKAGE)):
        if not name.startswith(f"{_TEMPLATES}/"):
            found.update(f"{name}\0{digest_of_file(path)}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


@cache
def formatter_version() -> str:
    """Return the name and version of the formatter, such as ``ruff 0.17.5``."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - quick
        except OSError:
            continue
        for name in names:
            if name.startswith("ruff-") and name.endswith(".dist-info"):
                return f"ruff {name.removeprefix('ruff-').removesuffix('.dist-info')}"
    from importlib.metadata import version

    return f"ruff {version('ruff')}"
