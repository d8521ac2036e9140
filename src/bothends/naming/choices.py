"""Names that the configuration chooses: in come keys as people write them, out come names by place.

A key is the text of a place (:mod:`bothends.naming.places`), the same with an operationId for the operation, or a
JSON Pointer to what has the name, which may be shared: a parameter of ``components`` has one name in all operations.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from bothends.config.model import NameChoice
from bothends.diagnostics.model import Location, Report
from bothends.ir.api import Api
from bothends.ir.declarations import Enumeration, Record
from bothends.ir.operations import Operation
from bothends.ir.types import TypeId
from bothends.naming.places import Kind, operation_place, type_place
from bothends.naming.reserved import reserved
from bothends.naming.wishes import is_usable

#: A kind, a place, and for what belongs to the place its spelling in the document.
Key: TypeAlias = "tuple[Kind, str, str]"

_CODE: Final = "invalid-configuration"
_RESERVED: Final = {
    Kind.TYPES: reserved("classes", "builtins"),
    Kind.MEMBERS: reserved("fields", "members", "builtins", "annotations"),
    Kind.OPERATIONS: reserved("methods", "builtins"),
    Kind.PARAMETERS: reserved("parameters"),
    Kind.GROUPS: reserved("modules", "groups"),
    Kind.SCHEMES: reserved("schemes"),
}


def read_choices(choices: Sequence[NameChoice], api: Api, report: Report) -> dict[Key, str]:
    """Return the chosen names by place. Reports ``invalid-configuration`` for unknown keys and unusable names."""
    found: dict[Key, str] = {}
    if not choices:
        return found
    catalogue = _catalogue(api)
    for choice in choices:
        for key in _places(choice, catalogue, report):
            if is_usable(choice.name, _RESERVED[key[0]]):
                found[key] = choice.name
            else:
                report.error(_CODE, _why_not(choice.name, key[0]), choice.location, "choose another name")
    return found


def _places(choice: NameChoice, catalogue: dict[str, list[Key]], report: Report) -> list[Key]:
    """Return the places that a choice is for; none, and an error, where it is not clear which."""
    places = [key for key in catalogue.get(choice.key, ()) if choice.kind in ("", key[0].value)]
    kinds = sorted({key[0].value for key in places})
    if not places:
        known = [text for text, keys in catalogue.items() if any(choice.kind in ("", key[0].value) for key in keys)]
        near = difflib.get_close_matches(choice.key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else "`bothends explain` lists the keys of everything with a name"
        what = {"": "nothing"}.get(choice.kind, f"none of the {choice.kind}")
        report.error(_CODE, f"{what} of the document is known as {choice.key!r}", choice.location, hint)
    elif len(kinds) > 1:
        tables = " or ".join(f"names.{kind}" for kind in kinds)
        report.error(_CODE, f"{choice.key!r} may mean several things", choice.location, f"write it under {tables}")
        return []
    elif len(places) > 1 and not choice.key.startswith("#"):
        told = ", ".join(sorted(_text(key) for key in places))
        report.error(_CODE, f"{choice.key!r} may mean several things", choice.location, f"write one of {told}")
        return []
    return places


def _text(key: Key) -> str:
    kind, place, wire = key
    if not wire:
        return place
    return f"{place} {wire}" if kind is Kind.PARAMETERS else f"{place}/{wire}"


def _why_not(name: str, kind: Kind) -> str:
    if name.isidentifier() and not name.startswith("_"):
        return f"{name!r} cannot be a name of {kind.value}: it is reserved there"
    return f"{name!r} cannot be a name: a public identifier of Python is needed"


def _catalogue(api: Api) -> dict[str, list[Key]]:
    """Return the things that may be meant by each text."""
    found: dict[str, list[Key]] = {}
    for text, key in (*_types(api), *_operations(api), *_rest(api)):
        keys = found.setdefault(text, [])
        if key not in keys:
            keys.append(key)
    return found


def _types(api: Api) -> Iterator[tuple[str, Key]]:
    ids = {operation.id.anchor: operation.key for operation in (*api.operations, *api.webhooks)}
    for declaration in api.declarations:
        place = type_place(declaration.id)
        texts = [place, *_other_texts(declaration.id, ids.get(declaration.id.anchor, ""))]
        yield from ((text, (Kind.TYPES, place, "")) for text in (*texts, _pointer(declaration.origin)))
        if isinstance(declaration, Record):
            for field in declaration.fields:
                key = (Kind.MEMBERS, place, field.wire)
                yield from ((text, key) for text in _inside(declaration.id, texts, field.wire))
                yield _pointer(field.origin), key
        elif isinstance(declaration, Enumeration):
            for member in declaration.members:
                wire = str(member.value)
                yield from ((text, (Kind.MEMBERS, place, wire)) for text in _inside(declaration.id, texts, wire))


def _other_texts(id: TypeId, operation_id: str) -> Iterator[str]:
    """Yield the whole anchor with its steps, and for a type of an operation its operationId with them."""
    yield "/".join((id.anchor, *id.steps))
    if operation_id:
        yield "/".join((operation_id, *id.steps))


def _inside(id: TypeId, texts: list[str], wire: str) -> Iterator[str]:
    yield type_place(id, wire)
    yield from (f"{text}/{wire}" for text in texts[1:])


def _operations(api: Api) -> Iterator[tuple[str, Key]]:
    for operation in (*api.operations, *api.webhooks):
        place = operation_place(operation.id)
        texts = [place, *([operation.key] if operation.key else ())]
        for text in (*texts, operation.id.anchor, _pointer(operation.origin)):
            yield text, (Kind.OPERATIONS, place, "")
        yield from _parameters(operation, place, texts)


def _parameters(operation: Operation, place: str, texts: list[str]) -> Iterator[tuple[str, Key]]:
    for parameter in operation.parameters:
        wire = f"{parameter.place.value}/{parameter.wire}"
        key = (Kind.PARAMETERS, place, wire)
        yield _pointer(parameter.origin), key
        for text in texts:
            yield from ((f"{text} {each}", key) for each in (wire, parameter.wire))
            yield from ((f"{text}/{each}", key) for each in (wire, parameter.wire))


def _rest(api: Api) -> Iterator[tuple[str, Key]]:
    for operation in (*api.operations, *api.webhooks):
        yield operation.group, (Kind.GROUPS, operation.group, "")
    for scheme in api.schemes:
        for text in (scheme.key, f"#/components/securitySchemes/{scheme.key}", f"#/securityDefinitions/{scheme.key}"):
            yield text, (Kind.SCHEMES, scheme.key, "")


def _pointer(location: Location) -> str:
    return f"#{location.pointer}"
