"""Documents are fetched from hosts that are allowed, from nowhere else, and within limits."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Report
from bothends.loading import hosts
from bothends.loading.cursor import Cursor
from bothends.loading.fetch import FetchPolicy
from bothends.loading.pins import LOCK_NAME, Pins, lock_text, read_lock
from bothends.loading.resolve import Resolver
from support.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


def resolver(policy: FetchPolicy, limits: Limits | None = None, pins: Pins | None = None) -> Resolver:
    return Resolver(policy, limits or Limits(), Report(), pins)


def refused(action: Callable[[], object]) -> Diagnostic:
    with pytest.raises(DocumentError) as caught:
        action()
    [diagnostic] = caught.value.diagnostics
    return diagnostic


def opened(web: Web, path: str = "/api.yaml", **options: object) -> tuple[Resolver, Cursor]:
    found = resolver(FetchPolicy(hosts=(web.host,)), **options)  # type: ignore[arg-type]
    return found, found.open(web.url(path))


def test_a_root_and_what_it_refers_to(web: Web) -> None:
    web.page("/v1/api.yaml", "a: {$ref: 'parts/x.json#/k'}\nb: {$ref: '/top.yaml'}")
    web.page("/v1/parts/x.json", '{"k": {"$ref": "../api.yaml#/b"}}')
    web.page("/top.yaml", "found: 1")
    found, root = opened(web, "/v1/api.yaml")
    assert found.follow(root / "a").value == {"found": 1}
    assert [path for path, _ in web.asked] == ["/v1/api.yaml", "/v1/parts/x.json", "/top.yaml"]
    names = [document.name for document in found.documents()]
    assert names == [web.url("/v1/api.yaml"), web.url("/v1/parts/x.json"), web.url("/top.yaml")]
    assert found.at(f"{web.url('/top.yaml')}#/found").value == 1


def test_a_file_may_refer_to_an_allowed_host(web: Web, tmp_path: Path) -> None:
    web.page("/x%20y.yaml", "k: 1")
    (tmp_path / "api.yaml").write_text(f"a: {{$ref: '{web.url('/x y.yaml')}#/k'}}")
    found = resolver(FetchPolicy(hosts=(web.host,)))
    assert found.follow(found.open(tmp_path / "api.yaml") / "a").value == 1
    closed = resolver(FetchPolicy())
    root = closed.open(tmp_path / "api.yaml")
    assert refused(lambda: closed.follow(root / "a")).code == "reference-not-allowed"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://api.example.com/x", ()),
        ("https://api.example.com/x", ("example.com",)),
        ("https://api.example.com/x", ("api.example.com.evil.org",)),
        ("https://api.example.com:8443/x", ("api.example.com",)),
        ("http://api.example.com/x", ("api.example.com",)),
        ("https://user:secret@api.example.com/x", ("api.example.com",)),
        ("https://api.example.com@evil.org/x", ("api.example.com",)),
        ("https://evil.org#@api.example.com/x", ("api.example.com",)),
        ("http://127.0.0.1:1/x", ("127.0.0.1",)),
    ],
)
def test_hosts_that_are_not_allowed(url: str, allowed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    found = refused(lambda: resolver(FetchPolicy(hosts=allowed)).open(url))
    assert found.code == "reference-not-allowed"
    assert "secret" not in found.message


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1%eth0",
        "fd00::1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: looked_up)
    monkeypatch.setattr(socket, "create_connection", None)
    found = refused(lambda: resolver(FetchPolicy(hosts=("rebound.example.com",))).open("https://rebound.example.com/x"))
    assert found.code == "fetch-failed"
    assert "is not one of the public network" in found.message


def test_public_addresses_pass() -> None:
    hosts.check_address("93.184.215.14")
    hosts.check_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_the_address_that_was_reached_is_looked_at_too(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public address when it is looked up, and this machine when it is connected to."""
    port = int(web.host.rpartition(":")[2])
    monkeypatch.setattr(hosts, "check_host", lambda *_: False)
    monkeypatch.setattr(hosts, "check_addresses", lambda *_: None)
    found = refused(lambda: resolver(FetchPolicy()).open(f"http://127.0.0.1:{port}/api.yaml"))
    assert (found.code, web.asked) == ("fetch-failed", [])


def test_redirects_stay_on_the_host(web: Web) -> None:
    other = Web()
    try:
        other.page("/x", "stolen: 1")
        web.pages["/elsewhere"] = (302, {"Location": other.url("/x")}, b"")
        web.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
        web.pages["/here"] = (302, {"Location": "/api.yaml"}, b"")
        web.pages["/round"] = (302, {"Location": "/round"}, b"")
        web.page("/api.yaml", "a: 1")
        assert opened(web, "/here")[1].value == {"a": 1}
        found = refused(lambda: opened(web, "/elsewhere"))
        assert (found.code, "redirects to another host" in found.message) == ("fetch-failed", True)
        assert refused(lambda: opened(web, "/file")).code == "fetch-failed"
        assert refused(lambda: opened(web, "/round")).code == "fetch-failed"
        assert other.asked == []
    finally:
        other.close()


def test_answers_that_are_no_documents(web: Web) -> None:
    web.pages["/zipped"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"a: 1"))
    web.pages["/error"] = (500, {}, b"a: 1")
    web.pages["/short"] = (200, {"Content-Length": "100"}, b"a: 1")
    web.pages["/none"] = (204, {}, b"")
    for path in ("/zipped", "/error", "/short", "/none", "/missing"):
        assert refused(lambda path=path: opened(web, path)).code == "fetch-failed", path
    web.page("/empty", "")
    assert refused(lambda: opened(web, "/empty")).code == "empty-document"


def test_size_has_a_limit(web: Web) -> None:
    web.page("/api.yaml", "a: " + "x" * 1000)
    assert refused(lambda: opened(web, limits=Limits(document_bytes=500))).code == "too-large"


def test_time_has_a_limit_however_slowly_a_host_speaks(web: Web) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                handler.wfile.write(b"X: y\r\n")
                time.sleep(0.1)
        except OSError:
            return

    web.pages["/api.yaml"] = drip
    start = time.monotonic()
    assert refused(lambda: opened(web, limits=Limits(fetch_seconds=1))).code == "too-slow"
    assert time.monotonic() - start < 3


def test_a_host_that_does_not_answer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    found = refused(lambda: resolver(FetchPolicy(hosts=(f"127.0.0.1:{port}",))).open(f"http://127.0.0.1:{port}/x.yaml"))
    assert found.code == "fetch-failed"


def test_headers_come_from_the_environment_and_go_to_their_host_only(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Web()
    try:
        monkeypatch.setenv("DOCS_TOKEN", "t0ken")
        web.page("/api.yaml", f"a: {{$ref: '{other.url('/x.yaml')}'}}")
        other.page("/x.yaml", "k: 1")
        headers = {web.host: {"Authorization": "Bearer ${DOCS_TOKEN}"}}
        found = resolver(FetchPolicy(hosts=(web.host, other.host), headers=headers))
        assert found.follow(found.open(web.url("/api.yaml")) / "a").value == {"k": 1}
        assert web.asked[0][1]["Authorization"] == "Bearer t0ken"
        assert "Authorization" not in other.asked[0][1]
    finally:
        other.close()


@pytest.mark.parametrize("value", [None, "two\nlines"])
def test_headers_that_cannot_be_sent(web: Web, value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is None:
        monkeypatch.delenv("DOCS_TOKEN", raising=False)
    else:
        monkeypatch.setenv("DOCS_TOKEN", value)
    policy = FetchPolicy(hosts=(web.host,), headers={web.host: {"Authorization": "${DOCS_TOKEN}"}})
    found = refused(lambda: resolver(policy).open(web.url("/api.yaml")))
    assert (found.code, web.asked) == ("invalid-configuration", [])


def test_nothing_is_fetched_offline(web: Web) -> None:
    found = refused(lambda: resolver(FetchPolicy(hosts=(web.host,), offline=True)).open(web.url("/api.yaml")))
    assert (found.code, web.asked) == ("fetch-failed", [])


def test_fetched_documents_lead_to_no_file(web: Web, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("k: 1")
    web.page("/api.yaml", f"openapi: 3.2.0\n$self: '{tmp_path.as_uri()}/x/api.yaml'\na: {{$ref: '../secret.yaml'}}")
    (tmp_path / "api.yaml").write_text(f"a: {{$ref: '{web.url('/api.yaml')}#/a'}}")
    found, root = opened(web)
    assert refused(lambda: found.follow(root / "a")).code == "reference-not-allowed"
    mixed = resolver(FetchPolicy(hosts=(web.host,)))
    root = mixed.open(tmp_path / "api.yaml")
    assert refused(lambda: mixed.follow(root / "a")).code == "reference-not-allowed"


def test_a_document_that_calls_itself_by_another_name(web: Web) -> None:
    web.page("/v1/api.yaml", f"openapi: 3.2.0\n$self: '{web.url('/')}'\na: {{$ref: 'x.yaml'}}")
    web.page("/v1/x.yaml", "k: 1")
    found, root = opened(web, "/v1/api.yaml")
    assert found.follow(root / "a").value == {"k": 1}


def test_pins(web: Web) -> None:
    url = web.url("/api.yaml")
    web.page("/api.yaml", "a: 1")
    first = Pins({})
    opened(web, pins=first)
    assert list(first.used) == [url]
    web.page("/api.yaml", "a: 2")
    changed = refused(lambda: opened(web, pins=Pins(first.used)))
    assert (changed.code, "--update" in str(changed.hint)) == ("changed-document", True)
    renewed = Pins(first.used, renew=True)
    opened(web, pins=renewed)
    assert renewed.used != first.used
    opened(web, pins=Pins(renewed.used, add=False))
    assert refused(lambda: opened(web, pins=Pins({}, add=False))).code == "unpinned-document"


def test_the_lock_file(tmp_path: Path) -> None:
    path = tmp_path / LOCK_NAME
    assert read_lock(path) == {}
    pins = {"https://example.com/b": "2", "https://example.com/a": "1"}
    path.write_text(lock_text(pins))
    assert read_lock(path) == pins
    assert path.read_text() == lock_text(dict(reversed(pins.items())))
    for text in ("[]", "{}", "nonsense", '{"format": 9, "documents": {}}'):
        path.write_text(text)
        assert refused(lambda: read_lock(path)).code == "invalid-configuration"
