"""How deliveries are signed, as a configuration says it."""

from __future__ import annotations

from typing import Any

import pytest

from bothends.config.webhooks import SignatureConfig, WrongSignatureError, read_webhooks


def test_a_form_by_name_with_what_deviates_from_it() -> None:
    assert read_webhooks(None) is None
    assert read_webhooks({"signature": "stripe"}) == SignatureConfig("stripe")
    signature = {"form": "standard-webhooks", "id_header": "svix-id", "header": "svix-signature", "tolerance": 60}
    found = read_webhooks({"signature": signature})
    fields = (("header", "svix-signature"), ("id_header", "svix-id"), ("tolerance", 60))
    assert found == SignatureConfig("standard-webhooks", fields)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("stripe", "webhooks must be a table"),
        ({}, "the one key signature"),
        ({"signature": "strip"}, "must be one of standard-webhooks, stripe, github"),
        ({"signature": 1}, "name of a form"),
        ({"signature": {"prefix": "v1="}}, "a form or a header"),
        ({"signature": {"header": ""}}, "must not be empty"),
        ({"signature": {"header": "X", "prefx": "a"}}, "no key 'prefx'"),
        ({"signature": {"header": "X", "prefix": 1}}, "prefix must be a text"),
        ({"signature": {"header": "X", "encoding": "base32"}}, "encoding must be one of hex, base64"),
        ({"signature": {"header": "X", "tolerance": 0}}, "above 0"),
        ({"signature": {"header": "X", "tolerance": True}}, "above 0"),
    ],
)
def test_a_wrong_one_is_refused(value: Any, message: str) -> None:
    with pytest.raises(WrongSignatureError, match=message):
        read_webhooks(value)
