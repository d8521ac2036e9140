"""Places inside of components and operations are called by the way that leads to them."""

from __future__ import annotations

import pytest

from bothends.diagnostics.model import Location, Report
from bothends.ir.api import Api
from bothends.ir.declarations import NO_DOC, Open, Record
from bothends.ir.types import TypeId
from bothends.naming.anchors import is_inside, words_of_place
from bothends.naming.assign import assign

HERE = Location("openapi.yaml")


def named(*anchors: str) -> list[str]:
    """Return the names of records that stand at some places, in the order of those."""
    declarations = tuple(Record(TypeId(anchor), (), Open(), HERE) for anchor in anchors)
    api = Api("", "", NO_DOC, (), (), (), declarations, ())
    names = assign(api, Report())
    assert len({type_.module for type_ in names.types.values()}) == len(anchors)
    return [names.types[TypeId(anchor)].name for anchor in anchors]


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("#/components/parameters/pet_kind/schema", "PetKindParameter"),
        ("#/components/responses/Conflict/content/application~1json/schema", "ConflictResponse"),
        ("#/components/responses/PetResponse/content/application~1json/schema/oneOf/1", "PetResponseSecond"),
        ("#/components/schemas/Pet/allOf/1/properties/last_owner/anyOf/0", "PetLastOwnerFirst"),
        ("#/components/schemas/Pets/items/properties/tags/additionalProperties", "PetsItemTagsValue"),
        ("#/paths/~1pets~1{id}/get/responses/404/content/application~1json/schema", "GetPetsIdNotFound"),
        ("#/paths/~1pets/post/requestBody/content/application~1json/schema", "PostPetsRequest"),
        ("#/definitions/Pet/properties/owner", "PetOwner"),
        ("#/components/schemas/Pet", "Pet"),
        ("common.yaml#/components/schemas/Pet/properties/owner", "PetOwner"),
        ("#/components/schemas/Shop/$defs/Pet", "Pet"),
    ],
)
def test_a_name_says_what_is_meant(anchor: str, name: str) -> None:
    assert named(anchor) == [name]


def test_a_component_has_the_better_right_to_its_name() -> None:
    definition = "#/components/schemas/Shop/$defs/Pet"
    assert named("#/components/schemas/Pet", definition) == ["Pet", "ShopPet"]
    inside = "#/components/schemas/Pet/properties/owner"
    assert named("#/components/schemas/PetOwner", inside) == ["PetOwner", "PetOwnerSchema"]


def test_ways_of_the_same_words_are_told_apart_without_counting() -> None:
    places = [f"#/components/schemas/Pet/allOf/{place}/properties/owner" for place in range(2)]
    assert named(*places) == ["ComponentsSchemasPetAllOf0PropertiesOwner", "ComponentsSchemasPetAllOf1PropertiesOwner"]


@pytest.mark.parametrize("anchor", ["pet.yaml", "common.yaml#/Pet", "#/components/schemas/properties", "#/x/y"])
def test_other_places_are_called_by_their_last_word(anchor: str) -> None:
    assert not is_inside(anchor)


def test_nothing_is_said_of_no_way() -> None:
    assert words_of_place("pet.yaml") == ()
