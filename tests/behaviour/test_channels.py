"""Bird Channels: sending, uploading and paging as the pages describe them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from support.exchange import Script, ask
from support.packages import Package

WORKSPACE = UUID("a1405560-c8d3-4b1a-877d-3f449ad95352")
CHANNEL = UUID("cb4b1ebc-34e6-5a7a-a375-f6f2f131d88f")
MESSAGE = UUID("0c854061-6026-48c7-a2e8-bffb6458727b")
ROOT = f"https://api.bird.com/workspaces/{WORKSPACE}"
MESSAGES = f"/workspaces/{WORKSPACE}/channels/{CHANNEL}/messages"
KEY = {"Authorization": "AccessKey abcd"}
TEXT = {
    "receiver": {"contacts": [{"identifierKey": "phonenumber", "identifierValue": "+31612345678"}]},
    "body": {"type": "text", "text": {"text": "Single text message"}},
}
STORED = {
    "id": str(MESSAGE),
    "channelId": str(CHANNEL),
    "status": "accepted",
    "lastStatusAt": "2024-11-25T20:12:10Z",
    "createdAt": "2024-11-25T20:12:10Z",
}
UPLOAD = {
    "mediaUrl": "https://media.api.bird.com/x",
    "uploadUrl": "https://example-bucket.s3.eu-west-1.amazonaws.com",
    "uploadMethod": "POST",
    "uploadFormData": {"acl": "private"},
}


def test_a_message_goes_to_the_channel(channels: Package) -> None:
    schemas = channels.load("schemas")
    message = schemas.ChannelMessageCreate(
        receiver=schemas.Receiver.model_validate(TEXT["receiver"]),
        body=schemas.TextBody(type="text", text=schemas.Text(text="Single text message")),
    )
    script = Script(202, STORED)
    with script.client(channels, access_key="abcd") as client:
        stored = client.messages.create_channel_message(WORKSPACE, CHANNEL, body=message)
    assert script.last.method == "POST"
    assert str(script.last.url) == f"{ROOT}/channels/{CHANNEL}/messages"
    assert script.last.headers["authorization"] == "AccessKey abcd"
    assert script.last.headers["content-type"] == "application/json"
    assert script.sent == TEXT
    assert stored.id == MESSAGE
    assert stored.status is schemas.Status.ACCEPTED


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, ""),
        ({"limit": 1000}, "limit=1000"),
        ({"page_token": "a b&c=d/é"}, "pageToken=a%20b%26c%3Dd%2F%C3%A9"),
        ({"reverse": True}, "reverse=true"),
        ({"reverse": False, "limit": 1}, "limit=1&reverse=false"),
        ({"limit": None}, ""),
    ],
)
def test_messages_are_listed_with_what_is_given(channels: Package, arguments: dict[str, Any], query: str) -> None:
    script = Script(200, {"results": [STORED], "nextPageToken": "next"})
    with script.client(channels, access_key="abcd") as client:
        page = client.messages.list_channel_messages(WORKSPACE, CHANNEL, **arguments)
    assert script.last.url.query.decode() == query
    assert script.last.content == b""
    assert "content-type" not in script.last.headers
    assert page.next_page_token == "next"
    assert [message.id for message in page.results] == [MESSAGE]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=ten", "limit=1&limit=2", "reverse=yes"])
def test_the_server_refuses_a_query_out_of_bounds(channels: Package, query: str) -> None:
    app = channels.load("server").create_app()
    answer = ask(app, "GET", f"{MESSAGES}?{query}", headers=KEY)
    assert answer.status_code == 422
    error = channels.load("schemas").ValidationError.model_validate_json(answer.content)
    assert list(error.details) == [query.partition("=")[0]]


@pytest.mark.parametrize("path", ["/workspaces/x/channels/y/messages", f"/workspaces/{WORKSPACE}/channels/y/messages"])
def test_the_server_refuses_an_id_that_is_none(channels: Package, path: str) -> None:
    assert ask(channels.load("server").create_app(), "GET", path, headers=KEY).status_code == 422


def test_both_kinds_of_upload(channels: Package) -> None:
    script = Script(200, UPLOAD)
    with script.client(channels, access_key="abcd") as client:
        body = {"contentType": "image/png"}
        of_workspace = client.media.create_presigned_upload(WORKSPACE, body=body)
        assert str(script.last.url) == f"{ROOT}/presigned-upload"
        assert script.sent == body
        client.media.create_channel_presigned_upload(WORKSPACE, CHANNEL, body=body)
        assert str(script.last.url) == f"{ROOT}/channels/{CHANNEL}/presigned-upload"
    assert of_workspace.upload_method == "POST"
    assert of_workspace.upload_form_data is not None


@pytest.mark.parametrize(
    "body",
    [
        {"receiver": TEXT["receiver"]},
        {**TEXT, "template": {"projectId": "p", "version": "v", "locale": "en"}},
        {"body": TEXT["body"]},
        {**TEXT, "unknown": 1},
    ],
    ids=["neither body nor template", "both", "no receiver", "something unknown"],
)
def test_a_message_has_a_body_or_a_template(channels: Package, body: dict[str, Any]) -> None:
    script = Script(202, STORED)
    client = script.client(channels, access_key="abcd")
    with pytest.raises(channels.load("errors").ConfigurationError):
        client.messages.create_channel_message(WORKSPACE, CHANNEL, body=body)
    assert script.requests == []
    assert ask(channels.load("server").create_app(), "POST", MESSAGES, headers=KEY, json=body).status_code == 422
