"""Pages as each documentation tool publishes them, read as files and from a server: the same document every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bothends.cli.main import run
from bothends.config.limits import Limits
from bothends.diagnostics.model import Diagnostic, DocumentError, Report
from bothends.extraction.extract import extract, extract_pages
from bothends.extraction.page import Page
from bothends.extraction.sources import Sources
from bothends.loading.fetch import FetchPolicy
from support.web import Web

SITES = Path(__file__).parent / "sites"
DATA: dict[str, Any] = json.loads((SITES / "openapi.json").read_text(encoding="utf-8"))
PAGES = [
    "redoc/element.html",
    "redoc/call.html",
    "redoc/built.html",
    "scalar/url.html",
    "scalar/configuration.html",
    "scalar/configuration-url.html",
    "scalar/inline.html",
    "scalar/content.html",
    "stoplight/url.html",
    "stoplight/attribute.html",
    "stoplight/attribute-yaml.html",
    "stoplight/property.html",
    "swagger-ui/express.html",
    "swagger-ui/inline.html",
    "swagger-ui/parsed.html",
    "next-js/page.html",
    "next-js/older.html",
    "gitbook/block.md",
    "gitbook/older.md",
    "gitbook/pages",
    "mintlify/llms.txt",
    "mintlify-source",
    "readme/whole.html",
]
# Pages whose links begin at the root of their host.
SERVED = ["scalar/call.html", "swagger-ui/index.html", "swagger-ui/springdoc.html"]


@pytest.fixture(scope="module")
def site() -> Iterator[Web]:
    server = Web()
    for file in SITES.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("https://pets.mintlify.site", server.url("/mintlify"))
            server.page(f"/{file.relative_to(SITES).as_posix()}", text)
    for file in (SITES / "gitbook/.gitbook/assets").iterdir():
        server.page(f"/gitbook/.gitbook/assets/{file.name}?X-Amz-Expires=172800&X-Amz-Signature=0", file.read_text())
    server.page("/openapi.json", json.dumps(DATA))
    yield server
    server.close()


def data_of(*names: str | Path, web: Web | None = None) -> tuple[dict[str, Any], list[Diagnostic]]:
    report = Report()
    policy = FetchPolicy(hosts=(web.host,) if web else ())
    text = extract_pages(names, report, None, Sources(policy, Limits(), report)).text
    return yaml.safe_load(text), [one for one in report if one.severity != "note"]


@pytest.mark.parametrize("name", PAGES)
def test_files(name: str) -> None:
    assert data_of(SITES / name) == (DATA, [])


@pytest.mark.parametrize("name", [name for name in PAGES if "." in name] + SERVED)
def test_served(name: str, site: Web) -> None:
    assert data_of(site.url(f"/{name}"), web=site) == (DATA, [])


def test_one_operation_of_a_page_and_its_copy_as_markdown(site: Web) -> None:
    data, found = data_of(site.url("/readme/alternate.html"), web=site)
    assert (list(data["paths"]), list(data["paths"]["/pets"]), found) == (["/pets"], ["get"], [])


def test_every_page_of_an_index_is_read_and_nothing_else(site: Web) -> None:
    site.asked.clear()
    data, found = data_of(site.url("/mintlify/llms.txt"), web=site)
    assert (data, found) == (DATA, [])
    names = ["llms.txt", "introduction.md", *(f"api-reference/{name}-pet{s}.md" for name, s in
             (("list", "s"), ("add", ""), ("get", "")))]  # fmt: skip
    assert [path for path, _ in site.asked] == [f"/mintlify/{name}" for name in names]


def test_a_page_of_an_index_that_is_missing_is_a_warning(site: Web) -> None:
    index = f"# Pets\n\n- [Gone]({site.url('/gone.md')})\n- [Pets]({site.url('/openapi.json')})\n"
    site.page("/some/llms.txt", index)
    data, found = data_of(site.url("/some/llms.txt"), web=site)
    assert data == DATA
    assert [(one.code, str(one.severity)) for one in found] == [("fetch-failed", "warning")]


def test_an_index_leads_to_its_own_site_only(site: Web) -> None:
    site.page("/other/llms.txt", "- [Elsewhere](https://elsewhere.example/a.md)\n- [Pets](/openapi.json)\n")
    assert data_of(site.url("/other/llms.txt"), web=site) == (DATA, [])


def test_a_document_that_many_pages_lead_to_counts_once_and_is_fetched_once(site: Web, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(f'<html><redoc spec-url="{site.url("/openapi.json")}"></redoc></html>')
    site.asked.clear()
    report = Report()
    sources = Sources(FetchPolicy(hosts=(site.host,)), Limits(), report)
    assert extract_pages([tmp_path], report, None, sources).slices == 1
    assert len(site.asked) == 1


def test_a_host_has_to_be_allowed(site: Web) -> None:
    page = Page("index.html", f'<html><redoc spec-url="{site.url("/openapi.json")}"></redoc></html>')
    site.asked.clear()
    with pytest.raises(DocumentError) as caught:
        extract([page], Report())
    (found,) = caught.value.diagnostics
    assert found.code == "no-document-found"
    assert found.hint is not None
    assert found.hint.startswith(f"the document is at '{site.url('/openapi.json')}', but the reference leads to")
    assert found.hint.endswith(f"--allow-host {site.host}")
    assert site.asked == []


def test_a_page_leads_to_no_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text((SITES / "redoc/specs/openapi.yaml").read_text())
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "index.html"
    page.write_text('<html><redoc spec-url="../secret.yaml"></redoc></html>')
    with pytest.raises(DocumentError) as caught:
        data_of(page)
    assert "not in its folder; allow the folder it is in: --allow-folder DIR" in (
        caught.value.diagnostics[0].hint or ""
    )
    report = Report()
    sources = Sources(FetchPolicy(folders=(tmp_path,)), Limits(), report)
    assert yaml.safe_load(extract_pages([page], report, None, sources).text) == DATA


def test_a_fetched_page_leads_to_no_file(site: Web, tmp_path: Path) -> None:
    secret = tmp_path / "openapi.json"
    secret.write_text(json.dumps(DATA))
    site.page("/evil.html", f'<html><redoc spec-url="{secret.as_uri()}"></redoc></html>')
    with pytest.raises(DocumentError):
        data_of(site.url("/evil.html"), web=site)


def test_of_several_documents_the_first_is_taken_with_a_warning(site: Web) -> None:
    site.page("/several.html", '<html><script>SwaggerUIBundle({urls: [{url: "/openapi.json", name: "Pets"},'
              '{url: "/owners.json", name: "Owners"}]})</script></html>')  # fmt: skip
    data, (found,) = data_of(site.url("/several.html"), web=site)
    assert data == DATA
    assert (found.code, found.message) == (
        "several-documents",
        "the page has several documents; '/openapi.json' was taken, and not '/owners.json'",
    )


def test_a_broken_document_that_a_page_leads_to_is_reported(site: Web) -> None:
    site.page("/broken.html", '<html><redoc spec-url="/broken.json"></redoc></html>')
    site.page("/broken.json", '{"openapi": "3.1.0",\n "paths": }')
    with pytest.raises(DocumentError) as caught:
        data_of(site.url("/broken.html"), web=site)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location and (found.location.uri, found.location.line)) == (
        "invalid-json",
        (site.url("/broken.json"), 2),
    )


def test_pages_that_lead_to_each_other_end(site: Web) -> None:
    site.page("/a.html", '<html><redoc spec-url="/b-openapi.json"></redoc></html>')
    site.page("/b-openapi.json", '{"url": "/a.html"}')
    site.page("/loop/llms.txt", "[a](/loop/llms.txt) [b](/a.html)")
    for name in ("/a.html", "/loop/llms.txt"):
        with pytest.raises(DocumentError) as caught:
            data_of(site.url(name), web=site)
        assert {one.code for one in caught.value.diagnostics} == {"no-document-found"}


def test_what_was_fetched_is_pinned_beside_the_output(
    site: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    site.page("/pinned.html", '<html><redoc spec-url="/pinned.json"></redoc></html>')
    site.page("/pinned.json", json.dumps(DATA))
    call = ["extract", site.url("/pinned.html"), "--allow-host", site.host, "-o", "out/openapi.json"]
    assert run(call) == 0
    assert json.loads((tmp_path / "out/openapi.json").read_text()) == DATA
    lock = json.loads((tmp_path / "out/openapi.json.lock").read_text())["documents"]
    assert list(lock) == [site.url("/pinned.html"), site.url("/pinned.json")]
    assert run(call) == 0

    site.page("/pinned.json", json.dumps({**DATA, "info": {"title": "Pets", "version": "2"}}))
    capsys.readouterr()
    assert run(call) == 2
    assert "has changed since it was pinned" in capsys.readouterr().err
    assert json.loads((tmp_path / "out/openapi.json").read_text()) == DATA
    assert run([*call, "--update"]) == 0
    assert json.loads((tmp_path / "out/openapi.json").read_text())["info"]["version"] == "2"
    assert run([*call, "--offline"]) == 2


def test_hosts_and_headers_come_from_the_configuration(
    site: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCS_TOKEN", "t0p")
    (tmp_path / "bothends.toml").write_text(
        f'allow_hosts = ["{site.host}"]\n[headers."{site.host}"]\nAuthorization = "Bearer ${{DOCS_TOKEN}}"\n'
    )
    site.asked.clear()
    call = ["extract", site.url("/openapi.json"), "-o", "openapi.yaml", "--config", "bothends.toml", "-q"]
    assert run(call) == 0
    assert [headers["Authorization"] for _, headers in site.asked] == ["Bearer t0p"]
