"""Bird Conversations: the requests and answers that the documentation page shows, one by one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.exchange import Script, ask
from support.packages import Package

PAGE = Path(__file__).parents[1] / "unit/extraction/pages/bird-conversations/create-conversation-message.md"
WORKSPACE = "a1405560-c8d3-4b1a-877d-3f449ad95352"
CONVERSATION = "16e1df9e-c6ac-406b-b1ce-13f34d0dea08"
MESSAGES = f"/workspaces/{WORKSPACE}/conversations/{CONVERSATION}/messages"


@dataclass(frozen=True)
class Shown:
    """What a page shows: a call of curl, and the answer to it."""

    method: str
    url: str
    headers: dict[str, str]
    body: Any
    status: int
    answer: Any


def shown() -> list[Shown]:
    pattern = re.compile(
        r"""curl\ -X\ (?P<method>\w+)\ "(?P<url>[^"]+)"\ \\\n(?P<headers>(?:-H\ [^\n]*\n)+)-d\ '(?P<body>.*?)'\n```"""
        r""".*?title="Response\ \((?P<status>\d+).*?```json\n(?P<answer>.*?)\n```""",
        re.DOTALL | re.VERBOSE,
    )
    return [
        Shown(
            found["method"],
            found["url"],
            dict(re.findall(r'-H "(.*?): (.*?)"', found["headers"])),
            json.loads(found["body"]),
            int(found["status"]),
            json.loads(found["answer"]),
        )
        for found in pattern.finditer(PAGE.read_text(encoding="utf-8"))
    ]


TEXT, TEMPLATE = shown()


def text_message(schemas: Any) -> Any:
    return schemas.CreateMessageWithBody(
        participant_type=schemas.CreateMessageParticipantType.ACCESS_KEY,
        participant_id="0c0defe3-c98d-46d9-a9bf-febc1e08aa0c",
        add_missing_participants=True,
        recipients=[
            schemas.CreateMessageRecipientWithoutContact(
                type=schemas.CreateMessageRecipientWithoutContactType.TO,
                identifier_key="emailaddress",
                identifier_value="some.customer@example.com",
            )
        ],
        body=schemas.TypeText(type="text", text=schemas.TypeTextText(text="Hey, listen!")),
    )


def template_message(schemas: Any) -> Any:
    return schemas.CreateMessageWithTemplate(
        participant_type="accessKey",
        participant_id="68b80b8d-8060-42df-bda3-73505a8fdb84",
        recipients=[
            schemas.CreateMessageRecipientWithoutContact(
                identifier_key="emailaddress", identifier_value="john.doe@bird.com", type="to"
            )
        ],
        template=schemas.Template(
            project_id="5d9084b3-7cdb-4c87-bf7c-8871a1f21695",
            version="b33761d9-ece1-48e3-b542-b5bbf93bd8c3",
            locale="en",
            parameters=[schemas.TemplateParameterString(type="string", key="myVariable", value="yay")],
        ),
        add_missing_participants=True,
    )


@pytest.mark.parametrize(("page", "build"), [(TEXT, text_message), (TEMPLATE, template_message)])
def test_the_client_sends_what_the_page_sends(conversations: Package, page: Shown, build: Any) -> None:
    schemas = conversations.load("schemas")
    script = Script(page.status, page.answer)
    with script.client(conversations, access_key="abcd") as client:
        for body in (build(schemas), page.body):
            client.conversation_message.create_conversation_message(WORKSPACE, CONVERSATION, body=body)
            assert script.last.method == page.method == "POST"
            assert str(script.last.url) == page.url
            assert page.headers == {"Content-Type": "application/json", "Authorization": "AccessKey abcd"}
            assert {name: script.last.headers[name] for name in page.headers} == page.headers
            assert script.sent == page.body
    assert len(script.requests) == 2


def test_the_client_understands_the_answer_of_the_page(conversations: Package) -> None:
    schemas = conversations.load("schemas")
    script = Script(TEXT.status, TEXT.answer)
    with script.client(conversations, access_key="abcd", strict_responses=True) as client:
        message = client.conversation_message.create_conversation_message(WORKSPACE, CONVERSATION, body=TEXT.body)
    assert isinstance(message, schemas.Message)
    assert isinstance(message.body, schemas.TypeText)
    assert message.body.text.text == "Hey, listen!"
    assert message.status is schemas.MessageStatus.ACCEPTED
    assert message.created_at.year == 2024
    assert message.interactions is None
    written = message.model_dump_json(by_alias=True, exclude_unset=True)
    assert json.loads(written.replace(".514000Z", ".514Z")) == TEXT.answer


def test_the_client_makes_do_with_an_answer_that_departs_from_the_document(conversations: Package) -> None:
    schemas = conversations.load("schemas")
    script = Script(TEMPLATE.status, {**TEMPLATE.answer, "status": "teleported"})
    with script.client(conversations, access_key="abcd") as client:
        send = client.with_raw_response(client.conversation_message.create_conversation_message)
        answer = send(WORKSPACE, CONVERSATION, body=TEMPLATE.body)
    assert isinstance(answer.value, schemas.Message)
    assert answer.value.status == "teleported"
    assert len(answer.deviations) == 1
    assert "status" in answer.deviations[0]


@pytest.mark.parametrize("page", [TEXT, TEMPLATE])
def test_the_mock_takes_the_request_of_the_page(conversations: Package, page: Shown) -> None:
    app = conversations.load("server").create_app()
    answer = ask(app, page.method, MESSAGES, headers=page.headers, json=page.body)
    assert answer.status_code == page.status == 201
    conversations.load("schemas").Message.model_validate_json(answer.content)


@pytest.mark.parametrize(
    "change",
    [
        {"participantType": "robot"},
        {"participantId": None},
        {"body": {"type": "text", "text": {"text": ""}}},
        {"body": {"type": "telepathy"}},
        {"surprise": True},
        {"recipients": [{"type": "to"}]},
    ],
    ids=json.dumps,
)
def test_the_server_refuses_in_the_shape_of_the_document(conversations: Package, change: dict[str, Any]) -> None:
    """The document has a validation error for 422, and nothing for 400."""
    app = conversations.load("server").create_app()
    headers = {"Authorization": "AccessKey abcd"}
    answer = ask(app, "POST", MESSAGES, headers=headers, json={**TEXT.body, **change})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"
    error = conversations.load("schemas").ValidationError.model_validate_json(answer.content)
    assert error.message


@pytest.mark.parametrize("authorization", [None, "Bearer abcd", "AccessKey", "AccessKeyabcd"])
def test_the_server_demands_the_access_key(conversations: Package, authorization: str | None) -> None:
    app = conversations.load("server").create_app()
    headers = {"Authorization": authorization} if authorization else {}
    answer = ask(app, "POST", MESSAGES, headers=headers, json=TEXT.body)
    assert answer.status_code == 401  # which the document lacks: its shape is that of the nearest error
    assert answer.headers["www-authenticate"] == "AccessKey"
    conversations.load("schemas").GenericError.model_validate_json(answer.content)
