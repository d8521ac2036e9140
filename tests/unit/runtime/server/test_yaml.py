"""Bodies in YAML: both ends, and where JSON is offered beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from helpers import mock, served
from pydantic import Field
from starlette.testclient import TestClient

from bothends.runtime.client.bodies import encode_body
from bothends.runtime.client.responses import decode_answer, read_head
from bothends.runtime.coding import yaml_text
from bothends.runtime.errors import DecodingError, StatusError
from bothends.runtime.model import Model
from bothends.runtime.operation import Body, Json, Operation, Raises, Returns, Yaml
from bothends.runtime.types import Integer


class Point(Model, extra="forbid"):
    x: Integer
    y: Annotated[Integer | None, Field(ge=0)] = None


class RefusedError(StatusError):
    status = 400


YAML = {"Content-Type": "application/yaml"}
BOTH = (Yaml(Point), Json(Point))


def operation(*media: Any) -> Operation[Any]:
    return Operation(
        key="k",
        method="POST",
        path="/a",
        body=Body(media),
        returns=(Returns(status=200, media=media),),
        raises=(Raises(status=400, error=RefusedError, media=(Yaml(dict[str, Any], "text/yaml"),)),),
    )


def same(*, body: Any) -> Any:
    return body


@pytest.fixture
def client() -> TestClient:
    return served(operation(Yaml(Point)), same)


def test_a_body_is_read_as_its_type_and_written_again(client: TestClient) -> None:
    answer = client.post("/a", content="x: 1\ny: 0o17 # octal", headers=YAML)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/yaml"
    assert answer.text == 'x: 1\n"y": 15\n'  # y is a truth value to some


@pytest.mark.parametrize("content", ["x: a", "x: 1\ny: -1", "x: 1\nz: 1", "[1]", "x: [", "!!python/name:os x", "", "#"])
def test_a_body_of_another_type_is_refused_in_the_documented_shape(client: TestClient, content: str) -> None:
    answer = client.post("/a", content=content, headers=YAML)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/yaml")
    assert b"\n" in answer.content
    assert isinstance(yaml_text.from_yaml(answer.content), bytes)


def test_a_problem_says_where_it_is() -> None:
    plain = Operation(key="k", method="POST", path="/a", body=Body((Yaml(list[Point]),)))
    answer = served(plain, same).post("/a", content="- x: 1\n- x: a", headers=YAML)
    assert answer.json()["errors"][0]["path"] == [1, "x"]


@pytest.mark.parametrize("accept", [None, "*/*", "application/*", "application/yaml, application/json"])
def test_json_comes_first_where_both_are_documented(accept: str | None) -> None:
    for server in (served(operation(*BOTH), same), mock(operation(*BOTH))):
        headers = {"Accept": accept or "", "Content-Type": "application/json"}
        answer = server.post("/a", content=b'{"x": 1}', headers=headers)
        assert answer.headers["Content-Type"] == "application/json"


def test_yaml_is_answered_to_who_asks_for_it() -> None:
    for server in (served(operation(*BOTH), same), mock(operation(*BOTH))):
        answer = server.post(
            "/a", content="x: 1", headers={**YAML, "Accept": "application/yaml, application/json;q=0.5"}
        )
        assert answer.headers["Content-Type"] == "application/yaml"
        assert answer.text.startswith("x: ")


def test_the_client_sends_json_unless_told_otherwise() -> None:
    assert encode_body(Body(BOTH), {"x": 1}, None, None) == (b'{"x":1}', "application/json")
    assert encode_body(Body(BOTH), Point(x=1), "application/yaml", None) == (b"x: 1\n", "application/yaml")
    assert encode_body(Body((Yaml(Point),)), Point(x=1), None, {"z": "q"}) == (b'x: 1\nz: "q"\n', "application/yaml")
    # The failure is in YAML only.
    assert operation(*BOTH).accept == "application/json, text/yaml"
    assert operation(Yaml(Point)).accept == "application/yaml, text/yaml"


def test_the_client_reads_yaml() -> None:
    head = read_head(operation(*BOTH), 200, {"content-type": "application/yaml; charset=utf-8"})
    assert decode_answer(head, b"x: 1", strict=True) == (Point(x=1), ())
    with pytest.raises(DecodingError, match="is not YAML"):
        decode_answer(head, b"x: [", strict=True)
    with pytest.raises(DecodingError, match="documented type"):
        decode_answer(head, b"x: a", strict=True)


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "yaml", None)
    yaml_text._library.cache_clear()
    yield
    yaml_text._library.cache_clear()


@pytest.mark.usefixtures("no_library")
def test_without_pyyaml_json_is_asked_for(client: TestClient) -> None:
    assert client.post("/a", content='{"x": 1}', headers=YAML).text == "x: 1\n"
    assert client.post("/a", content="x: 1", headers=YAML).status_code == 415
    head = read_head(operation(*BOTH), 200, {"content-type": "application/yaml"})
    with pytest.raises(DecodingError, match="where PyYAML is installed"):
        decode_answer(head, b"x: 1", strict=True)
