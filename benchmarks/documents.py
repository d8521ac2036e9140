"""The documents that are measured: the project's own, whatever lies in a folder, and a family made for the purpose."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ARCHITECT = ROOT / "specs" / "architect-customer-api" / "openapi.yaml"
_SUFFIXES = {".json", ".yaml", ".yml"}


def real(given: Iterable[Path]) -> dict[str, Path]:
    """Return Architect's document, and those that are given or lie in folders that are; the small ones first."""
    found = [path for one in given for path in (one.iterdir() if one.is_dir() else [one]) if path.suffix in _SUFFIXES]
    return {"architect": ARCHITECT, **{path.stem: path for path in sorted(found, key=_size)}}


def synthetic(operations: int) -> dict[str, Any]:
    """Return a document of so many operations: for every five, a resource with its own schemas."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": _problem()}
    for number in range(max(1, operations // 5)):
        name = f"Thing{_letters(number)}"
        # Chains of types stay short, as they do in real documents.
        schemas |= _schemas(name, f"Thing{_letters(number - 1)}" if number % 10 else name)
        paths |= _paths(name)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://things.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def write_synthetic(operations: int, folder: Path) -> Path:
    """Write such a document and return its path."""
    path = folder / f"things-{operations}.json"
    path.write_text(json.dumps(synthetic(operations)), encoding="utf-8")
    return path


#: Larger than those of a document that people wrote.
_LIMITS = {"nodes": 10**7, "files": 10**6, "properties": 10**6, "comparisons": 10**7, "document_bytes": 10**9}


def write_configuration(document: Path, output: Path) -> Path:
    """Write a configuration for a document that is larger than the usual limits allow, and return its path."""
    lines = [
        f"[[targets]]\nspec = {json.dumps(str(document))}\noutput = {json.dumps(str(output))}\n",
        "[limits]",
        *(f"{name} = {most}" for name, most in {**_LIMITS, "total_bytes": 10**9}.items()),
    ]
    path = document.with_suffix(".toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _size(path: Path) -> int:
    return path.stat().st_size


def _letters(number: int) -> str:
    letters = ""
    number += 26
    while number:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return letters.capitalize()


def _problem() -> dict[str, Any]:
    return {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}


def _schemas(name: str, other: str) -> dict[str, Any]:
    return {
        name: {
            "type": "object",
            "description": f"One {name}.",
            "required": ["id", "name", "state"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "name": {"type": "string", "minLength": 1, "maxLength": 100},
                "state": {"type": "string", "enum": ["new", "open", "closed"]},
                "created_at": {"type": "string", "format": "date-time"},
                "note": {"type": ["string", "null"]},
                "related": {"type": "array", "items": {"$ref": f"#/components/schemas/{other}"}},
            },
        },
        f"{name}Page": {
            "type": "object",
            "required": ["items"],
            "properties": {
                "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
                "next_cursor": {"type": "string"},
            },
        },
    }


def _paths(name: str) -> dict[str, Any]:
    base = f"/{name.lower()}"
    one = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    page = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}Page"}}}
    wrong = {
        "description": "A problem.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    found = {"200": {"description": "One.", "content": one}, "404": wrong}
    identity = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    limit = [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}]

    def operation(verb: str, **more: Any) -> dict[str, Any]:
        return {"operationId": f"{verb}_{name}", "tags": [name], "summary": f"{verb.capitalize()} a {name}.", **more}

    body = {"requestBody": {"required": True, "content": one}}
    return {
        base: {
            "get": operation("list", parameters=limit, responses={"200": {"description": "All.", "content": page}}),
            "post": operation("create", **body, responses={"201": {"description": "Made.", "content": one}}),
        },
        f"{base}/{{id}}": {
            "parameters": identity,
            "get": operation("get", responses=found),
            "put": operation("replace", **body, responses=found),
            "delete": operation("delete", responses={"204": {"description": "Gone."}, "404": wrong}),
        },
    }
