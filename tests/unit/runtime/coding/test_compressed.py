"""Content codings of requests."""

from __future__ import annotations

import gzip

import pytest

from bothends.runtime.coding.compressed import CODINGS, compressed, has_coding, unfolded
from bothends.runtime.coding.problem import CodingError
from bothends.runtime.operation import HeaderParameter, QueryParameter


@pytest.mark.parametrize("coding", CODINGS)
def test_octets_go_there_and_back(coding: str) -> None:
    octets = bytes(range(256)) * 40
    sent = compressed(octets, coding)
    assert len(sent) < len(octets)
    assert unfolded(sent, coding, len(octets)) == octets
    assert unfolded(sent, coding, len(octets) - 1) is None
    with pytest.raises(CodingError):
        unfolded(sent[:-1], coding, len(octets))
    with pytest.raises(CodingError):
        unfolded(octets, coding, len(octets))


def test_a_bomb_is_not_unfolded() -> None:
    assert unfolded(gzip.compress(b"\0" * 50_000_000), "gzip", 1000) is None


def test_other_codings() -> None:
    assert compressed(b"a", "identity") == b"a"
    with pytest.raises(CodingError):
        compressed(b"a", "zstd1")


def test_only_a_declared_header_offers_a_coding() -> None:
    assert has_coding((HeaderParameter("content_encoding", wire="Content-Encoding"),))
    assert not has_coding((QueryParameter("content-encoding"), HeaderParameter("a", wire="Accept-Encoding")))
