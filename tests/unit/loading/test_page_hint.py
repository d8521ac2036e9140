"""A documentation page in the place of a document is recognised, and its reader told what to do."""

from __future__ import annotations

import pytest

from bothends.loading.page_hint import page_hint


@pytest.mark.parametrize(
    ("uri", "text"),
    [("docs/pets.md", ""), ("pets.MDX", ""), ("pets.html", ""), ("-", "\n<!DOCTYPE html><html>"), ("pets", "<html>")],
)
def test_a_page_is_recognised(uri: str, text: str) -> None:
    assert "bothends extract" in (page_hint(uri, text) or "")


@pytest.mark.parametrize(("uri", "text"), [("openapi.yaml", "a: b"), ("-", "<a> b"), ("pets.json", "{")])
def test_anything_else_is_not(uri: str, text: str) -> None:
    assert page_hint(uri, text) is None
