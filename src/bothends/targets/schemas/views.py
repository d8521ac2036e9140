"""What the templates of the ``schemas`` part see."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.python.code import Code


@dataclass(frozen=True, slots=True)
class FieldView:
    """An attribute of a record: ``name: annotation = default`` with its docstring."""

    name: Code
    annotation: Code
    default: Code | None
    doc: Code


@dataclass(frozen=True, slots=True)
class RecordView:
    """A class below ``Model``. ``extra`` is the type of further properties; ``empty``: nothing in its body."""

    name: Code
    bases: Code
    doc: Code
    extra: Code | None
    fields: tuple[FieldView, ...]
    empty: bool
    decorator: Code | None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of an enumeration."""

    name: Code
    value: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class EnumerationView:
    """A class below ``StrEnum`` or the runtime's ``IntegerEnum``."""

    name: Code
    base: Code
    doc: Code
    members: tuple[MemberView, ...]
    decorator: Code | None


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """``name = value`` with its docstring: an alias, or a check that has a name."""

    name: Code
    value: Code
    doc: Code


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """A definition of a module; one of the three is there."""

    record: RecordView | None = None
    enumeration: EnumerationView | None = None
    assignment: AssignmentView | None = None


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module of schemas."""

    imports: Code
    definitions: tuple[DefinitionView, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """A class that the package offers: its name and its module, as literals."""

    name: Code
    module: Code


@dataclass(frozen=True, slots=True)
class PackageView:
    """The package ``schemas`` itself. ``first``: modules to import before all others, as literals."""

    imports: Code
    type_checking: Code | None
    deferred: tuple[Code, ...]
    entries: tuple[EntryView, ...]
    lazy_attributes: Code | None
    import_in_order: Code | None
    first: tuple[Code, ...]
