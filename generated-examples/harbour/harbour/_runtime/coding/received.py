"""The parts of a multipart body that is there as a whole (RFC 2046, 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from .multipart import ReceivedPart
from .problem import CodingError


def parse_multipart(content: bytes, content_type: str) -> list[ReceivedPart]:
    """Return the parts of a body. Raises CodingError where it is malformed."""
    head = Message()
    head["Content-Type"] = content_type
    boundary = head.get_boundary("")
    if not boundary:
        raise CodingError("has no boundary")
    return list(_parts(content, b"\r\n--" + boundary.encode("latin-1", "replace")))


def _parts(content: bytes, delimiter: bytes) -> Iterator[ReceivedPart]:
    _, *pieces = (b"\r\n" + content).split(delimiter)
    for piece in pieces:
        if piece.startswith(b"--"):
            return
        padding, _, part = piece.partition(b"\r\n")
        if padding.strip(b" \t"):
            raise CodingError("has something behind a boundary")
        # A part without headers begins with the empty line that would end them.
        head, found, body = (b"\r\n" + part).partition(b"\r\n\r\n")
        if not found:
            raise CodingError("has a part without an end of its headers")
        yield _part(head, body)
    raise CodingError("ends before its last boundary")


def _part(lines: bytes, content: bytes) -> ReceivedPart:
    head = Message()
    for line in lines.decode("utf-8", "replace").split("\r\n"):
        key, colon, value = line.partition(":")
        if colon:
            head[key.strip()] = value.strip()
    name = str(head.get_param("name", "", header="content-disposition"))
    return ReceivedPart(name, content, head.get_filename(), head.get("content-type"))
