from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from fastapi import Depends, FastAPI
from helpers import contract
from starlette.testclient import TestClient

from bothends.runtime.model import Model
from bothends.runtime.operation import Body, Json, Operation, Parameter, PathParameter, QueryParameter, Returns
from bothends.runtime.server.app import build_app, build_router
from bothends.runtime.server.routing import Table, raw_path
from bothends.runtime.types import Integer

RETURNS = (Returns(status=200, media=(Json(str),)),)

TEMPLATES = (
    "/pets",
    "/pets/{id}",
    "/pets/mine",
    "/pets/{id}/toys/{toy}",
    "/reports/{name}.json",
    "/reports/{name}",
    "/dates/{from}..{to}",
    "/a b",
    "/jobs/{id}",
    "/jobs/{id}:stop",
    "/jobs/{id}é",
    "/",
)


@pytest.mark.parametrize(
    ("path", "template", "values"),
    [
        ("/pets", "/pets", ()),
        ("/pets/1", "/pets/{id}", ("1",)),
        ("/pets/mine", "/pets/mine", ()),
        ("/pets/m%69ne", "/pets/mine", ()),
        ("/pets/a%2Fb", "/pets/{id}", ("a%2Fb",)),
        ("/pets/mine/toys/x", "/pets/{id}/toys/{toy}", ("mine", "x")),
        ("/reports/q1.json", "/reports/{name}.json", ("q1",)),
        ("/reports/q1", "/reports/{name}", ("q1",)),
        ("/dates/a..b", "/dates/{from}..{to}", ("a", "b")),
        ("/a%20b", "/a b", ()),
        ("/jobs/1:stop", "/jobs/{id}:stop", ("1",)),
        ("/jobs/1%3aStop", "/jobs/{id}", ("1%3aStop",)),
        ("/jobs/1%3astop", "/jobs/{id}:stop", ("1",)),
        ("/jobs/1%C3%A9", "/jobs/{id}é", ("1",)),
        ("/", "/", ()),
        ("/pets/", None, ()),
        ("/pets//toys/1", None, ()),
        ("/nothing", None, ()),
        ("", None, ()),
    ],
)
def test_paths_find_their_template(path: str, template: str | None, values: tuple[str, ...]) -> None:
    table = Table[str]()
    for known in TEMPLATES:
        table.add("GET", known, known)
    found = table.find(path)
    if template is None:
        assert found is None
    else:
        assert found is not None
        assert (found.place.methods["GET"], found.values) == ([template], values)


def test_templates_that_differ_in_names_only_share_a_place() -> None:
    table = Table[str]()
    table.add("GET", "/a/{x}", "get")
    table.add("POST", "/a/{y}", "post")
    found = table.find("/a/1")
    assert found is not None
    assert found.place.methods == {"GET": ["get"], "POST": ["post"]}


def test_a_template_that_does_not_take_the_method_gives_way() -> None:
    table = Table[str]()
    table.add("POST", "/models/chat/{x}", "literal")
    table.add("GET", "/models/{kind}/{x}", "slots")
    methods = {method: table.find("/models/chat/1", method) for method in ("POST", "GET", "HEAD", "PUT")}
    found = {method: one.place.template for method, one in methods.items() if one is not None}
    literal, slots = "/models/chat/{x}", "/models/{kind}/{x}"
    assert found == {"POST": literal, "GET": slots, "HEAD": slots, "PUT": literal}


def _sharing(key: str, path: str, *parameters: Parameter, body: Any = None) -> Operation[Any]:
    body = None if body is None else Body(media=(Json(body),), required=True)
    method = "GET" if body is None else "POST"
    return Operation[Any](key=key, method=method, path=path, parameters=parameters, body=body, returns=RETURNS)


class Whole(Model):
    stream: Literal[False]


class Streamed(Model):
    stream: Literal[True]


SHARING = (
    _sharing("share", "/files/{id}#share", PathParameter("id"), QueryParameter("fields", required=True)),
    _sharing("file", "/files/{id}", PathParameter("id", type=Integer), QueryParameter("depth", required=True)),
    _sharing("named", "/files/{name}", PathParameter("name"), QueryParameter("depth", required=True)),
    _sharing("beta", "/files/{id}?beta=a%20b", PathParameter("id")),
    _sharing("whole", "/chat", body=Whole),
    _sharing("streamed", "/chat#stream", body=Streamed),
)


def _answers(names: Iterable[str]) -> Any:
    def answer(name: str) -> Any:
        return lambda **_: name

    return SimpleNamespace(**{f"handle{index}": answer(name) for index, name in enumerate(names)})


@pytest.mark.parametrize("routed", [True, False])
def test_operations_that_share_a_path_are_told_apart_by_what_they_take(routed: bool) -> None:
    handlers = _answers(one.key for one in SHARING)
    if routed:
        app = FastAPI()
        app.include_router(build_router(contract(*SHARING), handlers), prefix="/api")
        client = TestClient(app, base_url="http://testserver/api")
    else:
        client = TestClient(build_app(contract(*SHARING), handlers))
    assert client.get("/files/1?fields=a").json() == "share"
    assert client.get("/files/1?depth=1").json() == "file"
    assert client.get("/files/a?depth=1").json() == "named"
    assert client.get("/files/a?beta=a%20b").json() == "beta"
    assert client.get("/files/a").status_code == 400
    assert client.post("/chat", json={"stream": False}).json() == "whole"
    assert client.post("/chat", json={"stream": True}).json() == "streamed"
    assert client.post("/chat", json={"stream": "x"}).status_code == 400


def test_the_mounting_point_is_taken_off() -> None:
    scope = {"path": "/api/pets/a/b", "raw_path": b"/api/pets/a%2Fb", "root_path": "/api"}
    assert raw_path(scope) == "/pets/a%2Fb"
    assert raw_path({"path": "/pets/a b"}) == "/pets/a%20b"


def test_an_encoded_slash_stays_in_its_argument_below_a_prefix() -> None:
    parameters = (PathParameter("name"),)
    one = Operation[Any](key="a", method="GET", path="/files/{name}", parameters=parameters, returns=RETURNS)
    two = Operation[Any](key="b", method="GET", path="/files/{name}/size", parameters=parameters, returns=RETURNS)
    handlers = SimpleNamespace(handle0=lambda name: f"file {name}", handle1=lambda name: f"size {name}")
    tenants: list[str] = []

    def tenant(tenant: str) -> None:
        tenants.append(tenant)

    app = FastAPI()
    router = build_router(contract(one, two), handlers)
    app.include_router(router, prefix="/t/{tenant}", dependencies=[Depends(tenant)])
    client = TestClient(app)
    assert client.get("/t/a%20b/files/x%2Fsize").json() == "file x/size"
    assert client.get("/t/a%20b/files/x%2Fy/size").json() == "size x/y"
    assert client.get("/t/a%20b/files/x/size").json() == "size x"
    assert client.get("/t/a%20b/files/x/y").status_code == 404
    assert set(tenants) == {"a b"}
