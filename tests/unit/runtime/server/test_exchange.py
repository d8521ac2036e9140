"""Requests decoded and answers encoded, beyond JSON."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest
from helpers import mock, served
from pydantic import Field
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from typing_extensions import TypedDict

from bothends.runtime.client.bodies import choose_media
from bothends.runtime.coding.compressed import compressed
from bothends.runtime.coding.multipart import decode_multipart
from bothends.runtime.coding.received import parse_multipart
from bothends.runtime.model import Model
from bothends.runtime.operation import (
    Binary,
    Body,
    CookieParameter,
    Events,
    Form,
    HeaderParameter,
    Json,
    JsonLines,
    Media,
    Multipart,
    Operation,
    Part,
    PathParameter,
    QueryParameter,
    Returns,
    Text,
)
from bothends.runtime.server.events import Event
from bothends.runtime.server.handlers import Reply
from bothends.runtime.types import Boolean, Integer


class Point(Model, extra="forbid"):
    x: Integer
    y: Annotated[Integer | None, Field(ge=0)] = None


def asking(*parameters: Any, path: str = "/a") -> Operation[Any]:
    return Operation(
        key="k", method="GET", path=path, parameters=parameters, returns=(Returns(status=200, media=(Json(Any),)),)
    )


def sending(*media: Media, required: bool = True) -> Operation[Any]:
    return Operation(
        key="k",
        method="POST",
        path="/a",
        body=Body(media, required),
        returns=(Returns(status=200, media=(Json(Any),)),),
    )


def answering(*returns: Returns) -> Operation[Any]:
    return Operation(key="k", method="GET", path="/a", returns=returns)


def echo(**arguments: Any) -> Any:
    def plain(value: Any) -> Any:
        if isinstance(value, Model):
            return value.model_dump(exclude_unset=True)
        return value.decode() if isinstance(value, bytes) else value

    return {name: plain(value) for name, value in arguments.items()}


@pytest.mark.parametrize(
    ("parameter", "query", "value"),
    [
        (QueryParameter("n", Integer), "n=5", 5),
        (QueryParameter("n", Integer, default=20), "", 20),
        (QueryParameter("n", Integer), "", None),
        (QueryParameter("n", list[str]), "n=a&n=b", ["a", "b"]),
        (QueryParameter("n", list[str], explode=False), "n=a,b", ["a", "b"]),
        (QueryParameter("n", list[str], style="pipeDelimited"), "n=a%7Cb", ["a", "b"]),
        (QueryParameter("n", Point, style="deepObject", explode=True), "n[x]=1&n[y]=2", {"x": 1, "y": 2}),
        (QueryParameter("n", Point, media=Json(Point)), "n=%7B%22x%22%3A1%7D", {"x": 1}),
        (QueryParameter("n", Boolean, wire="is it"), "is+it=true", True),
        (QueryParameter("n", str), "n=a%2Bb+c", "a+b c"),
    ],
)
def test_queries(parameter: Any, query: str, value: Any) -> None:
    answer = served(asking(parameter), echo).get(f"/a?{query}")
    assert answer.status_code == 200
    assert answer.json() == {"n": value}


def test_paths_headers_and_cookies() -> None:
    operation = asking(
        PathParameter("ids", list[Integer]),
        PathParameter("colour", style="label"),
        HeaderParameter("tags", list[str], wire="X-Tags"),
        HeaderParameter("name", wire="X-Name"),
        CookieParameter("session", wire="sid"),
        path="/a/{ids}/{colour}",
    )
    headers = [("X-Tags", "a, b"), ("X-Tags", "c"), ("X-Name", "é".encode()), ("Cookie", "sid=a%20b; other=1")]
    answer = served(operation, echo).get("/a/1,2/.red", headers=headers)  # type: ignore[arg-type]
    assert answer.json() == {"ids": [1, 2], "colour": "red", "tags": ["a", "b", "c"], "name": "é", "session": "a b"}


@pytest.mark.parametrize(
    "query", ["n=x", "n=1&n=2", "n=", "", "n=1.5", "n=%ff", "n=99999999999999999999999999999999999999" * 200]
)
def test_wrong_queries_are_refused(query: str) -> None:
    answer = mock(asking(QueryParameter("n", Integer, required=True))).get(f"/a?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"][0] == "n"


def test_every_problem_is_told_at_once() -> None:
    operation = Operation(
        key="k",
        method="POST",
        path="/a/{id}",
        parameters=(PathParameter("id", Integer), QueryParameter("n", Integer), HeaderParameter("h", required=True)),
        body=Body((Json(Point),)),
    )
    answer = mock(operation).post("/a/x?n=y", json={"x": "z", "more": 1})
    told = [(problem["in"], problem["path"]) for problem in answer.json()["errors"]]
    assert told == [("path", ["id"]), ("query", ["n"]), ("header", ["h"]), ("body", ["x"]), ("body", ["more"])]


def test_unknown_parameters_are_refused_on_request() -> None:
    operation = asking(QueryParameter("n"), QueryParameter("deep", Point, style="deepObject", explode=True))
    assert mock(operation).get("/a?m=1").status_code == 200
    strict = mock(operation, unknown_query=False)
    assert strict.get("/a?n=1&deep[x]=1").status_code == 200
    assert strict.get("/a?m=1").json()["errors"][0]["path"] == ["m"]


def test_no_parameter_is_unknown_to_an_object_without_fixed_names() -> None:
    free = asking(QueryParameter("rest", dict[str, str]), QueryParameter("ids", list[str], wire="ids[]"))
    assert mock(free, unknown_query=False).get("/a?m=1&ids[]=1").status_code == 200


def test_names_with_brackets_are_known() -> None:
    operation = asking(QueryParameter("ids", list[str], wire="ids[]"))
    assert mock(operation, unknown_query=False).get("/a?ids[]=1&ids[]=2").status_code == 200


def test_union_members_are_not_named_in_paths() -> None:
    class Other(Model, extra="forbid"):
        z: Integer

    answer = mock(sending(Json(Point | Other))).post("/a", json={"x": "s"})
    assert {tuple(problem["path"]) for problem in answer.json()["errors"]} == {("x",), ("z",)}


@pytest.mark.parametrize(
    ("media", "content", "content_type", "value"),
    [
        (Form(Point), b"x=1&y=2", "application/x-www-form-urlencoded", {"x": 1, "y": 2}),
        (Text(), "é".encode("latin-1"), "text/plain; charset=latin-1", "é"),
        (Text(type=Integer), b"5", "text/plain", 5),
        (Binary(), b"\x00x", "application/octet-stream", "\x00x"),
        (Binary("image/*"), b"x", "image/png", "x"),
        (Binary("image/*"), b"x", "application/octet-stream", "x"),
        (JsonLines(Integer), b"1\n2\n\n", "application/jsonl", [1, 2]),
        (JsonLines(Integer, "application/json-seq"), b"\x1e1\n\x1e2\n", "application/json-seq", [1, 2]),
        (Json(Point, "application/vnd.own+json"), b'{"x": 1}', "Application/Vnd.Own+JSON", {"x": 1}),
    ],
)
def test_bodies(media: Media, content: bytes, content_type: str, value: Any) -> None:
    answer = served(sending(media), echo).post("/a", content=content, headers={"content-type": content_type})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"body": value}


class Fields(Model):
    x: Integer | None = None


def test_a_form_without_fields_is_there() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    client = served(sending(Json(Fields), Form(Fields)), echo)
    assert client.post("/a", headers=headers).json() == {"body": {}}
    assert client.post("/a").status_code == 400
    assert client.post("/a", headers={"content-type": "application/json"}).status_code == 400


def test_the_closest_media_type_decodes() -> None:
    client = served(sending(Json(Any), Binary("application/*"), Binary("*/*")), echo)

    def send(content_type: str) -> Any:
        return client.post("/a", content=b'{"x": 1}', headers={"content-type": content_type}).json()["body"]

    assert send("application/json") == {"x": 1}
    assert send("application/pdf") == '{"x": 1}'


class Upload(Model, extra="forbid"):
    title: str
    file: bytes
    point: Point | None = None


UPLOAD = sending(Multipart(Upload, (Part(name="file", binary=True), Part(name="point", media_type="application/json"))))


def test_multipart() -> None:
    seen: list[Upload] = []

    def handle(*, body: Upload) -> str:
        seen.append(body)
        return "ok"

    files = {"file": ("a.bin", b"\x00\xff"), "point": (None, '{"x": 1}', "application/json")}
    answer = served(UPLOAD, handle).post("/a", data={"title": "t"}, files=files)
    assert answer.status_code == 200, answer.text
    assert (seen[0].title, seen[0].file, seen[0].point) == ("t", b"\x00\xff", Point(x=1))


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"nonsense", "multipart/form-data; boundary=x", 400),
        (b"--x\r\n", "multipart/form-data", 415),
        (
            b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nt\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            400,
        ),
        (b"--x\r\n" + b" " * 3000, "multipart/form-data; boundary=x", 413),
    ],
)
def test_wrong_multipart_is_refused(content: bytes, content_type: str, status: int) -> None:
    client = mock(UPLOAD, max_upload=2048)
    assert client.post("/a", content=content, headers={"content-type": content_type}).status_code == status


def test_optional_bodies() -> None:
    client = served(sending(Json(Point), required=False), echo)
    assert client.post("/a").json() == {"body": None}
    assert client.post("/a", headers={"content-type": "application/json"}).json() == {"body": None}
    assert client.post("/a", json={"x": 1}).json() == {"body": {"x": 1}}
    assert client.post("/a", content=b"x", headers={"content-type": "text/plain"}).status_code == 415


async def numbers() -> AsyncIterator[Any]:
    yield Point(x=1)
    yield Event(Point(x=2), event="moved", id="7", retry=100)


def texts() -> Iterator[str]:
    yield "a\nb"


def test_event_streams() -> None:
    operation = answering(Returns(status=200, media=(Events(Point),)))
    answer = served(operation, numbers).get("/a")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == 'data: {"x":1}\n\nevent: moved\nid: 7\nretry: 100\ndata: {"x":2}\n\n'
    lines = answering(Returns(status=200, media=(Events(),)))
    assert served(lines, texts).get("/a").text == "data: a\ndata: b\n\n"


class Whole(Model):
    data: Point
    event: str | None = None


def test_types_of_whole_events() -> None:
    operation = answering(Returns(status=200, media=(Events(Whole),)))
    answer = served(operation, lambda: [Whole(data=Point(x=1), event="moved")]).get("/a")
    assert answer.text == 'event: moved\ndata: {"x": 1}\n\n'
    schema = {
        "type": "object",
        "required": ["data"],
        "properties": {"data": {"const": {"x": 5}}, "event": {"const": "e"}},
    }
    content = {"text/event-stream": {"schema": {"type": "array", "items": schema}}}
    document = {"paths": {"/a": {"get": {"responses": {"200": {"content": content}}}}}}
    assert mock(operation, document=document).get("/a").text == 'event: e\ndata: {"x": 5}\n\n' * 2


def test_lines() -> None:
    operation = answering(Returns(status=200, media=(JsonLines(Integer),)))
    assert served(operation, lambda: [1, 2]).get("/a").text == "1\n2\n"
    sequence = answering(Returns(status=200, media=(JsonLines(Integer, "application/json-seq"),)))
    assert served(sequence, lambda: iter((1, 2))).get("/a").text == "\x1e1\n\x1e2\n"


def test_octets(tmp_path: Path) -> None:
    operation = answering(Returns(status=200, media=(Binary("application/pdf"),)))
    file = tmp_path / "a.pdf"
    file.write_bytes(b"0123456789")
    for body in (b"0123456789", file, [b"01234", b"56789"]):
        answer = served(operation, lambda body=body: body).get("/a")
        assert (answer.content, answer.headers["content-type"]) == (b"0123456789", "application/pdf")
    part = served(operation, lambda: file).get("/a", headers={"range": "bytes=2-4"})
    assert (part.status_code, part.content) == (206, b"234")


def test_the_answer_is_of_the_media_type_that_suits_it() -> None:
    operation = answering(Returns(status=200, media=(Json(Point), Binary("application/pdf"), Text())))
    for body, content_type in ((Point(x=1), "application/json"), (b"x", "application/pdf"), ("x", "text/plain")):
        answer = served(operation, lambda body=body: body).get("/a")
        assert answer.headers["content-type"].startswith(content_type)


def test_several_statuses() -> None:
    operation = answering(
        Returns(status=200, media=(Json(Point),)), Returns(status=201, media=(Json(str),)), Returns(status=204)
    )
    for result, status in (
        (Point(x=1), 200),
        ("s", 201),
        (None, 204),
        (Reply(Point(x=1), 200), 200),
        (Reply(None, 204), 204),
    ):
        assert served(operation, lambda result=result: result).get("/a").status_code == status
    for wrong in (5, Reply("s", 200), Reply(Point(x=1), 404), Reply(Point(x=1), media_type="text/plain")):
        assert served(operation, lambda wrong=wrong: wrong).get("/a").status_code == 500


class Other(Model):
    z: str | None = None


class Open(Model):
    a: str | None = None


def test_models_are_answered_as_what_they_are() -> None:
    first, second = Json(Open, "application/vnd.a+json"), Json(Other, "application/vnd.b+json")
    by_media = answering(Returns(status=200, media=(first, second)))
    by_status = answering(Returns(status=200, media=(first,)), Returns(status=201, media=(second,)))
    for operation in (by_media, by_status):
        for body, media in ((Open(a="1"), first), (Other(z="1"), second)):
            answer = served(operation, lambda body=body: body).get("/a")
            assert answer.headers["content-type"] == media.media_type
            assert answer.json() == body.model_dump(exclude_unset=True)


def test_a_model_of_another_class_is_written_whole_and_judged() -> None:
    assert served(answering(Returns(status=200, media=(Json(Open),))), lambda: Other(z="1")).get("/a").json() == {
        "z": "1"
    }
    wrong = served(answering(Returns(status=200, media=(Json(Point),))), lambda: Other(z="1")).get("/a")
    assert wrong.status_code == 500


def test_headers_of_replies() -> None:
    headers = (HeaderParameter("X-Count", Integer), HeaderParameter("X-Tags", list[str]))
    operation = answering(Returns(status=200, media=(Json(str),), headers=headers))
    reply = Reply("s", headers={"X-Count": 5, "x-tags": ["a", "b"], "ETag": '"1"'})
    answer = served(operation, lambda: reply).get("/a")
    assert (answer.headers["x-count"], answer.headers["x-tags"], answer.headers["etag"]) == ("5", "a,b", '"1"')


def test_header_injection_is_not_possible() -> None:
    operation = answering(Returns(status=200, media=(Json(str),)))
    answer = served(operation, lambda: Reply("s", headers={"X-A": "a\r\nX-B: b"})).get("/a")
    assert answer.status_code == 500
    assert "x-b" not in answer.headers


def test_responses_of_the_framework_pass() -> None:
    operation = answering(Returns(status=200, media=(Json(Point),)))
    assert served(operation, lambda: PlainTextResponse("own", 299)).get("/a").text == "own"


def test_answers_are_not_validated_on_request() -> None:
    operation = answering(Returns(status=200, media=(Json(Point),)))
    wrong = Point.model_construct(x=1, y=-1)
    assert served(operation, lambda: wrong).get("/a").status_code == 500
    assert served(operation, lambda: wrong, validate_responses=False).get("/a").json() == {"x": 1, "y": -1}


def test_ranges_of_statuses() -> None:
    operation = answering(Returns(status="2XX", media=(Json(str),)))
    assert served(operation, lambda: "s").get("/a").status_code == 200
    assert served(operation, lambda: Reply("s", 202)).get("/a").status_code == 202


DOCUMENT = {
    "paths": {
        "/a": {
            "get": {
                "responses": {
                    "200": {
                        "headers": {"X-Rate": {"schema": {"type": "integer", "minimum": 3}}},
                        "content": {
                            "application/json": {
                                "schema": {"type": "object"},
                                "examples": {
                                    "first": {"value": {"x": "wrong"}},
                                    "second": {"value": {"x": 2}},
                                    "third": {"$ref": "#/components/examples/third"},
                                },
                            },
                            "text/event-stream": {"schema": {"type": "integer"}},
                            "application/jsonl": {"itemSchema": {"type": "integer"}},
                            "text/plain": {"schema": {"type": "string", "example": "hello"}},
                            "image/png": {},
                        },
                    }
                }
            }
        }
    },
    "components": {"examples": {"third": {"value": {"x": 3}}}},
}


@pytest.mark.parametrize(
    ("media", "headers", "content"),
    [
        (Json(Point), {}, {"x": 2}),
        (Json(Point), {"prefer": "example=third"}, {"x": 3}),
        (Events(Integer), {}, "data: 1\n\ndata: 1\n\n"),
        (JsonLines(Integer), {}, "1\n1\n"),
        (Text(), {}, "hello"),
        (Binary("image/png"), {}, "\x00"),
    ],
)
def test_the_mock_answers_in_every_media_type(media: Media, headers: dict[str, str], content: Any) -> None:
    rate = (HeaderParameter("X-Rate", Integer),)
    operation = answering(Returns(status=200, media=(media,), headers=rate))
    answer = mock(operation, document=DOCUMENT).get("/a", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media.media_type)
    assert answer.headers["x-rate"] == "10"
    assert (json.loads(answer.text) if isinstance(content, dict) else answer.text) == content


def test_the_mock_refuses_what_it_cannot_make() -> None:
    nothing = Annotated[str, Field(min_length=5, max_length=3)]
    impossible = answering(Returns(status=200, media=(Json(nothing),)))
    assert mock(impossible, document={}).get("/a").status_code == 501
    operation = answering(Returns(status=200, media=(Json(Point),)))
    assert mock(operation, document=DOCUMENT).get("/a", headers={"prefer": "example=first"}).status_code == 501
    assert mock(answering(Returns(status=101))).get("/a").status_code == 426
    assert mock(answering()).get("/a").status_code == 204


def test_an_empty_key_is_an_array_only_where_it_stands_alone() -> None:
    parameter = QueryParameter("n", Any, style="deepObject", explode=True)
    client = served(asking(parameter), echo)
    assert client.get("/a?n[k][]=1&n[k][]=2").json() == {"n": {"k": ["1", "2"]}}
    assert client.get("/a?n[k][]=1&n[k][x]=2").json() == {"n": {"k": {"": "1", "x": "2"}}}


def test_repeated_parts_of_any_kind_are_an_array() -> None:
    operation = sending(Multipart(dict[str, Any]))
    files = [("a", (None, "1")), ("a", (None, "2")), ("a", (None, "3")), ("b", (None, "4"))]
    assert served(operation, echo).post("/a", files=files).json() == {"body": {"a": ["1", "2", "3"], "b": "4"}}


SHEETS = Multipart(Upload, (Part(name="file", binary=True),), "multipart/mixed")
UPLOADED = Upload(title="t", file=b"\xff\r\n--", point=Point(x=1))


def test_multipart_answers_name_their_boundary() -> None:
    operation = answering(Returns(status=200, media=(SHEETS,)))
    schema = {"type": "object", "required": ["title", "file"], "properties": {"title": {"type": "string"}, "file": {}}}
    content = {"multipart/mixed": {"schema": schema}}
    document = {"paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": content}}}}}}

    def read(client: TestClient) -> Upload:
        answer = client.get("/a")
        found = decode_multipart(SHEETS, parse_multipart(answer.content, answer.headers["content-type"]))
        assert isinstance(found, Upload)
        return found

    assert read(served(operation, lambda: UPLOADED)) == UPLOADED
    assert read(mock(operation, document=document)).title == "title"


def test_a_multipart_answer_of_another_shape_breaks_the_contract() -> None:
    operation = answering(Returns(status=200, media=(SHEETS,)))
    assert served(operation, lambda: [1]).get("/a").status_code == 500


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
def test_a_content_coding_that_the_document_offers_is_undone(coding: str) -> None:
    header = HeaderParameter("content_encoding", wire="Content-Encoding")
    operation = replace(sending(Json(Point)), parameters=(header,))
    client = served(operation, echo)
    headers = {"content-type": "application/json", "content-encoding": coding}
    answer = client.post("/a", content=compressed(b'{"x": 1}', coding), headers=headers)
    assert answer.json() == {"content_encoding": coding, "body": {"x": 1}}
    if coding != "identity":
        assert client.post("/a", content=b'{"x": 1}', headers=headers).status_code == 400
        bomb = compressed(b" " * 5_000_000, coding)
        assert client.post("/a", content=bomb, headers=headers).status_code == 413
    other = client.post("/a", content=b"{}", headers={**headers, "content-encoding": "br"})
    assert (other.status_code, other.headers["accept-encoding"]) == (415, "gzip, deflate")


@pytest.mark.parametrize(("version", "key"), [("1", "a"), ("2", "b"), (None, "a")])
def test_media_types_that_differ_in_parameters_are_told_apart(version: str | None, key: str) -> None:
    first = Json(TypedDict("First", {"a": int}), media_type="application/json; version=1")
    other = Json(TypedDict("Other", {"b": int}), media_type="application/json; version=2")
    client = served(sending(first, other), echo)
    name = "application/json" if version is None else f"application/json;version={version}"
    answer = client.post("/a", content=json.dumps({key: 1}), headers={"content-type": name})
    assert answer.json() == {"body": {key: 1}}
    chosen = choose_media(Body((first, other)), {"b": 1}, other.media_type)
    assert chosen is other


@pytest.mark.parametrize("media", [Binary(), Binary("*/*"), Text()])
def test_a_required_file_may_be_empty_but_has_to_be_there(media: Media) -> None:
    server = served(sending(media), echo)
    named = {"Content-Type": "application/octet-stream" if isinstance(media, Binary) else "text/plain"}
    assert server.post("/a", content=b"", headers=named).json() == {"body": ""}
    assert server.post("/a").status_code == 400


def test_a_media_type_with_a_parameter_without_a_value_is_told_from_others() -> None:
    operation = sending(Json(list[Point]), Json(Point, "application/json;simple"))
    for name in ("application/json;simple", "application/json; Simple"):
        assert served(operation, echo).post("/a", content=b'{"x": 1}', headers={"Content-Type": name}).json() == {
            "body": {"x": 1}
        }
    answer = served(operation, lambda body: len(body)).post("/a", json=[{"x": 1}])
    assert answer.json() == 1


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_what_can_be_anything_is_answered_last(accept: str) -> None:
    returns = (Returns(status=200, media=(Binary("*/*"), Json(str))),)
    client = mock(Operation[Any](key="get", method="GET", path="/a", returns=returns))
    assert client.get("/a", headers={"accept": accept}).headers["content-type"] == "application/json"
