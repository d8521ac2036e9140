"""The memory of the mock: filters and pages of lists, resources on their own, resources below others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import mock
from starlette.testclient import TestClient

from bothends.runtime.errors import StatusError
from bothends.runtime.model import Model
from bothends.runtime.operation import (
    Binary,
    Body,
    Json,
    Operation,
    PathParameter,
    QueryParameter,
    Raises,
    Returns,
)
from bothends.runtime.pagination import CursorPages, NumberedPages, OffsetPages, Pages
from bothends.runtime.types import Boolean, Integer


class Note(Model):
    id: str
    kind: str | None = None
    stars: Integer | None = None
    done: Boolean | None = None
    tags: list[str] | None = None


class NewNote(Model):
    kind: str | None = None
    stars: Integer | None = None
    done: Boolean | None = None
    tags: list[str] | None = None


class Listed(Model):
    items: list[Note]
    total: Integer | None = None
    pages: Integer | None = None
    page: Integer | None = None
    has_more: Boolean | None = None


class Theme(Model):
    colour: str
    dark: Boolean | None = None


class NotFoundError(StatusError):
    status = 404


STRING, INTEGER = {"type": "string"}, {"type": "integer"}
NOTE = {
    "type": "object",
    "properties": {
        "id": STRING,
        "kind": STRING,
        "stars": INTEGER,
        "done": {"type": "boolean"},
        "tags": {"type": "array", "items": STRING},
    },
    "required": ["id"],
}
LISTED = {
    "type": "object",
    "properties": {
        "items": {"type": "array", "items": NOTE},
        **dict.fromkeys(("total", "pages", "page"), INTEGER),
        "has_more": {"type": "boolean"},
    },
    "required": ["items"],
}
THEME = {
    "type": "object",
    "properties": {"colour": {"type": "string", "example": "red"}, "dark": {"type": "boolean"}},
    "required": ["colour"],
}
ID, MISSING = PathParameter("id"), Raises(status=404, error=NotFoundError)


def notes(*parameters: QueryParameter, pages: Pages | None = None, **settings: Any) -> TestClient:
    created, shown = (Returns(status=status, media=(Json(Note),)) for status in (201, 200))
    listed = Returns(status=200, media=(Json(Listed),))
    body, binary = Body((Json(NewNote), Binary("application/xml"))), {"200": _media(NOTE)}
    operations: list[Operation[Any]] = [
        Operation(key="create", method="POST", path="/notes", body=body, returns=(created,)),
        Operation(key="list", method="GET", path="/notes", parameters=parameters, returns=(listed,), pages=pages),
        Operation(key="get", method="GET", path="/notes/{id}", parameters=(ID,), returns=(shown,), raises=(MISSING,)),
        Operation(key="drop", method="DELETE", path="/notes/{id}", parameters=(ID,), returns=(Returns(status=204),)),
        *_theme("/theme"),
        *_theme("/notes/{id}/theme", ID),
    ]
    document = {
        "/notes": {"post": {"responses": {"201": _media(NOTE)}}, "get": {"responses": {"200": _media(LISTED)}}},
        "/notes/{id}": {"get": {"responses": binary}},
        **{
            path: {method: {"responses": {"200": _media(THEME)}} for method in ("get", "put", "patch")}
            for path in ("/theme", "/notes/{id}/theme")
        },
    }
    return mock(*operations, document={"paths": document}, **settings or {"stateful": True})


def _theme(path: str, *slots: PathParameter) -> list[Operation[Any]]:
    shown, body = Returns(status=200, media=(Json(Theme),)), Body((Json(dict[str, Any]),))
    found: list[Operation[Any]] = [
        Operation(key=f"{method} {path}", method=method, path=path, parameters=slots, body=sent, returns=(shown,))
        for method, sent in (("GET", None), ("PUT", body), ("PATCH", body))
    ]
    gone = Returns(status=204)
    return [*found, Operation(key=f"drop {path}", method="DELETE", path=path, parameters=slots, returns=(gone,))]


def _media(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _filled(*parameters: QueryParameter, pages: Pages | None = None, **settings: Any) -> TestClient:
    client = notes(*parameters, pages=pages, **settings)
    for stars, kind in enumerate(("a", "b", "a", "c", "a")):
        given = {"kind": kind, "stars": stars, "done": stars > 2, "tags": [kind, str(stars)]}
        assert client.post("/notes", json=given).status_code == 201
    return client


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("kind=a", [0, 2, 4]),
        ("kind=a&done=true", [4]),
        ("stars=3", [3]),
        ("done=false", [0, 1, 2]),
        ("tags=b&tags=c", [1, 3]),
        ("kind=z", []),
        ("unknown=z", [0, 1, 2, 3, 4]),
        ("filter[kind]=a&filter[stars]=2", [2]),
        ("kind=a&limit=1", [0]),
    ],
)
def test_lists_are_filtered_by_what_resources_hold(query: str, expected: list[int], tmp_path: Path) -> None:
    parameters = (
        QueryParameter("kind"),
        QueryParameter("stars", Integer),
        QueryParameter("done", Boolean),
        QueryParameter("tags", list[str]),
        QueryParameter("unknown"),
        QueryParameter("filter", dict[str, str], style="deepObject", explode=True),
        QueryParameter("limit", Integer),
    )
    each: list[dict[str, Any]] = [{"stateful": True}, {"database": tmp_path / "notes.sqlite"}]
    for settings in each:
        found = _filled(*parameters, **settings).get(f"/notes?{query}").json()
        assert [note["stars"] for note in found["items"]] == expected
        (tmp_path / "notes.sqlite").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("parameter", "pages", "starts"),
    [
        ("where", CursorPages(items="items", parameter="where", last="id"), None),
        ("blatt", NumberedPages(items="items", parameter="blatt", first=0), [0, 1, 2]),
        ("seite", NumberedPages(items="items", parameter="seite"), [1, 2, 3]),
        ("vorbei", OffsetPages(items="items", parameter="vorbei"), [0, 2, 4]),
        ("start", None, [0, 2, 4]),
        ("page", None, [1, 2, 3]),
    ],
)
def test_pages_follow_each_other(parameter: str, pages: Pages | None, starts: list[int] | None) -> None:
    client = _filled(QueryParameter(parameter), QueryParameter("limit", Integer), pages=pages)
    found: list[list[int]] = []
    at: Any = starts[0] if starts else None
    for turn in range(3):
        if starts:
            at = starts[turn]
        page = client.get("/notes", params={"limit": 2} | ({} if at is None else {parameter: at})).json()
        found.append([note["stars"] for note in page["items"]])
        at = page["items"][-1]["id"]
        assert (page["total"], page["pages"], page["has_more"]) == (5, 3, turn < 2)
        assert page["page"] == (starts[turn] if parameter in ("blatt", "seite", "page") and starts else turn + 1)
    assert found == [[0, 1], [2, 3], [4]]


def test_a_resource_on_its_own_is_what_was_put(tmp_path: Path) -> None:
    each: list[dict[str, Any]] = [{"stateful": True}, {"database": tmp_path / "theme.sqlite"}]
    for settings in each:
        client = notes(**settings)
        assert client.get("/theme").json()["colour"] == "red"
        assert client.patch("/theme", json={"dark": True}).json() == {"colour": "red", "dark": True}
        assert client.get("/theme").json() == {"colour": "red", "dark": True}
        assert client.put("/theme", json={"colour": "blue"}).json() == {"colour": "blue"}
        assert client.patch("/theme", json={"dark": True}).json() == {"colour": "blue", "dark": True}
        assert client.patch("/theme", json={"dark": None}).json() == {"colour": "blue"}
        assert notes(**settings).get("/theme").json()["colour"] == ("blue" if "database" in settings else "red")
        assert client.delete("/theme").status_code == 204
        assert client.get("/theme").status_code == 404
        assert client.put("/theme", json={"colour": "green"}).status_code == 200
        assert client.get("/theme").json() == {"colour": "green"}


def test_what_was_never_put_can_be_deleted() -> None:
    client = notes()
    assert client.delete("/theme").status_code == 204
    assert client.get("/theme").status_code == 404


def test_what_is_below_a_resource_goes_with_it() -> None:
    client = notes()
    first, second = (client.post("/notes", json={"kind": kind}).json()["id"] for kind in "ab")
    assert client.put(f"/notes/{first}/theme", json={"colour": "blue"}).status_code == 200
    assert client.get(f"/notes/{first}/theme").json() == {"colour": "blue"}
    assert client.get(f"/notes/{second}/theme").json()["colour"] == "red"
    client.delete(f"/notes/{first}")
    assert client.get(f"/notes/{first}/theme").status_code == 404


def test_what_is_not_read_makes_a_resource_nonetheless() -> None:
    client = notes()
    made = client.post("/notes", content=b"<note/>", headers={"Content-Type": "application/xml"})
    assert made.status_code == 201
    assert client.get(f"/notes/{made.json()['id']}").json() == made.json()


@pytest.mark.parametrize("sent", [None, {"colour": "blue"}])
def test_what_is_posted_to_its_own_id_is_made_there(sent: dict[str, str] | None) -> None:
    """The path is no collection, although one can post to it and get from it."""
    body = Body((Json(Theme),), required=False)
    operations: list[Operation[Any]] = [
        Operation(
            key=method,
            method=method,
            path="/themes/{id}",
            parameters=(ID,),
            body=body if method == "POST" else None,
            returns=(Returns(status=status, media=(Json(Theme),) if method != "DELETE" else ()),),
            raises=(MISSING,),
        )
        for method, status in (("GET", 200), ("POST", 201), ("DELETE", 204))
    ]
    responses = {"get": {"responses": {"200": _media(THEME)}}, "post": {"responses": {"201": _media(THEME)}}}
    client = mock(*operations, document={"paths": {"/themes/{id}": responses}}, stateful=True)
    colour = (sent or {"colour": "red"})["colour"]
    for _ in range(2):
        assert client.post("/themes/a", json=sent).json()["colour"] == colour
        assert client.get("/themes/a").json()["colour"] == colour
        assert client.delete("/themes/a").status_code == 204
        assert client.get("/themes/a").status_code == 404
