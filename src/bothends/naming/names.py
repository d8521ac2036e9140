"""Every Python name of the output, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bothends.ir.operations import OperationId, Place
from bothends.ir.types import JsonScalar, TypeId


@dataclass(frozen=True, slots=True)
class TypeName:
    """A class or alias: its name, and the module of ``schemas`` that holds it (``post_audience``)."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group of operations: its module and client attribute (``audiences``), and its class (``Audiences``)."""

    module: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Names:
    """All names, looked up by what they name. Raises KeyError for what the model does not hold.

    ``fields`` and ``members`` are keyed by owner; ``parameters`` by operation, place and wire name (the body is
    not among them: it is always ``body``). ``methods`` are unique over the whole document. ``schemes`` are
    constructor arguments of the client. ``errors`` maps a status (``404``, ``4XX``, ``default``) to a class name.
    """

    types: Mapping[TypeId, TypeName] = field(hash=False)
    fields: Mapping[TypeId, Mapping[str, str]] = field(hash=False)
    members: Mapping[TypeId, Mapping[JsonScalar, str]] = field(hash=False)
    groups: Mapping[str, GroupName] = field(hash=False)
    methods: Mapping[OperationId, str] = field(hash=False)
    parameters: Mapping[OperationId, Mapping[tuple[Place, str], str]] = field(hash=False)
    schemes: Mapping[str, str] = field(hash=False)
    errors: Mapping[str, str] = field(hash=False)
    checks: Mapping[str, TypeName] = field(hash=False)
