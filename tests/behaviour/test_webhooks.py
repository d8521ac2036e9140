"""Deliveries of a generated package: signed by one end, trusted and typed by the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
