"""The documents under specs/: the validator's verdict, their examples, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report
from bothends.loading.document import parse_document

SPECS = Path(__file__).parents[3] / "specs"
FILES = {file.parent.name: file for file in sorted(SPECS.glob("*/openapi.*"))}
NAMES = list(FILES)
VALID = [name for name in NAMES if name != "bird-conversations"]
METHODS = ("get", "put", "post", "delete", "patch")


def load(name: str) -> dict[str, Any]:
    file = FILES[name]
    data: dict[str, Any] = parse_document(file.read_bytes(), str(file), Limits(), Report(strict=True)).data
    return data


def errors_of(name: str, schema: dict[str, Any], value: Any) -> list[str]:
    whole = {"components": load(name)["components"], "allOf": [schema]}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [error.message for error in validator.iter_errors(value)]


def test_every_document_is_here_with_a_note() -> None:
    assert (
        sorted(
            [
                "architect-customer-api",
                "bird-channels-messaging",
                "bird-conversations",
                "harbour",
                "newsletter-messages",
            ]
        )
        == NAMES
    )
    assert all((file.parent / "ORIGIN.md").is_file() for file in FILES.values())


@pytest.mark.parametrize("name", VALID)
def test_the_validator_accepts_it(name: str) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(load(name)).iter_errors()] == []


def test_the_validator_finds_the_two_faults_of_conversations() -> None:
    messages = [error.message for error in OpenAPIV30SpecValidator(load("bird-conversations")).iter_errors()]
    assert len(messages) == 2
    assert any("{{[^{}]+}}" in message for message in messages)
    assert any("workspaceId" in message for message in messages)


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_documents_a_success_and_an_error_with_a_body(name: str) -> None:
    document = load(name)
    for path, item in document["paths"].items():
        for method in (method for method in METHODS if method in item):
            responses = {status: resolve(document, response) for status, response in item[method]["responses"].items()}
            assert any(status.startswith("2") for status in responses), (method, path)
            errors = [response for status, response in responses.items() if status[0] in "45d"]
            assert any("content" in response for response in errors), (method, path)


@pytest.mark.parametrize("name", VALID)
def test_examples_satisfy_their_schemas(name: str) -> None:
    document = load(name)
    examples = list(examples_of(document, document))
    assert len(examples) > 10
    wrong = [(example, errors) for schema, example in examples if (errors := errors_of(name, schema, example))]
    assert wrong == []


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token]
        node = target
    return node


def examples_of(document: dict[str, Any], node: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Find the examples of media types, parameters, headers and schemas, each with its schema."""
    if isinstance(node, list):
        for element in node:
            yield from examples_of(document, element)
    if not isinstance(node, dict):
        return
    if isinstance(schema := node.get("schema"), dict):
        if "example" in node:
            yield schema, node["example"]
        for example in node.get("examples", {}).values():
            yield schema, resolve(document, example)["value"]
    elif isinstance(node.get("examples"), list):
        yield node, node["examples"][0]
    for name, value in node.items():
        if name not in ("example", "examples", "value", "default"):
            yield from examples_of(document, value)


LIVE_EMAIL = {
    "message_type_id": 1,
    "is_test": False,
    "publication_id": 7,
    "template_id": 3,
    "content": "<p>Hello</p>",
    "included_segment_ids": [1],
}
LIVE_SMS = {
    "message_type_id": 5,
    "is_test": False,
    "publication_id": 7,
    "messaging_service_id": 2,
    "content": "Hello",
    "included_segment_ids": [1],
}
SPLIT = {"content": "<p>Hello</p>", "subject": "A", "sender_id": 1, "reply_id": 1, "resource_id": None, "amount": 5}
SPLIT_TEST = {
    **{name: value for name, value in LIVE_EMAIL.items() if name not in ("content", "template_id")},
    "splits": [SPLIT],
    "win_metric": "opens",
    "win_lead": 10,
    "win_after": 60,
}


def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: member for name, member in value.items() if name not in names}


@pytest.mark.parametrize(
    "body",
    [
        LIVE_EMAIL,
        LIVE_SMS,
        SPLIT_TEST,
        {**without(LIVE_EMAIL, "included_segment_ids"), "is_test": True, "emails": ["a@b.example"]},
        {**without(LIVE_SMS, "included_segment_ids"), "is_test": True, "numbers": ["+15555555555"]},
        {**LIVE_EMAIL, "promoted_publication_id": 9, "resource_id": 4},
        {**LIVE_EMAIL, "renewal_type": "expired", "resource_id": 4},
        {**without(SPLIT_TEST, "win_after"), "win_after_time": "2030-01-01T00:00:00Z"},
        {**SPLIT_TEST, "splits": [without(SPLIT, "amount")], "sample_size": 100},
        {**without(SPLIT_TEST), "messaging_service_id": 2, "splits": [{"content": "Hello", "amount": 5}]},
    ],
)
def test_newsletter_accepts(body: dict[str, Any]) -> None:
    assert errors_of("newsletter-messages", {"$ref": "#/components/schemas/CreateMessage"}, body) == []


@pytest.mark.parametrize(
    "body",
    [
        without(LIVE_EMAIL, "message_type_id"),
        without(LIVE_EMAIL, "is_test"),
        without(LIVE_EMAIL, "publication_id"),
        without(LIVE_EMAIL, "content"),
        without(LIVE_EMAIL, "template_id"),
        without(LIVE_EMAIL, "included_segment_ids"),
        without(LIVE_SMS, "included_segment_ids"),
        without(LIVE_SMS, "content"),
        {**LIVE_SMS, "content": "x" * 501},
        {**LIVE_EMAIL, "is_test": True},
        {**LIVE_EMAIL, "is_test": True, "numbers": ["+15555555555"]},
        {**LIVE_SMS, "is_test": True, "emails": ["a@b.example"]},
        {**LIVE_SMS, "is_test": True, "numbers": ["5555"]},
        {**LIVE_EMAIL, "promoted_publication_id": 9},
        {**LIVE_EMAIL, "promoted_publication_id": 9, "resource_id": None},
        {**LIVE_EMAIL, "renewal_type": "active"},
        {**LIVE_EMAIL, "renewal_type": "lapsed", "resource_id": 4},
        without(SPLIT_TEST, "win_metric"),
        without(SPLIT_TEST, "win_lead"),
        without(SPLIT_TEST, "win_after"),
        {**SPLIT_TEST, "splits": [without(SPLIT, "amount")]},
        {**SPLIT_TEST, "splits": [without(SPLIT, "content")]},
        {**SPLIT_TEST, "splits": [without(SPLIT, "subject")]},
        {**SPLIT_TEST, "splits": [without(SPLIT, "resource_id")]},
        {**LIVE_EMAIL, "type": "draft"},
    ],
    ids=lambda body: json.dumps(body)[:60],
)
def test_newsletter_refuses(body: dict[str, Any]) -> None:
    assert errors_of("newsletter-messages", {"$ref": "#/components/schemas/CreateMessage"}, body) != []


TO = {"contacts": [{"identifierValue": "+31612345678"}]}
TEXT = {"type": "text", "text": {"text": "Hello"}}
TEMPLATE = {"projectId": "p", "version": "v"}


@pytest.mark.parametrize(
    ("body", "is_valid"),
    [
        ({"receiver": TO, "body": TEXT}, True),
        ({"receiver": TO, "template": TEMPLATE}, True),
        ({"receiver": TO}, False),
        ({"body": TEXT}, False),
        ({"receiver": TO, "body": TEXT, "template": TEMPLATE}, False),
        ({"receiver": {"contacts": []}, "body": TEXT}, False),
        ({"receiver": {"contacts": [{}]}, "body": TEXT}, False),
        ({"receiver": {"contacts": [{"id": "c", "identifierKey": "phonenumber"}]}, "body": TEXT}, False),
        ({"receiver": TO, "body": TEXT, "tags": ["t"] * 11}, False),
        ({"receiver": TO, "body": {"type": "image", "image": {"images": []}}}, False),
        ({"receiver": TO, "body": {"type": "section", "section": {"items": [TEXT]}}}, True),
        ({"receiver": TO, "body": {"type": "html", "html": {}}}, False),
        ({"receiver": TO, "body": {"type": "fax", "fax": {}}}, False),
    ],
)
def test_channels_messaging_requires(body: dict[str, Any], is_valid: bool) -> None:
    schema = {"$ref": "#/components/schemas/ChannelMessageCreate"}
    assert (errors_of("bird-channels-messaging", schema, body) == []) == is_valid
