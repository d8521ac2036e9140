"""The name lock: what was called so stays so, as the document grows around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothends.config.model import NameChoice
from bothends.diagnostics.model import Location, Report, Severity
from bothends.ir.api import Api
from bothends.ir.declarations import Declaration, Enumeration, EnumMember
from bothends.ir.operations import Operation, Place
from bothends.ir.security import ApiKey
from bothends.ir.types import Named, ScalarKind, TypeId
from bothends.naming.assign import assign
from bothends.naming.lock import NameLock, read_lock, write_lock
from bothends.naming.names import Names
from bothends.naming.renames import find_renames
from support.models import HERE, TEXT, api, component, enumeration, operation, record, wired

MANIFEST = Location(".bothends.json")


def lock_of(model: Api, names: Names) -> NameLock:
    report = Report()
    lock = read_lock(write_lock(model, names), MANIFEST, report)
    assert list(report) == []
    return lock


def locked(model: Api) -> NameLock:
    """Return the lock of a model that was named from scratch."""
    return lock_of(model, assign(model, Report()))


def again(before: Api, after: Api, *choices: NameChoice) -> Names:
    """Name a model that was another one in the last run."""
    report = Report()
    names = assign(after, report, choices, locked(before))
    assert not report.failed
    return names


def types_of(names: Names) -> dict[str, str]:
    return {"/".join((key.anchor.rpartition("/")[2], *key.steps)): name.name for key, name in names.types.items()}


def renames(before: Api, after: Api, *choices: NameChoice) -> list[str]:
    return [str(one) for one in find_renames(locked(before), lock_of(after, again(before, after, *choices)))]


OWNER = [record(component("Pet"), owner=Named(component("Pet", "owner"))), record(component("Pet", "owner"))]


def test_a_lock_is_a_line_for_each_thing() -> None:
    kinds = Enumeration(component("Kind"), ScalarKind.STRING, (EnumMember("in-progress"), EnumMember("a=b c%")), HERE)
    pet = wired(component("Pet"), {"photoUrls": TEXT, "id": TEXT, "": TEXT})
    places = [(Place.PATH, "petId"), (Place.QUERY, "limit")]
    model = dataclasses.replace(
        api([pet, kinds], [operation("GET", "/pets/{petId}", "getPet", group="Pet shop", parameters=places)]),
        schemes=(ApiKey("apiKey", "header", "x"),),
    )
    assert write_lock(model, assign(model, Report())) == {
        "types": {
            "Kind": "Kind a%3Db%20c%25=A_EQUAL_B_C in-progress=IN_PROGRESS",
            "Pet": "Pet =field_empty id photoUrls=photo_urls",
        },
        "operations": {"GET /pets/{petId}": "getPet=get_pet path/petId=pet_id query/limit=limit"},
        "groups": {"Pet shop": "pet_shop PetShop"},
        "schemes": {"apiKey": "api_key"},
        "modules": {"Kind": "kind", "Pet": "pet"},
    }
    kept = locked(model).names
    assert {name for (_, place, wire), name in kept.items() if place == "Kind" and wire} == {
        "IN_PROGRESS",
        "A_EQUAL_B_C",
    }
    assert assign(model, Report(), (), locked(model)) == assign(model, Report())


def test_an_inline_type_keeps_its_name_against_a_new_component() -> None:
    before, after = api(OWNER), api([*OWNER, record(component("PetOwner"))])
    assert types_of(assign(after, Report()))["Pet/owner"] == "PetOwnerProperty"
    names = types_of(again(before, after))
    assert names["Pet/owner"] == "PetOwner"
    assert names["PetOwner"] not in ("PetOwner", "Pet")
    assert renames(before, after) == []


def test_the_name_that_was_settled_by_a_collision_stays_when_the_other_goes() -> None:
    before, after = api([*OWNER, record(component("PetOwner"))]), api(OWNER)
    assert types_of(again(before, after))["Pet/owner"] == "PetOwnerProperty"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"fooBar": TEXT}, {"fooBar": TEXT, "foo_bar": TEXT}),
        ({"a-b": TEXT}, {"a-b": TEXT, "a b": TEXT, "a_b": TEXT}),
    ],
)
def test_a_member_keeps_its_name_against_one_that_is_spelled_so(before: dict[str, Any], after: dict[str, Any]) -> None:
    old = api([wired(component("Pet"), before)])
    new = api([wired(component("Pet"), after)])
    kept = assign(old, Report()).fields[component("Pet")]
    found = again(old, new).fields[component("Pet")]
    assert {wire: found[wire] for wire in kept} == kept
    assert assign(new, Report()).fields[component("Pet")] != found


def test_members_of_enumerations_methods_groups_and_credentials_keep_theirs() -> None:
    def model(values: list[Any], ids: list[str], tags: list[str], keys: list[str], places: list[Any]) -> Api:
        operations = [
            operation("GET", f"/{number}", key, group=tag, parameters=places)
            for number, (key, tag) in enumerate(zip(ids, tags, strict=True))
        ]
        schemes = tuple(ApiKey(key, "header", "x") for key in keys)
        return dataclasses.replace(api([enumeration(component("Kind"), *values)], operations), schemes=schemes)

    query, path = (Place.QUERY, "id"), (Place.PATH, "id")
    before = model(["*"], ["listPets"], ["Pets"], ["apiKey"], [query])
    after = model(["*", "star"], ["listPets", "list_pets"], ["Pets", "pets"], ["apiKey", "api_key"], [query, path])
    names = again(before, after)
    assert names.members[component("Kind")]["*"] == "STAR"
    assert names.methods[before.operations[0].id] == "list_pets"
    assert (names.groups["Pets"].module, names.groups["Pets"].class_name) == ("pets", "Pets")
    assert names.schemes["apiKey"] == "api_key"
    assert names.parameters[before.operations[0].id][query] == "id"
    assert assign(after, Report()) != names


def test_a_cycle_that_grows_keeps_its_module() -> None:
    cat, dog = component("Cat"), component("Dog")
    before = api([record(cat, dog=Named(dog)), record(dog, cat=Named(cat))])
    ant = component("Ant")
    after = api([record(cat, dog=Named(dog)), record(dog, ant=Named(ant)), record(ant, cat=Named(cat))])
    assert {name.module for name in assign(after, Report()).types.values()} == {"ant"}
    assert {name.module for name in again(before, after).types.values()} == {"cat"}


def test_a_cycle_that_comes_apart_leaves_its_module_to_one() -> None:
    cat, dog = component("Cat"), component("Dog")
    before = api([record(cat, dog=Named(dog)), record(dog, cat=Named(cat))])
    names = again(before, api([record(cat), record(dog, cat=Named(cat))]))
    assert {key: names.types[key].module for key in (cat, dog)} == {cat: "cat", dog: "dog"}


def test_what_is_renamed_on_purpose_takes_what_is_named_after_it_along() -> None:
    before = api(OWNER)
    choice = NameChoice("types", "Pet", "Animal")
    assert types_of(again(before, before, choice)) == {"Pet": "Animal", "Pet/owner": "AnimalOwner"}
    assert renames(before, before, choice) == [
        "schemas.Pet is schemas.Animal now (Pet)",
        "schemas.PetOwner is schemas.AnimalOwner now (Pet/owner)",
    ]
    module = again(before, before, choice).types[component("Pet")].module
    assert module == "animal"


def test_another_operation_id_is_a_rename_by_the_author() -> None:
    body = record(TypeId("operation:GET /pets", ("response", "200")))
    before = api([body], [operation("GET", "/pets", "listPets")])
    after = api([body], [operation("GET", "/pets", "findPets")])
    assert renames(before, after) == [
        "method list_pets is method find_pets now (GET /pets)",
        "schemas.ListPetsResponse is schemas.FindPetsResponse now (GET /pets response/200)",
    ]


def test_a_component_that_its_author_renamed_is_found_by_its_members() -> None:
    before = api([wired(component("Pet"), {"id": TEXT, "tag": TEXT}), wired(component("Cat"), {"id": TEXT})])
    after = api([wired(component("Animal"), {"id": TEXT, "tag": TEXT}), wired(component("Cat"), {"id": TEXT})])
    assert renames(before, after) == ["schemas.Pet is schemas.Animal now (Animal)"]


def test_an_override_takes_a_name_from_what_had_it() -> None:
    model = api([wired(component("Pet"), {"fooBar": TEXT, "other": TEXT})])
    names = again(model, model, NameChoice("members", "Pet/other", "foo_bar"))
    assert names.fields[component("Pet")] == {"fooBar": "fooBar", "other": "foo_bar"}


def test_a_name_that_cannot_be_used_any_more_is_given_up() -> None:
    lock = read_lock({"types": {"Pet": "Pet a=model_dump b=class"}}, MANIFEST, Report())
    names = assign(api([wired(component("Pet"), {"a": TEXT, "b": TEXT})]), Report(), (), lock)
    assert names.fields[component("Pet")] == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    "tables",
    [
        {"types": {"Pet": "Animal", "Cat": "Animal"}},
        {"types": {"Pet": "Pet a=x b=x"}},
        {"types": {"Pet": "no-name"}},
        {"types": {"Pet": "Pet a=<<<<<<<"}},
        {"types": {"Pet": 3}},
        {"types": 3},
        {"sorts": {}},
    ],
)
def test_a_lock_that_is_none_or_contradicts_itself_is_an_error(tables: Mapping[str, object]) -> None:
    report = Report()
    lock = read_lock(tables, MANIFEST, report)
    assign(api([wired(component("Pet"), {"a": TEXT, "b": TEXT}), record(component("Cat"))]), report, (), lock)
    errors = [found for found in report if found.severity is Severity.ERROR]
    assert {found.code for found in errors} == {"invalid-name-lock"}
    assert all("--relock" in (found.hint or "") for found in errors)


KEYS = st.sampled_from(["Pet", "pet", "PET", "PetOwner", "pet-owner", "Pet_Owner", "owner", "*", "star", "", "a b"])
PARTS = st.tuples(
    st.lists(KEYS, unique=True, min_size=1, max_size=6),
    st.lists(st.tuples(KEYS, st.lists(KEYS, min_size=1, max_size=2)), max_size=4),
    st.lists(KEYS, unique=True, max_size=4),
)


def build(keys: list[str], inline: list[tuple[str, list[str]]], ids: list[str]) -> Api:
    found: dict[TypeId, Declaration] = {
        component(key): wired(component(key), {one: Named(component(one)) if one < key else TEXT for one in keys})
        for key in keys
    }
    found |= {component(key, *steps): record(component(key, *steps)) for key, steps in inline if key in keys}
    found |= {component("Kind"): enumeration(component("Kind"), *keys)}
    operations: list[Operation] = [
        operation("GET", f"/{key}", key, group=key, parameters=[(Place.QUERY, one) for one in ids]) for key in ids
    ]
    return api(sorted(found.values(), key=lambda each: each.id), operations)


@given(PARTS, PARTS)
def test_a_document_that_grows_renames_nothing(some: Any, more: Any) -> None:
    small = build(*some)
    keys = list(dict.fromkeys((*some[0], *more[0])))
    large = build(keys, [*some[1], *more[1]], list(dict.fromkeys((*some[2], *more[2]))))
    report = Report()
    first = locked(small)
    names = assign(large, report, (), first)
    assert not report.failed
    second = lock_of(large, names)
    classes = {type_.name for type_ in names.types.values()}
    renamed = {key: (name, second.names.get(key)) for key, name in first.names.items() if second.names.get(key) != name}
    for (kind, _, wire), (name, _) in renamed.items():
        # The members of an import cycle share a module, and an attribute cannot be called as a class beside it.
        assert kind == "modules" or (kind == "members" and wire and name in classes), renamed
    assert assign(large, Report(), (), second) == names
    assert lock_of(small, assign(small, Report(), (), first)) == first
