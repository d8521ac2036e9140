"""What is deprecated warns whoever uses it, and nobody when it goes over the wire."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from support.exchange import BASE, Script, call
from support.packages import Package, make_package

DOCUMENT = Path(__file__).parents[1] / "golden/deprecation/openapi.yaml"
TRIP = {
    "id": "1",
    "vessel": "Ferry",
    "fastVessel": True,
    "stops": ["a"],
    "note": None,
    "ticket": {"kind": "Paper", "return": {"kind": "Paper"}},
    "status": "sailing",
}


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Any:
    parent = tmp_path_factory.mktemp("deprecation")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(parent)
        yield make_package(DOCUMENT, parent, "ferry_line")


def handlers(ferry: Package) -> Any:
    schemas, errors = ferry.load("schemas"), ferry.load("errors")
    base: Any = ferry.load("server").Handlers

    class Handlers(base):  # type: ignore[misc]
        def list_trips(self, *, page: int, harbour: str | None, berth: str | None) -> Any:
            assert (harbour, berth) == ("A", "B")
            items = [schemas.Trip.from_dict(TRIP)] if page == 1 else []
            return schemas.ListTripsResponse(items=items, more=page == 1)

        def add_trip(self, *, body: Any) -> Any:
            if body.id == "0":
                raise errors.Conflict(schemas.Refusal(reason="full", tags=["x"]))
            return body

        def add_photo(self, *, body: Any) -> Any:
            return schemas.Digital(kind="Digital")

        def send_form(self, *, body: Any) -> Any:
            return body

    return Handlers()


@pytest.mark.filterwarnings("error")
def test_both_ends_are_silent(ferry: Package) -> None:
    schemas, errors = ferry.load("schemas"), ferry.load("errors")
    app = ferry.load("server").create_app(handlers(ferry))

    async def use(client: Any) -> Any:
        trips = [trip async for trip in client.trips.list_trips(harbour="A", berth="B")]
        photo = schemas.Photo(picture=b"png", caption="Sea")
        refusal = schemas.Refusal(reason="full", tags=["a", "b"])
        found = [await client.trips.add_photo(body=photo), await client.trips.send_form(body=refusal)]
        with warnings.catch_warnings():
            # The method is deprecated, and says so; nothing else does.
            warnings.filterwarnings("ignore", "The document calls this operation deprecated.")
            found.append(await client.trips.add_trip(body=trips[0]))
            with pytest.raises(errors.Conflict) as raised:
                await client.trips.add_trip(body=schemas.Trip(id="0", vessel="Ferry"))
        return [*trips, *found, raised.value.body]

    found = call(ferry, app, use)
    whole, refusal = TRIP, {"reason": "full", "tags": ["a", "b"]}
    refused = refusal | {"tags": ["x"]}
    assert [one.to_dict() for one in found] == [whole, {"kind": "Digital"}, refusal, whole, refused]
    assert found[0] == found[3]
    assert "vessel='Ferry'" in repr(found[0])
    assert found[0].model_copy(deep=True) == found[0]


@pytest.mark.filterwarnings("error")
def test_a_tolerant_client_is_silent(ferry: Package) -> None:
    answer = {"items": [TRIP | {"status": "sunk", "ticket": {"kind": "Digital"}}], "more": False}
    with Script(200, answer).client(ferry, base_url=BASE) as client:
        page = client.trips.list_trips()
        assert page.value.to_dict() == answer


@pytest.mark.filterwarnings("error")
def test_the_mock_is_silent(ferry: Package) -> None:
    async def use(client: Any) -> Any:
        return await client.trips.list_trips()

    assert call(ferry, ferry.load("server").create_app(), use).to_dict().keys() == {"items", "more"}


@pytest.mark.parametrize("name", ["vessel", "fast_vessel", "stops", "note"])
def test_reading_a_deprecated_field_warns(ferry: Package, name: str) -> None:
    trip = ferry.load("schemas").Trip.from_dict(TRIP)
    with pytest.warns(DeprecationWarning, match="The document calls this field deprecated"):
        getattr(trip, name)


def test_defaults_and_nulls_are_those_of_other_fields(ferry: Package) -> None:
    schemas = ferry.load("schemas")
    trip = schemas.Trip(id="1", vessel="Ferry")
    assert trip.to_dict() == {"id": "1", "vessel": "Ferry"}
    with pytest.warns(DeprecationWarning):
        assert (trip.fast_vessel, trip.stops, trip.note) == (False, [], None)
    assert schemas.Trip(id="1", vessel="F", note=None).to_dict()["note"] is None
    with pytest.raises(ValueError, match="at most 9"):
        schemas.Trip(id="1", vessel="F", stops=["s"] * 10)


def test_classes_say_that_they_are_deprecated(ferry: Package) -> None:
    schemas = ferry.load("schemas")
    assert {name for name in schemas.__all__ if hasattr(getattr(schemas, name), "__deprecated__")} == {
        "Paper",
        "Refusal",
        "Status",
    }
    assert schemas.Paper.model_json_schema()["$defs"]["Paper"]["deprecated"] is True
    properties = schemas.Trip.model_json_schema()["properties"]
    assert {name for name, one in properties.items() if one.get("deprecated")} == {
        "vessel",
        "fastVessel",
        "stops",
        "note",
    }
