"""Digest authentication: the examples of the RFCs, and a server that checks it."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import httpx2
import pytest

from bothends.runtime import errors
from bothends.runtime.client import digest
from bothends.runtime.client.digest import Digest
from bothends.runtime.client.security import HttpDigest

from .zoo import CAT, SCHEMES, Script, zoo

RFC_7616 = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={name}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("name", "response"),
    [
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
    ],
)
def test_the_example_of_rfc_7616(name: str, response: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest.secrets, "token_hex", lambda _: NONCE)
    made = Digest("Mufasa", "Circle of Life")
    assert made.answer("GET", "http://www.example.org/dir/index.html") is None
    assert made.challenge({"www-authenticate": RFC_7616.format(name=name)})
    header = made.answer("GET", "http://www.example.org/dir/index.html")
    assert header is not None
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
    assert fields["response"] == response
    assert (fields["uri"], fields["qop"], fields["nc"], fields["algorithm"]) == (
        "/dir/index.html", "auth", "00000001", name,
    )  # fmt: skip
    assert fields["opaque"] == "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"


def test_the_example_of_rfc_2069_has_no_qop() -> None:
    made = Digest("Mufasa", "CircleOfLife")
    header = 'Basic realm="x", Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    assert made.challenge({"www-authenticate": header})
    first = hashlib.md5(b"Mufasa:testrealm@host.com:CircleOfLife").hexdigest()
    second = hashlib.md5(b"GET:/dir/index.html").hexdigest()
    wanted = hashlib.md5(f"{first}:dcd98b7102dd2f0e8b11d0f600bfb0c093:{second}".encode()).hexdigest()
    found = made.answer("GET", "http://www.nowhere.org/dir/index.html")
    assert found is not None
    assert f'response="{wanted}"' in found
    assert "qop" not in found


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Digest",
        "Digest x",
        'Digest realm="x"',
        'Digest realm="x", nonce="y", algorithm=SHA-1024',
        'Digest realm="x", nonce="y", qop="auth-int"',
        'Digest realm="x',
        'Digest ===,,,"\\',
        'Bearer realm="digest"',
    ],
)
def test_challenges_that_cannot_be_answered(header: str) -> None:
    assert not Digest("a", "b").challenge({"www-authenticate": header})


def test_the_strongest_algorithm_is_taken() -> None:
    made = Digest("a", "b")
    assert made.challenge(
        {"www-authenticate": 'Digest realm="r", nonce="1", Digest realm="r", nonce="2", algorithm=SHA-256-sess'}
    )
    found = made.answer("GET", "/")
    assert found is not None
    assert "algorithm=SHA-256-sess" in found


def guarded(monkeypatch: pytest.MonkeyPatch, **options: Any) -> Any:
    scheme = HttpDigest(argument="oauth", environment="ZOO_OAUTH")
    monkeypatch.setitem(SCHEMES, "oauth", scheme)
    return options


def test_a_challenge_is_answered_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded(monkeypatch)
    seen: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        header = request.headers.get("authorization", "")
        seen.append(header)
        if 'username="tom \\"x\\""' not in header:
            return httpx2.Response(401, headers={"www-authenticate": 'Digest realm="r", nonce="n", qop="auth"'})
        return httpx2.Response(200, json=CAT)

    client = zoo(handler, oauth=('tom "x"', "s3cret"))
    assert client.animals.me().name == "Tom"
    assert client.animals.me().name == "Tom"
    assert [bool(header) for header in seen] == [False, True, True]
    assert "nc=00000001" in seen[1]
    assert "nc=00000002" in seen[2]


def test_a_wrong_password_is_refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded(monkeypatch)
    script = Script(httpx2.Response(401, headers={"www-authenticate": 'Digest realm="r", nonce="n", qop="auth"'}))
    with pytest.raises(errors.StatusError) as caught:
        zoo(script, oauth=("tom", "s3cret")).animals.me()
    assert caught.value.status == 401
    assert len(script.requests) == 2
