"""Types of the intermediate model to annotations, with the imports that they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import LiteralString

from bothends.ir.checks import Check, Within
from bothends.ir.declarations import Alias, Declaration
from bothends.ir.types import (
    NO_LIMITS,
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
    ScalarKind,
    TupleOf,
    Type,
    TypeId,
    UnionOf,
)
from bothends.naming.names import Names
from bothends.python.check_calls import check_call
from bothends.python.code import Code, code, identifier, join, literal
from bothends.python.constraints import NO_CONSTRAINTS, length_constraints, scalar_constraints
from bothends.python.discriminators import discriminating_field
from bothends.python.imports import Imports
from bothends.python.scalars import checked_scalar, plain_scalar

_NONE = code("None")
_STR = code("str")


@dataclass(frozen=True, slots=True)
class Written:
    """An annotation in parts: ``Annotated[bare, Field(keywords), metadata]``.

    An enclosing ``Field`` may take the keywords over; the metadata stays where it is.
    """

    bare: Code
    keywords: tuple[Code, ...] = ()
    metadata: tuple[Code, ...] = ()


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

    def from_runtime(self, module: str, name: str) -> Code:
        """Import a name of a module of the runtime."""
        return self.imports.name(f"{self.runtime}.{module}", name)

    def checked(self, type_: Type) -> Code:
        """Return the annotation that pydantic validates by."""
        return self._joined(self.written(type_))

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
            case Const(values=values):
                return self._literal(values).bare
            case _:
                return self._simple(type_)

    def written(self, type_: Type) -> Written:
        """Return the annotation in its parts."""
        match type_:
            case Scalar(kind=kind, limits=limits):
                return self._scalar(kind, limits)
            case ListOf(item=item, limits=limits):
                return Written(code("list[{}]", self.checked(item)), length_constraints(limits).keywords)
            case MapOf(value=value, key=key, limits=limits):
                key_code = _STR if key is None else self.checked(key)
                bare = code("dict[{}, {}]", key_code, self.checked(value))
                return Written(bare, length_constraints(limits).keywords)
            case TupleOf(items=items):
                return Written(self._tuple([self.checked(item) for item in items]))
            case Nullable(inner=inner):
                return self.written(inner) if isinstance(inner, Anything) else self.beside_none(self.written(inner))
            case UnionOf():
                return self._union(type_)
            case Refined(inner=inner, checks=checks):
                found = self.written(inner)
                return Written(found.bare, found.keywords, (*found.metadata, *map(self.check, checks)))
            case Const(values=values):
                return self._literal(values)
            case _:
                return Written(self._simple(type_))

    def beside_none(self, found: Written) -> Written:
        """Return the annotation with null allowed: checks must not see it, native constraints do not."""
        if found.metadata:
            found = Written(self._joined(found))
        return Written(self.or_none(found.bare), found.keywords, found.metadata)

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
        if is_marked(self.declarations[id]):
            self.imports.mentions_deprecated = True
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
        extras = [item for item in metadata if item.text]
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
        return annotation if _takes_none(annotation.text) else union([annotation, _NONE])

    def _joined(self, found: Written) -> Code:
        return self.annotated(found.bare, self.field_call(found.keywords), *found.metadata)

    def _scalar(self, kind: ScalarKind, limits: Limits) -> Written:
        bare = checked_scalar(kind, self.imports, self.runtime)
        constraints = scalar_constraints(kind, limits)
        if constraints is NO_CONSTRAINTS:
            return Written(bare)
        metadata: list[Code] = []
        if constraints.pattern is not None:
            matching = self.from_runtime("types", "Matching")
            metadata.append(code("{}({})", matching, literal(constraints.pattern)))
        if constraints.rest != NO_LIMITS:
            metadata.append(self.check(Within(constraints.rest)))
        return Written(bare, constraints.keywords, tuple(metadata))

    def _simple(self, type_: Type) -> Code:
        match type_:
            case Named(id=id):
                return self.reference(id)
            case Anything():
                return self.imports.name("typing", "Any")
            case Nothing():
                return self.from_runtime("types", "Nothing")
            case _:
                raise TypeError(f"no annotation for {type(type_).__name__}")

    def _literal(self, values: tuple[JsonScalar, ...]) -> Written:
        others = tuple(value for value in values if value is not None)
        if not others:
            return Written(_NONE)
        bare = code("{}[{}]", self.imports.name("typing", "Literal"), join(", ", map(literal, others)))
        # To Python True is 1 and 1.0; to JSON it is neither, and 1.0 is 1.
        exact = any(isinstance(value, int) for value in others)
        metadata = (self.from_runtime("types", "Exact"),) if exact else ()
        found = Written(bare, metadata=metadata)
        return found if len(others) == len(values) else self.beside_none(found)

    def _tuple(self, items: list[Code]) -> Code:
        return code("tuple[{}]", join(", ", items) if items else code("()"))

    def _union(self, type_: UnionOf) -> Written:
        bare = union([self.checked(member) for member in _one_literal(type_.members)])
        if type_.tag is None:
            return Written(bare)
        name = discriminating_field(type_.tag, self.declarations, self.names)
        if name is not None:
            keyword = code("discriminator={}", literal(name))
            return Written(bare, metadata=(self.field_call((keyword,)),))
        cases = [code("{}: {}", literal(value), self.reference(member)) for value, member in type_.tag.cases]
        tagged = self.from_runtime("types", "Tagged")
        arguments = [literal(type_.tag.wire), code("{{{}}}", join(", ", cases))]
        if type_.tag.default is not None:
            arguments.append(self.reference(type_.tag.default))
        chosen = code("{}({})", tagged, join(", ", arguments))
        return Written(bare, metadata=(chosen,))


def is_marked(declaration: Declaration) -> bool:
    """Tell whether a declaration becomes a class that type checkers know to be deprecated."""
    return declaration.deprecated and not isinstance(declaration, Alias)


def _one_literal(members: tuple[Type, ...]) -> Iterable[Type]:
    """Return the members with all fixed values in one, where the first of them stands."""
    values = tuple(value for member in members if isinstance(member, Const) for value in member.values)
    first = next((member for member in members if isinstance(member, Const)), None)
    for member in members:
        if not isinstance(member, Const):
            yield member
        elif member is first:
            yield Const(tuple(dict(zip(map(literal, values), values, strict=True)).values()))


def _takes_none(annotation: str) -> bool:
    """Tell whether a union has None among its own members."""
    if '"' in annotation:  # brackets of a text are none
        return annotation.endswith(" | None")
    depth = 0
    for member in annotation.split(" | "):
        if member == "None" and depth == 0:
            return True
        depth += member.count("[") - member.count("]")
    return False


def union(members: Iterable[Code]) -> Code:
    """Return the members as a union, each once."""
    return join(" | ", dict.fromkeys(members))
