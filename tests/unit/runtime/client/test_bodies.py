"""Bodies of requests: files, forms, and octets."""

from __future__ import annotations

import asyncio
import io
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client.bodies import encode_body
from bothends.runtime.model import Model
from bothends.runtime.operation import Binary, Body, Events, Json, JsonLines

from .zoo import Animal, Script, Sheet, async_zoo, zoo

OK = httpx2.Response(204)


def parts(request: httpx2.Request) -> dict[str, list[Message]]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + request.content)
    found: dict[str, list[Message]] = {}
    for part in message.get_payload():
        assert isinstance(part, Message)
        found.setdefault(str(part.get_param("name", header="content-disposition")), []).append(part)
    return found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "page one.png"
    path.write_bytes(b"\x89PNG\r\n\xff")
    return path


def test_a_range_of_media_types_is_made_precise_by_the_name_of_a_file(scan: Path) -> None:
    body = Body((Binary("image/*"),))
    assert encode_body(body, scan, None, None)[1] == "image/png"
    assert encode_body(body, scan, "image/webp", None)[1] == "image/webp"
    assert encode_body(body, b"x", None, None)[1] == "application/octet-stream"


def test_files_are_models_octets_paths_open_files_or_tuples(scan: Path) -> None:
    octets = scan.read_bytes()
    opened = io.BytesIO(b"skipped" + octets)
    opened.seek(7)
    cases: list[tuple[Any, str, str]] = [
        (octets, "scan", "image/png"),
        (scan, "page one.png", "image/png"),
        (opened, "scan", "image/png"),
        (("a.jpeg", octets), "a.jpeg", "image/jpeg"),
        (("b", scan, "image/webp", {"X-A": "1"}), "b", "image/webp"),
    ]
    for value, filename, media_type in cases:
        script = Script(OK)
        zoo(script).animals.upload(body={"title": "ü", "scan": value, "tags": ["x", "y"]})
        found = parts(script.last)
        (part,) = found["scan"]
        assert part.get_payload(decode=True) == octets
        assert part.get_filename() == filename
        assert part.get_content_type() == media_type
        assert [one.get_payload(decode=True) for one in found["tags"]] == [b"x", b"y"]
        assert found["title"][0].get_payload(decode=True) == "ü".encode()
        assert int(script.last.headers["content-length"]) == len(script.last.content)
    script = Script(OK)
    zoo(script).animals.upload(body=Sheet(title="t", scan=octets))
    assert parts(script.last)["scan"][0].get_payload(decode=True) == octets


def test_file_names_cannot_break_out_of_their_header() -> None:
    script = Script(OK)
    zoo(script).animals.upload(body={"title": "t", "scan": ('a"\r\nX: 1', b"")})
    assert b'filename="a%22%0D%0AX: 1"' in script.last.content


def test_files_are_read_again_for_another_attempt(scan: Path) -> None:
    with scan.open("rb") as opened:
        script = Script(httpx2.Response(503, headers={"retry-after": "0"}), OK)
        zoo(script, retry_every_method=True).animals.upload(body={"title": "t", "scan": opened})
        assert script.requests[0].content == script.requests[1].content


def test_files_are_sent_by_the_asynchronous_client(scan: Path) -> None:
    async def main() -> None:
        script = Script(OK)
        client = async_zoo(script)

        async def pieces() -> Any:
            yield b"a"
            yield b"b"

        await client.animals.upload(body={"title": "t", "scan": scan})
        assert parts(script.last)["scan"][0].get_payload(decode=True) == scan.read_bytes()
        await client.animals.raw(body=pieces())
        assert script.last.content == b"ab"
        await client.animals.raw(body=scan)
        assert script.last.content == scan.read_bytes()

    asyncio.run(main())


def test_what_cannot_be_sent_is_told(tmp_path: Path) -> None:
    animals = zoo(Script(OK)).animals
    missing = tmp_path / "none"
    for body in ({"title": "t", "scan": missing}, {"title": "t", "scan": "text-less"}, [1]):
        if body == {"title": "t", "scan": "text-less"}:
            continue
        with pytest.raises(errors.ConfigurationError):
            animals.upload(body=body)
    with pytest.raises(errors.ConfigurationError):
        animals.raw(body=missing)
    with pytest.raises(errors.ConfigurationError):
        animals.raw(body=3)
    with pytest.raises(errors.ConfigurationError, match="text"):
        animals.raw(body=io.StringIO("text"))


def test_sequences_are_sent_item_by_item() -> None:
    body, media_type = encode_body(Body((JsonLines(Animal),)), [Animal(name="a"), {"name": "b"}], None, None)
    assert not isinstance(body, bytes)
    assert body is not None
    assert list(body) == [b'{"name":"a"}\n', b'{"name":"b"}\n']
    assert media_type == "application/jsonl"
    body, _ = encode_body(Body((Events(str),)), iter(["a\nb", ""]), None, None)
    assert body is not None
    assert not isinstance(body, bytes)
    assert list(body) == [b"data: a\ndata: b\n\n", b"data: \n\n"]
    assert not body.replayable


class First(Model):
    a: str | None = None


class Second(Model):
    b: str | None = None


def test_a_model_is_sent_as_the_media_type_of_its_class() -> None:
    body = Body((Json(First, "application/vnd.a+json"), Json(Second, "application/vnd.b+json")))
    assert encode_body(body, Second(b="1"), None, None) == (b'{"b":"1"}', "application/vnd.b+json")
    assert encode_body(body, First(a="1"), None, None) == (b'{"a":"1"}', "application/vnd.a+json")
    assert encode_body(body, {"b": "1"}, None, None) == (b'{"b":"1"}', "application/vnd.a+json")
    many = Body((Json(list[First], "application/vnd.a+json"), Json(list[Second], "application/vnd.b+json")))
    assert encode_body(many, [Second(b="1")], None, None) == (b'[{"b":"1"}]', "application/vnd.b+json")


def test_choosing_a_media_type_does_not_use_up_an_iterator() -> None:
    body = Body((Json(list[int]), JsonLines(int)))
    content, media_type = encode_body(body, (number for number in range(2)), None, None)
    assert media_type == "application/jsonl"
    assert content is not None
    assert list(content) == [b"0\n", b"1\n"]
