"""A page without a document in, the addresses out that its document may be at."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from bothends.extraction.front_matter import documents_of_configuration, front_matter_documents
from bothends.extraction.page import Page

# How Redoc, Scalar, Stoplight Elements, Swagger UI, RapiDoc and GitBook are told where their document is.
_SETTING = re.compile(
    r"(?<![\w-])(?P<name>spec-url|specurl|data-url|data-spec-url|apidescriptionurl|configurl|swaggerurl"
    r"|openapi src|swagger src|url)"
    r"""["']?\s*[=:]\s*["'](?P<address>[^"'<>\s]{1,2000})["']""",
    re.IGNORECASE,
)
_CALL = re.compile(r"""\bRedoc\.init\(\s*["'](?P<address>[^"'<>\s]{1,2000})["']""")
_FUMADOCS = re.compile(r"""<APIPage\s[^>]{0,200}?document=\{?["'](?P<address>[^"'<>\s]{1,2000})["']""")
_GITBOOK = re.compile(
    r"\{%\s*openapi-(?:operation|schemas|webhook)\b[^%]{0,2000}%\}\s*\[[^\]\n]{0,500}\]\((?P<address>[^\s()<>]{1,2000})\)"
)
# What makes a page one of these tools, so that its ``url`` is that of a document.
_TOOL = re.compile(r"SwaggerUI|createApiReference|api-reference|redoc|elements-api|rapi-doc", re.IGNORECASE)
_WORD = re.compile(r"""[^\s"'()<>\[\]{}|\\`,;]+""")
_DOCUMENT = re.compile(r"(?:openapi|swagger|api-docs|apidocs)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:json|ya?ml)(?:[?#]|$)", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:^|/)(?:swagger|redoc|scalar)[\w.-]*init[\w.-]*\.js(?:[?#]|$)", re.IGNORECASE)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page's document may be at. ``is_certain``: the page says that it is there."""

    address: str
    is_certain: bool = False


def links_of(page: Page) -> list[Link]:
    """Return the links, the certain ones first, else in the order of the page; at most twenty."""
    found: dict[str, Link] = {}
    for link in _links(page):
        found.setdefault(link.address, link)
        if len(found) == _MOST:
            break
    return list(found.values())


def _links(page: Page) -> Iterator[Link]:
    text = html.unescape(page.text)
    is_tool = _TOOL.search(text) is not None or text.lstrip().startswith("{")
    for setting in _SETTING.finditer(text):
        if _SUFFIX.search(setting["address"]) or setting["name"].lower() != "url" or is_tool:
            yield Link(setting["address"], True)
    for pattern in (_CALL, _GITBOOK, _FUMADOCS):
        for match in pattern.finditer(text):
            yield Link(match["address"], match["address"] != "broken-reference")
    yield from (Link(address, True) for address in documents_of_configuration(page))
    yield from (Link(address, is_certain) for address, is_certain in front_matter_documents(page))
    if "<" in text:
        reader = _Reader()
        reader.feed(page.text)
        yield from (Link(address) for address in reader.found)
    for word in _WORD.findall(text):
        if len(word) <= 2000 and _DOCUMENT.search(word) and _SUFFIX.search(word):
            yield Link(word.rstrip("."))


class _Reader(HTMLParser):
    """Collects the scripts that start a tool, and the page's own copy as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what a tag refers to."""
        values = dict(attrs)
        source, target = values.get("src"), values.get("href")
        if tag == "script" and source and _SCRIPT.search(source):
            self.found.append(source)
        if tag == "link" and target and values.get("rel") == "alternate" and values.get("type") == "text/markdown":
            self.found.append(target)
