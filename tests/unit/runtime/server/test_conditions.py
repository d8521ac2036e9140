"""Conditional requests: copies that are current are not sent again, and others are not changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import mock, served

from bothends.runtime.errors import StatusError
from bothends.runtime.model import Model
from bothends.runtime.operation import (
    Binary,
    Body,
    HeaderParameter,
    Json,
    JsonLines,
    Operation,
    PathParameter,
    Raises,
    Returns,
)
from bothends.runtime.server.conditions import entity_tag
from bothends.runtime.server.handlers import Context, Reply
from bothends.runtime.types import Integer


class Note(Model):
    id: str
    text: str


class Problem(Model):
    title: str


ETAG = (HeaderParameter("ETag"),)
SCHEMA = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "text": {"type": "string"}},
    "required": ["id", "text"],
}
NOTE = Note(id="a", text="x")


class NotModifiedError(StatusError):
    status = 304


class UnmetError(StatusError):
    status = 412


class NotFoundError(StatusError):
    status = 404


def reading(*raises: Raises, media: Any = None, headers: tuple[Any, ...] = ETAG) -> Operation[Any]:
    returns = Returns(status=200, media=(media or Json(Note),), headers=headers)
    return Operation(key="read", method="GET", path="/a", returns=(returns,), raises=raises)


def test_an_answer_has_its_tag_and_is_not_sent_again() -> None:
    client = served(reading(), lambda: NOTE)
    first = client.get("/a")
    assert first.headers["etag"] == entity_tag(NOTE) == entity_tag(first.content)
    for known in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = client.get("/a", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert "content-type" not in again.headers
    assert client.get("/a", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head("/a", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_tags_are_for_what_documents_them() -> None:
    assert (
        "etag"
        in served(reading(Raises(status=304, error=NotModifiedError), headers=()), lambda: NOTE).get("/a").headers
    )
    assert "etag" not in served(reading(headers=()), lambda: NOTE).get("/a").headers
    lines = reading(media=JsonLines(Note))
    assert "etag" not in served(lines, lambda: iter([NOTE])).get("/a").headers
    number = reading(headers=(HeaderParameter("ETag", Integer),))
    assert "etag" not in served(number, lambda: NOTE).get("/a").headers


def test_the_handler_knows_better() -> None:
    client = served(reading(), lambda: Reply(NOTE, headers={"ETag": '"v7"', "Cache-Control": "max-age=5"}))
    assert client.get("/a").headers["etag"] == '"v7"'
    again = client.get("/a", headers={"If-None-Match": '"v7"'})
    assert (again.status_code, again.headers["cache-control"]) == (304, "max-age=5")


def test_a_read_of_another_copy_than_the_wanted_is_refused() -> None:
    client = served(reading(), lambda: NOTE)
    assert client.get("/a", headers={"If-Match": entity_tag(NOTE)}).status_code == 200
    assert client.get("/a", headers={"If-Match": '"other"'}).status_code == 412


def test_dates() -> None:
    headers = {"Last-Modified": "Fri, 17 May 2024 09:30:00 GMT"}
    client = served(reading(headers=()), lambda: Reply(NOTE, headers=headers))
    for since, status in (
        ("Fri, 17 May 2024 09:30:00 GMT", 304),
        ("Sat, 18 May 2024 09:30:00 GMT", 304),
        ("Fri, 17 May 2024 09:29:59 GMT", 200),
        ("yesterday", 200),
    ):
        assert client.get("/a", headers={"If-Modified-Since": since}).status_code == status
    assert client.get("/a", headers={"If-Unmodified-Since": "Fri, 17 May 2024 09:29:59 GMT"}).status_code == 412
    assert client.get("/a", headers={"If-Unmodified-Since": "Fri, 17 May 2024 09:30:00 GMT"}).status_code == 200
    # A tag is worth more than a date.
    both = {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 17 May 2024 09:30:00 GMT"}
    assert client.get("/a", headers=both).status_code == 200


def test_files_have_a_tag_by_themselves(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"0123456789")
    operation = reading(media=Binary("application/pdf"), headers=())
    client = served(operation, lambda: file)
    tag = client.get("/a").headers["etag"]
    assert client.get("/a", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/a", headers={"Range": "bytes=2-4", "If-Range": tag}).content == b"234"
    assert client.get("/a", headers={"Range": "bytes=2-4", "If-Range": '"other"'}).content == b"0123456789"
    assert served(operation, lambda: tmp_path).get("/a").status_code == 500
    assert served(operation, lambda: tmp_path / "none").get("/a").status_code == 500


@pytest.mark.parametrize(
    ("headers", "there", "status"),
    [
        ({}, True, 204),
        ({"If-Match": entity_tag(NOTE)}, True, 204),
        ({"If-Match": f'"other", {entity_tag(NOTE)}'}, True, 204),
        ({"If-Match": "*"}, True, 204),
        ({"If-Match": '"other"'}, True, 412),
        ({"If-Match": f"W/{entity_tag(NOTE)}"}, True, 412),
        ({"If-Match": "*"}, False, 412),
        ({"If-None-Match": "*"}, True, 412),
        ({"If-None-Match": "*"}, False, 204),
        ({"If-None-Match": '"other"'}, True, 204),
    ],
)
def test_handlers_refuse_changes_of_another_copy(headers: dict[str, str], there: bool, status: int) -> None:
    raises = (Raises(status=412, error=UnmetError, media=(Json(Problem),)),)
    operation: Operation[Any] = Operation(
        key="write", method="PUT", path="/a", returns=(Returns(status=204),), raises=raises
    )

    def write() -> None:
        Context.current().require_current(entity_tag(NOTE) if there else None)

    answer = served(operation, write).put("/a", headers=headers)
    assert answer.status_code == status
    assert status == 204 or answer.json()["title"]


def test_the_mock_knows_its_own_example() -> None:
    documented = {"description": "", "headers": {"ETag": {"schema": {"type": "string"}, "example": '"33a64df5"'}}}
    documented["content"] = {"application/json": {"schema": SCHEMA}}
    client = mock(reading(), document={"paths": {"/a": {"get": {"responses": {"200": documented}}}}})
    assert client.get("/a").headers["etag"] == '"33a64df5"'
    assert client.get("/a", headers={"If-None-Match": '"33a64df5"'}).status_code == 304
    assert client.get("/a", headers={"If-None-Match": '"33a64df6"'}).status_code == 200


def test_a_memory_tells_copies_apart(tmp_path: Path) -> None:
    each: list[dict[str, Any]] = [{"stateful": True}, {"database": tmp_path / "notes.sqlite"}]
    for settings in each:
        notes = mock(*_notes(), document=_document(), **settings)
        tag = notes.post("/notes", json={"id": "a", "text": "x"}).headers["etag"]
        assert notes.get("/notes/a").headers["etag"] == tag
        assert notes.get("/notes/a", headers={"If-None-Match": tag}).status_code == 304
        changed = notes.put("/notes/a", json={"id": "a", "text": "y"}, headers={"If-Match": tag})
        assert changed.status_code == 200
        assert changed.headers["etag"] != tag
        assert notes.get("/notes/a", headers={"If-None-Match": tag}).json()["text"] == "y"
        again = notes.put("/notes/a", json={"id": "a", "text": "z"}, headers={"If-Match": tag})
        assert again.status_code == 412
        assert notes.get("/notes/a").json()["text"] == "y"
        assert notes.delete("/notes/a", headers={"If-Match": tag}).status_code == 412
        assert notes.put("/notes/a", json={"id": "a", "text": "z"}, headers={"If-None-Match": "*"}).status_code == 412
        assert notes.delete("/notes/a", headers={"If-Match": changed.headers["etag"]}).status_code == 204
        assert notes.get("/notes/a").status_code == 404


def _notes() -> list[Operation[Any]]:
    slot, body = (PathParameter("id"),), Body((Json(Note),))
    unmet = Raises(status=412, error=UnmetError, media=(Json(Problem),))
    missing = Raises(status=404, error=NotFoundError)
    made, found = (Returns(status=status, media=(Json(Note),), headers=ETAG) for status in (201, 200))
    gone = Returns(status=204)
    return [
        Operation(key="create", method="POST", path="/notes", body=body, returns=(made,)),
        Operation(key="get", method="GET", path="/notes/{id}", parameters=slot, returns=(found,), raises=(missing,)),
        Operation(
            key="put", method="PUT", path="/notes/{id}", parameters=slot, body=body, returns=(found,), raises=(unmet,)
        ),
        Operation(
            key="drop", method="DELETE", path="/notes/{id}", parameters=slot, returns=(gone,), raises=(unmet, missing)
        ),
    ]


def _document() -> dict[str, Any]:
    answer = {"headers": {"ETag": {"schema": {"type": "string"}}}, "content": {"application/json": {"schema": SCHEMA}}}
    item = {"get": {"responses": {"200": answer}}, "put": {"responses": {"200": answer}}}
    return {"paths": {"/notes": {"post": {"responses": {"201": answer}}}, "/notes/{id}": item}}
