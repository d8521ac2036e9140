"""The name and the beginning of a text that is no document in; what to do out, where it is a documentation page."""

from __future__ import annotations

import re

from bothends.loading.places import shorten

_NAME = re.compile(r"\.(?:mdx?|markdown|html?|rst|txt)$", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)


def page_hint(uri: str, text: str) -> str | None:
    """Return how to get at the document of a documentation page; None where the text looks like none."""
    if _NAME.search(uri) is None and _MARKUP.match(text[:1000]) is None:
        return None
    command = f"bothends extract {shorten(uri)} -o openapi.yaml"
    return f"this looks like a documentation page: make a document of it with {command}"
