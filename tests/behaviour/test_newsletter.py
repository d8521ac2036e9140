"""Newsletter messages: what is required when, told alike by the client, the models and the server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.exchange import Script, ask
from support.packages import Package

EMAIL = {
    "message_type_id": 1,
    "is_test": False,
    "publication_id": 7,
    "template_id": 31,
    "content": "<html></html>",
    "included_segment_ids": [11],
}
SMS = {
    "message_type_id": 5,
    "is_test": False,
    "publication_id": 7,
    "messaging_service_id": 2,
    "content": "Your issue is in the mail.",
    "included_segment_ids": [11],
}
VARIANT = {"content": "<p></p>", "subject": "s", "sender_id": 4, "reply_id": 4, "resource_id": None, "amount": 50}
SPLITS = {
    "message_type_id": 1,
    "is_test": False,
    "publication_id": 7,
    "included_segment_ids": [11],
    "win_metric": "opens",
    "win_lead": 10,
    "win_after": 3600,
    "splits": [VARIANT, VARIANT],
}
STORED = {
    "id": 90210,
    "message_type_id": 2,
    "is_test": False,
    "publication_id": 7,
    "created_at": "2024-11-25T20:12:10Z",
}
TOKEN = {"Authorization": "Bearer secret"}


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def variants(**change: Any) -> list[dict[str, Any]]:
    changed = {**VARIANT, **change}
    return [VARIANT, {name: value for name, value in changed.items() if value is not Ellipsis}]


ACCEPTED: dict[str, dict[str, Any]] = {
    "a live email": EMAIL,
    "a test email": {**without(EMAIL, "included_segment_ids"), "is_test": True, "emails": ["ann@example.com"]},
    "a live SMS": SMS,
    "a test SMS": {**without(SMS, "included_segment_ids"), "is_test": True, "numbers": ["+15555555555"]},
    "an SMS of 500 characters": {**SMS, "content": "x" * 500},
    "an email of 501 characters": {**EMAIL, "content": "x" * 501},
    "a promotion": {**EMAIL, "promoted_publication_id": 9, "resource_id": 4},
    "a renewal": {**EMAIL, "renewal_type": "expired", "resource_id": 4},
    "splits with their amounts": SPLITS,
    "splits with a sample size": {**SPLITS, "splits": variants(amount=...), "sample_size": 100},
    "splits until a time": {**without(SPLITS, "win_after"), "win_after_time": "2030-01-01T00:00:00Z"},
    "splits of an SMS": {**SPLITS, "messaging_service_id": 2, "splits": [{"content": "a", "amount": 1}] * 2},
    "what the page does not name": {**EMAIL, "campaign": {"campaign_id": 3, "medium": "email"}, "further": 1},
}
REFUSED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a live email without segments": without(EMAIL, "included_segment_ids"),
    "a test email without addresses": {**EMAIL, "is_test": True},
    "a test email with numbers only": {**EMAIL, "is_test": True, "numbers": ["+15555555555"]},
    "a test SMS with addresses only": {**SMS, "is_test": True, "emails": ["ann@example.com"]},
    "an email without a template": without(EMAIL, "template_id"),
    "an email without content": without(EMAIL, "content"),
    "an SMS without content": without(SMS, "content"),
    "an SMS of 501 characters": {**SMS, "content": "x" * 501},
    "a promotion without a resource": {**EMAIL, "promoted_publication_id": 9},
    "a promotion of null": {**EMAIL, "promoted_publication_id": 9, "resource_id": None},
    "a renewal without a resource": {**EMAIL, "renewal_type": "active"},
    "a renewal of another kind": {**EMAIL, "renewal_type": "sleepy", "resource_id": 4},
    "splits without a metric": without(SPLITS, "win_metric"),
    "splits without a lead": without(SPLITS, "win_lead"),
    "splits without an end": without(SPLITS, "win_after"),
    "splits without a size": {**SPLITS, "splits": variants(amount=...)},
    "splits without a subject": {**SPLITS, "splits": variants(subject=...)},
    "splits of a long SMS": {**SPLITS, "messaging_service_id": 2, "splits": variants(content="x" * 501)},
    "a number as text": {**EMAIL, "publication_id": "7"},
    "a local phone number": {**SMS, "is_test": True, "numbers": ["5555555"]},
    "an address without an at": {**EMAIL, "is_test": True, "emails": ["ann"]},
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_both_ends_accept(newsletter: Package, body: dict[str, Any]) -> None:
    script = Script(201, STORED)
    with script.client(newsletter, bearer_auth="secret") as client:
        message = client.messages.create_message(body=body)
    assert message.id == 90210
    assert script.last.headers["authorization"] == "Bearer secret"
    assert str(script.last.url) == "https://api.newsletter.example/messages"
    assert script.sent == body
    assert ask(newsletter.load("server").create_app(), "POST", "/messages", json=body, headers=TOKEN).status_code == 201


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_both_ends_refuse(newsletter: Package, body: dict[str, Any]) -> None:
    script = Script(201, STORED)
    client = script.client(newsletter, bearer_auth="secret")
    with pytest.raises(newsletter.load("errors").ConfigurationError):
        client.messages.create_message(body=body)
    assert script.requests == []
    with pytest.raises(ValueError):
        newsletter.load("schemas").CreateMessage.model_validate_json(json.dumps(body))
    answer = ask(newsletter.load("server").create_app(), "POST", "/messages", json=body, headers=TOKEN)
    assert answer.status_code == 422
    refusal = newsletter.load("schemas").ValidationError.model_validate_json(answer.content)
    assert refusal.errors


def test_a_model_knows_the_rules_when_it_is_made_in_python(newsletter: Package) -> None:
    schemas = newsletter.load("schemas")
    message = schemas.CreateMessage(**EMAIL)
    assert json.loads(message.model_dump_json(exclude_unset=True)) == EMAIL
    with pytest.raises(ValueError, match="included_segment_ids"):
        schemas.CreateMessage(**without(EMAIL, "included_segment_ids"))


def test_the_refusal_names_the_field(newsletter: Package) -> None:
    app = newsletter.load("server").create_app()
    answer = ask(app, "POST", "/messages", json={**EMAIL, "publication_id": "7"}, headers=TOKEN)
    assert list(answer.json()["errors"]) == ["publication_id"]


def test_the_server_demands_a_token(newsletter: Package) -> None:
    answer = ask(newsletter.load("server").create_app(), "POST", "/messages", json=EMAIL)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    newsletter.load("schemas").Error.model_validate_json(answer.content)


def test_a_refused_message_is_an_exception_with_its_errors(newsletter: Package) -> None:
    body = {"message": "The given data was invalid.", "errors": {"template_id": ["is gone"]}}
    errors = newsletter.load("errors")
    client = Script(422, body).client(newsletter, bearer_auth="secret")
    with pytest.raises(errors.UnprocessableContent, match=r"createMessage: 422 The given data was invalid\.") as caught:
        client.messages.create_message(body=EMAIL)
    assert caught.value.body.errors == {"template_id": ["is gone"]}
