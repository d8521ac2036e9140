"""The ``schemas`` part: what is written, and what it does when it is imported."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bothends import runtime
from bothends.diagnostics.model import Report
from bothends.ir import checks as c
from bothends.ir.api import Api
from bothends.ir.declarations import (
    Alias,
    Closed,
    DefaultValue,
    Doc,
    Enumeration,
    EnumMember,
    Field,
    NamedCheck,
    Open,
    Record,
    Typed,
)
from bothends.ir.types import (
    Const,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    Tag,
    TypeId,
    UnionOf,
)
from bothends.naming.assign import assign
from bothends.rendering import render
from bothends.targets.schemas.build import SCHEMAS
from bothends.targets.target import TargetOptions
from support.models import HERE, TEXT, api, component, enumeration, operation, record

INTEGER = Scalar(ScalarKind.INTEGER)


def optional(wire: str, type_: Any, default: DefaultValue | None = None) -> Field:
    return Field(wire, type_, False, HERE, default)


def variant(name: str) -> Record:
    return Record(component(name), (Field("kind", Const((name.lower(),)), True, HERE),), Closed(), HERE)


ZOO = api(
    [
        Record(
            component("Pet"),
            (
                Field("petName", TEXT, True, HERE, doc=Doc("Pet name", "What it is\ncalled.")),
                optional("note", TEXT),
                optional("chip", Nullable(TEXT)),
                optional("limit", INTEGER, DefaultValue(10)),
                optional("status", Named(component("Status")), DefaultValue("in-progress")),
                optional("friends", ListOf(Named(component("Pet"))), DefaultValue([])),
                optional("owner", Named(component("Owner"))),
                optional("born", Scalar(ScalarKind.DATE), DefaultValue("2020-01-01")),
                optional("date", TEXT),
                optional("tree", Named(component("Json"))),
                optional(
                    "animal",
                    UnionOf(
                        (Named(component("Cat")), Named(component("Dog"))),
                        Tag("kind", (("cat", component("Cat")), ("dog", component("Dog")))),
                    ),
                    DefaultValue({"kind": "dog"}),
                ),
                optional(
                    "shelf",
                    UnionOf((Named(component("Field")), Named(component("Dog")))),
                    DefaultValue({"kind": "dog"}),
                ),
            ),
            Open(),
            HERE,
            doc=Doc("", 'A pet, also called "companion".'),
        ),
        Record(component("Owner"), (optional("pets", Named(component("Pets"))),), Closed(), HERE, deprecated=True),
        Alias(component("Pets"), ListOf(Named(component("Pet")), Limits(max_length=2)), HERE, doc=Doc("", "Pets.")),
        Alias(
            component("Json"),
            Nullable(UnionOf((TEXT, ListOf(Named(component("Json"))), MapOf(Named(component("Json")))))),
            HERE,
            recursive=True,
        ),
        Enumeration(
            component("Status"),
            ScalarKind.STRING,
            (EnumMember("in-progress", doc=Doc("", "Not done.")), EnumMember("done")),
            HERE,
        ),
        enumeration(component("Code"), 1, 2),
        Record(component("Scores"), (), Typed(INTEGER), HERE),
        Record(
            component("Field"),
            (optional("a", TEXT), optional("b", Refined(ListOf(TEXT), (c.UniqueItems(),)))),
            Closed(),
            HERE,
            checks=(c.AnyOf((c.Required(("a",)), c.Required(("b",)))),),
        ),
        Alias(component("Even"), Refined(INTEGER, (c.Recursive("#/components/schemas/Even/not"),)), HERE),
        variant("Cat"),
        variant("Dog"),
        record(TypeId("operation:GET /pets", ("response", "200")), next=TEXT),
    ],
    [operation("GET", "/pets", "listPets")],
)
CHECKS = (NamedCheck("#/components/schemas/Even/not", c.Not(c.Within(Limits(minimum=10))), HERE),)
MODEL = dataclasses.replace(ZOO, checks=CHECKS)


def written(model: Api) -> dict[str, str]:
    views = SCHEMAS.views(model, assign(model, Report()), TargetOptions("zoo"))
    return {view.path: render(view) for view in views}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("package")
    package = folder / "generated_zoo"
    for path, text in written(MODEL).items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    (package / "__init__.py").touch()
    shutil.copytree(Path(inspect.getfile(runtime)).parent, package / "_runtime")
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("generated_zoo.schemas")
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "generated_zoo"]:
            del sys.modules[name]


def test_an_alias_of_null_says_that_it_is_a_type() -> None:
    texts = written(api([Alias(component("Gone"), Scalar(ScalarKind.NULL), HERE)]))
    assert "\nGone: TypeAlias = None\n" in texts["schemas/gone.py"]


def test_each_component_has_a_module_and_those_of_a_cycle_share_one() -> None:
    assert sorted(written(MODEL)) == [
        "schemas/__init__.py",
        "schemas/cat.py",
        "schemas/code.py",
        "schemas/dog.py",
        "schemas/even.py",
        "schemas/field.py",
        "schemas/json.py",
        "schemas/list_pets.py",
        "schemas/owner.py",
        "schemas/scores.py",
        "schemas/status.py",
    ]


def test_classes_stand_after_what_they_mention_and_aliases_after_classes_of_their_cycle() -> None:
    module = ast.parse(written(MODEL)["schemas/owner.py"])
    defined = [
        node.name if isinstance(node, ast.ClassDef) else ast.unparse(node.targets[0])
        for node in module.body
        if isinstance(node, ast.ClassDef | ast.Assign)
    ]
    assert defined == ["Owner", "Pet", "Pets"]


def test_prose_stands_beside_what_it_is_about(schemas: ModuleType) -> None:
    text = written(MODEL)["schemas/owner.py"]
    assert schemas.Pet.__doc__ == 'A pet, also called "companion".'
    assert '    """What it is\n    called.\n    """' in text
    assert '@deprecated("The document calls this schema deprecated.", category=None)\nclass Owner(' in text
    assert '"""Pets."""' in text
    assert '"""Not done."""' in written(MODEL)["schemas/status.py"]


def test_a_title_that_repeats_the_name_is_not_printed() -> None:
    titled = Record(component("PetShop"), (), Open(), HERE, doc=Doc("Pet shop"))
    assert '"""' not in written(api([titled]))["schemas/pet_shop.py"]
    other = Record(component("PetShop"), (), Open(), HERE, doc=Doc("Where pets live"))
    assert '"""Where pets live"""' in written(api([other]))["schemas/pet_shop.py"]


def test_the_package_loads_a_module_when_it_is_needed(schemas: ModuleType) -> None:
    assert schemas.__all__ == sorted(schemas.__all__)
    assert set(schemas.__all__) <= set(dir(schemas))
    sys.modules.pop("generated_zoo.schemas.code", None)
    assert schemas.Code(1).name == "VALUE_1"
    assert "generated_zoo.schemas.code" in sys.modules
    assert not hasattr(schemas, "Unicorn")


def test_everything_builds_on_first_use(schemas: ModuleType) -> None:
    for name in schemas.__all__:
        TypeAdapter(getattr(schemas, name))


def test_absent_is_not_null(schemas: ModuleType) -> None:
    assert schemas.Pet.from_json('{"petName": "x"}').to_dict() == {"petName": "x"}
    assert schemas.Pet.from_json('{"petName": "x", "chip": null}').to_dict() == {"petName": "x", "chip": None}
    assert schemas.Pet(pet_name="x", note=None, chip=None).to_dict() == {"petName": "x", "chip": None}
    with pytest.raises(ValidationError):
        schemas.Pet.from_json('{"petName": "x", "note": null}')


def test_defaults_are_values_of_the_type_made_anew(schemas: ModuleType) -> None:
    one, other = schemas.Pet(pet_name="x"), schemas.Pet(pet_name="y")
    assert (one.limit, one.status, one.born.isoformat()) == (10, schemas.Status.IN_PROGRESS, "2020-01-01")
    one.friends.append(other)
    assert other.friends == []
    assert (type(one.animal), type(one.shelf)) == (schemas.Dog, schemas.Dog)


def test_a_default_is_not_made_by_another_attribute(schemas: ModuleType) -> None:
    # ``date`` is an attribute too, whose value in the class is None.
    assert schemas.Pet(pet_name="x").date is None


def test_cycles_and_recursive_aliases_resolve(schemas: ModuleType) -> None:
    text = '{"petName":"x","owner":{"pets":[{"petName":"y","tree":{"a":["b",null]}}]}}'
    assert schemas.Pet.from_json(text).to_json().decode() == text
    with pytest.raises(ValidationError):
        schemas.Pet.from_json('{"petName":"x","owner":{"pets":[{},{},{}]}}')


def test_a_tag_selects_the_member(schemas: ModuleType) -> None:
    pet = schemas.Pet.from_json('{"petName":"x","animal":{"kind":"dog"}}')
    assert type(pet.animal) is schemas.Dog
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        schemas.Pet.from_json('{"petName":"x","animal":{"kind":"fish"}}')


def test_extra_properties_are_kept_typed_or_refused(schemas: ModuleType) -> None:
    assert schemas.Pet.from_dict({"petName": "x", "more": 1}).to_dict() == {"petName": "x", "more": 1}
    assert schemas.Scores.from_dict({"a": 1}).to_dict() == {"a": 1}
    for refused in (
        lambda: schemas.Scores.from_dict({"a": "b"}),
        lambda: schemas.Cat.from_dict({"kind": "cat", "x": 1}),
    ):
        with pytest.raises(ValidationError):
            refused()


def test_checks_on_classes_fields_and_aliases_are_made(schemas: ModuleType) -> None:
    assert schemas.Field.from_dict({"a": "x"}).a == "x"
    even = TypeAdapter(schemas.Even)
    assert even.validate_json("2") == 2
    for refused in (
        lambda: schemas.Field.from_dict({}),
        lambda: schemas.Field.from_dict({"b": ["x", "x"]}),
        lambda: even.validate_json("12"),
    ):
        with pytest.raises(ValidationError):
            refused()


def test_a_component_keeps_its_name_beside_an_import_of_the_same_name() -> None:
    model = api([Record(component("Field"), (optional("fooBar", TEXT),), Open(), HERE)])
    text = written(model)["schemas/field.py"]
    assert "from pydantic import Field as _Field" in text
    assert 'foo_bar: Annotated[str | None, _Field(alias="fooBar")] = None' in text


def test_a_class_is_not_taken_for_an_import_of_another_module() -> None:
    model = api(
        [
            record(component("Date"), pet=Named(component("Pet"))),
            record(component("Pet"), owner=Named(component("Owner")), born=Scalar(ScalarKind.DATE)),
            record(component("Owner"), pet=Named(component("Pet"))),
        ]
    )
    text = written(model)
    assert "born: _Date | None = None" in text["schemas/owner.py"]


def test_no_schemas_make_an_empty_package() -> None:
    (path,) = written(api())
    assert path == "schemas/__init__.py"
    assert "TYPE_CHECKING" not in written(api())[path]


HOSTILE = [
    '"""\nimport os  # ',
    "x'; import os; '",
    "\\",
    "a\nb",
    "a\u2028b\u202ec",
    "\ud800",
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "# coding: utf-7",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_document_stays_text(text: str) -> None:
    doc = Doc(text, text)
    model = api(
        [
            Record(
                component(text),
                (optional(text, Const((text,)), DefaultValue(text)), optional("x", TEXT, DefaultValue(text))),
                Closed(),
                HERE,
                checks=(c.Required((text,)), c.OneOfValues(({text: [text]},))),
                doc=doc,
            ),
            Enumeration(
                component("Hostile"), ScalarKind.STRING, (EnumMember(text, text, doc), EnumMember("x")), HERE, doc
            ),
        ]
    )
    for path, source in written(model).items():
        assert path.removeprefix("schemas/").removesuffix(".py").isidentifier()
        tree = ast.parse(source)
        assert {type(node) for node in tree.body} <= {ast.Expr, ast.ImportFrom, ast.ClassDef, ast.If, ast.Assign}
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert "os" not in imported
        assert all(character.isprintable() or character == "\n" for character in source)
