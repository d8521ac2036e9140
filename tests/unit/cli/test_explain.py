"""``bothends explain``: everything with a name, as text and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bothends.cli.main import run

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
security: [{apiKey: []}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pet shop]
      parameters:
        - {name: page-size, in: query, schema: {type: integer}}
        - {name: cursor, in: query, schema: {type: string}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}
  /free:
    get:
      deprecated: true
      security: []
      responses:
        "200": {description: OK, content: {text/event-stream: {itemSchema: {type: integer}}}}
        "204": {description: None}
webhooks:
  sold: {post: {requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Kind"}}}}}}
components:
  securitySchemes: {apiKey: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pets:
      type: object
      required: [items]
      properties: {items: {type: array, items: {type: string}}, next: {type: string}}
    Kind: {type: string, enum: [in-progress, done]}
    Id: {type: string, format: uuid}
"""
EXPECTED = """\
openapi.yaml: Pets, version 1

groups:
  Pet shop -> pet_shop
  default -> default

operations:
  GET /free -> default.get_free, deprecated
    200 text/event-stream -> stream of int
    204 -> None
  GET /pets -> pet_shop.list_pets
    query/page-size -> page_size: int = None
    query/cursor -> cursor: str = None
    200 application/json -> Pets
    pages by cursor -> items /items, item str, parameter cursor, next /next, first 1
    security -> apiKey

webhooks:
  POST webhook:sold -> default.post_webhook_sold
    body application/json -> Kind
    security -> apiKey

schemes:
  apiKey -> api_key: key in header X-Key

types:
  Id -> Id, alias of UUID
  Kind -> Kind, enumeration
    in-progress -> IN_PROGRESS
    done -> DONE
  Pets -> Pets, record
    items -> items: list[str]
    next -> next: str = None
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "openapi.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_has_a_line_for_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "openapi.yaml"]) == 0
    assert capsys.readouterr().out == EXPECTED


def test_every_key_that_is_printed_can_be_configured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "openapi.yaml", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    operations = [*found["operations"], *found["webhooks"]]
    chosen = {
        "types": found["types"],
        "members": [one for type_ in found["types"] for one in type_.get("members", ())],
        "operations": operations,
        "parameters": [one for operation in operations for one in operation["parameters"]],
        "groups": found["groups"],
        "schemes": found["schemes"],
    }
    lines = ['[[targets]]\nspec = "openapi.yaml"\noutput = "out"']
    for kind, things in chosen.items():
        assert things
        lines.append(f"[targets.names.{kind}]")
        lines += [f"{json.dumps(one['key'])} = {json.dumps('x_' + one['name'])}" for one in things]
    (folder / "bothends.toml").write_text("\n".join(lines), encoding="utf-8")
    assert run(["explain", "--format", "json"]) == 0
    (again,) = json.loads(capsys.readouterr().out)
    for before, after in zip(operations, [*again["operations"], *again["webhooks"]], strict=True):
        assert after["name"] == f"x_{before['name']}"
        assert [one["name"] for one in after["parameters"]] == [f"x_{one['name']}" for one in before["parameters"]]
    assert [one["name"] for one in again["schemes"]] == ["x_api_key"]
    assert {one["name"] for one in again["groups"]} == {"x_pet_shop", "x_default"}
    members = {one["key"]: one["name"] for type_ in again["types"] for one in type_.get("members", ())}
    assert members == {one["key"]: f"x_{one['name']}" for one in chosen["members"]}


def test_a_document_that_nothing_can_be_made_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "openapi.yaml").write_text("a: 1")
    assert run(["explain", "openapi.yaml"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "not-openapi" in captured.err
