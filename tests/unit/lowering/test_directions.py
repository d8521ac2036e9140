"""``readOnly`` and ``writeOnly``: requests and responses that can be built, and no twin without need."""

from __future__ import annotations

from typing import Any

from bothends.ir.declarations import Record
from bothends.ir.types import ListOf, Named, TypeId

from .conftest import Lowered, component

REF = {"$ref": "#/components/schemas/Pet"}
READ = {"type": "string", "readOnly": True}
WRITE = {"type": "string", "writeOnly": True}


def paths(*, sent: Any = None, given: Any = None) -> dict[str, Any]:
    operation: dict[str, Any] = {"responses": {"200": {"description": ""}}}
    if given is not None:
        operation["responses"]["200"]["content"] = {"application/json": {"schema": given}}
    if sent is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": sent}}}
    return {"/pets": {"post": operation}}


def pet(required: list[str], **more: Any) -> dict[str, Any]:
    properties = {"id": READ, "secret": WRITE, "name": {"type": "string"}}
    return {"type": "object", "required": required, "properties": properties, **more}


def fields(found: Lowered, *steps: str, name: str = "Pet") -> dict[str, bool]:
    record = found.component(name, *steps)
    assert isinstance(record, Record)
    return {field.wire: field.required for field in record.fields}


def sent(found: Lowered) -> Any:
    (operation,) = found.api.operations
    assert operation.body is not None
    return operation.body.contents[0].type


def given(found: Lowered) -> Any:
    (operation,) = found.api.operations
    return operation.responses[0].contents[0].type


def test_a_twin_for_requests(lowered: Any) -> None:
    found = lowered({"Pet": pet(["id", "secret", "name"])}, paths=paths(sent=REF, given=REF))
    assert (sent(found), given(found)) == (Named(component("Pet", "input")), Named(component("Pet")))
    assert fields(found) == {"id": True, "name": True}
    assert fields(found, "input") == {"secret": True, "name": True}


def test_no_twin_where_nothing_is_demanded_in_one_direction_only(lowered: Any) -> None:
    found = lowered({"Pet": pet(["name"])}, paths=paths(sent=REF, given=REF))
    assert list(found.declarations) == [component("Pet")]
    assert fields(found) == {"id": False, "secret": False, "name": True}


def test_closed_objects_keep_what_does_not_travel(lowered: Any) -> None:
    found = lowered({"Pet": pet(["id"], additionalProperties=False)}, paths=paths(sent=REF, given=REF))
    assert fields(found, "input") == {"id": False, "secret": False, "name": False}


def test_whatever_mentions_a_twin_has_one_too(lowered: Any) -> None:
    schemas = {
        "Pet": pet(["id"]),
        "Pets": {"type": "array", "items": REF},
        "Shop": {
            "type": "object",
            "properties": {"pets": {"$ref": "#/components/schemas/Pets"}, "kind": {"enum": ["a", "b"]}},
        },
    }
    shop = {"$ref": "#/components/schemas/Shop"}
    found = lowered(schemas, paths=paths(sent=shop, given=shop))
    twins = [component(name, "input") for name in ("Pet", "Pets", "Shop")]
    assert [key for key in found.declarations if key.steps] == [*twins, component("Shop", "kind")]
    pets = found.component("Pets", "input")
    assert pets.type == ListOf(Named(component("Pet", "input")))  # type: ignore[union-attr]


def test_one_direction_needs_no_twin(lowered: Any) -> None:
    only_sent = lowered({"Pet": pet(["id", "secret"])}, paths=paths(sent=REF))
    assert (list(only_sent.declarations), fields(only_sent)) == ([component("Pet")], {"secret": True, "name": False})
    only_given = lowered({"Pet": pet(["id", "secret"])}, paths=paths(given=REF))
    assert (list(only_given.declarations), fields(only_given)) == ([component("Pet")], {"id": True, "name": False})


def test_webhooks_run_the_other_way(lowered: Any) -> None:
    hook = paths(sent=REF)["/pets"]
    found = lowered({"Pet": pet(["id", "secret"])}, webhooks={"new": hook})
    assert fields(found) == {"id": True, "name": False}


def test_a_property_called_input(lowered: Any) -> None:
    schema = pet(["id"])
    schema["properties"]["input"] = {"type": "object", "properties": {"a": True}}
    found = lowered({"Pet": schema}, paths=paths(sent=REF, given=REF))
    assert sent(found) == Named(TypeId("#/components/schemas/Pet", ("request",)))
