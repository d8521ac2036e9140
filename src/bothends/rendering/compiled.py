"""Templates compiled once for an installation: kept beside them, in the way of Python's own bytecode."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from secrets import token_hex
from typing import Final

import jinja2
from jinja2.bccache import Bucket, BytecodeCache
from typing_extensions import override

#: What compiles: code of another version of Jinja is not for this one.
_COMPILER: Final = "jinja" + "".join(filter(str.isalnum, jinja2.__version__))


class Compiled(BytecodeCache):
    """Keeps compiled templates where the import system keeps compiled modules, under the same conditions.

    Jinja compares the digest of the source, so that an edited template is compiled anew. A folder that cannot be
    written, or a process that must not write bytecode, only costs the time to compile.
    """

    @override
    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return cache_from_source(filename or name, optimization=_COMPILER)

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError), open(bucket.key, "rb") as file:  # noqa: PTH123 - quick
            bucket.load_bytecode(file)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            os.makedirs(os.path.dirname(bucket.key), exist_ok=True)  # noqa: PTH103, PTH120 - quick
            # Under another name first: others may read while this one writes.
            new = f"{bucket.key}.{token_hex(4)}"
            with open(new, "wb") as file:  # noqa: PTH123 - quick
                bucket.write_bytecode(file)
            os.replace(new, bucket.key)  # noqa: PTH105 - quick
