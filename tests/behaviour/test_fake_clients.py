"""Clients for tests: nothing is sent, and everything else is as ever."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from support.packages import Package


@pytest.fixture
def fake(harbour: Package) -> Any:
    return harbour.load("testing").FakeClient()


def test_it_is_a_client_that_answers_what_the_document_shows(harbour: Package, fake: Any) -> None:
    assert isinstance(fake, harbour.load().Client)
    booking = fake.bookings.get_booking("HB-2030-0042")
    assert isinstance(booking, harbour.load("schemas").Booking)
    assert fake.bookings.cancel_booking("HB-2030-0042") is not None
    assert fake.boats.delete_boat("0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33") is None
    assert [marina.name for marina in fake.marinas.list_marinas()] == ["Marina Oosterdok"]
    with fake.live.stream_events("4e0b1a55-2f7f-4f5e-9d25-5f2a0b7c9a11") as events:
        assert [type(event).__name__ for event in events] == ["BerthFreed", "WeatherWarning"]


def test_no_network_and_no_credentials_are_needed(fake: Any) -> None:
    assert "fake.invalid" in repr(fake)
    fake.bookings.get_booking("HB-2030-0042")
    assert "authorization" not in fake.calls[0].request.headers


def test_calls_are_kept_with_what_they_were_given(harbour: Package, fake: Any) -> None:
    schemas = harbour.load("schemas")
    fake.with_options(timeout=3).boats.update_boat(
        "0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33", body=schemas.BoatPatch(home_port=None)
    )
    fake.bookings.get_booking("HB-2030-0042")
    call, other = fake.calls
    assert (call.operation, other.operation) == ("updateBoat", "getBooking")
    assert call.arguments == {"boat_id": "0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33"}
    assert call.body.home_port is None
    assert (call.request.method, call.request.content) == ("PATCH", b'{"homePort":null}')
    assert fake.calls_of(fake.bookings.get_booking) == [other]


def test_answers_can_be_said_in_turn(harbour: Package, fake: Any) -> None:
    errors, schemas = harbour.load("errors"), harbour.load("schemas")
    booking = fake.bookings.get_booking("HB-2030-0042")
    other = booking.model_copy(update={"reference": "HB-2030-0001"})
    fake.on(fake.bookings.get_booking).returns(booking, other)
    references = [fake.bookings.get_booking("HB-2030-0042").reference for _ in range(3)]
    assert references == ["HB-2030-0042", "HB-2030-0001", "HB-2030-0001"]
    problem = schemas.Problem(title="Gone fishing", status=404)
    fake.on(fake.bookings.get_booking).raises(errors.NotFound(problem))
    with pytest.raises(errors.NotFound, match="Gone fishing") as caught:
        fake.bookings.get_booking("HB-2030-0042")
    assert caught.value.body == problem
    fake.on(fake.bookings.get_booking).raises(errors.TimedOut("too slow"))
    with pytest.raises(errors.TimedOut, match="too slow"):
        fake.bookings.get_booking("HB-2030-0042")


def test_a_function_can_answer(fake: Any) -> None:
    page = {"items": [], "nextCursor": None}
    fake.on(fake.boats.list_boats).calls(
        lambda cursor="0", limit=None: {**page, "nextCursor": "1"} if cursor == "0" else page
    )
    pages = list(fake.boats.list_boats().pages())
    assert len(pages) == 2
    assert [call.arguments for call in fake.calls] == [{}, {"cursor": "1"}]


def test_what_is_wrong_stays_wrong(harbour: Package, fake: Any) -> None:
    errors = harbour.load("errors")
    with pytest.raises(errors.ConfigurationError, match="createBooking: the body"):
        fake.bookings.create_booking(body={"number": 1})
    fake.on(fake.bookings.get_booking).returns({"reference": 7})
    with pytest.raises(errors.ConfigurationError):
        fake.bookings.get_booking("HB-2030-0042")
    with pytest.raises(TypeError, match=r"fake\.pets\.get_pet"):
        fake.on(print)


def test_an_operation_without_example_says_what_to_do(harbour: Package, fake: Any) -> None:
    with pytest.raises(harbour.load("errors").ConfigurationError, match=r"listBoats: the document has no example"):
        fake.boats.list_boats()


def test_asynchronous_fakes_are_the_same(harbour: Package) -> None:
    async def main() -> None:
        fake = harbour.load("testing").AsyncFakeClient()
        booking = await fake.bookings.get_booking("HB-2030-0042")
        fake.on(fake.bookings.list_bookings).returns({"items": [booking], "nextCursor": None})
        assert [one.reference async for one in fake.bookings.list_bookings()] == ["HB-2030-0042"]
        assert [call.operation for call in fake.with_options(timeout=1).calls] == ["getBooking", "listBookings"]

    asyncio.run(main())
