"""What a document begins to say of something does not give it another name, or its method another shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bothends.config.pagination import PaginationConfig
from support.additions import replaced
from support.growing import Generated, generated

PET = {"$ref": "#/components/schemas/Pet"}
SHOP = {"$ref": "#/components/schemas/Shop"}
SCHEMAS = {
    "Shop": {"type": "object", "required": ["best"], "properties": {"best": PET}},
    "Pet": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}},
    },
}


def document(paths: dict[str, Any], schemas: dict[str, Any] = SCHEMAS) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def sending(schema: dict[str, Any]) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, "responses": {"204": {"description": "Done"}}}


def giving(schema: dict[str, Any], *, error: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    responses = {"200": answer(schema)} | ({"409": answer(error)} if error else {})
    return {"responses": responses, **more}


def answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "It", "content": {"application/json": {"schema": schema}}}


PUT = {
    "/pet": {"put": {"operationId": "putPet", **sending(PET)}},
    "/shop": {"put": {"operationId": "openShop", **sending(SHOP)}},
}
GET = {
    "/pets/1": {"get": {"operationId": "getPet", **giving(PET)}},
    "/shops/1": {"get": {"operationId": "getShop", **giving(SHOP)}},
}

#: The modules that say something of the pet.
MODULES = ("schemas/pet.py", "schemas/shop.py", "client/default.py", "server/default.py", "operations/default.py")


def kept(before: Generated, after: Generated, path: str) -> None:
    """All that a file said is said still."""
    assert replaced(before.files[path], after.files[path]) == []


def test_what_only_requests_used_keeps_its_name_for_them(tmp_path: Path) -> None:
    before = generated(document(PUT), tmp_path / "shop")
    assert "id:" not in before.files["schemas/pet.py"]
    after = generated(document(PUT | GET), tmp_path / "shop")
    assert after.renames == ()
    for path in MODULES:
        kept(before, after, path)
    assert "def get_pet(self) -> MaybeAwaitable[schemas.PetOutput]:" in after.files["server/default.py"]
    assert "best: PetOutput" in after.files["schemas/shop.py"]
    again = generated(document(PUT | GET), tmp_path / "shop")
    assert again.files == after.files


def test_what_only_responses_used_keeps_its_name_for_them(tmp_path: Path) -> None:
    before = generated(document(GET), tmp_path / "shop")
    after = generated(document(PUT | GET), tmp_path / "shop")
    for path in MODULES:
        kept(before, after, path)
    assert "class PetInput(" in after.files["schemas/pet.py"]


def test_naming_anew_calls_it_by_the_rules(tmp_path: Path) -> None:
    generated(document(PUT), tmp_path / "shop")
    generated(document(PUT | GET), tmp_path / "shop")
    anew = generated(document(PUT | GET), tmp_path / "shop", relock=True)
    assert "PetOutput" not in anew.files["schemas/pet.py"]
    assert anew.files == generated(document(PUT | GET), tmp_path / "fresh").files


NAMES = {"type": "array", "items": {"type": "string"}}
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}}
SIZE = {"name": "per_page", "in": "query", "schema": {"type": "integer", "default": 30}}


def listing(*parameters: dict[str, Any]) -> dict[str, Any]:
    return document({"/names": {"get": {"operationId": "listNames", **giving(NAMES, parameters=list(parameters))}}}, {})


def test_a_method_without_pages_keeps_its_shape(tmp_path: Path) -> None:
    generated(listing(), tmp_path / "shop")
    after = generated(listing(PAGE, SIZE), tmp_path / "shop")
    assert "-> list[str]:" in after.files["client/default.py"]
    (note,) = [one for one in after.report if one.code == "inferred-pagination"]
    assert "the method returns the answer alone, as it did before" in note.message
    assert generated(listing(PAGE, SIZE), tmp_path / "shop").files == after.files


@pytest.mark.parametrize("way", ["relock", "fresh", "stated"])
def test_a_method_gets_pages_when_somebody_wants_them(way: str, tmp_path: Path) -> None:
    generated(listing(), tmp_path / "shop")
    if way == "stated":
        generated(listing(), tmp_path / "shop", pagination=PaginationConfig(infer=False))
    after = generated(listing(PAGE, SIZE), tmp_path / ("new" if way == "fresh" else "shop"), relock=way == "relock")
    assert "-> Page[str, list[str]]:" in after.files["client/default.py"]


def test_the_configuration_says_what_has_pages(tmp_path: Path) -> None:
    off = PaginationConfig(operations={"listNames": None})
    assert (
        "-> list[str]:" in generated(listing(PAGE, SIZE), tmp_path / "shop", pagination=off).files["client/default.py"]
    )
    after = generated(listing(PAGE, SIZE), tmp_path / "shop")
    assert "-> Page[str, list[str]]:" in after.files["client/default.py"]


def test_errors_stay_what_they_were_to_those_who_catch_them(tmp_path: Path) -> None:
    text = {"type": "string"}
    first = {"/a": {"get": {"operationId": "first", **giving(text, error=PET)}}}
    before = generated(document(first), tmp_path / "shop")
    assert "class Conflict(StatusError):" in before.files["errors/__init__.py"]
    second = {"/b": {"get": {"operationId": "second", **giving(text, error=SHOP)}}}
    after = generated(document(first | second), tmp_path / "shop")
    errors = after.files["errors/__init__.py"]
    assert "class Conflict(StatusError):" in errors
    assert "body: schemas.Pet | schemas.Shop" in errors
    assert "class FirstConflict(Conflict):" in after.files["errors/default.py"]


TEXT = {"type": "string"}
OBJECT = {"type": "object"}
WITH_NAME = {"type": "object", "properties": {"name": TEXT}}
LOOSE = {"type": "object", "required": ["name"], "properties": {"id": TEXT, "name": TEXT}}
NO_CONTENT = {"/a": {"get": {"operationId": "first", "responses": {"204": {"description": "Done"}}}}}


def holding(schema: dict[str, Any], **schemas: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose component ``Box`` has a property of a schema."""
    box = {"type": "object", "properties": {"held": schema}}
    get = {"/box": {"get": {"operationId": "getBox", **giving({"$ref": "#/components/schemas/Box"})}}}
    return document(get, {"Box": box, **schemas})


@pytest.mark.parametrize(
    ("before", "after", "path", "old", "new"),
    [
        pytest.param(
            document(NO_CONTENT, {}),
            document({"/a": {"get": {"operationId": "first", **giving(TEXT)}}}, {}),
            "client/default.py",
            "-> None:",
            "-> str:",
            id="an operation gets a response",
        ),
        pytest.param(
            document(PUT | GET, SCHEMAS | {"Pet": LOOSE}),
            document(PUT | GET),
            "server/default.py",
            "body: schemas.Pet",
            "body: schemas.PetInput",
            id="a property in both directions becomes required and readOnly",
        ),
        pytest.param(
            holding({"anyOf": [TEXT, {"type": "integer"}]}),
            holding({"anyOf": [TEXT, {"type": "integer"}, {"type": "boolean"}]}),
            "schemas/box.py",
            "held: str | Integer | None",
            "held: str | Integer | Boolean | None",
            id="a union gets another member",
        ),
        pytest.param(
            holding(OBJECT),
            holding(WITH_NAME),
            "schemas/box.py",
            "held: dict[str, Any] | None",
            "held: BoxHeld | None",
            id="an object gets properties",
        ),
    ],
)
def test_what_the_document_says_of_a_thing_itself_changes_it(
    before: dict[str, Any], after: dict[str, Any], path: str, old: str, new: str, tmp_path: Path
) -> None:
    assert old in generated(before, tmp_path / "shop").files[path]
    grown = generated(after, tmp_path / "shop")
    assert new in grown.files[path]
    assert grown.renames == ()
