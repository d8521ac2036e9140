from __future__ import annotations

import pytest

from bothends.runtime.server.routing import Table, raw_path

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
