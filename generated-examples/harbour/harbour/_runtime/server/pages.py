"""The document itself, and a page that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .document import JsonObject, ServedDocument
from .settings import Settings


def document_routes(
    document: ServedDocument, settings: Settings
) -> Iterator[BaseRoute]:
    """Yield the routes of the document and of its page."""
    path = settings.document_path
    if path is None:
        return

    async def show_document(request: Request) -> Response:
        root = str(request.scope.get("root_path", ""))
        content = json.dumps(with_server(document.content, root), ensure_ascii=False)
        return Response(content, media_type="application/json")

    async def show_page(request: Request) -> Response:
        url = str(request.scope.get("root_path", "")) + str(path)
        return get_swagger_ui_html(openapi_url=url, title=document.title)

    yield Route(path, show_document)
    if settings.docs_path is not None:
        yield Route(settings.docs_path, show_page)


def with_server(document: JsonObject, root: str) -> dict[str, Any]:
    """Return the document with the server that serves it before the others."""
    served = dict(document)
    if "swagger" in document:
        served.pop("host", None)
        served.pop("schemes", None)
        served["basePath"] = root or "/"
        return served
    others = [one for one in document.get("servers", ()) if one.get("url") != root]
    served["servers"] = [{"url": root or "/", "description": "This server"}, *others]
    return served
