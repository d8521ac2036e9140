"""Pages as Mintlify has them in: where their front matter, or the site's configuration, says the document is, out.

A page names an operation, such as ``openapi: "GET /pets"``, and before it, optionally, the document that has it. Else
the document is the one of ``docs.json`` (``mint.json`` of older sites) in a folder above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bothends.extraction.page import Page
from bothends.extraction.plain import children, is_list, is_mapping

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^openapi(?:-schema)?:[ \t]*[\"']?(?P<value>[^\"'\n]{1,2000})", re.MULTILINE)
_METHOD = re.compile(r"(?:^|[ \t])(?:get|put|post|delete|options|head|patch|trace|query|webhook)[ \t]", re.IGNORECASE)
_CONFIGURATION = ("docs.json", "mint.json")


def front_matter_documents(page: Page) -> Iterator[tuple[str, bool]]:
    """Return the addresses that a page's front matter leads to, each with whether it is named there."""
    matter = _FRONT_MATTER.match(page.text)
    field = _FIELD.search(matter[1]) if matter else None
    if field is None:
        return
    value = field["value"].strip()
    method = _METHOD.search(value)
    document = value[: method.start()].strip() if method else value
    if document and (method or re.search(r"\.(?:json|ya?ml)$", document)):
        yield document, True
    else:
        yield from ((name, False) for name in _CONFIGURATION)


def documents_of_configuration(page: Page) -> Iterator[str]:
    """Return the addresses that a site's configuration names, wherever in its navigation."""
    if not page.uri.replace("\\", "/").endswith(_CONFIGURATION):
        return
    try:
        pending: list[Any] = [json.loads(page.text)]
    except (ValueError, RecursionError):
        return
    while pending:
        value = pending.pop()
        if is_mapping(value) and "openapi" in value:
            yield from _addresses(value["openapi"])
        pending.extend(reversed(children(value)))


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_list(value):
        yield from (one for one in value if isinstance(one, str))
    elif is_mapping(value) and isinstance(value.get("source"), str):
        yield value["source"]
