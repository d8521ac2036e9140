"""The document itself, and a page that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..kinds import is_list, is_mapping
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
    """Return the document with the server that serves it before the others.

    So it is with paths and operations that have servers of their own: they are served
    here as well.
    """
    served = dict(document)
    own = {"url": root or "/", "description": "This server"}
    if "swagger" in document:
        served.pop("host", None)
        served.pop("schemes", None)
        served["basePath"] = root or "/"
    else:
        others = document.get("servers", ())
        served["servers"] = [own, *(one for one in others if one.get("url") != root)]
    if is_mapping(document.get("paths")):
        served["paths"] = _all_here(document["paths"], own)
    components = document.get("components")
    if is_mapping(components) and is_mapping(components.get("pathItems")):
        items = _all_here(components["pathItems"], own)
        served["components"] = {**components, "pathItems": items}
    return served


def _all_here(items: JsonObject, own: JsonObject) -> JsonObject:
    return {path: _item_here(item, own) for path, item in items.items()}


def _item_here(item: Any, own: JsonObject) -> Any:
    if not is_mapping(item):
        return item
    inner = {
        name: _here(operation, own) if is_mapping(operation) else operation
        for name, operation in item.items()
        if name != "additionalOperations"
    }
    if is_mapping(item.get("additionalOperations")):
        inner["additionalOperations"] = _item_here(item["additionalOperations"], own)
    return _here(inner, own)


def _here(holder: JsonObject, own: JsonObject) -> JsonObject:
    """Return a path or operation with this server before its own ones."""
    if is_list(holder.get("servers")):
        return {**holder, "servers": [own, *holder["servers"]]}
    if is_list(holder.get("schemes")) and "responses" in holder:
        # Before 3.0 these are the protocols of an operation.
        return {name: value for name, value in holder.items() if name != "schemes"}
    return holder
