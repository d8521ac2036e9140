"""The intermediate model as JSON Schema: in come types and their names, out come component schemas by those names.

What no style can say (checks) is left out: a style describes shapes. Every named type is a component, inline ones too,
so that whoever writes code from it has no names to invent.
"""

from __future__ import annotations

from typing import Any, Final

from bothends.ir.api import Api
from bothends.ir.declarations import Alias, Closed, Declaration, Doc, Enumeration, Record, Typed
from bothends.ir.types import (
    INTEGERS,
    Anything,
    Const,
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

_PREFIX: Final = "#/components/schemas/"
_FORMATS: Final = {
    ScalarKind.BYTES: "byte",
    ScalarKind.DECIMAL_TEXT: "decimal",
    ScalarKind.STRING: "",
}
_KEYWORDS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "pattern": "pattern",
}


def definitions(api: Api, names: Names) -> dict[str, Any]:
    """Return every declaration as a schema, by its Python name."""
    writer = _Writer(names)
    found = {names.types[one.id].name: writer.declaration(one) for one in api.declarations}
    return dict(sorted(found.items()))


class _Writer:
    def __init__(self, names: Names) -> None:
        self.names = names

    def declaration(self, declaration: Declaration) -> dict[str, Any]:
        match declaration:
            case Record():
                schema = self.record(declaration)
            case Enumeration():
                schema = self.enumeration(declaration)
            case Alias(type=inner):
                schema = self.type(inner)
        return {**schema, **_prose(declaration.doc, declaration.deprecated)}

    def record(self, record: Record) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        for field in record.fields:
            written = {**self.type(field.type), **_prose(field.doc, field.deprecated)}
            if field.default is not None and not field.required:
                written["default"] = field.default.value
            properties[field.wire] = written
        schema: dict[str, Any] = {"type": "object", "properties": properties}
        required = [field.wire for field in record.fields if field.required]
        if required:
            schema["required"] = required
        if isinstance(record.extra, Closed):
            schema["additionalProperties"] = False
        elif isinstance(record.extra, Typed):
            schema["additionalProperties"] = self.type(record.extra.type)
        return schema

    def enumeration(self, enumeration: Enumeration) -> dict[str, Any]:
        members = self.names.members[enumeration.id]
        return {
            "type": "string" if enumeration.base is ScalarKind.STRING else "integer",
            "enum": [member.value for member in enumeration.members],
            "x-enum-varnames": [members[member.value] for member in enumeration.members],
        }

    def type(self, type_: Type) -> dict[str, Any]:
        match type_:
            case Scalar(kind=kind, limits=limits):
                return _scalar(kind, limits)
            case Const(values=values):
                # One by one, for a list of values would become a class that nobody named.
                found = [{"const": value} for value in values]
                return found[0] if len(found) == 1 else {"anyOf": found}
            case ListOf(item=item, limits=limits):
                return {"type": "array", "items": self.type(item), **_lengths(limits, "Items")}
            case TupleOf(items=items):
                exact = {"minItems": len(items), "maxItems": len(items), "items": False}
                return {"type": "array", "prefixItems": [self.type(item) for item in items], **exact}
            case MapOf(value=value, limits=limits):
                return {"type": "object", "additionalProperties": self.type(value), **_lengths(limits, "Properties")}
            case UnionOf():
                return self.union(type_)
            case Nullable(inner=inner):
                return {"anyOf": [self.type(inner), {"type": "null"}]}
            case Refined(inner=inner):
                return self.type(inner)
            case Named(id=id):
                return {"$ref": self.reference(id)}
            case Anything():
                return {}
            case Nothing():
                return {"not": {}}

    def union(self, union: UnionOf) -> dict[str, Any]:
        schema: dict[str, Any] = {"oneOf": [self.type(member) for member in union.members]}
        if union.tag is not None:
            mapping = {value: self.reference(member) for value, member in union.tag.cases}
            schema["discriminator"] = {"propertyName": union.tag.wire, "mapping": mapping}
        return schema

    def reference(self, id: TypeId) -> str:
        return f"{_PREFIX}{self.names.types[id].name}"


def _scalar(kind: ScalarKind, limits: Limits) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_bounds(limits))
    if kind in {ScalarKind.BOOLEAN, ScalarKind.NULL}:
        return {"type": kind.value}
    if kind in INTEGERS or kind in {ScalarKind.NUMBER, ScalarKind.DECIMAL}:
        type_ = "integer" if kind in INTEGERS else "number"
        own = {} if kind.value == type_ else {"format": kind.value}
        return {"type": type_, **own, **schema}
    name = _FORMATS.get(kind, kind.value)
    return {"type": "string", **({"format": name} if name else {}), **schema, **_lengths(limits, "Length")}


def _bounds(limits: Limits) -> list[tuple[str, Any]]:
    pairs = ((keyword, getattr(limits, name)) for name, keyword in _KEYWORDS.items())
    return [(keyword, value) for keyword, value in pairs if value is not None]


def _lengths(limits: Limits, of: str) -> dict[str, int]:
    pairs = ((f"min{of}", limits.min_length), (f"max{of}", limits.max_length))
    return {name: value for name, value in pairs if value is not None}


def _prose(doc: Doc, deprecated: bool) -> dict[str, Any]:
    text = doc.description or doc.title
    return {**({"description": text} if text else {}), **({"deprecated": True} if deprecated else {})}
