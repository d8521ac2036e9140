"""A file of the output, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.output.digests import digest


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to write: its path below the package (with ``/``) and its text, written as UTF-8 as it is."""

    path: str
    text: str

    @property
    def data(self) -> bytes:
        """The bytes that go to disk."""
        return self.text.encode("utf-8")

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return digest(self.data)
