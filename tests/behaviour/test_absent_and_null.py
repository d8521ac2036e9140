"""Absent is not null, in requests and in answers, at both ends."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from support.exchange import Script, ask, call
from support.packages import Package

BOAT = UUID("0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33")
TOKEN = {"Authorization": "Bearer secret"}
SAILBOAT = {"kind": "sailboat", "name": "Zeemeeuw", "length": 11.2, "draught": 1.8, "mastHeight": 16.4}


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"name": "Otter"}, {"name": "Otter"}),
        ({"name": "Otter", "home_port": None}, {"name": "Otter", "homePort": None}),
        ({"home_port": None, "access_code": None}, {"homePort": None, "accessCode": None}),
        ({"home_port": "Hoorn", "name": None}, {"homePort": "Hoorn"}),
    ],
)
def test_what_is_nullable_is_sent_as_null_and_nothing_else_is(
    harbour: Package, given: dict[str, Any], sent: dict[str, Any]
) -> None:
    """``homePort`` is nullable, ``name`` is optional and nothing more."""
    server, schemas = harbour.load("server"), harbour.load("schemas")
    script = Script(200, SAILBOAT)
    body = schemas.BoatPatch(**given)
    with script.client(harbour, token="secret") as client:
        client.boats.update_boat(BOAT, body=body)
        assert script.sent == sent
        client.boats.update_boat(BOAT, body=dict(sent))
        assert script.sent == sent
    seen: list[Any] = []

    def update_boat(self: Any, *, boat_id: UUID, body: Any) -> Any:
        seen.append(body)
        return SAILBOAT

    app = server.create_app(
        type("Handlers", (server.Handlers,), {"update_boat": update_boat})(), authenticate=lambda *given: True
    )

    async def use(client: Any) -> Any:
        return await client.boats.update_boat(BOAT, body=body)

    call(harbour, app, use, token="secret")
    (received,) = seen
    assert {schemas.BoatPatch.model_fields[name].alias or name for name in received.model_fields_set} == set(sent)
    assert json.loads(received.model_dump_json(exclude_unset=True)) == sent


def test_an_optional_none_in_a_mapping_is_left_out(newsletter: Package) -> None:
    script = Script(201, {})
    body = {
        "message_type_id": 1,
        "is_test": False,
        "publication_id": 7,
        "template_id": 3,
        "content": "c",
        "included_segment_ids": [1],
        "subject": None,
        "resource_id": None,
    }
    client = script.client(newsletter, bearer_auth="secret")
    with pytest.raises(newsletter.load("errors").ApiError):
        client.messages.create_message(body=body)  # the answer lacks everything
    assert script.sent == {name: value for name, value in body.items() if name != "subject"}


@pytest.mark.parametrize("name", ["name", "spinnaker", "length", "id"])
def test_the_server_refuses_null_where_it_means_nothing(harbour: Package, name: str) -> None:
    """Required or optional, with a default or without: null is not among the values."""
    app = harbour.load("server").create_app()
    answer = ask(app, "POST", "/boats", json={**SAILBOAT, name: None}, headers=TOKEN)
    assert answer.status_code == 422
    problem = harbour.load("schemas").InvalidRequest.model_validate_json(answer.content)
    assert f"/{name}" in [error.pointer for error in problem.errors]
    assert ask(app, "POST", "/boats", json={**SAILBOAT, "homePort": None}, headers=TOKEN).status_code == 201


def test_a_default_is_known_and_not_sent(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    script = Script(201, SAILBOAT, {"Location": "/v1/boats/1"})
    with script.client(harbour, token="secret") as client:
        boat = client.boats.register_boat(
            body=schemas.Sailboat(kind="sailboat", name="Zeemeeuw", length=11.2, draught=1.8, mast_height=16.4)
        )
    assert boat.spinnaker is False
    assert "spinnaker" not in script.sent
    assert script.sent == SAILBOAT


def test_an_answer_tells_absent_from_null(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    boats = []
    extras: list[dict[str, Any]] = [{}, {"homePort": None}, {"homePort": "Hoorn"}]
    for extra in extras:
        with Script(200, {**SAILBOAT, **extra}).client(harbour, token="secret", strict_responses=True) as client:
            boats.append(client.boats.get_boat(BOAT))
    assert [boat.home_port for boat in boats] == [None, None, "Hoorn"]
    assert ["home_port" in boat.model_fields_set for boat in boats] == [False, True, True]
    adapter = harbour.load("_runtime.adapters").adapter(schemas.Boat)
    for boat, extra in zip(boats, extras, strict=True):
        written = adapter.dump_json(boat, by_alias=True, exclude_unset=True)
        assert json.loads(written) == {**SAILBOAT, **extra}


def test_a_null_that_was_not_promised_is_an_error_only_when_asked_for(harbour: Package) -> None:
    """``id`` is optional and not nullable."""
    answer = Script(200, {**SAILBOAT, "id": None})
    with answer.client(harbour, token="secret") as client:
        found = client.with_raw_response(client.boats.get_boat)(BOAT)
        assert found.value.id is None
        assert isinstance(found.value, harbour.load("schemas").Sailboat)
        assert len(found.deviations) == 1
        assert "id" in found.deviations[0]
    client = answer.client(harbour, token="secret", strict_responses=True)
    with pytest.raises(harbour.load("errors").DecodingError, match="id"):
        client.boats.get_boat(BOAT)


def test_a_required_null_has_to_be_there(harbour: Package) -> None:
    """``nextCursor`` is required and nullable: null on the last page, never missing."""
    schemas = harbour.load("schemas")
    assert schemas.BoatPage.model_validate_json('{"items": [], "nextCursor": null}').next_cursor is None
    with pytest.raises(ValueError, match="nextCursor"):
        schemas.BoatPage.model_validate_json('{"items": []}')
    page = schemas.BoatPage(items=[], next_cursor=None)
    assert json.loads(page.model_dump_json()) == {"items": [], "nextCursor": None}


def test_parameters_that_are_none_are_not_sent(channels: Package) -> None:
    script = Script(200, {"results": []})
    with script.client(channels, access_key="abcd") as client:
        client.messages.list_channel_messages(BOAT, BOAT, limit=None, page_token=None, reverse=None)
    assert script.last.url.query == b""
