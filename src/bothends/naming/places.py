"""Where names belong: each thing of a model that has a name, as a short text that people can write.

The name lock of the manifest, the configuration and ``bothends explain`` use the same texts:

=================  =============================================  ==============================================
kind               what it is                                     texts
=================  =============================================  ==============================================
``types``          a class or alias of ``schemas``                ``Pet``, ``Pet/owner``, ``GET /pets response/200``
``members``        an attribute, or a member of an enumeration    ``Pet/photoUrls``, ``Status/in-progress``
``operations``     a method of the client and of the handlers     ``GET /pets``
``parameters``     an argument of a method                        ``GET /pets query/page-size``
``groups``         the module and attribute of a group            ``Audience messages``
``schemes``        a credential of the client                     ``apiKey``
=================  =============================================  ==============================================
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bothends.ir.operations import OperationId, Place
from bothends.ir.types import TypeId

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
#: Where the schemas of a root document stand, in OpenAPI 3 and in 2.0.
_HOMES: Final = ("#/components/schemas/", "#/definitions/")
_OPERATION: Final = "operation:"


class Kind(StrEnum):
    """Kinds of things that have names. The last three are internal to the output: nobody chooses them."""

    TYPES = "types"
    MEMBERS = "members"
    OPERATIONS = "operations"
    PARAMETERS = "parameters"
    GROUPS = "groups"
    SCHEMES = "schemes"
    CLASSES = "classes"
    MODULES = "modules"
    CHECKS = "checks"

    # That of Enum is written in Python, and tens of thousands of keys begin with a kind.
    __hash__ = str.__hash__


#: The kinds whose names a configuration may choose.
CHOSEN_KINDS: Final = (Kind.TYPES, Kind.MEMBERS, Kind.OPERATIONS, Kind.PARAMETERS, Kind.GROUPS, Kind.SCHEMES)


def operation_place(id: OperationId) -> str:
    """Return ``GET /pets``."""
    return f"{id.method} {id.path.replace(' ', '%20')}"


def parameter_place(id: OperationId, place: Place, wire: str) -> str:
    """Return ``GET /pets query/page-size``."""
    return f"{operation_place(id)} {place.value}/{_escaped(wire)}"


def type_place(id: TypeId, *further: str) -> str:
    """Return ``Pet`` or ``Pet/owner``; ``further`` steps lead to a member."""
    base = anchor_place(id.anchor)
    steps = "/".join(_escaped(step) for step in (*id.steps, *further))
    if not (id.steps or further):
        return base
    return f"{base}/{steps}" if _PLAIN.fullmatch(base) else f"{base} {steps}"


@lru_cache(maxsize=16384)
def anchor_place(anchor: str) -> str:
    """Return ``Pet`` for the component ``#/components/schemas/Pet``, ``GET /pets`` for an operation."""
    if anchor.startswith(_OPERATION):
        method, _, path = anchor.removeprefix(_OPERATION).partition(" ")
        return operation_place(OperationId(method, path))
    key = next((anchor.removeprefix(home) for home in _HOMES if anchor.startswith(home)), "")
    return key if _PLAIN.fullmatch(key) else anchor


def _escaped(step: str) -> str:
    """Return a step as JSON Pointer (RFC 6901) has it."""
    return step.replace("~", "~0").replace("/", "~1")
