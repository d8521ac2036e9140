"""Operations, clients and exceptions as they are written."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.cases import generate

from bothends.targets.target import TargetOptions

ERROR = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}


def body(schema: Any, media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


def answer(schema: Any = None, media_type: str = "application/json", description: str = "Fine.") -> dict[str, Any]:
    return {"description": description, **(body(schema, media_type) if schema is not None else {})}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def document(**operations: dict[str, Any]) -> dict[str, Any]:
    """Return a document; the operations are keyed by ``get_pets`` and the like."""
    paths: dict[str, Any] = {}
    for key, operation in operations.items():
        method, _, rest = key.partition("_")
        paths.setdefault(operation.pop("path", f"/{rest}"), {})[method] = {
            "operationId": key,
            "tags": ["zoo keeping"],
            "responses": {"200": answer(ref("Pet"))},
            **operation,
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "servers": [{"url": "https://zoo.test"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
                "Error": ERROR,
                "Problem": ERROR,
            },
            "securitySchemes": {
                "api-key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "access": {"type": "http", "scheme": "AccessKey"},
                "login": {"type": "http", "scheme": "basic"},
                "oauth": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "https://x.test/t", "scopes": {}}},
                },
            },
        },
    }


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(content: dict[str, Any], **options: object) -> dict[str, str]:
        path = tmp_path / "zoo.json"
        path.write_text(json.dumps(content))
        return generate(path, **options)[0]

    return write


def test_path_parameters_come_first_and_others_are_keywords(written: Any) -> None:
    files = written(
        document(
            put_pets={
                "path": "/pets/{petId}",
                "parameters": [
                    {"name": "dry-run", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}},
                ],
                "requestBody": body(ref("Pet")),
            }
        )
    )
    text = " ".join(files["client/zoo_keeping.py"].split())
    assert (
        "def put_pets( self, pet_id: int, *, body: schemas.Pet | Fields | None = None, limit: int,"
        " dry_run: bool | None = None, **options: Unpack[CallOptions], ) -> schemas.Pet:"
    ) in text
    assert '{"dry_run": dry_run, "pet_id": pet_id, "limit": limit}, options, body,' in text
    described = " ".join(files["operations/zoo_keeping.py"].split())
    assert 'QueryParameter("dry_run", Boolean, wire="dry-run")' in described
    assert 'PathParameter("pet_id", Integer, wire="petId")' in described
    assert 'QueryParameter("limit", Integer, required=True)' in described
    assert "body=Body((Json(schemas.Pet),), required=False)" in described


@pytest.mark.parametrize(
    ("responses", "returned"),
    [
        ({"204": answer()}, "None"),
        (
            {"200": answer(ref("Pet")), "202": answer(ref("Error")), "204": answer()},
            "schemas.Pet | schemas.Error | None",
        ),
        ({"200": answer(ref("Pet")), "201": answer(ref("Pet"))}, "schemas.Pet"),
        ({"default": answer(ref("Pet"))}, "schemas.Pet"),
        ({"2XX": answer({"type": "array", "items": {"type": "string"}})}, "list[str]"),
        ({"200": answer({"type": "string", "format": "binary"}, "image/png")}, "bytes"),
        ({"200": answer({"type": "string"}, "text/plain")}, "str"),
        ({"200": answer(ref("Pet"), "text/event-stream")}, "Stream[schemas.Pet]"),
        ({"404": answer(ref("Error"))}, "None"),
        ({"303": answer(), "404": answer(ref("Error"))}, "None"),
        ({"3XX": answer(ref("Pet")), "404": answer(ref("Error"))}, "schemas.Pet"),
        ({"302": answer(ref("Error")), "200": answer(ref("Pet"))}, "schemas.Pet"),
    ],
)
def test_what_a_method_returns(written: Any, responses: Any, returned: str) -> None:
    files = written(document(get_pet={"responses": responses}))
    synchronous, asynchronous = files["client/zoo_keeping.py"].split("class AsyncZooKeeping")
    assert f"-> {returned}:" in " ".join(synchronous.split())
    assert f"-> {returned.replace('Stream', 'AsyncStream')}:" in " ".join(asynchronous.split())


def test_xml_gives_way_to_json(written: Any) -> None:
    both = {"content": {"application/xml": {"schema": ref("Pet")}, "application/json": {"schema": ref("Pet")}}}
    files = written(document(post_pet={"requestBody": both, "responses": {"200": {"description": "", **both}}}))
    assert "body: schemas.Pet | Fields | None = None" in files["client/zoo_keeping.py"]
    assert "-> schemas.Pet:" in files["client/zoo_keeping.py"]


def test_prose_goes_into_the_synchronous_method_only(written: Any) -> None:
    operation = {
        "summary": "Find a pet",
        "description": 'All of them.\n\n"""quoted"""',
        "path": "/pets/{id}",
        "deprecated": True,
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "schema": {"type": "string"},
                "description": "The id parameter.",
            },
            {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "What to look for."},
        ],
    }
    text = written(document(get_pets=operation))["client/zoo_keeping.py"]
    assert text.count("All of them.") == 1
    assert text.count("GET /pets/{id}") == 2
    assert "        Args:\n            q: What to look for.\n\n        ```python" in text
    assert "Find a pet: `ZooKeeping.get_pets`, awaitable." in text
    assert text.count('@deprecated("The document calls this operation deprecated.")') == 2


def test_one_class_for_each_status_and_more_where_bodies_differ(written: Any) -> None:
    files = written(
        document(
            get_a={"responses": {"404": answer(ref("Error"), description="No a."), "409": answer(ref("Error"))}},
            get_b={"responses": {"404": answer(ref("Error"), description="No b."), "409": answer(ref("Problem"))}},
            get_c={"responses": {"5XX": answer(description="It\nbroke.\n\nBadly."), "default": answer(ref("Error"))}},
        )
    )
    errors = files["errors/__init__.py"]
    assert 'class NotFound(StatusError):\n    """404."""\n\n    status = 404\n    body: schemas.Error\n' in errors
    assert "class Conflict(StatusError):" in errors
    assert "    body: schemas.Error | schemas.Problem\n" in errors
    own = files["errors/zoo_keeping.py"]
    assert "class GetAConflict(Conflict):" in own
    assert "class GetBConflict(Conflict):" in own
    assert '    """5XX: It broke."""\n\n    status = 500\n    body: None\n' in errors
    assert "GetANotFound" not in own
    described = files["operations/zoo_keeping.py"]
    assert "error=errors.zoo_keeping.GetBConflict" in described
    assert "error=errors.NotFound" in described


def test_credentials_are_typed_arguments_with_environment_variables(written: Any) -> None:
    text = written(document(get_pet={}))["client/__init__.py"]
    for line in (
        "api_key: Secret | None = None,",
        "api_key: AsyncSecret | None = None,",
        "login: Login | None = None,",
        "oauth: Token | None = None,",
        'environment="EXAMPLE_API_KEY"',
        'scheme="AccessKey"',
        'token_url="https://x.test/t"',
    ):
        assert line in text


@pytest.mark.parametrize(("package", "prefix"), [("zoo", "ZOO"), ("acme.zoo_api", "ZOO_API"), ("zoo-api", "ZOO_API")])
def test_environment_variables_begin_with_the_package(package: str, prefix: str) -> None:
    assert TargetOptions(package).environment == prefix


def test_only_what_is_asked_for_is_written(written: Any) -> None:
    content = document(get_pet={"responses": {"404": answer(ref("Error"))}})
    assert not [
        path
        for path in written(content, parts=("schemas",))
        if path.split("/")[0] in ("client", "operations", "errors")
    ]
    server = written(content, parts=("schemas", "server"))
    assert {"errors/__init__.py", "operations/zoo_keeping.py"} <= set(server)
    assert "client/zoo_keeping.py" not in server
    assert "Client" not in server["__init__.py"]
    one_style = written(content, styles=("async",))
    assert "class AsyncZooKeeping(" in one_style["client/zoo_keeping.py"]
    assert "class ZooKeeping(" not in one_style["client/zoo_keeping.py"]
    assert "class Client(" not in one_style["client/__init__.py"]


def test_hostile_text_stays_text(written: Any) -> None:
    nasty = "\"\"\"'''\\\n\r{x}\u2028import os #"
    content = document(
        get_pet={
            "summary": nasty,
            "description": nasty,
            "path": "/pets/{" + "a'b" + "}",
            "parameters": [
                {"name": "a'b", "in": "path", "required": True, "schema": {"type": "string"}, "description": nasty},
                {"name": nasty, "in": "query", "schema": {"type": "string", "default": nasty}},
            ],
            "responses": {"200": answer(ref("Pet")), "404": answer(ref("Error"), description=nasty)},
            "tags": [nasty],
        }
    )
    content["info"]["title"] = nasty
    content["servers"] = [{"url": "https://x.test/'\"", "description": nasty}]
    content["components"]["securitySchemes"]["api-key"]["name"] = "X-'\"\\"
    for path, text in written(content).items():
        if path.endswith(".py") and not path.startswith("_runtime"):
            imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import)]
            assert not imported
