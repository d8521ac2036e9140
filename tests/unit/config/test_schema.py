"""The JSON Schema of the configuration says what the reader takes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bothends.cli.main import run
from bothends.config import pagination, read, webhooks
from bothends.config.limits import Limits
from bothends.config.read import read_config
from bothends.config.schema import schema_text
from bothends.diagnostics.model import DocumentError

SCHEMA: dict[str, Any] = json.loads(schema_text())
TARGET = '[[targets]]\nspec = "a.yaml"\noutput = "out/pkg"\n'


def table(*path: str) -> dict[str, Any]:
    """Return the properties of a table of a target."""
    found: dict[str, Any] = SCHEMA["properties"]["targets"]["items"]
    for name in path:
        found = found["properties"][name]
    properties: dict[str, Any] = found["properties"]
    return properties


def test_the_schema_has_the_keys_of_the_reader() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert set(SCHEMA["properties"]) == set(read._TOP_KEYS)
    assert set(table()) == set(read._TARGET_KEYS)
    assert set(table("names")) == set(read.NAMED)
    assert set(table("select")) == set(read._SELECT_KEYS)
    assert set(SCHEMA["properties"]["limits"]["properties"]) == set(Limits.__slots__)
    inside = table("pagination") if "properties" in table()["pagination"] else table()["pagination"]["anyOf"][1]
    paged = inside["properties"]["operations"]["additionalProperties"]["anyOf"][1]
    assert set(paged["properties"]) == set(pagination._KEYS)
    signature = table("webhooks")["signature"]["anyOf"][1]
    assert set(signature["properties"]) == {*webhooks._KEYS, "form"}
    defaults = {name: value["default"] for name, value in SCHEMA["properties"]["limits"]["properties"].items()}
    assert defaults == {name: getattr(Limits(), name) for name in defaults}


@pytest.mark.parametrize(
    "text",
    [
        "",
        TARGET,
        'strict = true\nallow_hosts = ["a.example", "localhost:80"]\nallow_folders = ["x"]\n' + TARGET,
        'allow_hosts = ["a.example"]\n[headers."a.example"]\nA = "b"\n[limits]\ndepth = 3\n' + TARGET,
        TARGET + 'package = "été"\nparts = ["client"]\nstyles = ["sync"]\ntypeless = "any"\nformat = "project"\n',
        TARGET + 'formats = "annotate"\noverlays = ["x"]\npagination = false\ntemplates = "."\n',
        TARGET + '[targets.names]\n"#/components/schemas/Pet" = "Animal"\ntypes = {Pet = "Animal"}\n',
        TARGET + '[targets.select]\ntags = ["a"]\nexcept_paths = ["/b/*"]\ninternal = false\nunused = true\n',
        TARGET + '[targets.pagination.operations]\nlistPets = {kind = "cursor", next = "next", first = 0}\na = false\n',
        TARGET + '[targets.webhooks]\nsignature = "stripe"\n',
        TARGET + '[targets.webhooks]\nsignature = {header = "X", encoding = "hex", tolerance = 3}\n',
    ],
)
def test_both_accept(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bothends.toml"
    path.write_text(text, encoding="utf-8")
    read_config(path)
    jsonschema_rs.validate(SCHEMA, tomllib.loads(text))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("strikt = true", 1, 1),
        ("  strict = 'no'", 1, 12),
        ('allow_hosts = ["https://a"]', 1, 15),
        ("targets = 3", 1, 11),
        ('[[targets]]\n"spec" = "a"', 1, 1),
        ('[[targets]]\nspec = "a"\noutput = 3', 3, 10),
        (TARGET + 'parts = ["clients"]', 4, 9),
        (TARGET + "select = {tagz = []}", 4, 11),
        (TARGET + "[targets.select]\ninternal = 'no'", 5, 12),
        (TARGET + "[targets.select]\ntags = [\n  1]", 5, 8),
        (TARGET + "names = {tips = {}}", 4, 10),
        (TARGET + "[targets.names.types]\nPet = 1", 4, 1),
        (TARGET + "pagination = {infer = 1}", 4, 23),
        (TARGET + "pagination.operations.x = {kind = 'x'}", 4, 27),
        (TARGET + "webhooks = {signature = 'none'}", 4, 25),
        (TARGET + "[limits]\ndepth = 0", 5, 9),
        (TARGET + "[limits]\n# a comment = [\n'deep' = 1", 6, 1),
        ('text = """\nspec = 1\n"""\n' + TARGET + "typeless = 3", 1, 1),
    ],
)
def test_both_refuse_and_the_reader_says_where(text: str, line: int, column: int, tmp_path: Path) -> None:
    path = tmp_path / "bothends.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_config(path)
    first = caught.value.diagnostics[0].location
    assert first is not None
    assert (first.line, first.column) == (line, column)
    assert not jsonschema_rs.is_valid(SCHEMA, tomllib.loads(text))


def test_a_first_configuration_passes_with_and_without_what_it_leaves_to_choose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "api").mkdir()
    (tmp_path / "api/openapi.json").write_text("{}")
    assert run(["init"]) == 0
    path = tmp_path / "bothends.toml"
    plain = path.read_text(encoding="utf-8")
    assert read_config(path).targets[0].spec.endswith("api/openapi.json")
    chosen = re.sub(r"^# (?=[\w\[]+(\.\w+)?\]? *(=| #|$))", "", plain, flags=re.M)
    assert chosen.count("\n# ") == 1
    path.write_text(chosen, encoding="utf-8")
    target = read_config(path).targets[0]
    assert target.select.tags == ("pets",)
    assert target.names["members"] == {"Pet/photoUrls": "photos"}
    for text in (plain, chosen):
        jsonschema_rs.validate(SCHEMA, tomllib.loads(text))
    capsys.readouterr()
    assert run(["init", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
