"""A file of the output, as a value; and the writing of many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their paths below a folder, and make the folders that they lie in. Raises OSError."""
    made: set[str] = set()
    for path, data in files:
        parent = path.rpartition("/")[0]
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        (folder / path).write_bytes(data)
