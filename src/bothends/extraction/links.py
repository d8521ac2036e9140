"""A page without a document in, the addresses out that documents may be at."""

from __future__ import annotations

import re

from bothends.extraction.page import Page

# How Redoc, Scalar, Stoplight Elements, Swagger UI and GitBook are told where their document is.
_SETTING = re.compile(
    r"\b(?:spec-url|data-url|data-spec-url|apidescriptionurl|specurl|openapi src|swagger src|url)"
    r"""["']?\s*[=:]\s*["']([^"'<>\s]{1,2000})["']""",
    re.IGNORECASE,
)
_WORD = re.compile(r"""[^\s"'()<>\[\]{}|\\`,;]+""")
_DOCUMENT = re.compile(r"(?:openapi|swagger|api-docs|apidocs)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:json|ya?ml)(?:[?#]|$)", re.IGNORECASE)
_MOST = 5


def linked_documents(page: Page) -> list[str]:
    """Return the addresses, in the order of the page, at most five."""
    found: dict[str, None] = {}
    for setting in _SETTING.finditer(page.text):
        if _SUFFIX.search(setting[1]) or "url" not in setting[0].lower()[:3]:
            found.setdefault(setting[1])
    for word in _WORD.findall(page.text):
        if len(word) <= 2000 and _DOCUMENT.search(word) and _SUFFIX.search(word):
            found.setdefault(word.rstrip("."))
    return list(found)[:_MOST]
