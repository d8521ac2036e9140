"""Octets as they came to octets as they were meant: content codings, within a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from ..errors import DecodingError

ACCEPTED = "gzip, deflate"
_STEP = 256 * 1024


class ContentDecoder:
    """Undoes the content codings of a body, one bounded piece at a time."""

    def __init__(self, coding: str | None) -> None:
        names = [name.strip().lower() for name in (coding or "").split(",")]
        self._stages = [
            _Inflate(name) for name in reversed(names) if name not in ("", "identity")
        ]
        if len(self._stages) > 3:
            raise DecodingError("the body is compressed too often over")

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what the next octets stand for."""
        return self._through(0, data)

    def finish(self) -> None:
        """Raise where the body ends before its coding does."""
        for stage in self._stages:
            stage.finish()

    def _through(self, index: int, data: bytes) -> Iterator[bytes]:
        if index == len(self._stages):
            if data:
                yield data
            return
        for piece in self._stages[index].feed(data):
            yield from self._through(index + 1, piece)


class BodyReader:
    """Collects a body, up to a limit on what it unfolds to."""

    def __init__(self, coding: str | None, limit: int | None) -> None:
        self._decoder = ContentDecoder(coding)
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Take the next octets."""
        for piece in self._decoder.feed(data):
            self._size += len(piece)
            check_size(self._size, self._limit)
            self._pieces.append(piece)

    def finish(self) -> bytes:
        """Return the body."""
        self._decoder.finish()
        return b"".join(self._pieces)


def check_size(size: int, limit: int | None) -> None:
    """Raise where a body is larger than allowed."""
    if limit is not None and size > limit:
        raise DecodingError(
            f"the answer is larger than {limit} octets (see max_body_size)"
        )


class _Inflate:
    """One stage of gzip or deflate; several gzip members may follow each other."""

    def __init__(self, name: str) -> None:
        if name not in ("gzip", "x-gzip", "deflate"):
            raise DecodingError("the body has a content coding that was not asked for")
        self._gzip = name != "deflate"
        self._inflate = zlib.decompressobj(31 if self._gzip else 15)
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inflate.eof:
                if not self._gzip:
                    return
                self._inflate = zlib.decompressobj(31)
            piece = self._decompress(data)
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
            self._begun = True
            yield piece

    def finish(self) -> None:
        if self._begun and not self._inflate.eof:
            raise DecodingError("the compressed body ends early")

    def _decompress(self, data: bytes) -> bytes:
        try:
            return self._inflate.decompress(data, _STEP)
        except zlib.error as error:
            if not self._gzip and not self._begun:
                # Some servers mean the bare format, without the header of zlib.
                self._inflate = zlib.decompressobj(-15)
                try:
                    return self._inflate.decompress(data, _STEP)
                except zlib.error:
                    pass
            raise DecodingError(
                "the body is not compressed as its header says"
            ) from error
