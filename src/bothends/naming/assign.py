"""Names for everything of a model, as a pure function of what the things mean.

Every scope is settled on its own: the methods of the document, its types, the fields of a record, the members of
an enumeration, the parameters of an operation, and so on. Neither the order of the document nor what stands beside
a thing has a say in its name, unless two things ask for the same one.
"""

from __future__ import annotations

from collections.abc import Mapping

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
from bothends.naming.groups import group_names
from bothends.naming.modules import check_names, module_names
from bothends.naming.names import Names, TypeName
from bothends.naming.overrides import Overrides, read_overrides
from bothends.naming.reserved import reserved
from bothends.naming.scope import EXACT, PLAIN, PRIVILEGED, Claim, settle
from bothends.naming.statuses import phrase, status_key
from bothends.naming.types import type_names


def assign(api: Api, report: Report, overrides: Mapping[str, str] = {}) -> Names:
    """Return all names of a model. ``overrides`` maps places to names, see :mod:`bothends.naming.overrides`."""
    chosen = read_overrides(overrides, report)
    operations = (*api.operations, *api.webhooks)
    methods = _methods(operations, chosen, report)
    types = type_names(api, methods, chosen, report)
    modules = module_names(api, types, methods, report)
    records = [declaration for declaration in api.declarations if isinstance(declaration, Record)]
    enumerations = [declaration for declaration in api.declarations if isinstance(declaration, Enumeration)]
    return Names(
        types={key: TypeName(name, modules[key.anchor]) for key, name in types.items()},
        fields={record.id: _fields(record, types, chosen, report) for record in records},
        members={enumeration.id: _members(enumeration, report) for enumeration in enumerations},
        groups=group_names({operation.group for operation in operations}, report),
        methods=methods,
        parameters={operation.id: _parameters(operation, report) for operation in operations},
        schemes=_schemes(api, report),
        errors=_errors(operations),
        checks=check_names(api, modules, report),
    )


def _methods(operations: tuple[Operation, ...], chosen: Overrides, report: Report) -> dict[OperationId, str]:
    claims: list[Claim[OperationId]] = []
    for operation in operations:
        spellings = method_spellings(operation)
        rank = EXACT if spellings[0] == operation.key else PRIVILEGED if operation.key else PLAIN
        wire = operation.key or f"{operation.id.method} {operation.id.path}"
        claim = Claim(operation.id, spellings, wire, rank, operation.origin)
        claims.append(chosen.claim(operation.id, claim))
    return settle(claims, report)


def _fields(record: Record, types: Mapping[TypeId, str], chosen: Overrides, report: Report) -> dict[str, str]:
    stated = [field.type for field in record.fields]
    if isinstance(record.extra, Typed):
        stated.append(record.extra.type)
    mentioned = frozenset(types[key] for key in references(*stated) if key in types)
    avoid = reserved("fields", "builtins", "annotations") | mentioned
    claims: list[Claim[str]] = []
    for field in record.fields:
        spellings = attribute_spellings(field.wire, "field", avoid)
        rank = EXACT if spellings[0] == field.wire else PLAIN
        claim = Claim(field.wire, spellings, field.wire, rank, field.origin)
        claims.append(chosen.claim(record.id, claim, field.wire))
    return settle(claims, report)


def _members(enumeration: Enumeration, report: Report) -> dict[JsonScalar, str]:
    claims: list[Claim[JsonScalar]] = []
    for member in enumeration.members:
        spellings = member_spellings(member.value, member.hint)
        rank = EXACT if spellings[0] == member.value else PLAIN
        claims.append(Claim(member.value, spellings, str(member.value), rank, enumeration.origin))
    return settle(claims, report)


def _parameters(operation: Operation, report: Report) -> dict[tuple[Place, str], str]:
    avoid = reserved("parameters")
    claims: list[Claim[tuple[Place, str]]] = []
    for parameter in operation.parameters:
        spellings = parameter_spellings(parameter, avoid)
        rank = PRIVILEGED if parameter.place is Place.PATH else PLAIN
        if spellings[0] == parameter.wire and rank == PRIVILEGED:
            rank = EXACT
        claims.append(Claim((parameter.place, parameter.wire), spellings, parameter.wire, rank, parameter.origin))
    return settle(claims, report)


def _schemes(api: Api, report: Report) -> dict[str, str]:
    avoid = reserved("schemes")
    claims: list[Claim[str]] = []
    for scheme in api.schemes:
        spellings = attribute_spellings(scheme.key, "credential", avoid)
        claims.append(Claim(scheme.key, spellings, scheme.key, EXACT if spellings[0] == scheme.key else PLAIN))
    return settle(claims, report)


def _errors(operations: tuple[Operation, ...]) -> dict[str, str]:
    keys = {status_key(response.status) for operation in operations for response in operation.responses}
    return {key: phrase(key) for key in sorted(keys) if not key.startswith("2")}
