"""Which operations and schemas are generated: by tag, operation and path, and what those use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bothends.config.model import TargetConfig
from bothends.config.read import read_config
from bothends.config.selection import Selection
from bothends.diagnostics.model import Report
from bothends.pipeline import Session, generate_files

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {"200": {$ref: "#/components/responses/Pets"}}}
    post: {operationId: addPet, tags: [pets, admin], responses: {"201": {description: Added}}}
  /shops/{shop~name}:
    x-internal: true
    parameters: [{name: shop~name, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getShop
      tags: [shops]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Shop"}}}}}
  /admin/users:
    get: {operationId: listUsers, tags: [admin], x-internal: true, responses: {"200": {description: OK}}}
webhooks:
  sold:
    post:
      operationId: petSold
      tags: [pets]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Sale"}}}}
      responses: {"204": {description: Noted}}
components:
  responses:
    Pets:
      description: OK
      content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
  schemas:
    Pet: {type: object, properties: {tag: {$ref: "#/components/schemas/Tag"}}}
    Tag: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    Sale: {type: object, properties: {price: {type: integer}}}
    Orphan: {type: object, properties: {x: {type: integer}}}
"""
EVERYTHING = {"listPets", "addPet", "getShop", "listUsers", "petSold"}
ALL_TYPES = {"Pet", "Tag", "Shop", "Sale", "Orphan"}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "openapi.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def generated(spec: Path, **selection: Any) -> tuple[set[str], set[str], dict[str, Any]]:
    """Return the operations, the types, and the document of the server."""
    target = TargetConfig(str(spec), spec.parent / "out", "out", select=Selection(**selection))
    report = Report()
    understood = Session(target, report).understand()
    assert not report.failed
    files = {file.path: file.text for file in generate_files(target, understood)}
    operations = {operation.key for operation in (*understood.api.operations, *understood.api.webhooks)}
    types = {type_.name for type_ in understood.names.types.values()}
    return operations, types, json.loads(files["server/openapi.json"])


def test_everything_is_selected_by_default(spec: Path) -> None:
    operations, types, document = generated(spec)
    assert (operations, types) == (EVERYTHING, ALL_TYPES)
    assert set(document["components"]["schemas"]) == ALL_TYPES


@pytest.mark.parametrize(
    ("selection", "operations"),
    [
        ({"tags": ("pets",)}, {"listPets", "addPet", "petSold"}),
        ({"operations": ("list*",)}, {"listPets", "listUsers"}),
        ({"operations": ("GET /pets",)}, {"listPets"}),
        ({"operations": ("getShop",), "tags": ("admin",)}, {"getShop", "addPet", "listUsers"}),
        ({"paths": ("/pets*",)}, {"listPets", "addPet"}),
        ({"paths": ("webhook:*",)}, {"petSold"}),
        ({"except_tags": ("admin",)}, {"listPets", "getShop", "petSold"}),
        ({"tags": ("pets",), "except_operations": ("addPet",)}, {"listPets", "petSold"}),
        ({"except_paths": ("/admin/*", "/shops/*")}, {"listPets", "addPet", "petSold"}),
        ({"internal": False}, {"listPets", "addPet", "petSold"}),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_operations_are_selected(spec: Path, selection: dict[str, Any], operations: set[str]) -> None:
    found, _, document = generated(spec, **selection)
    assert found == operations
    items = [*document.get("paths", {}).values(), *document.get("webhooks", {}).values()]
    served = {one["operationId"] for item in items for one in item.values() if isinstance(one, dict)}
    assert served == operations


def test_schemas_that_nothing_selected_uses_are_left_out(spec: Path) -> None:
    _, types, document = generated(spec, operations=("listPets",))
    assert types == {"Pet", "Tag"}
    assert set(document["components"]["schemas"]) == {"Pet", "Tag"}
    assert set(document["components"]["responses"]) == {"Pets"}


def test_schemas_that_nothing_uses_can_be_kept_and_left_out_by_themselves(spec: Path) -> None:
    _, types, document = generated(spec, operations=("listPets",), unused=True)
    assert types == set(document["components"]["schemas"]) == ALL_TYPES
    operations, types, _ = generated(spec, unused=False)
    assert (operations, types) == (EVERYTHING, ALL_TYPES - {"Orphan"})


def test_a_selection_of_what_is_not_there_is_an_error_with_its_place(spec: Path) -> None:
    config = spec.parent / "bothends.toml"
    config.write_text(
        '[[targets]]\nspec = "openapi.yaml"\noutput = "out"\n[targets.select]\noperations = ["addPet", "listPet"]\n'
    )
    report = Report()
    with pytest.raises(Exception, match="nothing in the document has 'listPet' among its operations"):
        Session(read_config(config).targets[0], report).understand()
    (found,) = report
    assert found.location is not None
    assert (found.location.uri, found.location.line, found.location.column) == (str(config), 5, 25)
    assert found.hint == "did you mean 'listPets'?"
