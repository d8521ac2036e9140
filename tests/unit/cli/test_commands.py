"""The command line as a user runs it: exit codes, messages, and nothing written where something is wrong."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bothends.cli.main import run
from bothends.cli.serve import listen

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "specs/architect-customer-api/openapi.yaml"


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    assert run(["generate", str(SPEC), "-o", str(tmp_path / "architect"), "-q"]) == 0
    return tmp_path / "architect"


def test_generate_then_check_is_clean(generated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(SPEC), "-o", str(generated)]) == 0
    assert "up to date" in capsys.readouterr().out


def test_check_finds_an_edit_and_writes_nothing(generated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = generated / "errors/__init__.py"
    path.write_text(path.read_text() + "# mine\n")
    assert run(["check", str(SPEC), "-o", str(generated)]) == 1
    assert "-# mine" in capsys.readouterr().out
    assert path.read_text().endswith("# mine\n")


def test_check_takes_the_options_of_generate_and_still_writes_nothing(generated: Path) -> None:
    path = generated / "errors/__init__.py"
    path.write_text(path.read_text() + "# mine\n")
    assert run(["check", str(SPEC), "-o", str(generated), "--force", "--dry-run", "--diff", "-q"]) == 1
    assert path.read_text().endswith("# mine\n")


def test_generate_refuses_an_edited_file_unless_forced(generated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = generated / "errors/__init__.py"
    path.write_text("mine")
    assert run(["generate", str(SPEC), "-o", str(generated)]) == 2
    assert "edited-file" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert run(["generate", str(SPEC), "-o", str(generated), "--force"]) == 0
    assert path.read_text() != "mine"


def test_check_of_a_missing_output(tmp_path: Path) -> None:
    assert run(["check", str(SPEC), "-o", str(tmp_path / "none"), "-q"]) == 1
    assert list(tmp_path.iterdir()) == []


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert run(["generate", str(SPEC), "-o", str(tmp_path / "a"), "--dry-run"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_parts(tmp_path: Path) -> None:
    assert run(["generate", str(SPEC), "-o", str(tmp_path / "models"), "--parts", "schemas", "-q"]) == 0
    inside = {path.name for path in (tmp_path / "models").iterdir()}
    assert inside == {".bothends.json", "__init__.py", "_runtime", "py.typed", "schemas"}
    run(["generate", str(SPEC), "-o", str(tmp_path / "api"), "--parts", "client", "-q"])
    assert not (tmp_path / "api/server").exists()
    assert not (tmp_path / "api/_runtime/server").exists()
    run(["generate", str(SPEC), "-o", str(tmp_path / "served"), "--parts", "server", "-q"])
    assert not (tmp_path / "served/client").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "missing.yaml", "-o", "x"],
        ["generate", str(SPEC)],
        ["generate", str(SPEC), "-o", "not-a-name"],
        ["generate", str(SPEC), "-o", "x", "--parts", "everything"],
        ["generate"],
        ["nonsense"],
        ["validate"],
    ],
    ids=lambda arguments: " ".join(Path(argument).name for argument in arguments),
)
def test_wrong_calls_end_with_two_and_write_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_validate_speaks_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "broken.yaml"
    header = "openapi: 3.1.0\ninfo: {title: t, version: v}\npaths: {}\n"
    spec.write_text(header + "components: {schemas: {A: {$ref: '#/nowhere'}}}\n")
    assert run(["validate", str(spec), "--format", "json"]) == 2
    assert "unresolved-reference" in json.dumps(json.loads(capsys.readouterr().out))


def test_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bothends", "generate", "-", "-o", "architect"],
        input=SPEC.read_bytes(),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert b"2 operations" in done.stdout


def test_configured_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bothends.toml").write_text(
        f'[[targets]]\nspec = "{SPEC}"\noutput = "one"\nparts = ["schemas"]\n'
        f'[[targets]]\nspec = "{SPEC}"\noutput = "two"\nparts = ["schemas"]\n'
    )
    assert run(["generate", "-q"]) == 0
    assert run(["check", "-q"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"bothends.toml", "one", "two"}


def test_strict_makes_warnings_errors(tmp_path: Path) -> None:
    spec = ROOT / "specs/bird-conversations/openapi.json"
    assert run(["generate", str(spec), "-o", str(tmp_path / "bird"), "--strict", "-q"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_init_writes_a_configuration_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    written = (tmp_path / "bothends.toml").read_text()
    assert run(["init"]) == 2
    assert (tmp_path / "bothends.toml").read_text() == written


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from bothends.cli.main import run; run(['--help']);"
        "print(sorted({'jinja2', 'pydantic', 'yaml', 'openapi_spec_validator'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_machines_get_one_document_whatever_the_number_of_targets(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bird = str(ROOT / "specs/bird-conversations/openapi.json")
    assert run(["validate", str(SPEC), bird, "--format", format]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["diagnostics"] if format == "json" else found["runs"][0]["results"]


def test_a_strict_configuration_makes_warnings_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bird = ROOT / "specs/bird-conversations/openapi.json"
    (tmp_path / "bothends.toml").write_text(f'strict = true\n[[targets]]\nspec = "{bird}"\noutput = "bird"\n')
    assert run(["generate", "-q"]) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"bothends.toml"}


def test_verify_reports_every_call_to_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(SPEC), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["diagnostics"] == []
    assert {outcome["operation"] for outcome in found["outcomes"]} == {"getAudience", "sendAudienceMessage"}
    assert all(outcome["agreed"] for outcome in found["outcomes"])


def test_verify_fills_slots_of_paths_whose_first_value_is_empty(tmp_path: Path) -> None:
    kind = {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "enum": ["", "full"]}}
    item = {"get": {"parameters": [kind], "responses": {"204": {"description": ""}}}}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x/{kind}": item}}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    assert run(["verify", str(tmp_path / "openapi.json")]) == 0


def test_verify_asks_for_a_status_beside_the_preferences_of_the_document(tmp_path: Path) -> None:
    prefer = {"name": "prefer", "in": "header", "required": True, "schema": {"enum": ["return=minimal"]}}
    operation = {"parameters": [prefer], "responses": {"204": {"description": ""}, "409": {"description": ""}}}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": operation}}}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    assert run(["verify", str(tmp_path / "openapi.json")]) == 0


def test_serve_says_where_it_cannot_listen(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(["serve", str(SPEC), "--port", str(taken.getsockname()[1])]) == 2
    assert "cannot listen on 127.0.0.1" in capsys.readouterr().err


def test_serve_sends_small_packets_at_once() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_serve_ends_when_it_is_told_to_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bothends", "serve", str(SPEC), "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        assert [path.name for path in tmp_path.glob("bothends-serve-*")]
        process.terminate()
        assert process.wait(timeout=20) == 0
    assert list(tmp_path.glob("bothends-serve-*")) == []


def test_serve_demands_the_credentials_it_is_told() -> None:
    command = [sys.executable, "-m", "bothends", "serve", str(SPEC), "--port", "0", "--credential", "k-1"]
    with subprocess.Popen([*command, "--credential", "k-2"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        base = re.search(r"http://\S+", line)
        assert base is not None, line
        found = [_status(f"{base[0]}/v0/pages/p/audiences/a", key) for key in ("k-1", "k-2", "k-3")]
        process.terminate()
        assert process.wait(timeout=20) == 0
    assert [status == 401 for status in found] == [False, False, True]


def _status(url: str, key: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"x-api-key": key})) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_messages_about_configured_documents_are_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "app/below").mkdir(parents=True)
    (tmp_path / "specs/broken.yaml").write_text("openapi: [\n")
    (tmp_path / "app/bothends.toml").write_text('[[targets]]\nspec = "../specs/broken.yaml"\noutput = "out"\n')
    for folder, place in (("app", "../specs/broken.yaml:"), ("app/below", "../../specs/broken.yaml:")):
        monkeypatch.chdir(tmp_path / folder)
        assert run(["generate"]) == 2
        assert capsys.readouterr().err.startswith(place)
