from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest
from starlette.requests import Request

from bothends.runtime.server.failure import FailureError
from bothends.runtime.server.security import (
    ApiKey,
    BearerToken,
    Credentials,
    Guard,
    HttpScheme,
    MutualTls,
    Scheme,
    Secrets,
    any_well_formed,
)

SCHEMES: dict[str, Scheme] = {
    "header": ApiKey("X-Key", "header"),
    "query": ApiKey("key", "query"),
    "cookie": ApiKey("session", "cookie"),
    "basic": HttpScheme("basic"),
    "bearer": HttpScheme("bearer"),
    "own": HttpScheme("AccessKey"),
    "oauth": BearerToken(),
    "tls": MutualTls(),
}


def request(query: str = "", **headers: str) -> Request:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": raw})


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("scheme", "given", "value"),
    [
        ("header", request(x_key="s"), "s"),
        ("header", request(x_key=""), None),
        ("query", request("key=a%20b"), "a b"),
        ("cookie", request(cookie="other=1; session=a%2Fb"), "a/b"),
        ("basic", request(authorization=basic("u:p:q")), base64.b64encode(b"u:p:q").decode()),
        ("basic", request(authorization="Basic nonsense!"), None),
        ("basic", request(authorization=basic("nocolon")), None),
        ("bearer", request(authorization="bEARER abc"), "abc"),
        ("bearer", request(authorization="Bearer"), None),
        ("bearer", request(authorization=basic("u:p")), None),
        ("own", request(authorization="AccessKey abc"), "abc"),
        ("own", request(authorization="Bearer abc"), None),
        ("oauth", request(authorization="Bearer abc"), "abc"),
    ],
)
def test_credentials_are_read(scheme: str, given: Request, value: str | None) -> None:
    found = SCHEMES[scheme].read(scheme, given)
    assert (found.value if found else None) == value
    assert value is None or value not in repr(found)


def test_basic_credentials_are_taken_apart() -> None:
    found = SCHEMES["basic"].read("basic", request(authorization=basic("u:p:q")))
    assert found is not None
    assert (found.username, found.password) == ("u", "p:q")


def admit(alternatives: Any, given: Request, authenticate: Any = any_well_formed) -> Any:
    return asyncio.run(Guard(SCHEMES, tuple(alternatives), authenticate).admit(given))


def test_every_scheme_of_an_alternative_is_needed() -> None:
    both = [{"header": (), "query": ()}]
    assert set(admit(both, request("key=1", x_key="2"))) == {"header", "query"}
    with pytest.raises(FailureError) as caught:
        admit(both, request("key=1"))
    assert caught.value.status == 401


def test_any_alternative_will_do() -> None:
    either = [{"header": ()}, {"bearer": ()}]
    assert set(admit(either, request(authorization="Bearer x"))) == {"bearer"}


def test_the_next_alternative_is_asked_when_one_is_refused() -> None:
    seen: list[tuple[str, ...]] = []

    def authenticate(credentials: Credentials, requirement: Any) -> str | None:
        seen.append(tuple(requirement))
        return "me" if "query" in credentials else None

    assert admit([{"header": ("a",)}, {"query": ()}], request("key=1", x_key="2"), authenticate) == "me"
    assert seen == [("header",), ("query",)]


def test_anonymous_access_is_the_last_resort() -> None:
    optional: list[dict[str, Any]] = [{}, {"header": ()}]
    assert admit(optional, request()) is None
    assert set(admit(optional, request(x_key="1"))) == {"header"}


def test_without_an_authenticator_everything_is_refused() -> None:
    with pytest.raises(FailureError) as caught:
        admit([{"header": ()}], request(x_key="1"), None)
    assert caught.value.status == 401


def test_a_challenge_names_every_scheme() -> None:
    with pytest.raises(FailureError) as caught:
        admit([{"basic": ()}, {"own": ()}, {"oauth": ()}], request())
    assert caught.value.headers["WWW-Authenticate"] == 'Basic realm="api", charset="UTF-8", Bearer, AccessKey'


def test_unknown_schemes_are_never_satisfied() -> None:
    with pytest.raises(FailureError):
        admit([{"missing": ()}], request(x_key="1"))


def test_secrets() -> None:
    secrets = Secrets("one", "two")
    assert admit([{"header": ()}], request(x_key="two"), secrets) == ("header",)
    assert admit([{"basic": ()}], request(authorization=basic("u:one")), secrets) == ("basic",)
    with pytest.raises(FailureError):
        admit([{"header": ()}], request(x_key="three"), secrets)
