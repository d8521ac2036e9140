"""Where the text of a document comes from."""

from __future__ import annotations

import sys


def spec_text(spec: str) -> bytes | None:
    """Return what stands on standard input if the document is ``-``, else None: the file will be opened."""
    return sys.stdin.buffer.read() if spec == "-" else None
