"""Names that the configuration chooses."""

from __future__ import annotations

import dataclasses

import pytest

from bothends.config.model import NameChoice
from bothends.diagnostics.model import Location, Report, Severity
from bothends.ir.api import Api
from bothends.ir.declarations import Field, Open, Record
from bothends.ir.operations import OperationId, Parameter, Place, Style, StyleName
from bothends.ir.security import ApiKey
from bothends.ir.types import Named, TypeId
from bothends.naming.assign import assign
from bothends.naming.names import Names
from support.models import TEXT, api, component, enumeration, operation, record

RESPONSE = TypeId("operation:GET /pets", ("response", "200"))
PET = component("Pet")
STYLE = Style(StyleName.FORM, True)


def at(pointer: str) -> Location:
    return Location("openapi.yaml", pointer)


def pets() -> Api:
    """Return a model with one of each thing that has a name."""
    fields = (
        Field("photoUrls", TEXT, False, at("/components/schemas/Pet/properties/photoUrls")),
        Field("owner", Named(component("Pet", "owner")), False, at("/components/schemas/Pet/properties/owner")),
    )
    pet = Record(PET, fields, Open(), at("/components/schemas/Pet"))
    owner = Record(component("Pet", "owner"), (), Open(), at("/components/schemas/Pet/properties/owner"))
    limit = Parameter("max-items", Place.QUERY, TEXT, False, STYLE, at("/components/parameters/Limit"))
    operations = [
        dataclasses.replace(operation(method, "/pets", key, group="Pet shop"), parameters=(limit,))
        for method, key in (("GET", "listPets"), ("DELETE", "deletePets"))
    ]
    model = api([pet, owner, enumeration(component("Kind"), "in-progress", "done"), record(RESPONSE)], operations)
    return dataclasses.replace(model, schemes=(ApiKey("apiKey", "header", "x"),))


def name_of(kind: str, names: Names) -> str:
    listed = OperationId("GET", "/pets")
    return {
        "pet": lambda: names.types[PET].name,
        "owner": lambda: names.types[component("Pet", "owner")].name,
        "response": lambda: names.types[RESPONSE].name,
        "photos": lambda: names.fields[PET]["photoUrls"],
        "progress": lambda: names.members[component("Kind")]["in-progress"],
        "method": lambda: names.methods[listed],
        "limit": lambda: names.parameters[listed][Place.QUERY, "max-items"],
        "group": lambda: names.groups["Pet shop"].module,
        "scheme": lambda: names.schemes["apiKey"],
    }[kind]()


@pytest.mark.parametrize(
    ("kind", "key", "what"),
    [
        ("types", "Pet", "pet"),
        ("", "#/components/schemas/Pet", "pet"),
        ("types", "Pet/owner", "owner"),
        ("types", "#/components/schemas/Pet/properties/owner", "owner"),
        ("types", "#/components/schemas/Pet/owner", "owner"),
        ("types", "GET /pets response/200", "response"),
        ("types", "listPets/response/200", "response"),
        ("members", "Pet/photoUrls", "photos"),
        ("", "#/components/schemas/Pet/properties/photoUrls", "photos"),
        ("members", "Kind/in-progress", "progress"),
        ("operations", "listPets", "method"),
        ("", "GET /pets", "method"),
        ("parameters", "GET /pets query/max-items", "limit"),
        ("parameters", "listPets/max-items", "limit"),
        ("", "#/components/parameters/Limit", "limit"),
        ("groups", "Pet shop", "group"),
        ("schemes", "apiKey", "scheme"),
        ("", "#/components/securitySchemes/apiKey", "scheme"),
    ],
)
def test_everything_with_a_name_can_be_given_another(kind: str, key: str, what: str) -> None:
    report = Report()
    names = assign(pets(), report, [NameChoice(kind, key, "Chosen")])
    assert list(report) == []
    assert name_of(what, names) == "Chosen"
    assert assign(pets(), Report()) != names


def test_a_shared_parameter_has_one_name_in_all_operations() -> None:
    names = assign(pets(), Report(), [NameChoice("", "#/components/parameters/Limit", "limit")])
    assert [list(found.values()) for found in names.parameters.values()] == [["limit"], ["limit"]]


def test_what_is_named_after_a_thing_follows_it() -> None:
    choices = [NameChoice("types", "Pet", "Animal"), NameChoice("groups", "Pet shop", "animal_shop")]
    names = assign(pets(), Report(), [*choices, NameChoice("operations", "listPets", "find_animals")])
    assert names.types[component("Pet", "owner")].name == "AnimalOwner"
    assert names.types[RESPONSE].name == "FindAnimalsResponse"
    assert names.groups["Pet shop"].class_name == "AnimalShop"


@pytest.mark.parametrize(
    ("kind", "key", "message", "hint"),
    [
        ("types", "Pets", "none of the types of the document is known as 'Pets'", "did you mean 'Pet'?"),
        ("members", "Pet/photoURLs", "none of the members", "did you mean 'Pet/photoUrls'?"),
        ("", "listPet", "nothing of the document is known as 'listPet'", "did you mean 'listPets'?"),
        ("operations", "Pet", "none of the operations", "`bothends explain` lists the keys"),
        ("", "Pet/owner", "may mean several things", "write it under names.members or names.types"),
    ],
)
def test_a_key_that_means_nothing_or_too_much(kind: str, key: str, message: str, hint: str) -> None:
    report = Report()
    place = Location("bothends.toml", "", 7, 1)
    assign(pets(), report, [NameChoice(kind, key, "Chosen", place)])
    (found,) = report
    assert (found.code, found.severity, found.location) == ("invalid-configuration", Severity.ERROR, place)
    assert message in found.message
    assert hint in (found.hint or "")


@pytest.mark.parametrize("name", ["class", "a b", "_x", "x; import os", "", "ﬁle"])
def test_a_name_must_be_an_identifier(name: str) -> None:
    report = Report()
    assign(pets(), report, [NameChoice("types", "Pet", name)])
    assert [found.code for found in report] == ["invalid-configuration"]


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("types", "Pet", "lazy_attributes"),
        ("members", "Pet/photoUrls", "model_dump"),
        ("members", "Pet/photoUrls", "str"),
        ("operations", "listPets", "list"),
        ("parameters", "listPets/max-items", "timeout"),
    ],
)
def test_a_name_that_generated_code_needs_is_refused(kind: str, key: str, name: str) -> None:
    report = Report()
    assign(pets(), report, [NameChoice(kind, key, name)])
    assert [found.message for found in report] == [f"{name!r} cannot be a name of {kind}: it is reserved there"]


def test_two_things_of_one_chosen_name_are_told_apart() -> None:
    choices = [NameChoice("types", "Pet", "Thing"), NameChoice("types", "Kind", "Thing")]
    names = assign(pets(), Report(), choices)
    assert len({type_.name for type_ in names.types.values()}) == len(names.types)
