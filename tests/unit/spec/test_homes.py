"""A component that is nothing but a reference to a schema of another file, of the same name, is that schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cases import generate

DOCUMENT = """
openapi: 3.1.0
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": {{description: OK, content: {{application/json: {{schema: {{$ref: "{target}"}}}}}}}}
components:
  schemas:
    {components}
"""
PET = "type: object\nproperties: {name: {type: string}, mother: {$ref: pet.yaml}}\n"
STORE = "Pet: {type: object, properties: {name: {type: string}}}\n"


def schemas(folder: Path, target: str, components: str) -> dict[str, str]:
    (folder / "pet.yaml").write_text(PET)
    (folder / "store.yaml").write_text(STORE)
    spec = folder / "openapi.yaml"
    spec.write_text(DOCUMENT.format(target=target, components=components))
    files, _ = generate(spec)
    return {Path(path).stem: text for path, text in files.items() if path.startswith("schemas/")}


@pytest.mark.parametrize(
    ("target", "component"),
    [("pet.yaml", "Pet: {$ref: pet.yaml}"), ("store.yaml#/Pet", "Pet: {$ref: 'store.yaml#/Pet'}")],
)
def test_both_are_one_type(target: str, component: str, tmp_path: Path) -> None:
    found = schemas(tmp_path, target, component)
    assert found.keys() == {"__init__", "pet"}
    assert "class Pet(Model):" in found["pet"]


def test_references_inside_of_the_file_mean_the_component(tmp_path: Path) -> None:
    assert "mother: Pet | None = None" in schemas(tmp_path, "pet.yaml", "Pet: {$ref: pet.yaml}")["pet"]


@pytest.mark.parametrize(
    "components",
    [
        "Animal: {$ref: pet.yaml}",
        "{Pet: {$ref: pet.yaml}, PET: {$ref: pet.yaml}}",
        "Pet: {$ref: pet.yaml, description: Mine}",
    ],
    ids=["another name", "two of the name", "says more"],
)
def test_others_are_aliases(components: str, tmp_path: Path) -> None:
    text = "".join(schemas(tmp_path, "pet.yaml", components).values())
    assert text.count("class ") == 1
    assert any(f"\n{name} = " in text for name in ("Animal", "Pet", "PET"))


def test_a_file_that_is_not_there_is_reported_once(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(DOCUMENT.format(target="#/components/schemas/Pet", components="Pet: {$ref: gone.yaml}"))
    _, said = generate(spec)
    assert said.count("error[") == 1
