"""Bodies of requests in a content coding, where the document offers one to callers.

It does by declaring the header ``Content-Encoding``: the client compresses as the
argument says, the server unfolds up to a limit.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

from ..operation import Parameter
from .problem import CodingError

#: What both ends know.
CODINGS = ("gzip", "deflate")


def has_coding(parameters: Iterable[Parameter]) -> bool:
    """Tell whether an operation lets callers choose a content coding."""
    return any(
        one.place == "header" and one.wire.lower() == "content-encoding"
        for one in parameters
    )


def compressed(content: bytes, coding: str) -> bytes:
    """Return the octets in a content coding (RFC 9110, 8.4.1)."""
    match coding.strip().lower():
        case "gzip" | "x-gzip":
            return gzip.compress(content, mtime=0)
        case "deflate":
            return zlib.compress(content)
        case "" | "identity":
            return content
        case _:
            raise CodingError(f"cannot be sent in the content coding {coding[:40]!r}")


def unfolded(content: bytes, coding: str, limit: int) -> bytes | None:
    """Return what octets in a content coding stand for, None where that is too much."""
    inflate = zlib.decompressobj(15 if coding == "deflate" else 31)
    try:
        found = inflate.decompress(content, limit + 1)
    except zlib.error as error:
        raise CodingError("is not compressed as its header says") from error
    if len(found) > limit:
        return None
    if not inflate.eof:
        raise CodingError("is compressed, and ends early")
    return found
