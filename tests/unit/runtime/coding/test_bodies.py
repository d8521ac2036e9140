"""Forms and multipart bodies, there and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from bothends.runtime.coding.forms import decode_form, encode_form
from bothends.runtime.coding.multipart import MultipartBody, ReceivedPart, decode_multipart, encode_multipart
from bothends.runtime.coding.problem import CodingError
from bothends.runtime.coding.received import parse_multipart
from bothends.runtime.model import Model
from bothends.runtime.operation import Form, Multipart, Part
from bothends.runtime.types import Base64, DateTime, Integer


class Crew(Model):
    name: str
    age: Integer | None = None


class Trip(Model):
    title: str
    when: DateTime | None = None
    legs: list[Integer] | None = None
    crew: Crew | None = None
    lead: Crew | None = None
    tags: list[str] | None = None


TRIP = Trip(
    title="a b&c=ü+%",
    when=datetime(2026, 5, 1, 12, tzinfo=UTC),
    legs=[1, 2],
    crew=Crew(name="Ann", age=7),
    lead=Crew(name="B,C"),
    tags=["x,y", "z"],
)
FORM = Form(
    Trip,
    parts=(
        Part(name="crew", style="deepObject"),
        Part(name="legs", style="pipeDelimited", explode=False),
        Part(name="tags", style="form", explode=False),
    ),
)


def test_a_form_is_spelled_by_its_parts_and_read_back() -> None:
    content = encode_form(FORM, TRIP)
    assert content == (
        b"title=a+b%26c%3D%C3%BC%2B%25&when=2026-05-01T12%3A00%3A00Z&legs=1%7C2"
        b"&crew%5Bname%5D=Ann&crew%5Bage%5D=7&lead=%7B%22name%22%3A%22B%2CC%22%7D&tags=x%2Cy,z"
    )
    assert decode_form(FORM, content) == TRIP


def test_a_form_repeats_arrays_unless_told_otherwise() -> None:
    content = encode_form(Form(Trip), Trip(title="t", tags=["a", "b"]))
    assert content == b"title=t&tags=a&tags=b"
    assert decode_form(Form(Trip), content) == Trip(title="t", tags=["a", "b"])
    assert decode_form(Form(Trip), b"title=t&tags=a") == Trip(title="t", tags=["a"])


@pytest.mark.parametrize("content", [b"", b"legs=x&title=t", b"title=t&title=u", b"title=t&legs=1.5"])
def test_a_form_that_is_not_of_its_type_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        decode_form(Form(Trip), content)


def test_a_form_that_is_not_encoded_is_refused() -> None:
    with pytest.raises(CodingError):
        decode_form(Form(Trip), "title=ü".encode())


class Sheet(Model):
    title: str
    pages: list[bytes]
    meta: Crew | None = None
    count: Integer | None = None


SHEETS = Multipart(
    Sheet, parts=(Part(name="pages", binary=True, repeated=True), Part(name="meta", media_type="application/json"))
)


def received(body: MultipartBody) -> list[ReceivedPart]:
    """Take a body apart again."""
    return parse_multipart(b"".join(body), f"multipart/form-data; boundary={body.boundary}")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"--a\r\n\r\n1\r\n--a--", "multipart/mixed"),
        (b"--a\r\n\r\n1\r\n", "multipart/mixed; boundary=a"),
        (b"--a\r\nX: y\r\n1\r\n--a--", "multipart/mixed; boundary=a"),
        (b"--ab\r\n\r\n1\r\n--ab--", "multipart/mixed; boundary=a"),
        (b"", "multipart/mixed; boundary=a"),
    ],
)
def test_malformed_multipart_is_refused(content: bytes, content_type: str) -> None:
    with pytest.raises(CodingError):
        parse_multipart(content, content_type)


def test_multipart_of_others() -> None:
    lines = (
        "preamble",
        "--a b \t",
        'content-disposition: form-data; name="q\\"x"; filename="n.txt"',
        "content-type: text/plain",
        "",
        "1",
        "",
        "--a b",
        "",
        "--a",
        "--a b--",
        "epilogue",
        "--a b",
    )
    found = parse_multipart("\r\n".join(lines).encode(), 'multipart/mixed; boundary="a b"')
    assert found == [ReceivedPart('q"x', b"1\r\n", "n.txt", "text/plain"), ReceivedPart("", b"--a")]


def test_multipart_goes_there_and_back() -> None:
    sheet = Sheet(title="ü", pages=[b"\xff\0", b"text"], meta=Crew(name="Ann", age=3), count=4)
    body = encode_multipart(SHEETS, sheet)
    parts = received(body)
    assert [part.name for part in parts] == ["title", "pages", "pages", "meta", "count"]
    assert parts[1].media_type == "application/octet-stream"
    assert parts[3].media_type == "application/json"
    assert body.length == len(b"".join(body))
    assert decode_multipart(SHEETS, parts) == sheet


class Place(Model):
    x: int | None = None
    name: str | None = None


class Search(Model):
    title: str
    tags: list[str] | None = None
    place: Place | None = None


@pytest.mark.parametrize(
    ("style", "explode", "tags", "place"),
    [
        ("form", False, [("tags", b"a b,c|d")], [("place", b"x,3,name,a+b")]),
        ("form", True, [("tags", b"a b"), ("tags", b"c|d")], [("x", b"3"), ("name", b"a+b")]),
        ("pipeDelimited", False, None, [("place", b"x|3|name|a+b")]),
        ("spaceDelimited", False, None, [("place", b"x 3 name a+b")]),
        ("tabDelimited", False, [("tags", b"a b\tc|d")], [("place", b"x\t3\tname\ta+b")]),
        ("deepObject", True, None, [("place[x]", b"3"), ("place[name]", b"a+b")]),
    ],
)
def test_parts_with_a_style(style: Any, explode: bool, tags: Any, place: list[tuple[str, bytes]]) -> None:
    parts = tuple(Part(name=name, style=style, explode=explode) for name in ("tags", "place"))
    media = Multipart(Search, parts=parts)
    search = Search(title="t", tags=["a b", "c|d"] if tags else None, place=Place(x=3, name="a+b"))
    sent = received(encode_multipart(media, search))
    assert [(part.name, part.content) for part in sent] == [("title", b"t"), *(tags or ()), *place]
    assert decode_multipart(media, sent) == search


def test_parts_that_hold_their_own_delimiter_are_refused() -> None:
    media = Multipart(Search, parts=(Part(name="tags", style="form", explode=False),))
    with pytest.raises(CodingError):
        encode_multipart(media, Search(title="t", tags=["a,b"]))
    odd = Multipart(Search, parts=(Part(name="place", style="form", explode=False),))
    with pytest.raises(CodingError):
        decode_multipart(odd, [ReceivedPart("title", b"t"), ReceivedPart("place", b"x,3,name")])


def test_what_a_parser_holds_is_handed_on_untouched() -> None:
    handle = object()
    found = decode_multipart(SHEETS, [ReceivedPart("title", b"t"), ReceivedPart("pages", handle, "a.png")])
    assert found.pages == [handle]


class Scan(Model):
    title: str
    image: Base64 | None = None
    pages: list[Base64] | None = None


@pytest.mark.parametrize("media_type", ["multipart/form-data", "multipart/mixed", "multipart/related"])
def test_octets_that_json_has_as_base64_travel_as_they_are(media_type: str) -> None:
    octets = Part(name="image", media_type="application/octet-stream")
    pages = Part(name="pages", media_type="application/octet-stream", repeated=True)
    media = Multipart(Scan, parts=(octets, pages), media_type=media_type)
    scan = Scan(title="a", image=b"\xff\0", pages=[b"", b"\xfe"])
    parts = received(encode_multipart(media, scan))
    assert [(part.name, part.content) for part in parts] == [
        ("title", b"a"),
        ("image", b"\xff\0"),
        ("pages", b""),
        ("pages", b"\xfe"),
    ]
    assert decode_multipart(media, parts) == scan


def test_base64_that_arrives_as_text_is_read() -> None:
    found = decode_multipart(Multipart(Scan), [ReceivedPart("title", b"a"), ReceivedPart("image", b"/w==")])
    assert found == Scan(title="a", image=b"\xff")


def test_multipart_that_is_not_of_its_type_is_refused() -> None:
    page = ReceivedPart("pages", b"x", "a")
    with pytest.raises(ValidationError):
        decode_multipart(SHEETS, [page])
    with pytest.raises(CodingError):
        decode_multipart(SHEETS, [page, ReceivedPart("title", b"a"), ReceivedPart("title", b"b")])
    with pytest.raises(CodingError):
        decode_multipart(SHEETS, [page, ReceivedPart("title", b"a"), ReceivedPart("meta", b"{")])
    with pytest.raises(ValidationError):
        decode_multipart(SHEETS, [page, ReceivedPart("title", b"a"), ReceivedPart("meta", b'{"name":"x","age":"3"}')])


def test_what_is_no_object_has_no_parts() -> None:
    with pytest.raises(CodingError):
        encode_multipart(SHEETS, ["x"])
    with pytest.raises(CodingError):
        encode_form(Form(list[str]), ["x"])


class Words(Model):
    words: list[str]


@pytest.mark.parametrize("repeated", [True, False])
def test_texts_that_travel_as_json_are_quoted(repeated: bool) -> None:
    media = Multipart(Words, parts=(Part(name="words", media_type="application/json", repeated=repeated),))
    parts = received(encode_multipart(media, Words(words=['a"b', "1"])))
    assert [part.content for part in parts] == ([b'"a\\"b"', b'"1"'] if repeated else [b'["a\\"b","1"]'])
    assert decode_multipart(media, parts) == Words(words=['a"b', "1"])
