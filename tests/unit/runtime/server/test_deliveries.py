"""Deliveries from a sender to a receiver, and what goes wrong between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bothends.runtime.model import Model
from bothends.runtime.server.deliveries import DeliveryError, Sender, UnsafeAddressError, is_public
from bothends.runtime.server.receiving import Delivery, Receiver, WebhookMethods
from bothends.runtime.webhooks.receive import Webhooks
from bothends.runtime.webhooks.signatures import STANDARD_WEBHOOKS

SECRET = b"a secret of some length"
URL = "https://subscriber.example/hooks"


class Paid(Model, extra="forbid"):
    amount: int


class Refunded(Model, extra="forbid"):
    reason: str


Subscribed = tuple[TestClient, list[Any]]


@pytest.fixture
def subscriber() -> Subscribed:
    """An application that receives events, and what it was given."""
    receiver = Receiver(Webhooks[Paid | Refunded](Paid | Refunded, STANDARD_WEBHOOKS), secret=SECRET, max_body=1000)
    found: list[Any] = []

    @receiver.on(Paid)
    async def paid(event: Paid) -> None:
        found.append(event)
        if event.amount < 0:
            raise RuntimeError("the books are closed")

    receiver.at("/refunds", Refunded)(found.append)
    app = FastAPI()
    app.include_router(receiver.router("/hooks"))
    return TestClient(app), found


def signed(body: bytes, **changes: Any) -> dict[str, str]:
    return STANDARD_WEBHOOKS.sign(changes.pop("secret", SECRET), body, **changes)


def test_events_reach_the_functions_for_their_type(subscriber: Subscribed) -> None:
    client, found = subscriber
    body = b'{"amount": 7}'
    assert client.post("/hooks", content=body, headers=signed(body)).status_code == 204
    assert found == [Paid(amount=7)]
    other = b'{"reason": "late"}'
    assert client.post("/hooks", content=other, headers=signed(other)).status_code == 204
    assert found == [Paid(amount=7)]
    assert client.post("/hooks/refunds", content=other, headers=signed(other)).status_code == 204
    assert found[1:] == [Refunded(reason="late")]


REFUSED: dict[str, tuple[bytes, Callable[[bytes], Mapping[str, str]], int]] = {
    "no signature": (b'{"amount": 7}', lambda body: {}, 401),
    "another secret": (b'{"amount": 7}', lambda body: signed(body, secret=b"another"), 401),
    "another body": (b'{"amount": 8}', lambda body: signed(b'{"amount": 7}'), 401),
    "too old": (b'{"amount": 7}', lambda body: signed(body, timestamp=time.time() - 3600), 401),
    "no event": (b'{"amount": "many"}', signed, 400),
    "no JSON": (b"{", signed, 400),
    "too large": (b" " * 1001, signed, 413),
    "a function fails": (b'{"amount": -1}', signed, 500),
}


@pytest.mark.parametrize(("body", "headers", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(
    subscriber: Subscribed, body: bytes, headers: Callable[[bytes], Mapping[str, str]], status: int
) -> None:
    client, found = subscriber
    answer = client.post("/hooks", content=body, headers=headers(body))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "books" not in answer.text
    assert bool(found) == (status == 500)


class Deliveries(WebhookMethods):
    WEBHOOKS = (
        Delivery("paid", "order.paid", lambda: Paid),
        Delivery("paid_twice", "order/paid twice", lambda: Paid),
        Delivery("many", "many", lambda: list[Paid]),
        Delivery("ping", "ping", None),
        Delivery("refunded", "refunded", lambda: Refunded),
    )

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def paid(self, event: Paid) -> None:
        self.taken.append(("paid", event))

    def paid_twice(self, event: Paid) -> None:
        self.taken.append(("paid_twice", event))

    def many(self, event: list[Paid]) -> None:
        self.taken.append(("many", event))

    def ping(self) -> None:
        self.taken.append("ping")

    def refunded(self, event: Refunded) -> None:
        raise RuntimeError("the books are closed")


def receiving(**options: Any) -> Subscribed:
    """An application whose receiver has a method for each webhook, and what these were given."""
    deliveries = Deliveries()
    events = Webhooks[Any](Paid | Refunded | list[Paid], STANDARD_WEBHOOKS)
    app = FastAPI()
    app.include_router(Receiver(events, deliveries, secret=SECRET, **options).router("/hooks"))
    return TestClient(app), deliveries.taken


def test_webhooks_are_told_by_their_address() -> None:
    client, taken = receiving()
    body, other = b'{"amount": 7}', b'{"reason": "late"}'
    for name in ("order.paid", "order/paid%20twice", "ping"):
        assert client.post(f"/hooks/{name}", content=body, headers=signed(body)).status_code == 204
    assert taken == [("paid", Paid(amount=7)), ("paid_twice", Paid(amount=7)), "ping"]
    assert client.post("/hooks/order.paid", content=other, headers=signed(other)).status_code == 400
    assert client.post("/hooks/order.paid", content=body).status_code == 401
    assert client.post("/hooks/none", content=body, headers=signed(body)).status_code == 404
    assert client.post("/hooks/refunded", content=other, headers=signed(other)).status_code == 500


def test_webhooks_are_told_by_a_header() -> None:
    client, taken = receiving(name_header="X-Event")
    body = b'{"amount": 7}'
    for name in ("order/paid twice", "ping", "none", ""):
        headers = signed(body) | {"X-Event": name}
        assert client.post("/hooks", content=body, headers=headers).status_code == 204
    assert taken == [("paid_twice", Paid(amount=7)), "ping"]


def test_webhooks_are_told_by_their_type() -> None:
    client, taken = receiving()
    for body in (b'{"amount": 7}', b'[{"amount": 8}]'):
        assert client.post("/hooks", content=body, headers=signed(body)).status_code == 204
    assert taken == [("paid", Paid(amount=7)), ("paid_twice", Paid(amount=7)), ("many", [Paid(amount=8)])]


def send(handler: Callable[[httpx2.Request], httpx2.Response], url: str = URL, **more: Any) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(handler)) as client:
            sender = Sender(client=client, signature=STANDARD_WEBHOOKS, secret=SECRET, waits=(0, 0), **more)
            await sender.send(url, Paid(amount=7))

    asyncio.run(run())


def test_a_sender_and_a_receiver_agree(subscriber: Subscribed) -> None:
    client, found = subscriber

    def forwarded(request: httpx2.Request) -> httpx2.Response:
        answer = client.post("/hooks", content=request.content, headers=dict(request.headers))
        return httpx2.Response(answer.status_code)

    send(forwarded)
    assert found == [Paid(amount=7)]


def test_a_delivery_is_tried_again_under_one_id() -> None:
    seen: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers["webhook-id"])
        if len(seen) == 1:
            raise httpx2.ConnectError("refused")
        return httpx2.Response(503 if len(seen) == 2 else 204)

    send(handler)
    assert len(seen) == 3
    assert len(set(seen)) == 1


@pytest.mark.parametrize(("status", "attempts"), [(410, 1), (429, 3), (500, 3)])
def test_a_delivery_that_is_not_taken_fails(status: int, attempts: int) -> None:
    seen: list[int] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(status)
        return httpx2.Response(status)

    with pytest.raises(DeliveryError, match=str(status)):
        send(handler)
    assert len(seen) == attempts


UNSAFE = [
    "http://subscriber.example/",
    "https://127.0.0.1/",
    "https://169.254.169.254/latest",
    "https://[::1]/",
    "https://10.0.0.8/",
    "https://localhost/",
    "https://db.internal/",
    "https://user:pass@subscriber.example/",
    "file:///etc/passwd",
    "https://",
]


@pytest.mark.parametrize("url", UNSAFE)
def test_nothing_is_sent_to_private_addresses(url: str) -> None:
    assert not is_public(url)
    with pytest.raises(UnsafeAddressError):
        send(lambda request: httpx2.Response(204), url)


def test_what_is_allowed_can_be_chosen() -> None:
    send(lambda request: httpx2.Response(204), "http://127.0.0.1/", allow=lambda url: True)
    assert is_public(URL)


def test_a_fault_of_ones_own_is_not_tried_again() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        raise TypeError

    with pytest.raises(TypeError):
        send(handler)
