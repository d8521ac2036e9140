"""Addresses of callbacks, out of what requests and answers hold."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import contract
from starlette.testclient import TestClient

from bothends.runtime.model import Model
from bothends.runtime.operation import Body, Json, Operation, PathParameter, Returns
from bothends.runtime.server.app import build_app
from bothends.runtime.server.callbacks import CallbackError
from bothends.runtime.server.handlers import Context


class Order(Model):
    callback_url: str | None = None
    targets: list[dict[str, Any]] | None = None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("{$request.body#/callback_url}", "https://a.example/hook"),
        ("$request.body#/callback_url", "https://a.example/hook"),
        ("{$request.body#/callback_url}/paid?id={$response.body#/id}", "https://a.example/hook/paid?id=x%2F1"),
        ("{$request.body#/targets/1/a~1b}", "https://c.example"),
        ("{$request.query.to}", "https://b.example/?x=1"),
        ("https://d.example/{$request.path.id}/{$method}", "https://d.example/7/POST"),
        ("https://d.example/?to={$request.query.to}", "https://d.example/?to=https%3A%2F%2Fb.example%2F%3Fx%3D1"),
        ("{$request.header.X-Callback}", "https://e.example"),
        ("{$response.header.location}", "https://f.example"),
        ("https://g.example/{$statusCode}", "https://g.example/202"),
        ("{$url}", "http://testserver/orders/7?to=https%3A%2F%2Fb.example%2F%3Fx%3D1"),
        ("https://h.example/fixed", "https://h.example/fixed"),
        ("{$request.body#/nothing}", None),
        ("{$request.body#/targets}", None),
        ("{$request.body#/targets/9/a}", None),
        ("{$request.cookie.to}", None),
        ("{$request.query.from}", None),
    ],
)
def test_the_address_is_what_the_expression_says(expression: str, expected: str | None) -> None:
    assert _address({"paid": {expression: {"post": {}}}}) == expected


def test_the_first_address_that_is_told_is_taken() -> None:
    callback = {"x-note": 1, "{$request.query.from}": {}, "{$request.query.to}": {}}
    assert _address({"paid": callback}) == "https://b.example/?x=1"


def test_references_are_followed() -> None:
    shared: dict[str, Any] = {"callbacks": {"Paid": {"{$request.query.to}": {"post": {}}}}}
    assert _address({"paid": {"$ref": "#/components/callbacks/Paid"}}, shared) == "https://b.example/?x=1"


def test_a_callback_that_the_document_does_not_have_is_a_mistake() -> None:
    assert _address({}) is None


def _address(callbacks: dict[str, Any], components: dict[str, Any] | None = None) -> str | None:
    operation: Operation[Any] = Operation(
        key="order",
        method="POST",
        path="/orders/{id}",
        parameters=(PathParameter("id"),),
        body=Body((Json(Order),)),
        returns=(Returns(status=204),),
    )
    found: list[str | None] = []

    def handle(id: str, body: Order) -> None:
        context = Context.current()
        try:
            told = {"location": "https://f.example"}
            found.append(context.callback_url("paid", response={"id": "x/1"}, headers=told, status=202))
        except CallbackError:
            found.append(None)

    handlers = type("Handlers", (), {"handle0": staticmethod(handle)})()
    document = {
        "paths": {"/orders/{id}": {"post": {"callbacks": callbacks}}},
        "components": components or {},
    }
    client = TestClient(build_app(contract(operation, document=document), handlers))
    body = {"callback_url": "https://a.example/hook", "targets": [{}, {"a/b": "https://c.example"}]}
    url = "/orders/7?to=https%3A%2F%2Fb.example%2F%3Fx%3D1"
    assert client.post(url, json=body, headers={"X-Callback": "https://e.example"}).status_code == 204
    return found[0]
