"""Small contracts for tests: one operation, its document, a handler."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.testclient import TestClient

from bothends.runtime.operation import Operation
from bothends.runtime.server.app import Contract, build_app
from bothends.runtime.server.handlers import Route
from bothends.runtime.server.settings import Settings


class Nothing:
    """No handlers at all."""


def contract(*operations: Operation[Any], document: Mapping[str, Any] | None = None) -> Contract:
    """Return a contract whose handlers are called ``handle0``, ``handle1`` …"""
    routes = tuple(
        Route(f"handle{number}", lambda operation=operation: operation)  # type: ignore[misc]
        for number, operation in enumerate(operations)
    )
    return Contract(package="", handlers=Nothing, routes=routes, schemes={}, document=document or {})


def mock(*operations: Operation[Any], document: Mapping[str, Any] | None = None, **settings: Any) -> TestClient:
    """Return a client of the mock."""
    return TestClient(build_app(contract(*operations, document=document), None, settings=Settings(**settings)))


def served(
    operation: Operation[Any], handler: Any, document: Mapping[str, Any] | None = None, **settings: Any
) -> TestClient:
    """Return a client of a server with one handler."""
    handlers = Nothing()
    handlers.handle0 = handler  # type: ignore[attr-defined]
    app = build_app(contract(operation, document=document), handlers, settings=Settings(**settings))
    return TestClient(app)
