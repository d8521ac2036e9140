"""Bytes become text by their mark or their first characters, or are refused."""

from __future__ import annotations

import codecs

import pytest

from bothends.diagnostics.model import DocumentError
from bothends.loading.text import decode, line_and_column

TEXT = 'a: "é 😀"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unicode_encodings(encoding: str, mark: str) -> None:
    assert decode((mark + TEXT).encode(encoding), "a") == TEXT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-document"),
        (b" \n\t ", "empty-document"),
        (codecs.BOM_UTF8, "empty-document"),
        (codecs.BOM_UTF16_LE, "empty-document"),
        ("é: 1".encode("latin-1"), "not-text"),
        (b"a: \x00", "not-text"),
        (bytes(range(256)), "not-text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-text"),
        (codecs.BOM_UTF16_LE + b"a", "not-text"),
        (b"PK\x03\x04" + bytes(30), "not-text"),
        (b"a: \x1b[31m", "not-text"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, "a")
    assert [one.code for one in caught.value.diagnostics] == [code]


def test_line_breaks_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n", "a") == "a\nb\nc\n"


def test_line_and_column() -> None:
    assert [line_and_column("ab\ncd", offset) for offset in (0, 2, 3, 4)] == [(1, 1), (1, 3), (2, 1), (2, 2)]
