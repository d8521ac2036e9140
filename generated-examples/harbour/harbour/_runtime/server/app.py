"""The application: every route of a document on FastAPI.

Comes in: the contract that a generated package states, and handlers. Goes out: a
FastAPI application, or a router to include in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route as PlainRoute

from .endpoint import Endpoint
from .observing import Observed, pulse
from .pages import document_routes
from .routes import DocumentRoute, RawRoute
from .routing import SLOT, Place
from .security import Authenticate
from .service import Contract, Service
from .settings import Settings

__all__ = ["Contract", "build_app", "build_router"]

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def build_app(
    contract: Contract,
    handlers: object | None,
    *,
    authenticate: Authenticate | None = None,
    settings: Settings | None = None,
    options: Mapping[str, Any] | None = None,
) -> FastAPI:
    """Return the application. Without handlers: the mock."""
    settings = settings or Settings()
    service = Service(contract, handlers, authenticate, settings)
    given = dict(options or {})
    given["exception_handlers"] = {
        HTTPException: service.not_found,
        **given.get("exception_handlers", {}),
    }
    for name in ("openapi_url", "docs_url", "redoc_url"):
        given.setdefault(name, None)
    given.setdefault("redirect_slashes", False)
    given.setdefault("title", service.document.title)
    given.setdefault("version", service.document.version)
    given["middleware"] = [*_around(settings), *(given.get("middleware") or ())]
    app = FastAPI(**given)
    if settings.health_path is not None:
        app.router.routes.append(PlainRoute(settings.health_path, pulse))
    app.router.routes.append(DocumentRoute(service))
    app.router.routes.extend(document_routes(service.document, settings))
    return app


def build_router(
    contract: Contract,
    handlers: object | None,
    *,
    authenticate: Authenticate | None = None,
    settings: Settings | None = None,
    options: Mapping[str, Any] | None = None,
) -> APIRouter:
    """Return the operations as a router of FastAPI, one route for each path.

    The router may get a prefix and dependencies.
    """
    service = Service(contract, handlers, authenticate, settings or Settings())
    given: dict[str, Any] = {"route_class": RawRoute, **(options or {})}
    router = APIRouter(**given)
    for place in sorted(service.places(), key=_literals_first):
        pieces = SLOT.split(place.template)
        # Slots in order, under names that Starlette takes.
        path = "".join(f"{{s{at}}}" if at % 2 else p for at, p in enumerate(pieces))
        router.add_api_route(
            path,
            service.endpoint_of(place),
            methods=list(dict.fromkeys([*_METHODS, *place.methods])),
            include_in_schema=False,
            name=place.template,
        )
    return router


def _around(settings: Settings) -> Iterator[Middleware]:
    """Yield what stands around the application, the outermost first."""
    if settings.access_log or settings.telemetry:
        yield Middleware(
            Observed, access_log=settings.access_log, telemetry=settings.telemetry
        )
    if settings.cors_origins:
        yield Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=_METHODS,
            allow_headers=("*",),
        )


def _literals_first(place: Place[Endpoint]) -> tuple[tuple[bool, str], ...]:
    return tuple(("{" in segment, segment) for segment in place.template.split("/"))
