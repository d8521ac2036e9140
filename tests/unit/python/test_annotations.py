"""Types to annotations."""

from __future__ import annotations

import pytest

from bothends.diagnostics.model import Report
from bothends.ir import checks as c
from bothends.ir.declarations import Alias, Closed, DefaultValue, Field, Record
from bothends.ir.types import (
    Anything,
    Const,
    JsonValue,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nothing,
    Nullable,
    Refined,
    Scalar,
    ScalarKind,
    Tag,
    TupleOf,
    Type,
    UnionOf,
)
from bothends.naming.assign import assign
from bothends.python.annotations import Annotations
from bothends.python.fields import field_code
from bothends.python.imports import Imports
from support.models import HERE, TEXT, api, component, enumeration, record

INTEGER = Scalar(ScalarKind.INTEGER)
NUMBER = Scalar(ScalarKind.NUMBER)
DATE = Scalar(ScalarKind.DATE)


def variant(name: str, kind: Type) -> Record:
    return Record(component(name), (Field("kind", kind, True, HERE),), Closed(), HERE)


MODEL = api(
    [
        record(component("Pet"), name=TEXT),
        enumeration(component("Status"), "in-progress", "done"),
        variant("Cat", Const(("cat",))),
        variant("Dog", Const(("dog", "puppy"))),
        variant("Bird", TEXT),
        Alias(component("Maybe"), Nullable(TEXT), HERE),
        Alias(component("Names"), ListOf(TEXT), HERE),
    ]
)
PET, STATUS, CAT, DOG, BIRD = (Named(component(name)) for name in ("Pet", "Status", "Cat", "Dog", "Bird"))


def writer(module: str | None = "here") -> Annotations:
    names = assign(MODEL, Report())
    return Annotations(names, {each.id: each for each in MODEL.declarations}, Imports(), schemas=module)


@pytest.mark.parametrize(
    ("type_", "checked", "plain"),
    [
        (TEXT, "str", "str"),
        (INTEGER, "Integer", "int"),
        (DATE, "Date", "date"),
        (Scalar(ScalarKind.BINARY), "Binary", "bytes"),
        (Scalar(ScalarKind.NULL), "None", "None"),
        (Anything(), "Any", "Any"),
        (Nullable(Anything()), "Any", "Any"),
        (Nothing(), "Nothing", "Nothing"),
        (PET, "Pet", "Pet"),
        (ListOf(PET, Limits(max_length=3)), "Annotated[list[Pet], Field(max_length=3)]", "list[Pet]"),
        (MapOf(INTEGER), "dict[str, Integer]", "dict[str, int]"),
        (
            MapOf(TEXT, Scalar(ScalarKind.STRING, Limits(pattern="^x"))),
            'dict[Annotated[str, Field(pattern="^x")], str]',
            "dict[str, str]",
        ),
        (TupleOf((TEXT, INTEGER)), "tuple[str, Integer]", "tuple[str, int]"),
        (TupleOf(()), "tuple[()]", "tuple[()]"),
        (Nullable(TEXT), "str | None", "str | None"),
        (Const(("a", "b")), 'Literal["a", "b"]', 'Literal["a", "b"]'),
        (Const(("a", None)), 'Literal["a"] | None', 'Literal["a"] | None'),
        (Const((None,)), "None", "None"),
        (Const((True,)), "Annotated[Literal[True], Exact]", "Literal[True]"),
        (Const((1, "a")), 'Annotated[Literal[1, "a"], Exact]', 'Literal[1, "a"]'),
        (UnionOf((Const(("a",)), NUMBER, Const(("b",)))), 'Literal["a", "b"] | Number', 'Literal["a", "b"] | float'),
        (Nullable(UnionOf((TEXT, PET))), "str | Pet | None", "str | Pet | None"),
        (
            Scalar(ScalarKind.INTEGER, Limits(minimum=0.5, exclusive_maximum=9.5, multiple_of=2.0)),
            "Annotated[Integer, Field(ge=1, lt=10, multiple_of=2)]",
            "int",
        ),
        (
            Scalar(ScalarKind.INTEGER, Limits(multiple_of=0.5)),
            "Annotated[Integer, _checks.within(multiple_of=0.5)]",
            "int",
        ),
        (
            Scalar(ScalarKind.NUMBER, Limits(exclusive_minimum=0, maximum=1.5)),
            "Annotated[Number, Field(gt=0, le=1.5)]",
            "float",
        ),
        (
            Scalar(ScalarKind.STRING, Limits(min_length=0, max_length=9, pattern=r"^\d+$")),
            'Annotated[str, Field(max_length=9, pattern="^[0-9]+$")]',
            "str",
        ),
        (
            Scalar(ScalarKind.STRING, Limits(max_length=9, pattern="^(?!x)")),
            'Annotated[str, Field(max_length=9), Matching("^(?!x)")]',
            "str",
        ),
        (
            Scalar(ScalarKind.UUID, Limits(min_length=1, pattern="^a")),
            'Annotated[UUID, Matching("^a"), _checks.within(min_length=1)]',
            "UUID",
        ),
        (
            Nullable(Refined(ListOf(TEXT), (c.UniqueItems(),))),
            "Annotated[list[str], _checks.unique_items()] | None",
            "list[str] | None",
        ),
        (
            Refined(Anything(), (c.Not(c.Is(PET)),)),
            "Annotated[Any, _checks.not_(_checks.is_valid(lambda: Pet))]",
            "Any",
        ),
        (
            UnionOf((CAT, DOG), Tag("kind", (("cat", CAT.id), ("dog", DOG.id), ("puppy", DOG.id)))),
            'Annotated[Cat | Dog, Field(discriminator="kind")]',
            "Cat | Dog",
        ),
        (
            UnionOf((CAT, BIRD), Tag("kind", (("cat", CAT.id), ("bird", BIRD.id)))),
            'Annotated[Cat | Bird, Tagged("kind", {"cat": Cat, "bird": Bird})]',
            "Cat | Bird",
        ),
        (
            UnionOf((CAT, DOG), Tag("kind", (("cat", CAT.id), ("dog", DOG.id)))),
            'Annotated[Cat | Dog, Tagged("kind", {"cat": Cat, "dog": Dog})]',
            "Cat | Dog",
        ),
    ],
)
def test_types_are_written(type_: Type, checked: str, plain: str) -> None:
    assert writer().checked(type_).text == checked
    assert writer().plain(type_).text == plain


def test_classes_are_imported_by_name_among_schemas_and_as_attributes_elsewhere() -> None:
    inside, outside, home = writer(), writer(None), writer("pet")
    assert inside.checked(PET).text == "Pet"
    assert "from .pet import Pet" in inside.imports.write().text
    assert outside.checked(ListOf(PET)).text == "list[schemas.Pet]"
    assert "from .. import schemas" in outside.imports.write().text
    assert home.checked(PET).text == "Pet"
    assert "import Pet" not in home.imports.write().text


NO_DEFAULT: JsonValue = "no default"
UUID = "5f3a1c52-8e0b-4d53-9b1e-2f7a6c1d9e40"


@pytest.mark.parametrize(
    ("type_", "required", "default", "written"),
    [
        (TEXT, True, NO_DEFAULT, "str"),
        (TEXT, False, NO_DEFAULT, "str | None = None"),
        (Nullable(TEXT), True, NO_DEFAULT, "str | None"),
        (Nullable(TEXT), False, NO_DEFAULT, "Nullable[str] = None"),
        (Nullable(TEXT), False, None, "Nullable[str] = None"),
        (Named(component("Maybe")), False, NO_DEFAULT, "Nullable[Maybe] = None"),
        (Const(("a", None)), False, NO_DEFAULT, 'Nullable[Literal["a"]] = None'),
        (Nullable(Const(("a", None))), False, NO_DEFAULT, 'Nullable[Literal["a"]] = None'),
        (Anything(), False, NO_DEFAULT, "Any = None"),
        (Scalar(ScalarKind.NULL), False, NO_DEFAULT, "None = None"),
        (TEXT, False, "x", 'str = "x"'),
        (Nullable(TEXT), True, "x", "str | None"),
        (STATUS, False, "in-progress", "Status = Status.IN_PROGRESS"),
        (ListOf(STATUS), False, ["done"], "list[Status] = Field(default_factory=lambda: [Status.DONE])"),
        (ListOf(PET), False, [], 'list[Pet] = Field(default_factory=list["Pet"])'),
        (Named(component("Names")), False, [], "Names = Field(default_factory=list[str])"),
        (MapOf(Anything()), False, {}, "dict[str, Any] = Field(default_factory=dict[str, Any])"),
        (
            ListOf(UnionOf((TEXT, INTEGER))),
            False,
            ["a", 1],
            'list[str | Integer] = Field(default_factory=lambda: list[str | int](["a", 1]))',
        ),
        (PET, False, {"name": "x"}, 'Pet = Field(default_factory=lambda: Pet.from_dict({"name": "x"}))'),
        (DATE, False, "2020-01-01", 'Date = Field(default_factory=lambda: date.fromisoformat("2020-01-01"))'),
        (
            Scalar(ScalarKind.DURATION),
            False,
            "P1DT1.5S",
            "Duration = Field(default_factory=lambda: timedelta(days=1, seconds=1.5))",
        ),
        (Scalar(ScalarKind.DECIMAL), False, 1.5, 'Decimal = Field(default_factory=lambda: decimal.Decimal("1.5"))'),
        (Scalar(ScalarKind.UUID), False, UUID, f'UUID = Field(default_factory=lambda: uuid.UUID("{UUID}"))'),
        (
            Scalar(ScalarKind.IPV4),
            False,
            "10.0.0.1",
            'IPv4 = Field(default_factory=lambda: IPv4Address("10.0.0.1"))',
        ),
        (Scalar(ScalarKind.BYTES), False, "AAE=", r"Base64 = b'\x00\x01'"),
        # A default that the type does not hold is none.
        (INTEGER, False, "x", "Integer | None = None"),
        (DATE, False, "never", "Date | None = None"),
        (Scalar(ScalarKind.DURATION), False, "P", "Duration | None = None"),
        (Scalar(ScalarKind.DURATION), False, "P99999999999W", "Duration | None = None"),
        (STATUS, False, "lost", "Status | None = None"),
        (INTEGER, False, True, "Integer | None = None"),
    ],
)
def test_fields_are_written(type_: Type, required: bool, default: JsonValue, written: str) -> None:
    value = None if default == NO_DEFAULT else DefaultValue(default)
    found = field_code(Field("x", type_, required, HERE, value), "x", writer())
    assert found.annotation.text + ("" if found.default is None else f" = {found.default.text}") == written


def test_what_a_field_states_stands_in_one_place() -> None:
    limited = Nullable(Scalar(ScalarKind.STRING, Limits(max_length=9)))
    found = field_code(Field("fooBar", limited, False, HERE, deprecated=True), "foo_bar", writer())
    assert found.annotation.text == 'Annotated[Deprecated[Nullable[str]], Field(alias="fooBar", max_length=9)]'
    assert found.default is not None
    assert found.default.text == "_default(None)"
