from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from helpers import contract
from starlette.testclient import TestClient

from bothends.runtime.operation import Json, Operation, PathParameter, Returns
from bothends.runtime.server.app import build_router
from bothends.runtime.server.routing import Table, raw_path

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
        assert (found.place.methods["GET"], found.values) == (template, values)


def test_templates_that_differ_in_names_only_share_a_place() -> None:
    table = Table[str]()
    table.add("GET", "/a/{x}", "get")
    table.add("POST", "/a/{y}", "post")
    found = table.find("/a/1")
    assert found is not None
    assert found.place.methods == {"GET": "get", "POST": "post"}


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
