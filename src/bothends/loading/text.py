"""Bytes in, text out: byte order marks, UTF-8, UTF-16 and UTF-32; anything else is not text."""

from __future__ import annotations

import codecs
import re

from bothends.diagnostics.model import Diagnostic, DocumentError, Location, Severity

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What neither YAML 1.2 nor JSON lets stand unescaped: a file that has them is something else than text.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f]")

_CONTROLS = bytes(code for code in range(32) if _NOT_TEXT.match(chr(code)))


def decode(data: bytes, uri: str) -> str:
    r"""Decode the bytes of a document; :class:`DocumentError` where they are empty or not text.

    Line breaks become ``\n``. That loses nothing: JSON strings cannot hold one, YAML reads them all alike.
    """
    encoding, start = _encoding(data)
    try:
        text = decode_again(data)
    except UnicodeDecodeError as error:
        if start == 0 and b"\0" in data[:4]:
            raise _not_text(uri, "the file is binary") from None
        raise _not_text(uri, f"the bytes at offset {error.start + start} are not {encoding.upper()}") from None
    # Of bytes in UTF-8, the quick test needs no look at the text.
    looks_clean = encoding == "utf-8" and len(data.translate(None, _CONTROLS)) == len(data)
    found = None if looks_clean else _NOT_TEXT.search(text)
    if found is not None:
        line, column = line_and_column(text, found.start())
        message = f"the file holds the control character U+{ord(found.group()):04X}, which text does not"
        raise _not_text(uri, message, line, column)
    if not text.strip():
        raise DocumentError(
            Diagnostic("empty-document", Severity.ERROR, "the document is empty", Location(uri, "", 1, 1))
        )
    return text


def decode_again(data: bytes) -> str:
    """Return the text of bytes that :func:`decode` has taken, without looking for what is wrong with them."""
    encoding, start = _encoding(data)
    text = data[start:].decode(encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset into the text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def _encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding and the length of the byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    # Without a mark the first character is ASCII (YAML 1.2, 5.2; RFC 4627, 3), so its zero bytes tell.
    zeros = [byte == 0 for byte in data[:4]]
    if len(zeros) == 4:
        if zeros == [True, True, True, False]:
            return "utf-32-be", 0
        if zeros == [False, True, True, True]:
            return "utf-32-le", 0
    if zeros[:2] == [True, False]:
        return "utf-16-be", 0
    if zeros[:2] == [False, True]:
        return "utf-16-le", 0
    return "utf-8", 0


def _not_text(uri: str, message: str, line: int = 1, column: int = 1) -> DocumentError:
    hint = "save the document as UTF-8"
    return DocumentError(
        Diagnostic("not-text", Severity.ERROR, message, Location(uri, "", line, column), hint),
    )
