"""An index of pages in, such as ``llms.txt`` (https://llmstxt.org), the addresses out that it lists."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from bothends.extraction.page import Page

_LINK = re.compile(r"\]\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\"')]*[\"'])?\s*\)")
# What nobody documents an API with.
_OTHER = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|pdf|zip|gz|mp4|webm|css|js|xml|woff2?)$", re.IGNORECASE)


def is_index(page: Page) -> bool:
    """Whether a page is an index of pages, by its name."""
    return urlsplit(page.uri).path.replace("\\", "/").rsplit("/", 1)[-1].lower() == "llms.txt"


def index_links(page: Page) -> list[str]:
    """Return what an index lists, in its order: pages and documents, not pictures, and nothing of other schemes.

    An index that was fetched lists pages of its own site; links to others lead to something else.
    """
    found: dict[str, None] = {}
    site = _site(page.uri)
    for match in _LINK.finditer(page.text):
        address = urldefrag(match[1]).url
        try:
            target = urlsplit(urljoin(page.uri, address) if site else address)
        except ValueError:
            continue
        if target.scheme not in ("", "http", "https") or _OTHER.search(target.path) or not address:
            continue
        if site and _site(target.geturl()) != site:
            continue
        found.setdefault(address)
    return list(found)


def _site(uri: str) -> str:
    parts = urlsplit(uri)
    return parts.netloc if parts.scheme in ("http", "https") else ""
