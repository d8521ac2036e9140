"""Calls: what is sent, what comes back, and what is raised."""

from __future__ import annotations

import asyncio
import gzip
import logging
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client.hooks import Attempt, Hooks, Outcome
from bothends.runtime.client.options import Settings
from bothends.runtime.client.requests import build, path_of
from bothends.runtime.client.responses import decode_answer, read_head
from bothends.runtime.operation import Binary, Body, HeaderParameter, Json, Operation, Raises, Returns, Text

from .zoo import CAT, GET, ME, Animal, AsyncZoo, Conflict, NotFound, Problem, Script, Zoo, async_zoo, zoo


class Moved(errors.StatusError):
    status = 303


def test_a_call_sends_its_arguments_and_returns_its_type() -> None:
    script = Script((200, CAT))
    assert zoo(script).animals.get("a/b ü", fields=["x", "y,z"], trace="t") == Animal(name="Tom")
    assert script.last.method == "GET"
    assert script.last.url.raw_path == b"/v1/animals/a%2Fb%20%C3%BC?fields=x,y%2Cz"
    assert script.last.headers["X-Trace"] == "t"
    assert script.last.headers["Authorization"] == "AccessKey sesame-street"
    assert script.last.headers["Accept"] == "application/json, application/problem+json"


def test_a_success_that_is_only_in_xml_is_asked_for_beside_errors_in_json() -> None:
    xml, json = Text("application/xml"), Json(Problem)
    error = Raises(status=404, error=NotFound, media=(json, xml))
    found = [
        replace(GET, returns=(Returns(status=200, media=media),), raises=(error,)) for media in ((xml,), (json, xml))
    ]
    assert [one.accept for one in found] == ["application/xml, application/json", "application/json"]


def test_the_asynchronous_client_does_the_same() -> None:
    async def main() -> None:
        script = Script((200, CAT))
        async with async_zoo(script) as client:
            assert await client.animals.get("a/b") == Animal(name="Tom")
        assert script.last.url.raw_path == b"/v1/animals/a%2Fb"

    asyncio.run(main())


@pytest.mark.parametrize(("given", "sent"), [(None, "identity"), ("gzip", "gzip")])
def test_nothing_is_compressed_unasked_where_the_caller_is_to_choose(given: str | None, sent: str) -> None:
    parameters = (HeaderParameter("coding", wire="accept-encoding"),)
    operation = Operation(key="backup", method="GET", path="/backup", parameters=parameters)
    draft = build(operation, {"coding": given}, None, {}, Settings("https://zoo.example"), "https://zoo.example")
    headers = {name.lower(): value for name, value in draft.headers}
    assert headers["accept-encoding"] == sent.encode()


def test_an_option_that_there_is_not_is_an_error_as_with_any_function() -> None:
    script = Script((200, CAT))
    client: Any = zoo(script)
    with pytest.raises(TypeError, match=r"getAnimal got an unexpected keyword argument 'trase'"):
        client.animals.get("a", trase="t")
    with pytest.raises(TypeError, match=r"with_options\(\) got an unexpected keyword argument 'time_out'"):
        client.with_options(time_out=3)
    with pytest.raises(TypeError, match=r"Zoo\(\) got an unexpected keyword argument 'cert'"):
        zoo(script, cert="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"AsyncZoo\(\) got an unexpected keyword argument 'cert'"):
        async_zoo(script, cert="x")  # type: ignore[call-arg]
    assert script.requests == []


@pytest.mark.parametrize("argument", ["..", ".", ""])
def test_path_arguments_cannot_lead_elsewhere(argument: str) -> None:
    script = Script((200, CAT))
    with pytest.raises(errors.ConfigurationError):
        zoo(script).animals.get(argument)
    assert not script.requests


@pytest.mark.parametrize("argument", ["../x", "a/../b", "%2e%2e", "a\r\nb", "\0", "?x", "#x", ";x"])
def test_path_arguments_stay_one_segment(argument: str) -> None:
    script = Script((200, CAT))
    zoo(script).animals.get(argument)
    assert script.last.url.raw_path.count(b"/") == 3
    assert b"?" not in script.last.url.raw_path


def test_headers_cannot_be_injected() -> None:
    script = Script((200, CAT))
    for options in ({"extra_headers": {"X": "a\r\nY: b"}}, {"extra_headers": {"X\r\nY": "b"}}):
        with pytest.raises(errors.ConfigurationError):
            zoo(script).animals.get("x", **options)  # type: ignore[arg-type]
    with pytest.raises(errors.ConfigurationError):
        zoo(script, access="a\nb").animals.get("x")
    assert not script.requests


def test_bodies_are_models_or_dicts() -> None:
    script = Script((201, CAT))
    animals = zoo(script).animals
    animals.add(body=Animal(name="Tom"))
    assert script.last.content == b'{"name":"Tom"}'
    animals.add(body={"name": "Tom", "more": 1}, extra_body={"x": [1]})
    assert script.last.content == b'{"name":"Tom","more":1,"x":[1]}'
    animals.add(body={"name": "T & J"}, media_type="application/x-www-form-urlencoded")
    assert script.last.content == b"name=T+%26+J"
    assert script.last.headers["content-type"] == "application/x-www-form-urlencoded"
    count = len(script.requests)
    for wrong in ({}, {"name": 1}, 3, None):
        with pytest.raises(errors.ConfigurationError, match="addAnimal"):
            animals.add(body=wrong)
    with pytest.raises(errors.ConfigurationError, match="text/csv"):
        animals.add(body=CAT, media_type="text/csv")
    assert len(script.requests) == count


def test_an_optional_body_may_be_left_out() -> None:
    script = Script(httpx2.Response(200, text="ok"))
    assert zoo(script).animals.note() == "ok"
    assert "content-type" not in script.last.headers
    zoo(script).animals.note(body="ä")
    assert script.last.content == "ä".encode()


def test_nothing_comes_back_with_204() -> None:
    assert zoo(Script(httpx2.Response(204))).animals.remove("x") is None


def test_documented_failures_have_classes_and_typed_bodies() -> None:
    answer = httpx2.Response(
        404,
        json={"title": "Gone", "detail": "No such animal"},
        headers={"content-type": "application/problem+json; charset=utf-8", "x-request-id": "r-1"},
    )
    with pytest.raises(NotFound) as caught:
        zoo(Script(answer)).animals.get("x")
    assert caught.value.body == Problem(title="Gone", detail="No such animal")
    assert (caught.value.status, caught.value.request_id, caught.value.operation) == (404, "r-1", "getAnimal")
    assert str(caught.value) == "getAnimal: 404 Gone: No such animal (request r-1)"


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (httpx2.Response(418, json={"a": 1}), {"a": 1}),
        (httpx2.Response(418, text="<html>"), "<html>"),
        (httpx2.Response(418), None),
        (httpx2.Response(302, headers={"location": "https://evil.test/"}), None),
    ],
)
def test_undocumented_failures_keep_what_they_hold(answer: httpx2.Response, body: Any) -> None:
    script = Script(answer)
    with pytest.raises(errors.StatusError) as caught:
        zoo(script).animals.get("x")
    assert type(caught.value) is errors.StatusError
    assert caught.value.body == body
    assert len(script.requests) == 1


@pytest.mark.parametrize(("status", "wanted"), [(303, Moved), (304, Animal), (200, Animal), (400, errors.StatusError)])
def test_a_documented_redirect_comes_before_a_default_answer(status: int, wanted: type) -> None:
    moved = Raises(status=303, error=Moved)
    operation = replace(GET, returns=(Returns(status="default", media=(Json(Animal),)),), raises=(moved,))
    answer = read_head(operation, status, {"content-type": "application/json"})
    assert answer.failed is (wanted is not Animal)
    assert answer.documented is (moved if wanted is Moved else operation.returns[0])


def test_a_failure_with_a_wrong_body_is_still_that_failure() -> None:
    with pytest.raises(Conflict) as caught:
        zoo(Script((409, {"message": "busy"}))).animals.get("x")
    assert caught.value.body == {"message": "busy"}
    assert "busy" in str(caught.value)


def test_nothing_at_all_is_null_where_null_is_documented() -> None:
    operation = replace(GET, returns=(Returns(status=200, media=(Json(Animal | None),)),))
    answer = read_head(operation, 200, {"content-type": "application/json"})
    value, deviations = decode_answer(answer, b"", strict=False)
    assert (value, len(deviations)) == (None, 1)
    with pytest.raises(errors.DecodingError):
        decode_answer(answer, b"", strict=True)


@pytest.mark.parametrize(("type", "text", "value"), [(int, "7", 7), (bool, "true", True), (list[int], "[1]", [1])])
def test_text_is_read_as_what_the_document_says(type: Any, text: str, value: Any) -> None:
    operation = replace(GET, returns=(Returns(status=200, media=(Text(type=type),)),))
    answer = read_head(operation, 200, {"content-type": "text/plain"})
    assert decode_answer(answer, text.encode(), strict=True) == (value, ())
    with pytest.raises(errors.DecodingError):
        decode_answer(answer, b"{", strict=False)


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, text="<html>", headers={"content-type": "text/html"}),
        httpx2.Response(200, content=b'{"name":', headers={"content-type": "application/json"}),
        httpx2.Response(200, content=b'{"name":"\xff"}', headers={"content-type": "application/json"}),
        httpx2.Response(200, content=b"", headers={"content-type": "application/json"}),
        httpx2.Response(200, json=[]),
        httpx2.Response(200, json={"kind": "dog"}),
        httpx2.Response(200, json={"name": {}}),
        httpx2.Response(200, content=b"[" * 100_000, headers={"content-type": "application/json"}),
    ],
)
def test_answers_that_are_not_as_documented_raise_decoding_errors(answer: httpx2.Response) -> None:
    with pytest.raises(errors.DecodingError) as caught:
        zoo(Script(answer)).animals.get("x")
    assert caught.value.status == 200
    assert caught.value.operation == "getAnimal"


def test_deviations_are_survived_and_told_unless_strict() -> None:
    script = Script((200, {"name": "Tom", "kind": "axolotl", "age": None}))
    client = zoo(script)
    response = client.with_raw_response(client.animals.get)("x")
    assert response.value.kind == "axolotl"
    assert [one.split(":")[0] for one in response.deviations] == ["kind", "age"]
    assert response.value.age is None
    assert response.value.to_dict()["kind"] == "axolotl"
    aged = zoo(Script((200, {"name": "Tom", "age": 40_000}))).animals.get("x")
    assert (aged.age, aged.to_dict()["age"]) == (40_000, 40_000)
    with pytest.raises(errors.DecodingError, match="kind"):
        client.animals.get("x", strict_responses=True)
    with pytest.raises(errors.DecodingError):
        client.with_options(strict_responses=True).animals.get("x")


def test_another_success_than_documented_is_taken_as_the_documented_one() -> None:
    assert zoo(Script((203, CAT))).animals.get("x") == Animal(name="Tom")


def test_content_types_are_compared_without_parameters_and_by_family() -> None:
    for name in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.zoo+json", ""):
        answer = httpx2.Response(200, content=b'{"name":"Tom"}', headers={"content-type": name} if name else {})
        assert zoo(Script(answer)).animals.get("x").name == "Tom"
    photo = httpx2.Response(200, content=b"\x89PNG", headers={"content-type": "image/png"})
    assert zoo(Script(photo)).animals.photo() == b"\x89PNG"


def test_text_is_read_in_its_charset() -> None:
    answer = httpx2.Response(
        200, content="é".encode("latin-1"), headers={"content-type": "text/plain; charset=latin-1"}
    )
    assert zoo(Script(answer)).animals.note() == "é"


def test_raw_responses_hold_status_headers_and_value() -> None:
    client = zoo(Script(httpx2.Response(200, json=CAT, headers={"X-Left": "7", "X-Request-Id": "r"})))
    response = client.with_raw_response(client.animals.get)("x")
    assert (response.value, response.status, response.request_id) == (Animal(name="Tom"), 200, "r")
    assert response.headers["x-left"] == "7"
    assert response.documented_headers == {"X-Left": 7}
    assert response.content == b'{"name":"Tom"}'


def test_streamed_responses_are_read_by_the_caller(tmp_path: Any) -> None:
    client = zoo(Script(lambda request: httpx2.Response(200, content=iter([b"ab\nc", b"d\n"]))))
    with client.with_streaming_response(client.animals.photo)() as response:
        assert list(response.iter_lines()) == ["ab", "cd"]
    with client.with_streaming_response(client.animals.photo)() as response:
        assert response.save(tmp_path / "photo") == 6
    assert (tmp_path / "photo").read_bytes() == b"ab\ncd\n"


def test_options_of_client_view_and_call_add_up() -> None:
    script = Script((200, CAT))
    client = zoo(script, default_headers={"A": "1", "B": "1"}, default_query={"q": "1", "r": "1"})
    view = client.with_options(default_headers={"b": "2"}, default_query={"q": "2"})
    view.animals.get("x", extra_headers={"C": "3"}, extra_query={"r": ["3", "4"]})
    assert [script.last.headers[name] for name in "ABC"] == ["1", "2", "3"]
    assert script.last.url.query == b"q=2&r=3&r=4"
    client.animals.get("x")
    assert script.last.url.query == b"q=1&r=1"


@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": "1"}, {"max_retries": -1}, {"max_retries": True}])
def test_wrong_options_are_refused(options: Any) -> None:
    with pytest.raises(errors.ConfigurationError):
        zoo(Script((200, CAT)), **options)
    with pytest.raises(errors.ConfigurationError):
        zoo(Script((200, CAT))).animals.get("x", **options)


def test_the_base_url_comes_from_argument_environment_or_document(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Zoo().base_url == "https://zoo.test/v1"
    assert Zoo(server="regional", server_variables={"region": "us"}).base_url == "https://us.zoo.test"
    monkeypatch.setenv("ZOO_BASE_URL", "http://localhost:1/x/")
    assert Zoo().base_url == "http://localhost:1/x"
    assert Zoo(server="live").base_url == "https://zoo.test/v1"
    assert Zoo(base_url="http://other").base_url == "http://other"
    for wrong in ("other", "ftp://x", "http://x?y", "http://x y", "http://:x"):
        with pytest.raises(errors.ConfigurationError):
            Zoo(base_url=wrong)
    for variables in ({"region": "mars"}, {"planet": "x"}):
        with pytest.raises(errors.ConfigurationError):
            Zoo(server="regional", server_variables=variables)
    with pytest.raises(errors.ConfigurationError, match="live"):
        Zoo(server="no")


def test_undocumented_calls_are_possible() -> None:
    script = Script((200, {"a": 1}))
    client = zoo(script)
    assert client.request("get", "/new?x=1", returns=dict[str, int]) == {"a": 1}
    assert script.last.url.raw_path == b"/v1/new?x=1"
    assert script.last.headers["Authorization"] == "AccessKey sesame-street"
    client.request("POST", "/new", json={"b": 2}, security=[])
    assert script.last.content == b'{"b":2}'
    assert "Authorization" not in script.last.headers
    assert client.request("GET", "/new", returns=bytes) == b'{"a":1}'
    for path in ("new", "//evil.test/", "https://evil.test", "/../x", "/a b", "/{x}"):
        with pytest.raises(errors.ConfigurationError):
            client.request("GET", path)


def test_a_closed_client_says_so() -> None:
    client = Zoo(access="x")
    client.close()
    with pytest.raises(errors.ConfigurationError, match="closed"):
        client.animals.get("x")


def test_a_given_http_client_stays_open() -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(Script((200, CAT))))
    with Zoo(access="x", http_client=http) as client:
        client.animals.get("x")
    assert not http.is_closed


def test_secrets_show_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "s3cr3t/key"

    def handler(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(401, json={"message": f"bad key {secret} in {request.url}"})

    client = zoo(handler, key=secret)
    with pytest.raises(errors.StatusError) as caught:
        client.animals.get("x")
    shown = [repr(client), repr(client.animals), str(caught.value), repr(caught.value), caplog.text, repr(client._core)]
    assert "HTTP Request" in caplog.text
    for text in shown:
        assert secret not in text
        assert "s3cr3t%2Fkey" not in text


def test_hooks_see_attempts_and_outcomes() -> None:
    seen: list[Any] = []
    hooks = Hooks(on_request=seen.append, on_response=seen.append)
    zoo(Script(httpx2.Response(503, headers={"retry-after": "0"}), (200, CAT)), hooks=hooks).animals.get("x")
    first, failed, second, succeeded = seen
    assert first == Attempt("getAnimal", "GET", "/animals/{id}", 1)
    assert second.number == 2
    assert isinstance(failed, Outcome)
    assert (failed.status, succeeded.status) == (503, 200)


def test_an_operation_without_any_server_needs_a_base_url() -> None:
    client = AsyncZoo(access="x")
    assert repr(client) == "<AsyncZoo https://zoo.test>"


@pytest.mark.parametrize(
    ("servers", "url"),
    [
        (("https://files.test/v2/",), "https://files.test/v2/me"),
        (("/v2",), "https://zoo.test/v2/me"),
        ((), "https://zoo.test/v1/me"),
    ],
)
def test_an_operation_may_have_servers_of_its_own(servers: tuple[str, ...], url: str) -> None:
    script = Script((200, CAT))
    operation = replace(ME, servers=servers, security=())
    client = zoo(script)
    client.animals._call(operation, {}, {})
    assert str(script.last.url) == url
    # Whoever says where to go, to a server for tests perhaps, means all calls.
    client.with_options(base_url="http://localhost:1").animals._call(operation, {}, {})
    assert str(script.last.url) == "http://localhost:1/me"


@pytest.mark.parametrize(
    ("path", "sent"),
    [("/files/{id}#share", "/files/a%20b"), ("/files?beta=true#x", "/files?beta=true"), ("/a#{id}", "/a")],
)
def test_the_fragment_of_a_path_is_not_sent(path: str, sent: str) -> None:
    operation = Operation[Any](key="a", method="GET", path=path)
    assert path_of(operation, {"id": "a%20b"}) == sent


@pytest.mark.parametrize(("coding", "undone"), [("gzip", gzip.decompress), ("deflate", zlib.decompress), (None, bytes)])
def test_a_body_is_compressed_as_the_argument_says(coding: str | None, undone: Callable[[bytes], bytes]) -> None:
    header = HeaderParameter("content_encoding", wire="Content-Encoding")
    operation = Operation[Any](
        key="a", method="POST", path="/a", parameters=(header,), body=Body(media=(Json(dict[str, int]),))
    )
    draft = build(operation, {"content_encoding": coding}, {"x": 1}, {}, Settings("http://t"), "http://t")
    assert isinstance(draft.content, bytes)
    assert undone(draft.content) == b'{"x":1}'


def test_a_stream_is_not_compressed_unasked() -> None:
    header = HeaderParameter("content_encoding", wire="Content-Encoding")
    operation = Operation[Any](key="a", method="POST", path="/a", parameters=(header,), body=Body(media=(Binary(),)))
    with pytest.raises(errors.ConfigurationError, match="stream"):
        build(operation, {"content_encoding": "gzip"}, iter([b"x"]), {}, Settings("http://t"), "http://t")
