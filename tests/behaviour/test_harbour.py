"""Harbour: what the other documents lack, over the wire and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from support.exchange import Script, ask, call
from support.packages import Package

MARINA = UUID("4e0b1a55-2f7f-4f5e-9d25-5f2a0b7c9a11")
BOAT = UUID("0b6a2c4e-3f51-4b8e-8f0e-6f1f7c0d2a33")
PAPER = UUID("7d0f3a52-9b1c-4a4f-8d0e-2f7b6c1a9e44")
DAY = dt.date(2030, 7, 4)
NOON = dt.datetime(2030, 7, 4, 12, tzinfo=dt.UTC)
BASE = "https://eu.api.harbour.example/v1"
TOKEN = {"Authorization": "Bearer secret"}
READING = {"at": "2030-07-04T09:30:00Z", "windSpeed": 7.2, "windDirection": 270}
STORED_PAPER = {"id": str(PAPER), "kind": "insurance", "uploadedAt": "2030-07-04T09:30:00Z"}


def accept_any(credentials: Any, requirement: Any) -> str:
    return "skipper"


def test_every_style_of_parameter_in_one_request(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    script = Script(200, [], {"X-Total-Count": "0"})
    with script.client(harbour) as client:
        client.marinas.list_marinas(
            filter=schemas.MarinaFilter(country="NL", min_depth=2.5),
            near=(4.9, 52.37),
            amenities=[schemas.Amenity.FUEL, schemas.Amenity.PUMP_OUT],
            fields=["layout", "prices"],
            per_page=50,
            harbour_locale="nl-NL",
        )
    url = script.last.url
    assert str(url).partition("?")[0] == f"{BASE}/marinas"
    assert url.query.decode() == (
        "filter%5Bcountry%5D=NL&filter%5BminDepth%5D=2.5&near=%5B4.9%2C52.37%5D"
        "&amenities=fuel%7Cpump-out&fields=layout%20prices&perPage=50"
    )
    assert script.last.headers["cookie"] == "harbour_locale=nl-NL"
    assert "authorization" not in script.last.headers


def test_the_handler_gets_what_the_client_was_given(harbour: Package) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")
    seen: list[dict[str, Any]] = []

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        def list_marinas(self, **given: Any) -> Any:
            seen.append(given)
            return server.Reply([], headers={"X-Total-Count": 0, "Link": '</v1/marinas?page=2>; rel="next"'})

    given = {
        "filter": schemas.MarinaFilter(country="NL", min_depth=2.5),
        "near": (4.9, 52.37),
        "amenities": [schemas.Amenity.FUEL, schemas.Amenity.PUMP_OUT],
        "fields": [schemas.ListMarinasFieldsItem.LAYOUT],
        "page": 2,
        "per_page": 50,
        "harbour_locale": "nl-NL",
    }

    async def use(client: Any) -> Any:
        await client.marinas.list_marinas()
        return await client.with_raw_response(client.marinas.list_marinas)(**given)

    answer = call(harbour, server.create_app(Handlers()), use)
    nothing, everything = seen
    assert everything == given
    assert (nothing["filter"], nothing["near"], nothing["amenities"]) == (None, None, None)
    assert (nothing["page"], nothing["per_page"], nothing["harbour_locale"]) == (1, 20, "en")
    assert answer.value.items == []
    assert answer.documented_headers == {"X-Total-Count": 0, "Link": '</v1/marinas?page=2>; rel="next"'}


def test_lists_in_paths_and_headers(harbour: Package) -> None:
    script = Script(200, {})
    with script.client(harbour) as client:
        client.marinas.compare_berths(MARINA, ["A-12", "B/3"], x_features=["size", "price"])
    assert script.last.url.raw_path == f"/v1/marinas/{MARINA}/berths/A-12,B%2F3/comparison".encode()
    assert script.last.headers["x-features"] == "size,price"


def test_dates_and_durations_in_a_query(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    script = Script(200, {"items": [], "nextCursor": None})
    with script.client(harbour) as client:
        page = client.marinas.list_berths(
            MARINA, kind=list(schemas.BerthKind)[:2], free_from=DAY, free_for=dt.timedelta(days=3, hours=2)
        )
    assert script.last.url.query == b"kind=box&kind=alongside&freeFrom=2030-07-04&freeFor=P3DT2H"
    assert page.next_cursor is None


def test_a_file_is_uploaded_with_its_details(harbour: Package, tmp_path: Path) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")
    scan = tmp_path / "insurance.pdf"
    scan.write_bytes(b"%PDF-1.7 \x00\xff\r\n--x")
    seen: list[Any] = []

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        async def upload_paper(self, *, boat_id: UUID, body: Any) -> Any:
            seen.append((boat_id, body))
            return schemas.Paper.model_validate_json(json.dumps(STORED_PAPER))

    app = server.create_app(Handlers(), authenticate=accept_any)
    details = schemas.PaperDetails(kind="insurance", valid_until=dt.date(2031, 3, 31))
    model = schemas.PaperUpload(details=details, file=scan.read_bytes(), labels=["a", "b; c"])

    async def use(client: Any) -> Any:
        with scan.open("rb") as opened:
            for body in (
                model,
                {"details": {"kind": "insurance", "validUntil": "2031-03-31"}, "file": scan, "labels": ["a", "b; c"]},
                {"details": details, "file": opened, "labels": ["a", "b; c"]},
                {"details": details, "file": ("x.png", scan.read_bytes(), "image/png"), "labels": ["a", "b; c"]},
            ):
                paper = await client.boats.upload_paper(BOAT, body=body)
        return paper

    paper = call(harbour, app, use, token="secret")
    assert paper.id == PAPER
    assert len(seen) == 4
    for boat, body in seen:
        assert boat == BOAT
        assert body == model


def test_parts_of_a_multipart_body_on_the_wire(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    script = Script(201, STORED_PAPER)
    with script.client(harbour, token="secret") as client:
        body = {"details": schemas.PaperDetails(kind="licence"), "file": ("a.pdf", b"%PDF"), "labels": ["x", "y"]}
        client.boats.upload_paper(BOAT, body=body)
    media_type, _, boundary = script.last.headers["content-type"].partition("; boundary=")
    assert media_type == "multipart/form-data"
    parts = script.last.content.split(f"--{boundary}".encode())
    assert parts[0] == b""
    assert parts[-1].strip() == b"--"
    heads = [part.strip(b"\r\n").partition(b"\r\n\r\n") for part in parts[1:-1]]
    assert [(b'name="' + name + b'"') in head for name, (head, _, _) in zip(NAMES, heads, strict=True)] == [True] * 4
    assert heads[0][0].lower().endswith(b"content-type: application/json")
    assert heads[0][2] == b'{"kind":"licence"}'
    assert b'filename="a.pdf"' in heads[1][0]
    assert heads[1][0].lower().endswith(b"content-type: application/pdf")
    assert [content for _, _, content in heads[1:]] == [b"%PDF", b"x", b"y"]


NAMES = (b"details", b"file", b"labels", b"labels")


def test_events_arrive_one_by_one_as_their_types(harbour: Package) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        async def stream_events(self, *, marina_id: UUID, last_event_id: str | None) -> AsyncIterator[Any]:
            yield schemas.BerthFreed(type="berth.freed", at=NOON, number=f"after {last_event_id}")
            yield server.Event(
                schemas.WeatherWarning(type="weather.warning", at=NOON, force=8, text="a\nb"), event="w", id="7"
            )

    async def use(client: Any) -> Any:
        async with await client.live.stream_events(MARINA, last_event_id="6") as events:
            return [event async for event in events], events.last_event_id

    app = server.create_app(Handlers(), authenticate=accept_any)
    (first, second), last = call(harbour, app, use, token="secret")
    assert first == schemas.BerthFreed(type="berth.freed", at=NOON, number="after 6")
    assert isinstance(second, schemas.WeatherWarning)
    assert second.text == "a\nb"
    assert last == "7"


def test_lines_of_json_in_both_directions(harbour: Package) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")
    readings = [schemas.Reading(at=NOON, wind_speed=speed, wind_direction=270) for speed in (1.5, 2.5)]
    seen: list[Any] = []

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        def record_readings(self, *, marina_id: UUID, body: list[Any]) -> Any:
            seen.extend(body)
            return schemas.Receipt(accepted=len(body))

        def export_readings(self, *, marina_id: UUID, day: dt.date) -> Any:
            return iter(readings)

    async def use(client: Any) -> Any:
        receipt = await client.live.record_readings(MARINA, body=iter(readings))
        async with await client.live.export_readings(MARINA, day=DAY) as stream:
            return receipt, [reading async for reading in stream]

    app = server.create_app(Handlers(), authenticate=accept_any)
    receipt, exported = call(harbour, app, use, oauth="secret", token="secret")
    assert receipt.accepted == 2
    assert seen == readings
    assert exported == readings


def test_a_wrong_line_is_refused_and_named(harbour: Package) -> None:
    lines = json.dumps(READING) + "\n" + json.dumps({**READING, "windDirection": 360}) + "\n"
    headers = {**TOKEN, "Content-Type": "application/jsonl"}
    app = harbour.load("server").create_app()
    answer = ask(app, "POST", f"/marinas/{MARINA}/readings", content=lines, headers=headers)
    assert answer.status_code == 422
    problem = harbour.load("schemas").InvalidRequest.model_validate_json(answer.content)
    assert [error.pointer for error in problem.errors] == ["/1/windDirection"]


@pytest.mark.parametrize(
    ("accept", "content_type", "kind"),
    [
        ("application/json", "application/json", "Invoice"),
        ("application/pdf", "application/pdf", "bytes"),
        ("text/plain", "text/plain; charset=utf-8", "str"),
    ],
)
def test_the_caller_chooses_among_media_types(harbour: Package, accept: str, content_type: str, kind: str) -> None:
    app = harbour.load("server").create_app()

    async def use(client: Any) -> Any:
        return await client.with_raw_response(client.bookings.get_invoice)(20300042, accept=accept)

    answer = call(harbour, app, use, token="secret")
    assert answer.headers["content-type"] == content_type
    assert type(answer.value).__name__ == kind


def test_a_handler_answers_in_the_media_type_that_suits(harbour: Package) -> None:
    server = harbour.load("server")

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        def get_invoice(self, *, number: int) -> Any:
            return b"%PDF" if number == 1 else f"Invoice {number}"

    async def use(client: Any) -> Any:
        return [await client.bookings.get_invoice(number) for number in (1, 2)]

    app = server.create_app(Handlers(), authenticate=accept_any)
    assert call(harbour, app, use, token="secret") == [b"%PDF", "Invoice 2"]


def test_a_success_with_and_without_a_body(harbour: Package) -> None:
    server, schemas = harbour.load("server"), harbour.load("schemas")
    fee = schemas.Cancellation(fee=schemas.Money(amount="19.25", currency="EUR"))

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        def cancel_booking(self, *, reference: str) -> Any:
            return fee if reference == "HB-2030-0042" else None

    async def use(client: Any) -> Any:
        view = client.with_raw_response(client.bookings.cancel_booking)
        return [await view(reference) for reference in ("HB-2030-0042", "HB-2030-0043")]

    app = server.create_app(Handlers(), authenticate=accept_any)
    with_fee, without = call(harbour, app, use, token="secret")
    assert (with_fee.status, with_fee.value) == (200, fee)
    assert (without.status, without.value, without.content) == (204, None, b"")


def test_a_form_holds_what_json_would(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    body = schemas.BookingRequest(
        marina_id=MARINA, boat_id=BOAT, arrival=DAY, stay=dt.timedelta(days=2), crew=schemas.Crew(adults=2, children=1)
    )
    booking = {
        "reference": "HB-2030-0042",
        "status": "requested",
        "marinaId": str(MARINA),
        "boatId": str(BOAT),
        "arrival": "2030-07-04",
        "stay": "P2D",
        "crew": {"adults": 2},
        "berth": None,
        "createdAt": "2030-07-04T09:30:00Z",
    }
    script = Script(201, booking, {"Location": "/v1/bookings/HB-2030-0042"})
    with script.client(harbour, token="secret") as client:
        create = client.with_raw_response(client.bookings.create_booking)
        answer = create(body=body, idempotency_key_=PAPER, media_type="application/x-www-form-urlencoded")
    assert script.last.headers["content-type"] == "application/x-www-form-urlencoded"
    assert script.last.headers["idempotency-key"] == str(PAPER)
    assert script.last.content.decode() == (
        f"marinaId={MARINA}&boatId={BOAT}&arrival=2030-07-04&stay=P2D&crew%5Badults%5D=2&crew%5Bchildren%5D=1"
    )
    assert answer.documented_headers == {"Location": "/v1/bookings/HB-2030-0042"}
    assert answer.value.stay == dt.timedelta(days=2)


def test_cookies_and_a_second_key_together(harbour: Package) -> None:
    script = Script(204, b"")
    with script.client(harbour, session="a;b", csrf="token") as client:
        assert client.sessions.delete_session() is None
    assert script.last.headers["cookie"] == "harbour_session=a%3Bb"
    assert script.last.headers["x-csrf-token"] == "token"
    seen: list[Any] = []

    def authenticate(credentials: Any, requirement: Any) -> Any:
        seen.append({scheme: credential.value for scheme, credential in credentials.items()})
        return "skipper"

    server = harbour.load("server")

    class Handlers(server.Handlers):  # type: ignore[name-defined,misc]
        def delete_session(self) -> None:
            return None

    async def use(client: Any) -> Any:
        return await client.sessions.delete_session()

    app = server.create_app(Handlers(), authenticate=authenticate)
    assert call(harbour, app, use, session="a;b", csrf="token") is None
    assert seen == [{"session": "a;b", "csrf": "token"}]
    assert ask(app, "DELETE", "/session", headers={"X-CSRF-Token": "token"}).status_code == 401


def test_a_name_and_a_password(harbour: Package) -> None:
    script = Script(201, {"csrfToken": "9c1b7d", "expiresIn": "PT8H"}, {"Set-Cookie": "harbour_session=x"})
    with script.client(harbour, password=("ann", "s:é")) as client:
        session = client.sessions.create_session()
    assert script.last.headers["authorization"] == "Basic YW5uOnM6w6k="
    assert session.expires_in == dt.timedelta(hours=8)


def test_not_modified_is_no_success(harbour: Package) -> None:
    client = Script(304, b"").client(harbour)
    with pytest.raises(harbour.load("errors").NotModified) as caught:
        client.marinas.get_marina(MARINA, if_none_match='"33a64df5"')
    assert caught.value.body is None


def test_an_error_for_any_other_status(harbour: Package) -> None:
    problem = {"title": "Teapot", "status": 418}
    headers = {"Content-Type": "application/problem+json"}
    client = Script(418, json.dumps(problem).encode(), headers).client(harbour, token="secret")
    with pytest.raises(harbour.load("errors").UnexpectedStatus) as caught:
        client.boats.get_boat(BOAT)
    assert caught.value.status == 418
    assert caught.value.body == harbour.load("schemas").Problem(title="Teapot", status=418)


def test_members_of_unions_are_told_apart(harbour: Package) -> None:
    schemas = harbour.load("schemas")
    sail = schemas.Sailboat(kind="sailboat", name="Zeemeeuw", length=11.2, draught=1.8, mast_height=16.4)
    boat = {"kind": "motorboat", "name": "Otter", "length": 8.4, "draught": 0.9, "fuel": "diesel"}
    script = Script(201, boat, {"Location": "/v1/boats/1"})
    with script.client(harbour, token="secret") as client:
        registered = client.boats.register_boat(body=sail)
    assert isinstance(registered, schemas.Motorboat)
    assert script.sent == {
        "kind": "sailboat",
        "name": "Zeemeeuw",
        "length": 11.2,
        "draught": 1.8,
        "mastHeight": 16.4,
    }


def test_a_deprecated_operation_warns(harbour: Package) -> None:
    client = Script(404, b"").client(harbour, token="secret")
    with pytest.warns(DeprecationWarning, match="deprecated"), pytest.raises(harbour.load("errors").NotFound):
        client.bookings.cancel_booking_by_post("HB-2030-0042")
