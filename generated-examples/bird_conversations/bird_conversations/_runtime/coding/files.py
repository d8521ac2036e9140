"""Files in multipart bodies.

What a caller may hand over, as parts that can be read in pieces.
"""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from ..kinds import is_tuple
from .problem import CodingError

FileContent: TypeAlias = bytes | IO[bytes] | os.PathLike[str]
"""Octets, an open file (binary), or the path of one."""

FileInput: TypeAlias = (
    FileContent
    | tuple[str, FileContent]
    | tuple[str, FileContent, str]
    | tuple[str, FileContent, str, Mapping[str, str]]
)
"""A file: its content, or a tuple of file name, content, media type and headers."""

_PIECE = 64 * 1024


@dataclass(frozen=True)
class FilePart:
    """A file as a part of a body."""

    content: FileContent = field(repr=False)
    filename: str
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    start: int = 0
    """Where an open file stood when it was handed over."""

    @property
    def size(self) -> int | None:
        """The octets in it, or None where only reading tells."""
        if isinstance(self.content, bytes):
            return len(self.content)
        if isinstance(self.content, os.PathLike):
            return _stat(self.content)
        if not _seekable(self.content):
            return None
        end = self.content.seek(0, io.SEEK_END)
        self.content.seek(self.start)
        return end - self.start

    @property
    def replayable(self) -> bool:
        """Whether it can be read more than once."""
        return isinstance(self.content, (bytes, os.PathLike)) or _seekable(self.content)

    def read(self) -> Iterator[bytes]:
        """Yield the content in pieces, from its start."""
        if isinstance(self.content, bytes):
            yield self.content
        elif isinstance(self.content, os.PathLike):
            with _opened(self.content) as opened:
                yield from _pieces(opened)
        else:
            if _seekable(self.content):
                self.content.seek(self.start)
            yield from _pieces(self.content)


def is_file(value: Any) -> bool:
    """Tell whether a value can only be meant as a file."""
    if is_tuple(value):
        return len(value) > 1 and isinstance(value[0], str) and is_file(value[1])
    return isinstance(value, (bytes, bytearray, memoryview, os.PathLike)) or hasattr(
        value, "read"
    )


def file_part(value: Any, name: str, media_type: str | None) -> FilePart:
    """Return a file that was handed over for the part ``name`` as a part."""
    filename: str | None = None
    headers: Mapping[str, str] = {}
    content: Any = value
    if is_tuple(value):
        filename, content = value[:2]
        media_type = value[2] if len(value) > 2 and value[2] else media_type
        headers = value[3] if len(value) > 3 else headers
    if isinstance(content, bytearray):
        content = bytes(content)
    elif isinstance(content, memoryview):
        content = content.tobytes()
    elif isinstance(content, str):
        content = content.encode()
    if not isinstance(content, (bytes, os.PathLike)) and not hasattr(content, "read"):
        raise CodingError(f"holds something in {name} that is not a file")
    filename = filename or _filename(content) or name
    return FilePart(
        cast("FileContent", content),
        filename,
        _media_type(media_type, filename),
        headers,
        _position(content),
    )


def _filename(content: Any) -> str | None:
    path: Any = content
    if not isinstance(content, os.PathLike):
        path = getattr(content, "name", None)
        # A file that was opened by its number has that for a name.
        if not isinstance(path, str):
            return None
    return Path(path).name


def _media_type(declared: str | None, filename: str) -> str:
    """Return the media type of a file.

    The declared one; where that leaves a choice, by the name's ending.
    """
    choices = [
        choice.strip() for choice in (declared or "").split(",") if choice.strip()
    ]
    if len(choices) == 1 and "*" not in choices[0]:
        return choices[0]
    guessed = mimetypes.guess_type(filename, strict=False)[0]
    fixed = [choice for choice in choices if "*" not in choice]
    if guessed and (guessed in fixed or len(fixed) < len(choices) or not choices):
        return guessed
    return fixed[0] if fixed else "application/octet-stream"


def _position(content: Any) -> int:
    return content.tell() if hasattr(content, "read") and _seekable(content) else 0


def _seekable(file: Any) -> bool:
    try:
        return bool(file.seekable())
    except (AttributeError, ValueError):
        return False


def _stat(path: os.PathLike[str]) -> int:
    try:
        return Path(path).stat().st_size
    except OSError as error:
        raise CodingError(
            f"names a file that cannot be read ({error.strerror})"
        ) from error


def _opened(path: os.PathLike[str]) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise CodingError(
            f"names a file that cannot be read ({error.strerror})"
        ) from error


def _pieces(file: IO[Any]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        if not isinstance(piece, bytes):
            raise CodingError("holds a file that is open as text; open it as binary")
        yield piece
