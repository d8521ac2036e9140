"""All names of a model."""

from __future__ import annotations

import dataclasses
import keyword

from hypothesis import given
from hypothesis import strategies as st

from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Declaration, Record
from bothends.ir.operations import Exact, Operation, Otherwise, Place, Response, StatusRange
from bothends.ir.security import ApiKey, HttpAuth
from bothends.ir.types import ListOf, Named, Scalar, ScalarKind, TypeId
from bothends.naming.assign import assign
from bothends.naming.names import Names
from bothends.naming.reserved import reserved
from bothends.runtime.client import fake
from bothends.runtime.client.base import AsyncBaseClient, BaseClient
from bothends.runtime.model import Model
from support.models import HERE, TEXT, api, component, enumeration, operation, record, wired


def named(*declarations: Declaration, operations: tuple[Operation, ...] = ()) -> Names:
    return assign(api(declarations, operations), Report())


def type_names(*declarations: Declaration, operations: tuple[Operation, ...] = ()) -> dict[tuple[str, ...], str]:
    found = named(*declarations, operations=operations)
    return {(key.anchor.rpartition("/")[2], *key.steps): name.name for key, name in found.types.items()}


def test_components_keep_their_names() -> None:
    names = type_names(record(component("Pet")), record(component("HTTPServer")), record(component("pet-store")))
    assert names == {("Pet",): "Pet", ("HTTPServer",): "HTTPServer", ("pet-store",): "PetStore"}


def test_inline_types_say_where_they_are() -> None:
    steps = [("owner",), ("tags", "item"), ("kind", "variant:cat"), ("byName", "value"), ("pair", "item:1")]
    names = type_names(record(component("Pet")), *(record(component("Pet", *each)) for each in steps))
    assert [names["Pet", *each] for each in steps] == [
        "PetOwner",
        "PetTagsItem",
        "PetKindCat",
        "PetByNameValue",
        "PetPairSecond",
    ]


def test_types_of_operations_are_named_after_the_method() -> None:
    anchor = "operation:GET /pets"
    steps = [("response", "200"), ("response", "404"), ("response", "default"), ("body",), ("parameter", "sort-by")]
    declarations = [record(TypeId(anchor, each)) for each in steps]
    names = assign(api(declarations, [operation("GET", "/pets", "listPets")]), Report())
    assert [names.types[TypeId(anchor, each)].name for each in steps] == [
        "ListPetsResponse",
        "ListPetsNotFound",
        "ListPetsDefaultResponse",
        "ListPetsRequest",
        "ListPetsSortBy",
    ]
    assert {name.module for name in names.types.values()} == {"list_pets"}


def test_a_step_does_not_repeat_the_end_of_the_name() -> None:
    title = ("variant:Message with body",)
    names = type_names(record(component("CreateMessage")), record(component("CreateMessage", *title)))
    assert names["CreateMessage", *title] == "CreateMessageWithBody"
    assert type_names(record(component("Pet", "pet")))["Pet", "pet"] == "PetPet"


def test_components_keep_their_names_against_inline_types() -> None:
    names = type_names(record(component("PetOwner")), record(component("Pet")), record(component("Pet", "owner")))
    assert names == {("PetOwner",): "PetOwner", ("Pet",): "Pet", ("Pet", "owner"): "PetOwnerProperty"}


def test_of_two_inline_types_neither_repeats_less_than_the_other() -> None:
    names = type_names(
        record(component("PetTag")), record(component("PetTag", "tagName")), record(component("PetTag", "name"))
    )
    assert names["PetTag", "tagName"] == "PetTagTagName"
    assert names["PetTag", "name"] == "PetTagNameProperty"


def test_components_of_other_files_yield_to_those_of_the_root() -> None:
    other = TypeId("shared/common.yaml#/components/schemas/Pet")
    names = named(record(component("Pet")), record(other))
    assert (names.types[component("Pet")].name, names.types[other].name) == ("Pet", "CommonPet")
    assert named(record(other)).types[other].name == "Pet"


def test_fields_are_snake_case_and_avoid_what_models_have() -> None:
    wires = ["petId", "class", "json", "to_json", "str", "type", "_links", "2fa", "", "Größe"]
    names = named(wired(component("Pet"), dict.fromkeys(wires, TEXT))).fields[component("Pet")]
    assert [names[wire] for wire in wires] == [
        "pet_id",
        "class_",
        "json_",
        "to_json_",
        "str_",
        "type",
        "links",
        "field_2fa",
        "field_empty",
        "größe",
    ]


def test_the_field_that_is_written_so_keeps_a_contested_name() -> None:
    names = named(record(component("Pet"), fooBar=TEXT, foo_bar=TEXT)).fields[component("Pet")]
    assert names == {"fooBar": "fooBar", "foo_bar": "foo_bar"}


def test_no_field_shadows_a_class_that_annotations_beside_it_name() -> None:
    pet = wired(component("Pet"), {"status": TEXT, "Status": Named(component("Status"))})
    names = named(pet, enumeration(component("Status"), "a", "b"))
    assert names.fields[component("Pet")] == {"status": "status", "Status": "Status_"}


def test_the_list_of_attributes_of_models_is_complete() -> None:
    attributes = {name for name in (*dir(Model), *dir(type(Model))) if not name.startswith("_")}
    assert attributes - reserved("fields") == set()


def test_members_are_upper_case_with_symbols_in_words() -> None:
    values = ["in-progress", "+1", "-1", "", "ASC", "asc", "a.b", "a-b", "👍", "mro", "None"]
    names = named(enumeration(component("Kind"), *values)).members[component("Kind")]
    assert [names[value] for value in values] == [
        "IN_PROGRESS",
        "PLUS_1",
        "MINUS_1",
        "EMPTY",
        "ASC",
        "asc",
        "A_DOT_B",
        "A_DASH_B",
        "U1F44D",
        "MRO",
        "NONE",
    ]
    numbers = named(enumeration(component("Code"), 1, -1, 404)).members[component("Code")]
    assert numbers == {1: "VALUE_1", -1: "MINUS_1", 404: "VALUE_404"}


def test_of_an_operation_id_that_fastapi_made_the_function_is_the_method() -> None:
    one = operation("GET", "/v1/models/{model_id}", "retrieve_model_v1_models__model_id__get")
    other = operation("GET", "/v1/models", "list_models_v1_models_get")
    written = operation("POST", "/v1/models", "make_model_v1_models_get")
    assert list(named(operations=(one, other, written)).methods.values()) == [
        "retrieve_model",
        "list_models",
        "make_model_v1_models_get",
    ]


def test_two_functions_of_a_name_are_told_apart_by_the_whole_operation_id() -> None:
    operations = (operation("GET", "/a", "read_a_get"), operation("GET", "/b", "read_b_get"))
    assert list(named(operations=operations).methods.values()) == ["read_a_get", "read_b_get"]
    nothing = operation("GET", "/a", "_a_get")
    assert list(named(operations=(nothing,)).methods.values()) == ["a_get"]


def test_methods_are_operation_ids_or_method_and_path() -> None:
    operations = (
        operation("GET", "/pets", "listPets"),
        operation("GET", "/pets/{petId}"),
        operation("DELETE", "/pets/{petId}/tags/{tag}"),
        operation("GET", "/"),
        operation("POST", "/import", "import"),
        operation("GET", "/x", "list"),
    )
    assert list(named(operations=operations).methods.values()) == [
        "list_pets",
        "get_pets_by_pet_id",
        "delete_pets_by_pet_id_tags_by_tag",
        "get_root",
        "import_",
        "list_",
    ]


def test_parameters_of_one_name_say_their_place_and_avoid_what_calls_take() -> None:
    places = [
        (Place.PATH, "id"),
        (Place.QUERY, "id"),
        (Place.HEADER, "X-Request-ID"),
        (Place.QUERY, "timeout"),
        (Place.QUERY, "body"),
        (Place.QUERY, "self"),
        (Place.QUERY, "from"),
    ]
    listed = operation("GET", "/pets/{id}", parameters=places)
    names = named(operations=(listed,)).parameters[listed.id]
    assert [names[each] for each in places] == [
        "id",
        "query_id",
        "x_request_id",
        "timeout_",
        "body_",
        "self_",
        "from_",
    ]


def test_groups_schemes_and_errors() -> None:
    responses = tuple(Response(status, (), HERE) for status in (Exact(404), Exact(499), StatusRange(5), Otherwise()))
    listed = dataclasses.replace(operation("GET", "/", group="Audience messages"), responses=responses)
    model = dataclasses.replace(
        api(operations=[listed, operation("GET", "/x", group="client"), operation("PUT", "/x", group="self")]),
        schemes=(ApiKey("apiKey", "header", "x-api-key"), HttpAuth("timeout", "bearer")),
    )
    names = assign(model, Report())
    assert (names.groups["Audience messages"].module, names.groups["Audience messages"].class_name) == (
        "audience_messages",
        "AudienceMessages",
    )
    assert names.groups["client"].class_name == "Client_"
    assert names.groups["self"].module == "self_"
    assert names.schemes == {"apiKey": "api_key", "timeout": "timeout_"}
    assert names.errors == {
        "404": "NotFound",
        "499": "Status499",
        "5XX": "ServerError",
        "default": "UnexpectedStatus",
    }


def test_a_group_never_meets_the_asynchronous_class_of_another() -> None:
    operations = (operation("GET", "/a", group="Pets"), operation("GET", "/b", group="Async Pets"))
    names = named(operations=operations).groups
    classes = [name.class_name for name in names.values()]
    assert len({*classes, *(f"Async{name}" for name in classes)}) == 4


def test_each_component_has_a_module_and_cycles_share_one() -> None:
    names = named(
        record(component("Zoo"), cat=Named(component("Cat"))),
        record(component("Cat"), dog=Named(component("Dog"))),
        record(component("Dog"), cat=Named(component("Cat", "toy"))),
        record(component("Cat", "toy")),
        Alias(component("Cats"), ListOf(Named(component("Cat"))), HERE),
    )
    modules = {key.anchor.rpartition("/")[2]: name.module for key, name in names.types.items()}
    assert modules == {"Zoo": "zoo", "Cat": "cat", "Dog": "cat", "Cats": "cats"}


def test_modules_are_told_apart_without_case() -> None:
    names = named(record(component("URL")), record(component("Url")), record(component("Con")))
    modules = [name.module for name in names.types.values()]
    assert len({module.casefold() for module in modules}) == 3
    assert names.types[component("Con")].module == "con_"


def test_a_module_never_hides_a_class_of_the_same_spelling() -> None:
    names = named(record(component("订单")))
    assert names.types[component("订单")].name != names.types[component("订单")].module


def test_long_names_stay_usable_as_files() -> None:
    names = named(record(component("A" * 400)), record(component("A" * 401)))
    modules = {name.module for name in names.types.values()}
    assert len(modules) == 2
    assert max(map(len, modules)) <= 200


KEYS = st.text("aAbB-_. 1é+", min_size=1, max_size=5) | st.sampled_from(["Pet", "pet", "PET", "PetOwner", "pet-owner"])
MODELS = st.lists(KEYS, unique=True, min_size=1, max_size=6).flatmap(
    lambda keys: st.tuples(
        st.just(keys),
        st.lists(st.tuples(st.sampled_from(keys), st.lists(KEYS, min_size=1, max_size=2)), max_size=6),
        st.lists(KEYS, unique=True, max_size=4),
    )
)


def build(keys: list[str], inline: list[tuple[str, list[str]]], ids: list[str]) -> Api:
    declarations = {component(key): wired(component(key), dict.fromkeys(keys, TEXT)) for key in keys}
    declarations |= {component(key, *steps): record(component(key, *steps)) for key, steps in inline}
    return api(declarations.values(), [operation("GET", f"/{n}", key) for n, key in enumerate(sorted(ids))])


@given(MODELS, st.randoms(use_true_random=False))
def test_names_are_usable_and_order_means_nothing(
    model: tuple[list[str], list[tuple[str, list[str]]], list[str]], random: object
) -> None:
    found = build(*model)
    names = assign(found, Report())
    for scope in (
        [name.name for name in names.types.values()],
        list(names.methods.values()),
        *(list(fields.values()) for fields in names.fields.values()),
    ):
        assert len(set(scope)) == len(scope)
        assert all(name.isidentifier() and not keyword.iskeyword(name) and name[0] != "_" for name in scope)
    declarations = list(found.declarations)
    random.shuffle(declarations)  # type: ignore[attr-defined]
    shuffled = [
        dataclasses.replace(each, fields=tuple(reversed(each.fields))) if isinstance(each, Record) else each
        for each in declarations
    ]
    again = assign(dataclasses.replace(found, declarations=tuple(shuffled)), Report())
    assert again == names


@given(MODELS)
def test_an_addition_renames_nothing_that_it_does_not_clash_with(
    model: tuple[list[str], list[tuple[str, list[str]]], list[str]],
) -> None:
    found = build(*model)
    before = assign(found, Report())
    other = record(component("Zebra"), stripes=Scalar(ScalarKind.INTEGER))
    more = dataclasses.replace(
        found,
        declarations=(other, *found.declarations),
        operations=(*found.operations, operation("GET", "/zebras", "listZebras")),
    )
    after = assign(more, Report())
    assert {key: after.types[key] for key in before.types} == before.types
    assert {key: after.fields[key] for key in before.fields} == before.fields
    assert {key: after.methods[key] for key in before.methods} == before.methods


def test_groups_leave_the_attributes_of_fake_clients_alone() -> None:
    attributes = {
        name
        for kind, base in ((fake.Fake, BaseClient), (fake.AsyncFake, AsyncBaseClient))
        for name in {*vars(kind), *kind.__annotations__} - {*dir(base)}
        if not name.startswith("_")
    }
    assert attributes
    assert attributes <= reserved("groups")


def test_a_file_that_is_one_schema_gives_its_name_without_its_ending() -> None:
    files = ("schemas/pet.json", "schemas/dog-food.schema.yaml#", "v1/owner.yml", "v2/owner.json", "v1/notes.txt")
    names = named(*(record(TypeId(file)) for file in files)).types
    found = {key.anchor: name.name for key, name in names.items()}
    assert list(found.values()) == ["Pet", "DogFood", "V1Owner", "V2Owner", "NotesTxt"], found
    both = named(record(TypeId("schemas/pet.json")), record(component("Pet"))).types
    assert [name.name for name in both.values()] == ["SchemasPet", "Pet"]
