"""Signatures of deliveries, by the published examples and by hmac alone; what attackers try is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from bothends.runtime.errors import ApiError, ConfigurationError, DecodingError, InvalidSignature
from bothends.runtime.webhooks.receive import Webhooks
from bothends.runtime.webhooks.signatures import GITHUB, STANDARD_WEBHOOKS, STRIPE, Signature

# The example of the Standard Webhooks reference implementations.
STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STANDARD_BODY = b'{"test": 2432232314}'
STANDARD_HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
SENT = 1614265330.0
# As a customer interface describes it: the body alone is signed, the time is told in milliseconds.
MILLISECONDS = Signature(
    header="X-Webhook-Signature-256",
    prefix="sha256=",
    timestamp_header="X-Webhook-Timestamp",
    timestamp_unit="milliseconds",
)
SLACK = Signature(
    header="X-Slack-Signature",
    content="v0:{timestamp}:{body}",
    prefix="v0=",
    timestamp_header="X-Slack-Request-Timestamp",
)
FORMS = {
    "standard": STANDARD_WEBHOOKS,
    "stripe": STRIPE,
    "github": GITHUB,
    "milliseconds": MILLISECONDS,
    "slack": SLACK,
    "base64url": replace(MILLISECONDS, encoding="base64url", algorithm="sha512"),
}
KEYS = {"text": "s3cret", "hex": b"s3cret".hex(), "base64": base64.b64encode(b"s3cret").decode()}


def key(form: Signature) -> str:
    return form.key_prefix + KEYS[form.key_encoding]


def test_the_published_example_of_standard_webhooks() -> None:
    STANDARD_WEBHOOKS.verify(STANDARD_SECRET, STANDARD_BODY, STANDARD_HEADERS, now=SENT)
    made = STANDARD_WEBHOOKS.sign(STANDARD_SECRET, STANDARD_BODY, id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=SENT)
    assert made == STANDARD_HEADERS


def test_the_published_example_of_github() -> None:
    digest = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    GITHUB.verify("It's a Secret to Everybody", b"Hello, World!", {"x-hub-signature-256": f"sha256={digest}"})


def test_the_published_example_of_slack() -> None:
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "X-Slack-Request-Timestamp": "1531420618",
    }
    SLACK.verify("8f742231b10e8888abcd99yyyzzz85a5", body, headers, now=1531420618)


def test_the_form_of_stripe() -> None:
    # Signed as its documentation tells, step by step: timestamp, full stop, body; other schemes are ignored.
    digest = hmac.new(b"whsec_test", b"1492774577." + STANDARD_BODY, hashlib.sha256).hexdigest()
    header = f"t=1492774577,v1={digest},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"
    STRIPE.verify("whsec_test", STANDARD_BODY, {"Stripe-Signature": header}, now=1492774577)
    assert STRIPE.sign("whsec_test", STANDARD_BODY, timestamp=1492774577) == {
        "Stripe-Signature": f"t=1492774577,v1={digest}"
    }
    for wrong in (header.replace("v1=", "v0="), header.replace("t=", "x="), header.replace("t=1492774577", "t=")):
        with pytest.raises(InvalidSignature):
            STRIPE.verify("whsec_test", STANDARD_BODY, {"Stripe-Signature": wrong}, now=1492774577)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_signed_is_verified_and_nothing_else(form: Signature) -> None:
    headers = form.sign(key(form), "grüße", timestamp=SENT)
    form.verify(key(form), "grüße".encode(), headers, now=SENT)
    form.verify(key(form), "grüße", {name.upper(): value for name, value in headers.items()}, now=SENT)
    for body in (b"", "grüße ".encode(), b"other"):
        with pytest.raises(InvalidSignature):
            form.verify(key(form), body, headers, now=SENT)
    with pytest.raises(InvalidSignature, match="known secret"):
        form.verify(form.key_prefix + "b3RoZXI=", "grüße", headers, now=SENT)
    for name in headers:
        with pytest.raises(InvalidSignature, match=name):
            form.verify(key(form), "grüße", {other: headers[other] for other in headers if other != name}, now=SENT)


@pytest.mark.parametrize("form", [FORMS["standard"], STRIPE, MILLISECONDS, SLACK], ids=lambda form: form.header)
def test_old_and_future_deliveries_are_refused(form: Signature) -> None:
    headers = form.sign(key(form), "x", timestamp=SENT)
    form.verify(key(form), "x", headers, now=SENT + 299)
    form.verify(key(form), "x", headers, now=SENT - 299)
    with pytest.raises(InvalidSignature, match="too old"):
        form.verify(key(form), "x", headers, now=SENT + 301)
    with pytest.raises(InvalidSignature, match="from the future"):
        form.verify(key(form), "x", headers, now=SENT - 301)
    with pytest.raises(InvalidSignature, match="too old"):
        form.verify(key(form), "x", headers)
    replace(form, tolerance=None).verify(key(form), "x", headers)


def test_a_secret_can_be_exchanged() -> None:
    old, new = "whsec_b2xk", "whsec_bmV3"
    both = STANDARD_WEBHOOKS.sign([old, new], "x", timestamp=SENT)
    assert both["webhook-signature"].count("v1,") == 2
    for secret in (old, new, [old, "whsec_b3RoZXI="], [b"new"]):
        STANDARD_WEBHOOKS.verify(secret, "x", both, now=SENT)
    only_new = STANDARD_WEBHOOKS.sign(new, "x", timestamp=SENT)
    STANDARD_WEBHOOKS.verify([old, new], "x", only_new, now=SENT)
    with pytest.raises(InvalidSignature):
        STANDARD_WEBHOOKS.verify(old, "x", only_new, now=SENT)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-timestamp": "1614265331"},
        {"webhook-timestamp": "1614265330.0"},
        {"webhook-timestamp": "+1614265330"},
        {"webhook-timestamp": "١٦١٤٢٦٥٣٣٠"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "9" * 5000},
        {"webhook-id": "msg_other"},
        {"webhook-id": "msg.1"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook-signature": "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook-signature": "v1,ünïcode"},
        {"webhook-signature": "v1,====" * 1000},
    ],
    ids=lambda change: repr(change)[:60],
)
def test_a_changed_header_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(InvalidSignature) as caught:
        STANDARD_WEBHOOKS.verify(STANDARD_SECRET, STANDARD_BODY, {**STANDARD_HEADERS, **change}, now=SENT)
    assert isinstance(caught.value, ApiError)
    assert STANDARD_SECRET not in str(caught.value)


def test_parts_cannot_be_shifted_into_each_other() -> None:
    """What is signed joins id, time and body with full stops: none of them may hold the join of two."""
    body = b"1614265330.{}"
    headers = STANDARD_WEBHOOKS.sign(STANDARD_SECRET, body, id="msg_1", timestamp=SENT)
    shifted = {**headers, "webhook-id": "msg_1.1614265330"}
    with pytest.raises(InvalidSignature, match="webhook-id"):
        STANDARD_WEBHOOKS.verify(STANDARD_SECRET, b"{}", shifted, now=SENT)


@pytest.mark.parametrize("secret", ["", [], [""], "whsec_", "whsec_not base64!", b""])
def test_an_unfit_secret_is_a_fault_of_the_configuration(secret: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        STANDARD_WEBHOOKS.verify(secret, STANDARD_BODY, STANDARD_HEADERS, now=SENT)
    assert "not base64!" not in str(caught.value)
    with pytest.raises(ConfigurationError):
        STANDARD_WEBHOOKS.sign(secret, STANDARD_BODY)


class Bark(BaseModel):
    type: str
    loudness: int


def test_an_event_is_typed_once_it_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    webhooks: Webhooks[Bark] = Webhooks(Bark, STANDARD_WEBHOOKS, environment="ZOO_WEBHOOK_SECRET")
    body = b'{"type": "bark", "loudness": 3}'
    headers = STANDARD_WEBHOOKS.sign(STANDARD_SECRET, body)
    with pytest.raises(ConfigurationError, match="ZOO_WEBHOOK_SECRET"):
        webhooks.unwrap(body, headers)
    assert webhooks.unwrap(body, headers, secret=STANDARD_SECRET).loudness == 3
    assert webhooks.with_secret([STANDARD_SECRET]).unwrap(body, headers).loudness == 3
    monkeypatch.setenv("ZOO_WEBHOOK_SECRET", f"whsec_b2xk {STANDARD_SECRET}")
    assert webhooks.unwrap(body, headers) == Bark(type="bark", loudness=3)
    with pytest.raises(InvalidSignature):
        webhooks.unwrap(b"not even JSON", headers)
    strange = b'{"type": "bark"}'
    with pytest.raises(DecodingError, match="loudness") as caught:
        webhooks.unwrap(strange, STANDARD_WEBHOOKS.sign(STANDARD_SECRET, strange))
    assert caught.value.content == strange
    assert webhooks.parse(body, dict[str, Any]) == {"type": "bark", "loudness": 3}


def test_unwrapping_without_a_known_signature_says_what_to_do() -> None:
    webhooks: Webhooks[Bark] = Webhooks(Bark, None, secret="x")
    with pytest.raises(ConfigurationError, match=r"webhooks\.signature"):
        webhooks.unwrap(b"{}", {})
