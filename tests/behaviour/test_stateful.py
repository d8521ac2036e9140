"""The mock with a memory: Harbour's boats, papers and bookings come, change and go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from support.packages import Package

BOAT = {"kind": "motorboat", "name": "Mia", "length": 7.5, "draught": 0.8, "enginePower": 50, "fuel": "diesel"}
SAILBOAT = {"kind": "sailboat", "name": "Ida", "length": 9, "draught": 1.2, "mastHeight": 11, "accessCode": "4711"}


def client(package: Package, **settings: Any) -> TestClient:
    server = package.load("server")
    app = server.create_app(settings=server.Settings(**settings or {"stateful": True}))
    return TestClient(app, headers={"Authorization": "Bearer token"})


@pytest.fixture
def boats(harbour: Package) -> TestClient:
    return client(harbour)


def test_what_is_created_is_there_until_it_is_deleted(boats: TestClient) -> None:
    assert boats.get("/boats").json()["items"] == []
    created = boats.post("/boats", json=BOAT)
    assert created.status_code == 201
    boat = created.json()
    assert {name: boat[name] for name in BOAT} == BOAT
    assert created.headers["Location"] == f"/boats/{boat['id']}"
    assert boats.get(f"/boats/{boat['id']}").json() == boat
    assert boats.get("/boats").json()["items"] == [boat]
    assert boats.delete(f"/boats/{boat['id']}").status_code == 204
    assert boats.get("/boats").json()["items"] == []
    gone = boats.get(f"/boats/{boat['id']}")
    assert gone.status_code == 404
    assert gone.headers["content-type"] == "application/problem+json"
    assert boats.delete(f"/boats/{boat['id']}").status_code == 404


def test_a_merge_patch_changes_what_it_names(boats: TestClient) -> None:
    path = boats.post("/boats", json=BOAT).headers["Location"]
    patch = {"Content-Type": "application/merge-patch+json"}
    changed = boats.patch(path, json={"name": "Neu"}, headers=patch)
    assert changed.status_code == 200
    assert changed.json()["name"] == "Neu"
    assert boats.get(path).json() == changed.json()
    assert boats.get(path).json()["fuel"] == "diesel"


def test_members_of_a_union_stay_what_they_are(boats: TestClient) -> None:
    kinds = [boats.post("/boats", json=boat).json()["kind"] for boat in (BOAT, SAILBOAT)]
    assert kinds == ["motorboat", "sailboat"]
    listed = boats.get("/boats").json()["items"]
    assert [boat["kind"] for boat in listed] == kinds
    assert "accessCode" not in listed[1]  # writeOnly


def test_ids_are_of_their_declared_form(boats: TestClient) -> None:
    booking = {"marinaId": "4e0b1a55-2f7f-4f5e-9d25-5f2a0b7c9a11", "arrival": "2030-07-05", "stay": "P2D"}
    booking |= {"boatId": booking["marinaId"], "crew": {"adults": 2}}
    made = [boats.post("/bookings", json=booking).json()["reference"] for _ in range(3)]
    assert len(set(made)) == 3
    for reference in made:
        assert boats.get(f"/bookings/{reference}").json()["reference"] == reference


def test_lists_come_in_pages(boats: TestClient) -> None:
    names = [f"boat {number}" for number in range(5)]
    for name in names:
        boats.post("/boats", json=BOAT | {"name": name})
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = boats.get("/boats", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        assert len(page["items"]) <= 2
        found += [boat["name"] for boat in page["items"]]
        cursor = page.get("nextCursor")
        if not cursor:
            break
    assert found == names


def test_nothing_is_made_below_what_is_not_there(boats: TestClient) -> None:
    missing = "/boats/0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33/papers"
    form = {"files": {"file": ("a.pdf", b"%PDF", "application/pdf"), "details": (None, '{"kind": "insurance"}')}}
    form["files"]["details"] = ("", '{"kind": "insurance"}', "application/json")  # type: ignore[assignment]
    assert boats.post(missing, **form).status_code == 404
    path = boats.post("/boats", json=BOAT).headers["Location"]
    assert boats.post(f"{path}/papers", **form).status_code == 201


def test_actions_need_what_they_act_on(boats: TestClient) -> None:
    assert boats.post("/bookings/HB-2030-9999/cancel").status_code == 404


def test_what_nobody_can_create_is_answered_as_without_memory(boats: TestClient) -> None:
    assert boats.get("/marinas/4e0b1a55-2f7f-4f5e-9d25-5f2a0b7c9a11").status_code == 200


def test_a_file_outlives_the_application(harbour: Package, tmp_path: Path) -> None:
    file = tmp_path / "boats.sqlite"
    boat = client(harbour, database=file).post("/boats", json=BOAT).json()
    assert client(harbour, database=file).get(f"/boats/{boat['id']}").json() == boat


def test_a_wish_comes_before_memory(boats: TestClient) -> None:
    missing = "/boats/0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33"
    assert boats.get(missing, headers={"Prefer": "code=200"}).status_code == 200
