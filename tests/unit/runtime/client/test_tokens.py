"""OAuth 2.0 and OpenID Connect, against a server by the letter of the RFCs."""

from __future__ import annotations

import asyncio
import threading
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client.oauth import (
    AuthorizationCode,
    ClientCredentials,
    DeviceCode,
    DevicePrompt,
    RefreshToken,
    Tokens,
)
from bothends.runtime.client.security import OpenIdConnect

from .authority import CALLBACK, CLIENT, ISSUER, SECRET, Authority
from .zoo import SCHEMES, async_zoo, zoo

TOKEN = f"{ISSUER}/token"


class Store:
    """Keeps tokens as a file would."""

    def __init__(self, held: Tokens | None = None) -> None:
        self.held = held
        self.saved = 0

    def load(self) -> Tokens | None:
        return self.held

    def save(self, tokens: Tokens) -> None:
        self.held = tokens
        self.saved += 1


class AsyncStore(Store):
    async def load(self) -> Tokens | None:  # type: ignore[override]
        return self.held

    async def save(self, tokens: Tokens) -> None:  # type: ignore[override]
        await asyncio.sleep(0)
        super().save(tokens)


def consent(**options: Any) -> AuthorizationCode:
    options.setdefault("client_secret", SECRET)
    return AuthorizationCode(CLIENT, redirect_uri=CALLBACK, authorization_url=f"{ISSUER}/authorize", **options)


@pytest.mark.parametrize("in_body", [False, True])
def test_client_credentials_in_header_and_body(in_body: bool) -> None:
    authority = Authority()
    client = zoo(authority, oauth=ClientCredentials(CLIENT, SECRET, in_body=in_body))
    for _ in range(3):
        assert client.animals.me().name == "Tom"
    assert authority.asked == {"client_credentials": 1}


def test_a_person_consents_and_tokens_are_refreshed() -> None:
    authority, store = Authority(), Store()
    source = consent(store=store, scopes=["read", "write"])
    request = source.begin(prompt="consent")
    assert "scope=read+write" in request.url
    assert "prompt=consent" in request.url
    source.finish(request, authority.consent(request.url))
    client = zoo(authority, oauth=source)
    assert client.animals.me().name == "Tom"
    assert authority.asked == {"authorization_code": 1}
    authority.access.clear()  # the server takes them back
    assert client.animals.me().name == "Tom"
    assert authority.asked == {"authorization_code": 1, "refresh_token": 1}
    assert store.held == source.tokens
    assert store.saved == 2
    # Another process begins with what was kept.
    later = zoo(authority, oauth=consent(store=store))
    assert later.animals.me().name == "Tom"
    assert authority.asked.total() == 2


def test_a_public_client_proves_itself_by_its_verifier() -> None:
    authority = Authority(public=True)
    source = consent(client_secret=None)
    request = source.begin()
    verifier = request.verifier
    assert 43 <= len(verifier) <= 128
    assert verifier not in request.url
    source.finish(request, authority.consent(request.url))
    assert zoo(authority, oauth=source).animals.me().name == "Tom"
    again = source.begin()
    assert (again.state, again.verifier) != (request.state, request.verifier)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda url: url.replace("state=", "state=x"), "state"),
        (lambda url: url.partition("&state")[0], "state"),
        (lambda url: url.replace("code=", "error=access_denied&x="), "access_denied"),
        (lambda url: url.replace("code=", "x="), "no code"),
        (lambda url: url + "&code=other", "no code"),
    ],
)
def test_answers_that_are_none_are_refused(change: Any, words: str) -> None:
    authority, source = Authority(), consent()
    request = source.begin()
    with pytest.raises(errors.ConfigurationError, match=words):
        source.finish(request, change(authority.consent(request.url)))


def test_without_consent_there_is_no_call() -> None:
    with pytest.raises(errors.ConfigurationError, match="begin"):
        zoo(Authority(), oauth=consent()).animals.me()


def test_a_code_is_used_once_and_a_dead_refresh_token_ends_in_our_tree() -> None:
    authority, source = Authority(), consent()
    request = source.begin()
    source.finish(request, authority.consent(request.url))
    client = zoo(authority, oauth=source)
    client.animals.me()
    authority.access.clear()
    authority.refresh.clear()
    with pytest.raises(errors.StatusError, match="invalid_grant") as caught:
        client.animals.me()
    assert "refresh-1" not in f"{caught.value!r}{caught.value.args}"
    assert authority.asked["authorization_code"] == 1


def test_refresh_tokens_that_change_are_kept() -> None:
    authority, store = Authority(public=True), Store()
    authority.refresh.add("given")
    client = zoo(authority, oauth=RefreshToken(CLIENT, "given", store=store))
    client.animals.me()
    assert store.held is not None
    assert store.held.refresh_token == "refresh-1"
    authority.access.clear()
    client.animals.me()
    assert store.held.refresh_token == "refresh-2"
    with pytest.raises(errors.ConfigurationError, match="no refresh token"):
        zoo(authority, oauth=RefreshToken(CLIENT)).animals.me()


def test_refresh_tokens_that_stay_are_used_again() -> None:
    authority = Authority(public=True, rotates=False, lifetime="1")
    authority.refresh.add("given")
    client = zoo(authority, oauth=RefreshToken(CLIENT, "given"))
    client.animals.me()
    authority.access.clear()
    client.animals.me()
    assert authority.asked == {"refresh_token": 2}


def test_a_device_waits_for_a_person() -> None:
    authority, shown = Authority(public=True), list[DevicePrompt]()
    source = DeviceCode(CLIENT, shown.append, device_url=f"{ISSUER}/device", scopes=["read"])
    assert zoo(authority, oauth=source, timeout=5).animals.me().name == "Tom"
    assert [(one.user_code, one.verification_uri) for one in shown] == [("ABCD-EFGH", f"{ISSUER}/device")]
    assert authority.asked["urn:ietf:params:oauth:grant-type:device_code"] == 2  # pending, then there


def test_a_person_who_says_no() -> None:
    authority = Authority(public=True)

    def deny(_: DevicePrompt) -> None:
        authority.devices["device-0"] = "access_denied"

    with pytest.raises(errors.StatusError, match="access_denied"):
        zoo(authority, oauth=DeviceCode(CLIENT, deny, device_url=f"{ISSUER}/device")).animals.me()


def test_endpoints_are_discovered(monkeypatch: pytest.MonkeyPatch) -> None:
    discovered = OpenIdConnect(
        url=f"{ISSUER}/.well-known/openid-configuration", argument="oauth", environment="ZOO_OAUTH"
    )
    monkeypatch.setitem(SCHEMES, "oauth", discovered)
    authority = Authority()
    client = zoo(authority, oauth=ClientCredentials(CLIENT, SECRET))
    client.animals.me()
    client.animals.me()
    assert authority.asked == {"discovery": 1, "client_credentials": 1}
    other = Authority(issuer="https://evil.test")
    with pytest.raises(errors.DecodingError, match="another issuer"):
        zoo(other, oauth=ClientCredentials(CLIENT, SECRET)).animals.me()
    assert other.asked == {"discovery": 1}


def test_threads_fetch_a_token_once() -> None:
    authority = Authority()
    client = zoo(authority, oauth=ClientCredentials(CLIENT, SECRET))
    gate, names = threading.Barrier(16), list[str]()

    def work() -> None:
        gate.wait()
        names.append(client.animals.me().name)

    for expected in (1, 2):
        threads = [threading.Thread(target=work) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert authority.asked == {"client_credentials": expected}
        authority.access.clear()  # and then all of them find the token refused
    assert names == ["Tom"] * 32


def test_tasks_fetch_a_token_once_and_loops_share_a_source() -> None:
    authority, store = Authority(), AsyncStore()
    source = consent(store=store)
    request = source.begin()
    source.finish(request, authority.consent(request.url))

    async def slow(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0.001)
        return authority(request)

    async def main() -> None:
        async with async_zoo(slow, oauth=source) as client:  # type: ignore[arg-type]
            await asyncio.gather(*(client.animals.me() for _ in range(20)))
            authority.access.clear()
            await asyncio.gather(*(client.animals.me() for _ in range(20)))

    asyncio.run(main())
    assert authority.asked == {"authorization_code": 1, "refresh_token": 1}
    authority.access.clear()
    asyncio.run(main())
    assert authority.asked["authorization_code"] == 1


def test_a_cancelled_fetch_frees_the_token() -> None:
    authority = Authority()
    source = ClientCredentials(CLIENT, SECRET)

    async def never(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(60)
        raise AssertionError(request)

    async def main() -> None:
        async with async_zoo(never, oauth=source) as client:  # type: ignore[arg-type]
            with pytest.raises(errors.TimedOut):
                await client.animals.me(timeout=0.05)
        async with async_zoo(authority, oauth=source) as client:
            assert (await client.animals.me(timeout=5)).name == "Tom"

    asyncio.run(main())


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json={}),
        httpx2.Response(200, json={"access_token": 1}),
        httpx2.Response(200, json=[]),
        httpx2.Response(200, content=b"[" * 100_000),
        httpx2.Response(500, text="no"),
        httpx2.Response(302, headers={"location": "https://evil.test"}),
        httpx2.ConnectError("no"),
        httpx2.ReadTimeout("no"),
        httpx2.Response(400, json={"error": "invalid_client", "error_description": f"bad {SECRET}"}),
    ],
)
def test_token_endpoints_that_fail_end_in_our_tree(answer: Any) -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        assert request.url.host == "login.test"
        if isinstance(answer, Exception):
            raise answer
        return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)

    with pytest.raises(errors.ApiError) as caught:
        zoo(handler, oauth=ClientCredentials(CLIENT, SECRET)).animals.me()
    assert "s3cret" not in f"{caught.value}{caught.value!r}"


def test_nothing_shows_a_secret() -> None:
    source = consent(store=Store())
    request = source.begin()
    for shown in (repr(source), repr(request), repr(Tokens("s3cret", 1.0, "s3cret"))):
        assert "s3cret" not in shown
        assert request.state not in shown
        assert request.verifier not in shown
    assert parse_qs(urlsplit(request.url).query)["state"] == [request.state]
