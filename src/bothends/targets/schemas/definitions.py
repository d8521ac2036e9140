"""Declarations to views."""

from __future__ import annotations

from bothends.ir.declarations import NO_DOC, Alias, Closed, Declaration, Doc, Enumeration, NamedCheck, Record, Typed
from bothends.ir.types import ScalarKind
from bothends.naming.words import split
from bothends.python.annotations import Annotations, is_marked
from bothends.python.code import Code, code, identifier, join, literal, tuple_of
from bothends.python.docstrings import docstring
from bothends.python.fields import field_code
from bothends.targets.schemas.views import (
    AssignmentView,
    DefinitionView,
    EnumerationView,
    FieldView,
    MemberView,
    RecordView,
)

_NOTHING = join("", ())


def definition_view(
    declaration: Declaration, recursive: bool, deferred: bool, annotations: Annotations
) -> DefinitionView:
    """Return how a declaration is defined.

    ``recursive``: it is an alias that comes back to itself; ``deferred``: one that is built when it is first used.
    """
    match declaration:
        case Record():
            return DefinitionView(record=_record(declaration, annotations))
        case Enumeration():
            return DefinitionView(enumeration=_enumeration(declaration, annotations))
        case Alias():
            return DefinitionView(assignment=_alias(declaration, recursive, deferred, annotations))


def check_view(check: NamedCheck, annotations: Annotations) -> DefinitionView:
    """Return how a check that has a name is defined."""
    # It may mention itself, so that type checkers cannot find its type.
    kind = code("{}.Check", annotations.imports.own(annotations.runtime, "checks", "_checks"))
    name = code("{}: {}", identifier(annotations.names.checks[check.anchor].name), kind)
    return DefinitionView(assignment=AssignmentView(name, annotations.check(check.check), _NOTHING))


def _record(record: Record, annotations: Annotations) -> RecordView:
    names = annotations.names.fields[record.id]
    name = annotations.names.types[record.id].name
    bases = [annotations.from_runtime("model", "Model")]
    if isinstance(record.extra, Closed):
        bases.append(code('extra="forbid"'))
    if record.checks:
        bases.append(code("checks={}", tuple_of(map(annotations.check, record.checks))))
    fields: list[FieldView] = []
    for field in record.fields:
        written = field_code(field, names[field.wire], annotations)
        doc = _doc(field.doc, names[field.wire], False, 4)
        fields.append(FieldView(identifier(names[field.wire]), written.annotation, written.default, doc))
    doc = _doc(record.doc, name, False, 4)
    extra = _extra(record.extra, annotations) if isinstance(record.extra, Typed) else None
    return RecordView(
        decorator=_decorator(record, annotations),
        name=identifier(name),
        bases=join(", ", bases),
        doc=doc,
        extra=extra,
        fields=tuple(fields),
        empty=not fields and not doc and extra is None,
    )


def _extra(extra: Typed, annotations: Annotations) -> Code:
    # Field(init=False) keeps type checkers from taking it for an argument of the constructor.
    call = annotations.imports.name("pydantic", "Field")
    return code("__pydantic_extra__: dict[str, {}] = {}(init=False)", annotations.checked(extra.type), call)


def _enumeration(enumeration: Enumeration, annotations: Annotations) -> EnumerationView:
    names = annotations.names.members[enumeration.id]
    name = annotations.names.types[enumeration.id].name
    if enumeration.base is ScalarKind.INTEGER:
        base = annotations.from_runtime("types", "IntegerEnum")
    else:
        base = annotations.imports.name("enum", "StrEnum")
    return EnumerationView(
        decorator=_decorator(enumeration, annotations),
        name=identifier(name),
        base=base,
        doc=_doc(enumeration.doc, name, False, 4),
        members=tuple(
            MemberView(
                name=identifier(names[member.value]),
                value=literal(member.value),
                doc=_doc(member.doc, names[member.value], False, 4),
            )
            for member in enumeration.members
        ),
    )


def _alias(alias: Alias, recursive: bool, deferred: bool, annotations: Annotations) -> AssignmentView:
    name = annotations.names.types[alias.id].name
    value = annotations.checked(alias.type)
    if deferred:
        marker = annotations.from_runtime("deferred", "Deferred")
        value = annotations.annotated(annotations.imports.name("typing", "Any"), code("{}({})", marker, value))
    if recursive or alias.recursive:
        make = annotations.imports.name("typing_extensions", "TypeAliasType")
        value = code("{}({}, {})", make, literal(name), literal(value.text))
    target = identifier(name)
    if value.text == "None":
        # Type checkers take it for a variable, unless told.
        target = code("{}: {}", target, annotations.imports.name("typing", "TypeAlias"))
    return AssignmentView(target, value, _doc(alias.doc, name, alias.deprecated, 0))


def _decorator(declaration: Record | Enumeration, annotations: Annotations) -> Code | None:
    """Return what tells type checkers and editors of a deprecated class; nothing happens when it is used."""
    if not is_marked(declaration):
        return None
    deprecated = annotations.imports.name("typing_extensions", "deprecated")
    return code('@{}("The document calls this schema deprecated.", category=None)', deprecated)


def _doc(doc: Doc, name: str, deprecated: bool, indent: int) -> Code:
    """Return the prose; a title that only repeats the name is none."""
    if doc is NO_DOC and not deprecated:
        return _NOTHING
    text = doc.description or doc.title
    if not doc.description and text and _folded(text) == _folded(name):
        text = ""
    return docstring(text, "Deprecated." if deprecated else "", indent=indent) if text or deprecated else _NOTHING


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in split(text))
