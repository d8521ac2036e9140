"""Documents that are split over files mean what they mean in one piece, also where OpenAPI has no references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bothends.config.limits import Limits
from bothends.config.model import TargetConfig
from bothends.diagnostics.model import Report
from bothends.loading.bundle import bundle
from bothends.loading.resolve import FetchPolicy, Resolver
from bothends.pipeline import Session
from bothends.spec.objects import Document
from bothends.spec.read_document import read_document


def write(folder: Path, files: dict[str, Any]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(data) if name.endswith(".json") else yaml.safe_dump(data, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def read(root: Path) -> tuple[Document, Report, dict[str, Any]]:
    report = Report()
    resolver = Resolver(FetchPolicy(), Limits(), report)
    cursor = resolver.open(str(root))
    return read_document(cursor, resolver, report), report, bundle(cursor, resolver)


OPERATION = {
    "operationId": "listPets",
    "description": {"$ref": "text.yaml"},
    "tags": ["Pets"],
    "x-codeSamples": [{"$ref": "sample.yaml"}],
    "parameters": {"$ref": "parts.yaml#/parameters"},
    "responses": {"$ref": "parts.yaml#/responses"},
}
FILES: dict[str, Any] = {
    "openapi.yaml": {
        "openapi": "3.0.3",
        "info": {"$ref": "parts.yaml#/info"},
        "servers": [{"$ref": "parts.yaml#/server"}],
        "tags": {"$ref": "parts.yaml#/tags"},
        "paths": {"$ref": "paths/all.yaml"},
        "components": {"$ref": "components.json"},
    },
    "parts.yaml": {
        "info": {"title": "Pets", "version": "1", "description": {"$ref": "text.yaml"}},
        "server": {"url": "https://pets.example"},
        "tags": [{"name": "Pets"}, {"$ref": "#/other"}],
        "other": {"name": "Owners"},
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
        "responses": {
            "200": {
                "description": "fine",
                "content": {"application/json": {"schema": {"$ref": "openapi.yaml#/components/schemas/Pet"}}},
            }
        },
    },
    "text.yaml": "All of the pets",
    "paths/all.yaml": {"/pets": {"get": {"$ref": "../operation.yaml"}}},
    "operation.yaml": OPERATION,
    "components.json": {"schemas": {"$ref": "schemas/_index.yaml"}, "securitySchemes": {"$ref": "keys.yaml"}},
    "sample.yaml": {"lang": "Python", "source": "pets.list()"},
    "keys.yaml": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    "schemas/_index.yaml": {"Pet": {"$ref": "pet.yaml"}, "Owner": {"type": "object"}},
    "schemas/pet.yaml": {"type": "object", "properties": {"$ref": "properties.json"}},
    "schemas/properties.json": {"name": {"type": "string"}, "parent": {"$ref": "_index.yaml#/Pet"}},
}


def test_references_are_followed_where_openapi_has_none(tmp_path: Path) -> None:
    document, report, _ = read(write(tmp_path, FILES))
    (operation,) = document.operations
    assert (document.title, document.description) == ("Pets", "All of the pets")
    assert [server.url for server in document.servers] == ["https://pets.example"]
    assert [tag.name for tag in document.tags] == ["Pets", "Owners"]
    assert (operation.operation_id, operation.description) == ("listPets", "All of the pets")
    assert [parameter.name for parameter in operation.parameters] == ["limit"]
    assert [response.status for response in operation.responses] == ["200"]
    assert list(document.component_schemas) == ["Pet", "Owner"]
    assert [scheme.key for scheme in document.security_schemes] == ["key"]
    found = [one for one in report if one.code == "invalid-document"]
    assert [str(one.severity) for one in found].count("warning") == 1
    assert len(found) == 13


def test_what_is_bundled_can_be_read_by_itself_and_says_the_same(tmp_path: Path) -> None:
    before, _, bundled = read(write(tmp_path / "split", FILES))
    after, report, _ = read(write(tmp_path / "whole", {"openapi.json": bundled}))
    assert list(report) == []
    assert ".yaml" not in json.dumps(bundled)
    assert [operation.operation_id for operation in after.operations] == ["listPets"]
    assert (after.title, after.tags, after.servers) == (before.title, before.tags, before.servers)
    assert set(after.component_schemas) >= {"Pet", "Owner"}


@pytest.mark.parametrize("field", ["paths", "tags", "components", "info"])
def test_a_reference_to_itself_in_such_a_place_ends(tmp_path: Path, field: str) -> None:
    root = write(
        tmp_path, {"a.yaml": {**FILES["openapi.yaml"], field: {"$ref": "b.yaml"}}, "b.yaml": {"$ref": "b.yaml"}}
    )
    _, report, _ = read(root)
    assert "reference-loop" in {one.code for one in report}


def fragments(count: int) -> dict[str, Any]:
    """Return the files of a document of ``count`` resources: four operations, and seven files for each."""
    paths: dict[str, Any] = {}
    files: dict[str, Any] = {"openapi.yaml": {"openapi": "3.0.0", "info": {"title": "Many", "version": "1"}}}
    for number in range(count):
        here = f"resources/r {number}~%"
        to = here.replace("%", "%25").replace(" ", "%20")
        paths[f"/r{number}"] = {verb: {"$ref": f"{to}/{verb}.yml"} for verb in ("get", "post")}
        paths[f"/r{number}/{{id}}"] = {"$ref": f"{to}/item.yml"}
        for verb in ("get", "post"):
            files[f"{here}/{verb}.yml"] = {"responses": {"200": {"$ref": "responses/thing.yml"}}}
        files[f"{here}/item.yml"] = {
            "parameters": [{"$ref": "id.json"}],
            "get": {"responses": {"200": {"$ref": "responses/thing.yml"}}},
            "delete": {"responses": {"204": {"description": "gone"}}},
        }
        files[f"{here}/id.json"] = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        files[f"{here}/responses/thing.yml"] = {
            "description": "fine",
            "content": {"application/json": {"schema": {"$ref": "../models/thing.json"}}},
        }
        following = f"../../r%20{(number + 1) % count}~%25/models/thing.json"
        properties = {"self": {"$ref": "#"}, "part": {"$ref": "part.json"}, "next": {"$ref": following}}
        files[f"{here}/models/thing.json"] = {"type": "object", "properties": properties}
        files[f"{here}/models/part.json"] = {"type": "array", "items": {"$ref": "../models/thing.json"}}
    files["openapi.yaml"]["paths"] = paths
    return files


@pytest.mark.parametrize("count", [20, pytest.param(420, marks=pytest.mark.slow)])
def test_thousands_of_fragments_with_cycles_lose_nothing(tmp_path: Path, count: int) -> None:
    files = fragments(count)
    assert len(files) == 7 * count + 1
    root = write(tmp_path, files)
    session = Session(TargetConfig(str(root), tmp_path / "out", "out"), Report())
    assert session.operations == 4 * count
    assert len(session.resolver.documents()) == 7 * count + 1
    assert session.types >= count
    assert {one.code for one in session.report} <= {"invalid-document", "name-collision"}


def test_responses_of_another_file_have_one_type_however_many_refer_to_them(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"message": {"type": "string"}}}
    response = {"description": "", "content": {"application/json": {"schema": schema}}}
    own = {"operationId": "own", "responses": {"200": response}}
    refers = {"200": {"$ref": "parts.yaml#/Found"}, "404": {"$ref": "errors/not-found.yaml"}}
    body = {"$ref": "parts.yaml#/components/requestBodies/Change"}
    operations = {
        "get": {"operationId": "first", "responses": refers},
        "put": {"operationId": "second", "requestBody": body, "responses": refers},
        "post": {"operationId": "third", "requestBody": body, "responses": refers},
    }
    change = {"content": {"application/json": {"schema": schema}}}
    files = {
        "openapi.yaml": {
            "openapi": "3.1.0",
            "info": {"title": "", "version": "1"},
            "paths": {"/a": operations, "/b": {"$ref": "parts.yaml#/own"}},
        },
        "parts.yaml": {"Found": response, "own": {"get": own}, "components": {"requestBodies": {"Change": change}}},
        "errors/not-found.yaml": response,
    }
    target = TargetConfig(str(write(tmp_path, files)), tmp_path / "out", "out")
    names = Session(target, Report()).understand().names.types.values()
    assert sorted(name.name for name in names) == ["Change", "Found", "NotFound", "OwnResponse"]
