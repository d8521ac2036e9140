"""Deliveries of a generated package: signed by one end, trusted and typed by the other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from support.cases import target_for
from support.packages import Package, make_package

KENNEL = Path(__file__).parents[1] / "golden/webhooks/openapi.yaml"
BARK = b'{"type": "bark", "loudness": 3}'


@pytest.fixture(scope="module")
def kennel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    parent = tmp_path_factory.mktemp("kennel")
    sys.path.insert(0, str(parent))
    try:
        yield make_package(KENNEL, parent, "of_kennel", webhooks=target_for(KENNEL).webhooks)
    finally:
        sys.path.remove(str(parent))


@pytest.mark.parametrize("name", ["Client", "AsyncClient"])
def test_both_clients_unwrap_what_was_signed(kennel: Package, name: str) -> None:
    webhooks, schemas, errors = (kennel.load(module) for module in ("webhooks", "schemas", "errors"))
    headers = webhooks.SIGNATURE.sign("s3cret", BARK)
    assert set(headers) == {"X-Kennel-Signature", "X-Kennel-Timestamp"}
    client = getattr(kennel.load(), name)(webhook_secret=["new", "s3cret"])
    assert client.webhooks.unwrap(BARK, headers) == schemas.Bark(type="bark", loudness=3)
    assert client.with_options(timeout=1).webhooks.unwrap(BARK, headers).loudness == 3
    nap = b'{"type": "nap", "hours": 2}'
    assert isinstance(client.webhooks.unwrap(nap, webhooks.SIGNATURE.sign("new", nap)), schemas.Nap)
    with pytest.raises(errors.InvalidSignature):
        client.webhooks.unwrap(nap, headers)
    with pytest.raises(errors.DecodingError, match="not a documented event"):
        client.webhooks.unwrap(b'{"type": "purr"}', webhooks.SIGNATURE.sign("new", b'{"type": "purr"}'))
    assert "s3cret" not in repr(client)


def test_no_client_is_needed(kennel: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    webhooks, schemas, errors = (kennel.load(module) for module in ("webhooks", "schemas", "errors"))
    headers = webhooks.SIGNATURE.sign("s3cret", BARK)
    assert webhooks.unwrap(BARK, headers, secret="s3cret").loudness == 3
    with pytest.raises(errors.ConfigurationError, match="OF_KENNEL_WEBHOOK_SECRET"):
        webhooks.unwrap(BARK, headers)
    monkeypatch.setenv("OF_KENNEL_WEBHOOK_SECRET", "s3cret")
    assert webhooks.unwrap(BARK, headers).loudness == 3
    assert webhooks.parse(BARK, schemas.Bark).loudness == 3


def test_a_document_that_does_not_say_how_it_signs_is_not_trusted(harbour: Package) -> None:
    webhooks, schemas, errors = (harbour.load(module) for module in ("webhooks", "schemas", "errors"))
    total = b'{"amount": "1", "currency": "EUR"}'
    line = b'{"text": "a", "total": %s, "vatRate": 9}' % total
    invoice = b'{"number": 7, "issued": "2030-07-04", "lines": [%s]}' % line
    with pytest.raises(errors.ConfigurationError, match=r"webhooks\.signature"):
        webhooks.unwrap(invoice, {}, secret="s3cret")
    assert isinstance(webhooks.parse(invoice), schemas.Invoice)


def test_a_receiver_hands_deliveries_to_the_method_of_their_webhook(kennel: Package) -> None:
    server, webhooks, schemas = (kennel.load(module) for module in ("server", "webhooks", "schemas"))
    taken: list[Any] = []

    class Deliveries(server.Deliveries):  # type: ignore[name-defined,misc]
        async def on_bark(self, event: Any) -> None:
            taken.append(event)

    app = FastAPI()
    receiver = server.Receiver(webhooks.WEBHOOKS, Deliveries(), secret="s3cret")
    app.include_router(receiver.router("/hooks"))
    client = TestClient(app)
    nap = b'{"type": "nap"}'
    for path, body in (("/hooks/barked", BARK), ("/hooks", BARK), ("/hooks/slept", nap), ("/hooks", nap)):
        headers = webhooks.SIGNATURE.sign("s3cret", body)
        assert client.post(path, content=body, headers=headers).status_code == 204
    assert taken == [schemas.Bark(type="bark", loudness=3)] * 2
    assert client.post("/hooks/slept", content=BARK, headers=webhooks.SIGNATURE.sign("s3cret", BARK)).status_code == 400


def test_a_callback_goes_where_the_request_says(harbour: Package) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")
    asked: list[tuple[str, str, bytes]] = []

    class Poster:
        async def request(self, method: str, url: str, *, content: bytes, headers: Mapping[str, str]) -> Any:
            asked.append((method, url, content))
            return SimpleNamespace(status_code=204)

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        async def create_booking(self, *, body: Any, **_: Any) -> Any:
            url = server.Context.current().callback_url("bookingDecided")
            decision = schemas.BookingDecision.model_validate({"reference": "HB-2030-0042", "status": "confirmed"})
            await server.Sender(client=Poster()).send(url, decision)
            raise server.ForbiddenError("enough")

    app = server.create_app(Handlers(), authenticate=lambda credentials, requirement: "me")
    booking = {"marinaId": "4e0b1a55-2f7f-4f5e-9d25-5f2a0b7c9a11", "arrival": "2030-07-05", "stay": "P2D"}
    booking |= {"boatId": booking["marinaId"], "callbackUrl": "https://captain.example/decided"}
    headers = {"Authorization": "Bearer token"}
    TestClient(app).post("/bookings", json=booking | {"crew": {"adults": 2}}, headers=headers)
    assert asked[0][:2] == ("POST", "https://captain.example/decided")
    assert json.loads(asked[0][2])["reference"] == "HB-2030-0042"
