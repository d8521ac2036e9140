"""Types in long rows, each needing the next: they are generated, imported, built, and they validate."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from support.packages import Package, make_package

Json = dict[str, Any]
Packaged = Callable[[Json], Package]
_NUMBERS = count()
LEAF: Json = {
    "type": "object",
    "required": ["kind", "end"],
    "properties": {"kind": {"const": "row"}, "end": {"type": "string"}},
}
OTHER: Json = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "other"}}}


def choice(to: Json) -> Json:
    return {"oneOf": [to, {"$ref": "#/components/schemas/Other"}], "discriminator": {"propertyName": "kind"}}


#: Of each kind of row: how a schema needs the next, and a value around that of the next.
ROWS: dict[str, tuple[Callable[[Json], Json], Callable[[Any], Any]]] = {
    "properties": (lambda to: {"type": "object", "properties": {"next": to}}, lambda value: {"next": value}),
    "lists": (lambda to: {"type": "array", "items": to}, lambda value: [value]),
    "maps": (lambda to: {"type": "object", "additionalProperties": to}, lambda value: {"any": value}),
    "unions": (lambda to: {"anyOf": [{"type": "array", "items": to}, {"type": "integer"}]}, lambda value: [value]),
    "tagged": (
        lambda to: {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": "row"}, "next": choice(to)},
        },
        lambda value: {"kind": "row", "next": value},
    ),
}


def document(length: int, link: Callable[[Json], Json], end: Json = LEAF) -> Json:
    schemas = {f"S{number}": link({"$ref": f"#/components/schemas/S{number + 1}"}) for number in range(length)}
    components = {"schemas": schemas | {f"S{length}": end, "Other": OTHER}}
    return {"openapi": "3.1.0", "info": {"title": "Row", "version": "1"}, "paths": {}, "components": components}


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packaged:
    """Return what makes a package of a document."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(content: Json) -> Package:
        name = f"row_{next(_NUMBERS)}"
        spec = tmp_path / f"{name}.json"
        spec.write_text(json.dumps(content))
        return make_package(spec, tmp_path, name, parts=("schemas",))

    return make


def nested(depth: int, wrap: Callable[[Any], Any], value: Any) -> Any:
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize("kind", ROWS)
def test_rows_of_types_are_usable_from_any_of_them(kind: str, packaged: Packaged) -> None:
    link, wrap = ROWS[kind]
    length = 150
    schemas = packaged(document(length, link)).load().schemas
    for number in (0, 1, length // 2, length - 1):
        adapter = TypeAdapter[Any](getattr(schemas, f"S{number}"))
        # All the way where JSON can be nested so deep: a property takes one level, and so does a list.
        value = nested(length - number, wrap, {"kind": "row", "end": "x"})
        read = adapter.validate_json(json.dumps(value))
        assert json.loads(adapter.dump_json(read, by_alias=True, exclude_unset=True)) == value
        with pytest.raises(ValidationError):
            adapter.validate_json(json.dumps(nested(length - number, wrap, {"kind": "row", "end": 5})))


@pytest.mark.slow
def test_five_thousand_models_in_a_row(packaged: Packaged) -> None:
    link, wrap = ROWS["properties"]
    schemas = packaged(document(5_000, link)).load().schemas
    for name in ("S0", "S777", "S4990"):
        model: type[BaseModel] = getattr(schemas, name)
        model.model_rebuild()
    first = schemas.S0
    deep = nested(150, wrap, {"other": 1})
    assert first.from_dict(deep).to_dict() == deep
    with pytest.raises(ValidationError):
        first.from_dict(nested(150, wrap, {"next": 1}))
    last = schemas.S4990
    assert last.from_dict(nested(10, wrap, {"kind": "row", "end": "x"})).to_dict() == nested(
        10, wrap, {"kind": "row", "end": "x"}
    )
    with pytest.raises(ValidationError):
        last.from_dict(nested(10, wrap, {"kind": "row", "end": 1}))


def test_a_choice_within_a_choice_takes_no_time(packaged: Packaged) -> None:
    # The check and the type look at each level: unless something is kept in mind, 2 to the power of 60 times.
    schemas = {
        "Term": {"oneOf": [{"$ref": "#/components/schemas/Not"}, {"$ref": "#/components/schemas/Leaf"}]},
        "Not": {"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#/components/schemas/Term"}}},
        "Leaf": LEAF,
    }
    term = packaged(document(0, dict) | {"components": {"schemas": schemas}}).load().schemas.Term
    adapter = TypeAdapter[Any](term)

    def wrap(value: Any) -> Json:
        return {"not": value}

    assert adapter.validate_json(json.dumps(nested(60, wrap, {"kind": "row", "end": "x"})))
    for wrong in ({}, {"kind": "row", "end": "x", "not": {"kind": "row", "end": "x"}}):
        with pytest.raises(ValidationError):
            adapter.validate_json(json.dumps(nested(60, wrap, wrong)))


def test_values_from_python_nest_only_so_deep(packaged: Packaged) -> None:
    link, wrap = ROWS["properties"]
    schemas = packaged(document(1_200, link)).load().schemas
    with pytest.raises(ValidationError) as caught:
        schemas.S0.model_validate(nested(1_199, wrap, {"next": {"kind": "row", "end": "x"}}))
    assert caught.value.errors()[0]["type"] == "recursion_loop"


def test_an_all_of_in_an_all_of_has_all_properties(packaged: Packaged) -> None:
    length = 150
    numbers = iter(range(length))

    def link(to: Json) -> Json:
        return {"allOf": [to, {"type": "object", "properties": {f"p{next(numbers)}": {"type": "integer"}}}]}

    schemas = packaged(document(length, link)).load().schemas
    model = schemas.S0
    assert set(model.model_fields) == {"kind", "end", *(f"p{number}" for number in range(length))}
    with pytest.raises(ValidationError):
        model.from_dict({"kind": "row", "end": "x", f"p{length - 1}": "no number"})


def test_a_list_in_a_list_is_a_list_however_deep(packaged: Packaged) -> None:
    # Deeper than one annotation goes; a document nests no deeper than 200 levels.
    schemas = {"Deep": nested(150, lambda inner: {"type": "array", "items": inner}, {"type": "integer"})}
    content = document(0, dict) | {"components": {"schemas": schemas}}
    schemas = packaged(content).load().schemas
    adapter = TypeAdapter[Any](schemas.Deep)
    assert adapter.validate_json("[" * 150 + "1" + "]" * 150) == nested(150, lambda inner: [inner], 1)
    for wrong in ("[" * 150 + '"1"' + "]" * 150, "[" * 149 + "1" + "]" * 149):
        with pytest.raises(ValidationError):
            adapter.validate_json(wrong)


def test_a_check_of_the_same_value_may_lead_over_many_types(packaged: Packaged) -> None:
    numbers = iter(range(300))

    def link(to: Json) -> Json:
        return {"oneOf": [to, {"const": next(numbers)}]}

    schemas = packaged(document(300, link, {"type": "string"})).load().schemas
    adapter = TypeAdapter[Any](schemas.S0)
    assert adapter.validate_json("7") == 7
    assert adapter.validate_json('"text"') == "text"
    for wrong in ("300", "[]", "1.5"):
        with pytest.raises(ValidationError):
            adapter.validate_json(wrong)


def test_a_longer_row_leaves_the_modules_as_they_are(packaged: Packaged) -> None:
    link, _ = ROWS["properties"]
    written = []
    for length in (120, 121):
        package = packaged(document(length, link))
        files = (package.folder / "schemas").glob("s*.py")
        written.append({path.name: path.read_text() for path in files})
    changed = {name for name, text in written[0].items() if written[1].get(name) != text}
    assert changed == {"s120.py"}
