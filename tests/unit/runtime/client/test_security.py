"""Which credentials a call takes, and where they go."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client.base import BaseClient
from bothends.runtime.client.resource import Resource
from bothends.runtime.client.security import (
    ApiKey,
    HttpBasic,
    HttpBearer,
    HttpScheme,
    MutualTls,
    Scheme,
)
from bothends.runtime.client.servers import Server
from bothends.runtime.operation import (
    CookieParameter,
    Json,
    Operation,
    Parameter,
    QueryParameter,
    Requirement,
    Returns,
)

from .zoo import CAT, Animal, Script

SCHEMES: dict[str, Scheme] = {
    "header": ApiKey(name="X-Key", place="header", argument="header", environment="VAULT_HEADER"),
    "query": ApiKey(name="key[]", place="query", argument="query", environment="VAULT_QUERY"),
    "cookie": ApiKey(name="session", place="cookie", argument="cookie", environment="VAULT_COOKIE"),
    "basic": HttpBasic(argument="basic", environment="VAULT_BASIC"),
    "bearer": HttpBearer(argument="bearer", environment="VAULT_BEARER"),
    "other": HttpScheme(scheme="AccessKey", argument="other", environment="VAULT_OTHER"),
    "tls": MutualTls(),
}


def one(*names: str) -> Requirement:
    return dict.fromkeys(names, ())


def request(
    security: tuple[Requirement, ...],
    extra: dict[str, str] | None = None,
    parameters: tuple[Parameter, ...] = (),
    **credentials: Any,
) -> httpx2.Request:
    """Make a call that demands these alternatives, and return what was sent."""
    script = Script((200, CAT))
    operation: Operation[Animal] = Operation(
        key="open",
        method="GET",
        path="/open",
        parameters=parameters,
        returns=(Returns(status=200, media=(Json(Animal),)),),
        security=security,
    )
    http = httpx2.Client(transport=httpx2.MockTransport(script))
    client = BaseClient(
        servers=(Server(url="https://vault.test"),),
        schemes=SCHEMES,
        credentials=credentials,
        environment="VAULT",
        options={"http_client": http},
    )
    arguments = {parameter.name: "given" for parameter in parameters}
    Resource(client)._call(operation, arguments, {"extra_headers": extra or {}})
    return script.last


def test_keys_go_where_the_document_says() -> None:
    assert request((one("header"),), header="k").headers["x-key"] == "k"
    assert request((one("query"),), query="a&b=c").url.raw_path == b"/open?key%5B%5D=a%26b%3Dc"
    assert request((one("cookie"),), cookie="a;b").headers["cookie"] == "session=a%3Bb"


def test_a_key_that_is_an_argument_as_well_is_sent_once() -> None:
    query = (QueryParameter(name="key", wire="key[]", type=str),)
    assert request((one("query"),), parameters=query, query="k").url.raw_path == b"/open?key%5B%5D=given"
    cookie = (CookieParameter(name="session", wire="session", type=str),)
    assert request((one("cookie"),), parameters=cookie, cookie="k").headers["cookie"] == "session=given"


def test_every_scheme_of_http_has_its_form() -> None:
    assert request((one("bearer"),), bearer="t").headers["authorization"] == "Bearer t"
    assert request((one("other"),), other="t").headers["authorization"] == "AccessKey t"
    header = request((one("basic"),), basic=("Jos\u00e9", "p:w")).headers["authorization"]
    assert base64.b64decode(header.removeprefix("Basic ")).decode() == "Jos\u00e9:p:w"
    with pytest.raises(errors.ConfigurationError, match="colon"):
        request((one("basic"),), basic=("a:b", "c"))


def test_a_client_certificate_is_nothing_to_send() -> None:
    assert "authorization" not in request((one("tls"),)).headers


def test_the_first_alternative_that_is_complete_is_taken() -> None:
    either = (one("header", "cookie"), one("bearer"))
    sent = request(either, header="k", cookie="c", bearer="t")
    assert (sent.headers["x-key"], sent.headers["cookie"]) == ("k", "session=c")
    assert "authorization" not in sent.headers
    sent = request(either, header="k", bearer="t")
    assert "x-key" not in sent.headers
    assert sent.headers["authorization"] == "Bearer t"


def test_anonymous_access_is_taken_where_nothing_else_is_complete() -> None:
    optional = (one(), one("bearer"))
    assert "authorization" not in request(optional).headers
    assert request(optional, bearer="t").headers["authorization"] == "Bearer t"
    assert "authorization" not in request((), bearer="t").headers


def test_the_environment_holds_credentials_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_BEARER", "from outside")
    monkeypatch.setenv("VAULT_BASIC_USERNAME", "u")
    monkeypatch.setenv("VAULT_BASIC_PASSWORD", "p")
    assert request((one("bearer"),)).headers["authorization"] == "Bearer from outside"
    assert request((one("bearer"),), bearer="given").headers["authorization"] == "Bearer given"
    assert request((one("basic"),)).headers["authorization"] == "Basic " + base64.b64encode(b"u:p").decode()


def test_a_header_of_the_caller_stands_for_a_credential() -> None:
    assert request((one("bearer"),), {"Authorization": "Bearer mine"}).headers["authorization"] == "Bearer mine"
    assert request((one("header"),), {"X-Key": "mine"}).headers["x-key"] == "mine"


@pytest.mark.parametrize("value", ["", "a\r\nX: y", "a\0b", 3, ("a", "b")])
def test_credentials_that_are_none_are_refused(value: Any) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        request((one("header"),), header=value)
    assert "a\r\nX" not in str(caught.value)


def test_what_is_missing_is_said_with_every_way_to_give_it() -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        request((one("header", "cookie"), one("bearer")), header="s3cret")
    text = str(caught.value)
    assert "header=... (or VAULT_HEADER) and cookie=... (or VAULT_COOKIE), or bearer=... (or VAULT_BEARER)" in text
    assert "s3cret" not in text
