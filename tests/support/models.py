"""Small models to name."""

from __future__ import annotations

from collections.abc import Iterable

from bothends.diagnostics.model import Location
from bothends.ir.api import Api
from bothends.ir.declarations import NO_DOC, Declaration, Enumeration, EnumMember, Field, Open, Record
from bothends.ir.operations import (
    Exact,
    Operation,
    OperationId,
    Parameter,
    PathTemplate,
    Place,
    Response,
    Slot,
    Style,
    StyleName,
)
from bothends.ir.types import JsonScalar, Scalar, ScalarKind, Type, TypeId

HERE = Location("openapi.yaml")
TEXT = Scalar(ScalarKind.STRING)


def component(name: str, *steps: str) -> TypeId:
    """Return the id of a component, or of a type inside one."""
    return TypeId(f"#/components/schemas/{name}", steps)


def record(id: TypeId, **fields: Type) -> Record:
    """Return a record."""
    return wired(id, fields)


def wired(id: TypeId, fields: dict[str, Type]) -> Record:
    """Return a record whose properties may be called anything."""
    return Record(id, tuple(Field(wire, type_, False, HERE) for wire, type_ in fields.items()), Open(), HERE)


def enumeration(id: TypeId, *values: JsonScalar) -> Enumeration:
    """Return an enumeration."""
    kind = ScalarKind.INTEGER if all(isinstance(value, int) for value in values) else ScalarKind.STRING
    return Enumeration(id, kind, tuple(EnumMember(value) for value in values), HERE)


def operation(
    method: str, path: str, key: str = "", *, group: str = "default", parameters: Iterable[tuple[Place, str]] = ()
) -> Operation:
    """Return an operation that answers 200."""
    parts = tuple(
        Slot(part[1:-1]) if part.startswith("{") else part
        for part in path.replace("{", "\0{").replace("}", "}\0").split("\0")
        if part
    )
    style = Style(StyleName.SIMPLE, False)
    return Operation(
        id=OperationId(method, path),
        key=key,
        group=group,
        path=PathTemplate(parts),
        parameters=tuple(Parameter(wire, place, TEXT, True, style, HERE) for place, wire in parameters),
        body=None,
        responses=(Response(Exact(200), (), HERE),),
        security=(),
        origin=HERE,
    )


def api(declarations: Iterable[Declaration] = (), operations: Iterable[Operation] = ()) -> Api:
    """Return a model."""
    return Api(
        title="Pets",
        version="1",
        doc=NO_DOC,
        servers=(),
        schemes=(),
        groups=(),
        declarations=tuple(declarations),
        operations=tuple(operations),
    )
