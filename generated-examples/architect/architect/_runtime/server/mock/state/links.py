"""How resources refer to each other: by links of the document, and by headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from ....kinds import is_mapping
from ....operation import Operation
from ...document import ServedDocument
from .paging import Page

_LINKED = re.compile(r"\$response\.body#/([^/]+)")


def linked(document: ServedDocument, operation: Operation[Any], slot: str) -> list[str]:
    """Return the properties that links of the document give to a slot."""
    found: list[str] = []
    raw = document.operation(operation.method, operation.path)
    for response in raw.get("responses", {}).values():
        for link in _inner(response, "links").values():
            match = _LINKED.fullmatch(str(_inner(link, "parameters").get(slot)))
            if match:
                found.append(match[1])
    return found


def below(request: Request, id: str) -> str:
    """Return the path of a resource of the collection that a request is for."""
    root = str(request.scope.get("root_path", ""))
    raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    path = str(raw.decode("latin-1")).partition("?")[0]
    path = path if path.startswith(root) else root + path
    return f"{path.rstrip('/')}/{id}"


def page_headers(request: Request, page: Page) -> Mapping[str, str]:
    """Return what headers say of a page; an empty one is not sent."""
    headers = {"X-Total-Count": str(page.total), "Link": ""}
    if not page.is_last and page.following:
        url = request.url.include_query_params(**page.following)
        headers["Link"] = f'<{url}>; rel="next"'
    return headers


def _inner(value: Any, name: str) -> Mapping[str, Any]:
    inner: object = value.get(name) if is_mapping(value) else None
    return inner if is_mapping(inner) else {}
