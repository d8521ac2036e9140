"""Which attempts are repeated, when, and how often."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client import drive
from bothends.runtime.client.retry import RetryBudget, backoff, wait_demanded, wait_until

from .zoo import CAT, Script, Zoo, async_zoo, zoo


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between attempts, none of which takes any time."""
    found: list[float] = []
    monkeypatch.setattr(drive.time, "sleep", found.append)
    return found


def failing(status: int = 503, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, headers=headers)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_safe_requests_are_repeated(status: int, slept: list[float]) -> None:
    script = Script(failing(status), failing(status), (200, CAT))
    assert zoo(script).animals.get("x").name == "Tom"
    assert len(script.requests) == 3
    assert len(slept) == 2
    assert all(0 <= wait <= 1.0 for wait in slept)


@pytest.mark.parametrize("status", [400, 404, 409, 501, 505])
def test_other_failures_are_not(status: int, slept: list[float]) -> None:
    script = Script(failing(status))
    with pytest.raises(errors.StatusError):
        zoo(script).animals.get("x")
    assert len(script.requests) == 1


def test_the_number_of_retries_is_an_option(slept: list[float]) -> None:
    for count in (0, 1, 4):
        script = Script(failing())
        with pytest.raises(errors.StatusError):
            zoo(script).animals.get("x", max_retries=count)
        assert len(script.requests) == count + 1


def test_unsafe_requests_are_repeated_with_a_key_only(slept: list[float]) -> None:
    script = Script(failing())
    with pytest.raises(errors.StatusError):
        zoo(script).animals.add(body=CAT)
    assert len(script.requests) == 1
    script = Script(failing(), (201, CAT))
    zoo(script).animals.add(body=CAT, idempotency_key="k-1")
    assert [request.headers["Idempotency-Key"] for request in script.requests] == ["k-1", "k-1"]
    assert [request.content for request in script.requests] == [b'{"name":"Tom"}'] * 2
    script = Script(failing(), (201, CAT))
    zoo(script, retry_every_method=True).animals.add(body=CAT)
    assert len(script.requests) == 2


def test_failed_connections_are_told_from_failed_reads(slept: list[float]) -> None:
    script = Script(httpx2.ConnectError("no"), (201, CAT))
    zoo(script).animals.add(body=CAT)
    assert len(script.requests) == 2
    script = Script(httpx2.ReadError("broken"), (201, CAT))
    with pytest.raises(errors.ConnectionFailed) as caught:
        zoo(script).animals.add(body=CAT)
    assert isinstance(caught.value.__cause__, httpx2.ReadError)
    assert len(script.requests) == 1
    script = Script(httpx2.ReadError("broken"), (200, CAT))
    assert zoo(script).animals.get("x").name == "Tom"


def test_timeouts_have_a_class_of_their_own(slept: list[float]) -> None:
    for error in (httpx2.ReadTimeout("slow"), httpx2.ConnectTimeout("slow"), httpx2.PoolTimeout("busy")):
        with pytest.raises(errors.TimedOut) as caught:
            zoo(Script(error)).animals.get("x", max_retries=0)
        assert caught.value.__cause__ is error
        assert caught.value.operation == "getAnimal"


def test_a_body_that_can_be_read_once_is_sent_once(slept: list[float]) -> None:
    script = Script(failing())
    with pytest.raises(errors.StatusError):
        zoo(script).animals.raw(body=iter([b"a", b"b"]))
    assert len(script.requests) == 1
    script = Script(failing(), httpx2.Response(204))
    zoo(script).animals.raw(body=[b"a", b"b"])
    assert [request.content for request in script.requests] == [b"ab", b"ab"]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": formatdate(0, usegmt=True)}, None),
        ({"retry-after": "Fri, 31 Dec 99999 23:59:59 GMT"}, None),
        ({}, None),
    ],
)
def test_what_a_server_asks_to_wait(headers: dict[str, str], wait: float | None) -> None:
    assert wait_demanded(headers) == wait


def test_a_date_says_how_long_to_wait() -> None:
    found = wait_demanded({"retry-after": formatdate(time.time() + 30, usegmt=True)})
    assert found is not None
    assert 27 < found <= 30


@pytest.mark.parametrize("asked", ["61", "86400", "9" * 400])
def test_a_long_wait_is_an_error_at_once(asked: str, slept: list[float]) -> None:
    script = Script(failing(429, **{"retry-after": asked}))
    with pytest.raises(errors.StatusError):
        zoo(script).animals.get("x")
    assert len(script.requests) == 1
    assert slept == []


def test_a_wait_beyond_the_deadline_is_an_error_at_once(slept: list[float]) -> None:
    script = Script(failing(429, **{"retry-after": "5"}))
    with pytest.raises(errors.StatusError):
        zoo(script).animals.get("x", timeout=3)
    assert len(script.requests) == 1


def test_a_failing_server_is_not_stormed(slept: list[float]) -> None:
    script = Script(failing())
    client = zoo(script)
    for _ in range(1000):
        with pytest.raises(errors.StatusError):
            client.animals.get("x")
    assert len(script.requests) <= 1100


def test_the_budget_refills_with_successes() -> None:
    budget = RetryBudget(capacity=1, returned=0.5)
    assert budget.take()
    assert not budget.take()
    budget.succeed()
    assert not budget.take()
    budget.succeed()
    assert budget.take()


def test_waits_grow_up_to_a_limit_with_full_jitter() -> None:
    for attempt, longest in ((1, 0.5), (2, 1.0), (3, 2.0), (5, 8.0), (1000, 8.0)):
        waits = [backoff(attempt) for _ in range(200)]
        assert 0 <= min(waits) < longest * 0.2
        assert longest * 0.8 < max(waits) <= longest


def test_the_asynchronous_client_repeats_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        script = Script(failing(503, **{"retry-after": "0"}), httpx2.ReadError("x"), (200, CAT))
        assert (await async_zoo(script).animals.get("x")).name == "Tom"
        assert len(script.requests) == 3

    asyncio.run(main())


def test_credentials_that_change_are_asked_for_once_more_after_401(slept: list[float]) -> None:
    tokens = iter(["old", "new", "newer"])
    script = Script(failing(401), (200, CAT))
    zoo(script, access=lambda: next(tokens)).animals.get("x")
    assert [request.headers["Authorization"] for request in script.requests] == ["AccessKey old", "AccessKey new"]
    script = Script(failing(401))
    with pytest.raises(errors.StatusError):
        zoo(script, access=lambda: "same").animals.get("x")
    assert len(script.requests) == 1


def token_server(lifetime: int = 3600) -> Any:
    count = 0

    def handler(request: httpx2.Request) -> httpx2.Response:
        nonlocal count
        if request.url.host == "login.test":
            count += 1
            assert request.headers["Authorization"] == "Basic aWQ6c2VjcmV0JTIx"
            assert request.content == b"grant_type=client_credentials&scope=read"
            return httpx2.Response(200, json={"access_token": f"t{count}", "expires_in": lifetime})
        if request.headers["Authorization"] == "Bearer t1" and request.url.path == "/v1/me" and lifetime == 1:
            return httpx2.Response(401)
        return httpx2.Response(200, json={"name": request.headers["Authorization"]})

    return handler


def test_client_credentials_are_exchanged_once_and_renewed() -> None:
    from bothends.runtime.client.oauth import ClientCredentials

    client = zoo(token_server(), oauth=ClientCredentials("id", "secret!"))
    assert [client.animals.me().name for _ in range(3)] == ["Bearer t1"] * 3
    client = zoo(token_server(lifetime=1), oauth=ClientCredentials("id", "secret!"))
    assert client.animals.me().name == "Bearer t2"
    assert "secret" not in repr(ClientCredentials("id", "secret!"))


def test_concurrent_calls_share_one_token_request() -> None:
    from bothends.runtime.client.oauth import ClientCredentials

    async def main() -> None:
        client = async_zoo(token_server(), oauth=ClientCredentials("id", "secret!"))
        found = await asyncio.gather(*(client.animals.me() for _ in range(20)))
        assert {one.name for one in found} == {"Bearer t1"}

    asyncio.run(main())


def test_what_the_token_server_does_wrong_stays_in_the_tree() -> None:
    from bothends.runtime.client.oauth import ClientCredentials

    for answer, kind in (
        (httpx2.Response(400, json={"error": "invalid_client"}), errors.StatusError),
        (httpx2.Response(200, text="no json"), errors.DecodingError),
        (httpx2.ReadError("x"), errors.ConnectionFailed),
    ):
        with pytest.raises(kind):
            zoo(Script(answer), oauth=ClientCredentials("id", "secret!")).animals.me(max_retries=0)


def test_missing_credentials_are_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script((200, CAT))
    client = Zoo(http_client=httpx2.Client(transport=httpx2.MockTransport(script)))
    with pytest.raises(errors.ConfigurationError, match=r"key=.*ZOO_KEY.*access=.*ZOO_ACCESS"):
        client.animals.get("x")
    assert not script.requests
    client.animals.get("x", extra_headers={"Authorization": "AccessKey mine"})
    monkeypatch.setenv("ZOO_ACCESS", "from-env")
    client.animals.get("x")
    assert script.last.headers["Authorization"] == "AccessKey from-env"


def test_credential_functions_may_be_awaitable_in_the_asynchronous_client() -> None:
    async def secret() -> str:
        return "later"

    async def main() -> None:
        script = Script((200, CAT))
        await async_zoo(script, access=secret).animals.get("x")
        assert script.last.headers["Authorization"] == "AccessKey later"

    asyncio.run(main())
    with pytest.raises(errors.ConfigurationError, match="AsyncClient"):
        zoo(Script((200, CAT)), access=secret).animals.get("x")


def test_short_timeouts_mean_short_waits_not_fewer_attempts(slept: list[float]) -> None:
    for _ in range(20):
        script = Script(failing(), failing(), (200, CAT))
        assert zoo(script).animals.get("x", timeout=0.8).name == "Tom"
    assert max(slept) <= 0.4


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("1.5", 1.5, 1.5),
        ("6m0s", 360, 360),
        ("20ms", 0.02, 0.02),
        ("1h1m1.5s", 3661.5, 3661.5),
        (str(int(time.time()) + 4000), 3000, 4001),
        (str((int(time.time()) + 4000) * 1000), 3000, 4001),
        (formatdate(time.time() + 4000, usegmt=True), 3000, 4001),
        (datetime.fromtimestamp(time.time() + 4000, UTC).isoformat(), 3000, 4001),
        (str(int(time.time()) - 40), 0, 0),
    ],
    ids=("seconds", "fraction", "minutes", "milliseconds", "hours", "stamp", "stamp in ms", "date", "ISO date", "past"),
)
def test_resets_are_said_in_many_ways(text: str, low: float, high: float) -> None:
    found = wait_until(text)
    assert found is not None
    assert low <= found <= high


@pytest.mark.parametrize(
    "text", ["", "soon", "-3", "1d", "nan", "1e3", "2026-99-99T00:00:00Z", "9" * 5000 + "h", "\u0663"]
)
def test_resets_that_are_none(text: str) -> None:
    assert wait_until(text) is None


def test_rate_limit_headers_count_where_they_are_configured(slept: list[float]) -> None:
    limits = {"x-ratelimit-reset-requests": "2s", "x-ratelimit-reset-tokens": "3s"}
    zoo(Script(failing(429, **limits), (200, CAT)), rate_limit_headers=tuple(limits)).animals.get("x")
    assert slept == [3.0]
    zoo(
        Script(failing(429, **limits, **{"retry-after": "1"}), (200, CAT)), rate_limit_headers=tuple(limits)
    ).animals.get("x")
    assert slept == [3.0, 1.0]
    zoo(Script(failing(429, **limits), (200, CAT))).animals.get("x")
    assert slept[2] < 1
    script = Script(failing(429, **{"x-ratelimit-reset": "3600"}))
    with pytest.raises(errors.StatusError):
        zoo(script, rate_limit_headers=("x-ratelimit-reset",)).animals.get("x")
    assert len(script.requests) == 1


def test_bodies_say_when_to_come_back_where_that_is_configured(slept: list[float]) -> None:
    refusal = (429, {"error": {"retryAfter": 2.5, "title": "slow down"}})
    zoo(Script(refusal, (200, CAT)), retry_after_fields=("missing", "error.retryAfter")).animals.get("x")
    assert slept == [2.5]
    script = Script((429, {"error": {"retryAfter": 99999, "title": "slow down"}}))
    with pytest.raises(errors.StatusError) as caught:
        zoo(script, retry_after_fields=("error.retryAfter",)).animals.get("x")
    assert caught.value.body["error"]["title"] == "slow down", "the body was read once, and is still there"
    assert len(script.requests) == 1
    for content in (b"", b"[" * 9999, b'{"error":[]}', b"null", b'{"error":{"retryAfter":true}}'):
        script = Script(httpx2.Response(429, content=content), (200, CAT))
        zoo(script, retry_after_fields=("error.retryAfter",)).animals.get("x")
        assert slept[-1] <= 0.5


def test_files_are_sent_again_from_where_they_stood(slept: list[float], tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(b"skipped octets")
    for body, wanted in ((path, b"skipped octets"), (path.open("rb"), b"octets")):
        if not isinstance(body, Path):
            body.seek(8)
        script = Script(failing(), httpx2.Response(204))
        zoo(script).animals.raw(body=body)
        assert [request.content for request in script.requests] == [wanted] * 2
        if not isinstance(body, Path):
            body.close()


def test_the_key_of_a_request_stays_over_all_attempts(slept: list[float]) -> None:
    script = Script(failing(), httpx2.ReadError("x"), (201, CAT))
    zoo(script, retry_every_method=False).animals.add(body=CAT, extra_headers={"Idempotency-Key": "mine"})
    assert [request.headers["idempotency-key"] for request in script.requests] == ["mine"] * 3


def test_storms_are_held_off_by_the_asynchronous_client_too() -> None:
    async def main() -> None:
        script = Script(failing(503, **{"retry-after": "0"}))
        client = async_zoo(script)

        async def fail() -> None:
            for _ in range(100):
                with pytest.raises(errors.StatusError):
                    await client.animals.get("x")

        await asyncio.gather(*(fail() for _ in range(10)))
        assert 1000 < len(script.requests) <= 1100

    asyncio.run(main())
