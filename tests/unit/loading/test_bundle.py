"""A split document becomes one that refers to nothing outside itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bothends.config.limits import Limits
from bothends.diagnostics.model import Report
from bothends.loading.bundle import bundle
from bothends.loading.fetch import FetchPolicy
from bothends.loading.resolve import Resolver


def bundled(folder: Path, api: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    for name, data in {"api.json": api, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data))
    resolver = Resolver(FetchPolicy(), Limits(), Report())
    root = resolver.open(folder / "api.json")
    result = bundle(root, resolver)
    assert root.value == api, "what was read must not change"
    return result


def document(
    schemas: Mapping[str, Any], paths: Mapping[str, Any] | None = None, version: str = "3.1.0"
) -> dict[str, Any]:
    return {"openapi": version, "paths": paths or {}, "components": {"schemas": schemas}}


def test_a_document_in_one_file_is_returned_as_it_is(tmp_path: Path) -> None:
    api = document({"A": {"$ref": "#/components/schemas/B"}, "B": {"$id": "urn:b", "example": {"$ref": "#/x"}}})
    assert bundled(tmp_path, api, {}) == api


def test_everything_outside_moves_into_components(tmp_path: Path) -> None:
    api = document(
        {
            "Pet": {"$ref": "schemas/Pet.json"},
            "Box": {
                "properties": {"pet": {"$ref": "#/components/schemas/Pet"}, "tag": {"$ref": "schemas/tag.json#/Tag"}}
            },
        },
        {"/pets": {"$ref": "paths/pets.json"}},
    )
    files = {
        "paths/pets.json": {
            "get": {
                "parameters": [{"$ref": "../parts.json#/limit"}],
                "responses": {
                    "200": {"$ref": "../parts.json#/ok"},
                    "404": {"$ref": "../api.json#/components/responses/No"},
                },
            }
        },
        "parts.json": {
            "limit": {"name": "limit", "in": "query", "schema": {"$ref": "schemas/tag.json#/Tag"}},
            "ok": {"content": {"a/b": {"schema": {"$ref": "schemas/Pet.json"}, "example": {"$ref": "data"}}}},
        },
        "schemas/Pet.json": {
            "properties": {"friend": {"$ref": "#"}, "tag": {"$ref": "other/tag.json#/Tag"}},
            "discriminator": {"propertyName": "k", "mapping": {"a": "Pet.json", "b": "Box"}},
        },
        "schemas/tag.json": {"Tag": {"type": "string"}},
        "schemas/other/tag.json": {"Tag": {"type": "integer"}},
    }
    result = bundled(tmp_path, api, files)
    assert result["paths"]["/pets"] == {"$ref": "#/components/pathItems/pets"}
    components = result["components"]
    assert components["pathItems"]["pets"]["get"] == {
        "parameters": [{"$ref": "#/components/parameters/limit"}],
        "responses": {
            "200": {"$ref": "#/components/responses/ok"},
            "404": {"$ref": "../api.json#/components/responses/No"},
        },
    }
    assert components["schemas"]["Pet"] == {
        "properties": {
            "friend": {"$ref": "#/components/schemas/Pet"},
            "tag": {"$ref": "#/components/schemas/schemas_other_tag.json_Tag"},
        },
        "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Pet", "b": "Box"}},
    }
    assert components["parameters"]["limit"]["schema"] == {"$ref": "#/components/schemas/schemas_tag.json_Tag"}
    assert components["responses"]["ok"]["content"]["a/b"] == {
        "schema": {"$ref": "#/components/schemas/Pet"},
        "example": {"$ref": "data"},
    }
    assert set(components["schemas"]) == {"Pet", "Box", "schemas_tag.json_Tag", "schemas_other_tag.json_Tag"}


def test_path_items_of_30_are_inlined(tmp_path: Path) -> None:
    api = document({}, {"/a": {"$ref": "a.json", "summary": "s"}}, "3.0.3")
    result = bundled(tmp_path, api, {"a.json": {"get": {"responses": {"200": {"$ref": "r.json"}}}}, "r.json": {}})
    assert result["paths"]["/a"] == {
        "get": {"responses": {"200": {"$ref": "#/components/responses/r"}}},
        "summary": "s",
    }


def test_20(tmp_path: Path) -> None:
    api = {"swagger": "2.0", "paths": {"/a": {"get": {"responses": {"200": {"schema": {"$ref": "x.json#/T"}}}}}}}
    result = bundled(tmp_path, api, {"x.json": {"T": {"items": {"$ref": "#/T"}}}})
    assert result["definitions"] == {"T": {"items": {"$ref": "#/definitions/T"}}}


def test_fields_that_look_like_references_in_data_stay(tmp_path: Path) -> None:
    schema = {"properties": {"$ref": {"$ref": "x.json"}, "example": {"$ref": "x.json"}}, "example": {"$ref": "x.json"}}
    result = bundled(tmp_path, document({"A": schema}), {"x.json": {}})
    moved = {"$ref": "#/components/schemas/x"}
    assert result["components"]["schemas"]["A"] == {
        "properties": {"$ref": moved, "example": moved},
        "example": {"$ref": "x.json"},
    }


def test_names_do_not_depend_on_order(tmp_path: Path) -> None:
    files = {"a/x.json": {"k": {"type": "string"}}, "b/x.json": {"k": {"type": "null"}}}
    one = {"A": {"items": {"$ref": "a/x.json#/k"}}, "B": {"items": {"$ref": "b/x.json#/k"}}}
    two = dict(reversed(one.items()))
    assert bundled(tmp_path, document(one), files) == bundled(tmp_path, document(two), files)


def test_chains_of_files_of_any_length(tmp_path: Path) -> None:
    files = {f"{number}.json": {"items": {"$ref": f"{number + 1}.json"}} for number in range(1500)}
    result = bundled(
        tmp_path, document({"A": {"items": {"$ref": "0.json"}}}), {**files, "1500.json": {"type": "string"}}
    )
    assert len(result["components"]["schemas"]) == 1502
    assert result["components"]["schemas"]["1499"] == {"items": {"$ref": "#/components/schemas/1500"}}
