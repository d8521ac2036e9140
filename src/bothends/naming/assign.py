"""Names for everything of a model, as a pure function of what the things mean.

Every scope is settled on its own: the methods of the document, its types, the fields of a record, the members of
an enumeration, the parameters of an operation, and so on. Neither the order of the document nor what stands beside
a thing has a say in its name, unless two things ask for the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bothends.config.model import NameChoice
from bothends.diagnostics.model import Report
from bothends.ir.api import Api
from bothends.ir.declarations import Enumeration, Record, Typed
from bothends.ir.operations import Operation, OperationId, Place
from bothends.ir.types import JsonScalar, TypeId
from bothends.ir.walk import references
from bothends.naming.candidates import (
    attribute_spellings,
    member_spellings,
    method_spellings,
    parameter_spellings,
)
from bothends.naming.choices import read_choices
from bothends.naming.groups import group_names
from bothends.naming.lock import NO_LOCK, NameLock
from bothends.naming.modules import check_names, module_names
from bothends.naming.names import Names, TypeName
from bothends.naming.places import Kind, operation_place, type_place
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.statuses import phrase, status_key
from bothends.naming.types import type_names
from bothends.naming.wishes import Wishes


def assign(api: Api, report: Report, choices: Sequence[NameChoice] = (), lock: NameLock = NO_LOCK) -> Names:
    """Return all names of a model.

    ``choices`` are those of the configuration, ``lock`` the names that things have so far: they keep them, unless
    somebody chose others.
    """
    wishes = Wishes(read_choices(choices, api, report), lock)
    operations = (*api.operations, *api.webhooks)
    methods = _methods(operations, wishes, report)
    types = type_names(api, methods, wishes, report)
    modules = module_names(api, types, methods, wishes, report)
    records = [declaration for declaration in api.declarations if isinstance(declaration, Record)]
    enumerations = [declaration for declaration in api.declarations if isinstance(declaration, Enumeration)]
    return Names(
        types={key: TypeName(name, modules[key.anchor]) for key, name in types.items()},
        fields={record.id: _fields(record, types, wishes, report) for record in records},
        members={enumeration.id: _members(enumeration, wishes, report) for enumeration in enumerations},
        groups=group_names({operation.group for operation in operations}, wishes, report),
        methods=methods,
        parameters={operation.id: _parameters(operation, wishes, report) for operation in operations},
        schemes=_schemes(api, wishes, report),
        errors=_errors(operations),
        checks=check_names(api, modules, wishes, report),
    )


def _methods(operations: tuple[Operation, ...], wishes: Wishes, report: Report) -> dict[OperationId, str]:
    avoid = reserved("methods", "builtins")
    claims: list[Claim[OperationId]] = []
    for operation in operations:
        spellings = method_spellings(operation)
        rank = EXACT if spellings[0] == operation.key else PRIVILEGED if operation.key else PLAIN
        claim = Claim(operation.id, spellings, operation.label, rank, operation.origin)
        place = operation_place(operation.id)
        # An operation with another operationId was renamed by its author.
        same = wishes.lock.wires.get(place) == operation.key
        claims.append(wishes.claim(claim, Kind.OPERATIONS, place, avoid=avoid, locked=same))
    return settle(claims, report)


def _fields(record: Record, types: Mapping[TypeId, str], wishes: Wishes, report: Report) -> dict[str, str]:
    stated = [field.type for field in record.fields]
    if isinstance(record.extra, Typed):
        stated.append(record.extra.type)
    mentioned = frozenset(types[key] for key in references(*stated) if key in types)
    avoid = reserved("fields", "builtins", "annotations") | mentioned
    place = type_place(record.id)
    claims: list[Claim[str]] = []
    for field in record.fields:
        spellings = attribute_spellings(field.wire, "field", avoid)
        rank = EXACT if spellings[0] == field.wire else PLAIN
        claim = Claim(field.wire, spellings, field.wire, rank, field.origin)
        claims.append(wishes.claim(claim, Kind.MEMBERS, place, field.wire, avoid=avoid))
    return settle(claims, report)


def _members(enumeration: Enumeration, wishes: Wishes, report: Report) -> dict[JsonScalar, str]:
    avoid = reserved("members")
    place = type_place(enumeration.id)
    claims: list[Claim[JsonScalar]] = []
    for member in enumeration.members:
        spellings = member_spellings(member.value, member.hint)
        wire = str(member.value)
        # A word has a better right to its name than a symbol that is pronounced so.
        rank = EXACT if spellings[0] == member.value else PRIVILEGED if wire.isidentifier() else PLAIN
        claim = Claim(member.value, spellings, wire, rank, enumeration.origin)
        # A name that the document offers is the document's to change.
        claims.append(wishes.claim(claim, Kind.MEMBERS, place, wire, avoid=avoid, locked=not member.hint))
    return settle(claims, report)


def _parameters(operation: Operation, wishes: Wishes, report: Report) -> dict[tuple[Place, str], str]:
    avoid = reserved("parameters")
    claims: list[Claim[tuple[Place, str]]] = []
    for parameter in operation.parameters:
        spellings = parameter_spellings(parameter, avoid)
        rank = PRIVILEGED if parameter.place is Place.PATH else PLAIN
        if spellings[0] == parameter.wire and rank == PRIVILEGED:
            rank = EXACT
        key = (parameter.place, parameter.wire)
        claim = Claim(key, spellings, parameter.wire, rank, parameter.origin)
        wire = f"{parameter.place.value}/{parameter.wire}"
        claims.append(wishes.claim(claim, Kind.PARAMETERS, operation_place(operation.id), wire, avoid=avoid))
    return settle(claims, report)


def _schemes(api: Api, wishes: Wishes, report: Report) -> dict[str, str]:
    avoid = reserved("schemes")
    claims: list[Claim[str]] = []
    for scheme in api.schemes:
        spellings = attribute_spellings(scheme.key, "credential", avoid)
        claim = Claim(scheme.key, spellings, scheme.key, EXACT if spellings[0] == scheme.key else PLAIN)
        claims.append(wishes.claim(claim, Kind.SCHEMES, scheme.key, avoid=avoid))
    return settle(claims, report)


def _errors(operations: tuple[Operation, ...]) -> dict[str, str]:
    keys = {status_key(response.status) for operation in operations for response in operation.responses}
    return {key: phrase(key) for key in sorted(keys) if not key.startswith("2")}
