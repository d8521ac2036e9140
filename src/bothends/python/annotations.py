"""Types of the intermediate model to annotations, with the imports that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import LiteralString

from bothends.ir.checks import Check, Within
from bothends.ir.declarations import Declaration
from bothends.ir.types import (
    Anything,
    Const,
    JsonScalar,
    Limits,
    ListOf,
    MapOf,
    Named,
    Nothing,
    Nullable,
    Refined,
    Scalar,
    TupleOf,
    Type,
    TypeId,
    UnionOf,
)
from bothends.naming.names import Names
from bothends.python.check_calls import check_call
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.constraints import NO_CONSTRAINTS, Constraints, length_constraints, scalar_constraints
from bothends.python.discriminators import case_numbers, discriminating_field
from bothends.python.imports import Imports
from bothends.python.scalars import checked_scalar, plain_scalar


@dataclass(frozen=True, slots=True)
class Annotations:
    """Writes annotations for one module.

    ``schemas`` is the module of ``schemas`` being written; its classes and those of its siblings are imported by
    name. ``None``: a module elsewhere, where classes are attributes of the imported package ``schemas``.
    ``root`` is the relative path of the generated package, ``..`` for modules one folder deep.
    """

    names: Names
    declarations: Mapping[TypeId, Declaration]
    imports: Imports
    schemas: str | None = None
    root: str = ".."

    @property
    def runtime(self) -> str:
        """The relative path of the runtime package."""
        return f"{self.root}_runtime"

    def checked(self, type_: Type) -> Code:
        """Return the annotation that pydantic validates by."""
        bare, constraints = self.split(type_)
        return self.annotated(bare, self.field_call(constraints.keywords))

    def plain(self, type_: Type) -> Code:
        """Return the annotation of the Python values, for signatures that validate nothing."""
        match type_:
            case Scalar(kind=kind):
                return plain_scalar(kind, self.imports)
            case Refined(inner=inner):
                return self.plain(inner)
            case ListOf(item=item):
                return code("list[{}]", self.plain(item))
            case TupleOf(items=items):
                return self._tuple([self.plain(item) for item in items])
            case MapOf(value=value):
                return code("dict[str, {}]", self.plain(value))
            case Nullable(inner=inner):
                return self.plain(inner) if isinstance(inner, Anything) else self.or_none(self.plain(inner))
            case UnionOf(members=members):
                return union([self.plain(member) for member in _one_literal(members)])
            case _:
                return self._simple(type_, exact=False)

    def split(self, type_: Type) -> tuple[Code, Constraints]:
        """Return the annotation and, apart, the native constraints that may stand in an enclosing ``Field``."""
        match type_:
            case Scalar(kind=kind, limits=limits):
                return self._scalar(checked_scalar(kind, self.imports, self.runtime), scalar_constraints(kind, limits))
            case ListOf(item=item, limits=limits):
                return code("list[{}]", self.checked(item)), length_constraints(limits)
            case MapOf(value=value, key=key, limits=limits):
                key_code = code("str") if key is None else self.checked(key)
                return code("dict[{}, {}]", key_code, self.checked(value)), length_constraints(limits)
            case TupleOf(items=items):
                return self._tuple([self.checked(item) for item in items]), NO_CONSTRAINTS
            case Nullable(inner=inner):
                # A check must not see the null, pydantic applies native constraints to what is beside it.
                bare, constraints = self.split(inner)
                return bare if isinstance(inner, Anything) else self.or_none(bare), constraints
            case UnionOf():
                return self._union(type_), NO_CONSTRAINTS
            case Refined(inner=inner, checks=checks):
                return self.annotated(self.checked(inner), *map(self.check, checks)), NO_CONSTRAINTS
            case _:
                return self._simple(type_, exact=True), NO_CONSTRAINTS

    def check(self, check: Check) -> Code:
        """Return the expression that makes a check of the runtime."""
        return check_call(check, self)

    def call(self, name: LiteralString, arguments: Iterable[Code]) -> Code:
        """Return a call of a function of the runtime's checks."""
        checks = self.imports.own(self.runtime, "checks", "_checks")
        return code("{}.{}({})", checks, code(name), join(", ", arguments))

    def named_check(self, anchor: str) -> Code:
        """Return what a declared check is called here."""
        return self.named(self.names.checks[anchor].module, self.names.checks[anchor].name)

    def reference(self, id: TypeId) -> Code:
        """Return what a declared type is called here."""
        return self.named(self.names.types[id].module, self.names.types[id].name)

    def named(self, module: str, name: str) -> Code:
        """Return what a name of a module of ``schemas`` is called here."""
        if self.schemas is None:
            return code("{}.{}", self.imports.name(self.root, "schemas"), identifier(name))
        if module == self.schemas:
            return identifier(name)
        return self.imports.own(f".{module}", name)

    def annotated(self, bare: Code, *metadata: Code) -> Code:
        """Return ``Annotated[bare, ...]``, or the bare annotation where there is no metadata."""
        extras = [item for item in metadata if item]
        if not extras:
            return bare
        return code("{}[{}]", self.imports.name("typing", "Annotated"), join(", ", [bare, *extras]))

    def field_call(self, keywords: tuple[Code, ...]) -> Code:
        """Return ``Field(...)``, or nothing where there are no keywords."""
        if not keywords:
            return join("", ())
        return code("{}({})", self.imports.name("pydantic", "Field"), join(", ", keywords))

    def or_none(self, annotation: Code) -> Code:
        """Return the annotation with null allowed."""
        return union([annotation, code("None")])

    def _scalar(self, bare: Code, constraints: Constraints) -> tuple[Code, Constraints]:
        metadata: list[Code] = []
        if constraints.pattern is not None:
            matching = self.imports.name(f"{self.runtime}.types", "Matching")
            metadata.append(code("{}({})", matching, literal(constraints.pattern)))
        if constraints.rest != Limits():
            metadata.append(self.check(Within(constraints.rest)))
        if not metadata:
            return bare, constraints
        return self.annotated(bare, self.field_call(constraints.keywords), *metadata), NO_CONSTRAINTS

    def _simple(self, type_: Type, *, exact: bool) -> Code:
        match type_:
            case Named(id=id):
                return self.reference(id)
            case Const(values=values):
                return self._literal(values, exact=exact)
            case Anything():
                return self.imports.name("typing", "Any")
            case Nothing():
                return self.imports.name(f"{self.runtime}.types", "Nothing")
            case _:
                raise TypeError(f"no annotation for {type(type_).__name__}")

    def _literal(self, values: tuple[JsonScalar, ...], *, exact: bool) -> Code:
        if None in values:
            others = tuple(value for value in values if value is not None)
            return self.or_none(self._literal(others, exact=exact)) if others else code("None")
        written = code("{}[{}]", self.imports.name("typing", "Literal"), join(", ", map(literal, values)))
        if not exact or not any(isinstance(value, int) for value in values):
            return written
        # To Python True is 1 and 1.0; to JSON it is neither, and 1.0 is 1.
        return self.annotated(written, self.imports.name(f"{self.runtime}.types", "Exact"))

    def _tuple(self, items: list[Code]) -> Code:
        return code("tuple[{}]", join(", ", items) if items else code("()"))

    def _union(self, type_: UnionOf) -> Code:
        members = [self.checked(member) for member in _one_literal(type_.members)]
        if type_.tag is None:
            return union(members)
        name = discriminating_field(type_.tag, self.declarations, self.names)
        if name is not None:
            return self.annotated(union(members), self.field_call((code("discriminator={}", literal(name)),)))
        cases = literal(case_numbers(type_, type_.tag))
        tagged = self.imports.name(f"{self.runtime}.types", "Tagged")
        return self.annotated(union(members), code("{}({}, {})", tagged, literal(type_.tag.wire), cases))


def _one_literal(members: tuple[Type, ...]) -> Iterable[Type]:
    """Return the members with all fixed values in one, where the first of them stands."""
    values = tuple(value for member in members if isinstance(member, Const) for value in member.values)
    first = next((member for member in members if isinstance(member, Const)), None)
    for member in members:
        if not isinstance(member, Const):
            yield member
        elif member is first:
            yield Const(tuple(dict(zip(map(literal, values), values, strict=True)).values()))


def union(members: Iterable[Code]) -> Code:
    """Return the members as a union, each once."""
    return join(" | ", dict.fromkeys(members))
