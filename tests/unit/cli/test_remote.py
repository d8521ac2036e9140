"""Documents from hosts and folders that are allowed, on the command line and in the configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bothends.cli.main import run
from support.web import Web

API = (
    "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
    "components: {schemas: {A: {$ref: 'a.yaml#/A'}, B: {type: string}}}\n"
)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    monkeypatch.chdir(tmp_path)
    server = Web()
    server.page("/api.yaml", API)
    server.page("/a.yaml", "A: {type: object, properties: {x: {type: string}}}")
    yield server
    server.close()


def lock(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "bothends.lock").read_text())["documents"]
    return found


def test_a_host_must_be_allowed(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", web.url("/api.yaml"), "-o", "api"]) == 2
    assert f"--allow-host {web.host}" in capsys.readouterr().err
    assert (list(tmp_path.iterdir()), web.asked) == ([], [])


def test_what_was_fetched_is_pinned_beside_the_output(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = [web.url("/api.yaml"), "--allow-host", web.host, "-o", "out/api", "--parts", "schemas", "-q"]
    assert run(["check", *call]) == 2
    assert "unpinned-document" in capsys.readouterr().err
    assert run(["generate", *call, "--dry-run"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert run(["generate", *call]) == 0
    assert set(lock(tmp_path / "out")) == {web.url("/api.yaml"), web.url("/a.yaml")}
    assert run(["check", *call]) == 0

    web.page("/a.yaml", "A: {type: object, properties: {y: {type: string}}}")
    before = (tmp_path / "out/bothends.lock").read_bytes()
    for command in ("check", "generate"):
        assert run([command, *call]) == 2
        assert "changed-document" in capsys.readouterr().err
    assert (tmp_path / "out/bothends.lock").read_bytes() == before
    assert run(["generate", *call, "--update"]) == 0
    assert (tmp_path / "out/bothends.lock").read_bytes() != before
    assert run(["check", *call]) == 0


def test_the_manifest_names_what_was_fetched(web: Web, tmp_path: Path) -> None:
    assert run(["generate", web.url("/api.yaml"), "--allow-host", web.host, "-o", "api", "--parts", "schemas"]) == 0
    inputs = json.loads((tmp_path / "api/.bothends.json").read_text())["inputs"]
    assert inputs == lock(tmp_path)


def test_a_configuration_says_what_may_be_read(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN_OF_DOCS", "s3cret")
    (tmp_path / "bothends.toml").write_text(
        f'allow_hosts = ["{web.host}"]\nheaders."{web.host}" = {{ Authorization = "Bearer ${{TOKEN_OF_DOCS}}" }}\n'
        f'[[targets]]\nspec = "{web.url("/api.yaml")}"\noutput = "gen/api"\nparts = ["schemas"]\n'
    )
    stale = {"https://example.com/gone.yaml": "0"}
    (tmp_path / "bothends.lock").write_text(json.dumps({"format": 1, "documents": stale}))
    assert run(["generate", "-q"]) == 0
    assert set(lock(tmp_path)) == {web.url("/api.yaml"), web.url("/a.yaml")}
    assert {headers.get("Authorization") for _, headers in web.asked} == {"Bearer s3cret"}
    assert not any(b"s3cret" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert run(["check", "-q"]) == 0
    assert run(["validate", "-q"]) == 0
    assert run(["validate", web.url("/api.yaml"), "--config", "bothends.toml", "-q"]) == 0
    assert run(["validate", web.url("/api.yaml"), "-q"]) == 2


def test_limits_of_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.yaml").write_text(API.replace("{$ref: 'a.yaml#/A'}", "{type: object}"))
    (tmp_path / "bothends.toml").write_text(
        '[limits]\ndocument_bytes = 50\n[[targets]]\nspec = "api.yaml"\noutput = "api"\n'
    )
    assert run(["validate", "api.yaml", "-q"]) == 0
    assert run(["validate", "-q"]) == 2
    assert run(["validate", "api.yaml", "--config", "bothends.toml", "-q"]) == 2


def test_a_folder_must_be_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("specs", "shared"):
        (tmp_path / folder).mkdir()
    (tmp_path / "specs/api.yaml").write_text(API.replace("a.yaml", "../shared/a.yaml"))
    (tmp_path / "shared/a.yaml").write_text("A: {type: object}")
    assert run(["validate", "specs/api.yaml", "-q"]) == 2
    assert run(["validate", "specs/api.yaml", "--allow-folder", "shared", "-q"]) == 0


def test_inputs_have_the_same_names_wherever_the_call_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/api.yaml").write_text(API)
    (tmp_path / "specs/a.yaml").write_text("A: {type: object}")
    (tmp_path / "fixes.yaml").write_text("overlay: 1.0.0\nactions: [{target: $.info, update: {version: '2'}}]\n")

    def inputs(folder: Path, spec: str, overlay: str) -> dict[str, str]:
        monkeypatch.chdir(folder)
        output = tmp_path / "api"
        call = ["generate", spec, "-o", str(output), "--parts", "schemas", "-q", "--overlay", overlay]
        assert run(call) == 0
        found: dict[str, str] = json.loads((output / ".bothends.json").read_text())["inputs"]
        return found

    here = inputs(tmp_path, "specs/api.yaml", "fixes.yaml")
    assert list(here) == ["../fixes.yaml", "a.yaml", "api.yaml"]
    assert inputs(tmp_path / "specs", "api.yaml", "../fixes.yaml") == here
    assert inputs(tmp_path, str(tmp_path / "specs/api.yaml"), str(tmp_path / "fixes.yaml")) == here


def test_standard_input_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.chdir(tmp_path)
    stream = io.BytesIO(b"x" * 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    (tmp_path / "bothends.toml").write_text("[limits]\ndocument_bytes = 50\n")
    assert run(["validate", "-", "--config", "bothends.toml", "-q"]) == 2
    assert stream.tell() <= 51


def test_offline_fetches_nothing(web: Web, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", web.url("/api.yaml"), "--allow-host", web.host, "--offline"]) == 2
    assert "fetch-failed" in capsys.readouterr().err
    assert web.asked == []
