"""Properties of records to annotated attributes."""

from __future__ import annotations

from dataclasses import dataclass

from bothends.ir.declarations import Field
from bothends.ir.nullness import accepts_null
from bothends.ir.types import Anything, Const, Nullable, Type, UnionOf
from bothends.ir.walk import nodes
from bothends.python.annotations import Annotations, Written
from bothends.python.code import Code, code, literal
from bothends.python.values import container_class, is_constant, value_code

_NONE = code("None")


@dataclass(frozen=True, slots=True)
class FieldCode:
    """``name: annotation``, with ``= default`` where there is one."""

    annotation: Code
    default: Code | None


def field_code(field: Field, name: str, annotations: Annotations) -> FieldCode:
    """Return how a property is written as an attribute called ``name``."""
    default = _default(field, annotations)
    omissible = not field.required and default is None
    if omissible:
        written = _optional(field.type, annotations)
        default = _NONE
    else:
        written = annotations.written(field.type)
    keywords = list(written.keywords)
    if name != field.wire:
        keywords.insert(0, code("alias={}", literal(field.wire)))
    call = annotations.field_call(tuple(keywords))
    if not field.deprecated:
        return FieldCode(annotations.annotated(written.bare, call, *written.metadata), default)
    bare = code("{}[{}]", annotations.from_runtime("deprecation", "Deprecated"), written.bare)
    if default is not None:
        untyped = annotations.imports.own(f"{annotations.runtime}.deprecation", "default", "_default")
        default = code("{}({})", untyped, default)
    return FieldCode(annotations.annotated(bare, call, *written.metadata), default)


def _optional(type_: Type, annotations: Annotations) -> Written:
    """Return the annotation of what may be absent: null on the wire is refused unless the type holds it."""
    written = annotations.written(_without_null(type_))
    if isinstance(type_, Anything) or written.bare == _NONE:
        return written
    if not accepts_null(type_, annotations.declarations):
        return annotations.beside_none(written)
    if written.metadata:
        written = Written(annotations.checked(_without_null(type_)))
    marker = annotations.from_runtime("model", "Nullable")
    return Written(code("{}[{}]", marker, written.bare), written.keywords, written.metadata)


def _without_null(type_: Type) -> Type:
    match type_:
        case Nullable(inner=inner) if not isinstance(inner, Anything):
            return _without_null(inner)
        case Const(values=values) if None in values and len(values) > 1:
            return Const(tuple(value for value in values if value is not None))
        case _:
            return type_


def _default(field: Field, annotations: Annotations) -> Code | None:
    if field.default is None or field.required:
        # What is required has to be there: a default would neither be sent, nor missed where it does not come.
        return None
    value = field.default.value
    if value is None:
        return None
    expression = value_code(value, field.type, annotations)
    if expression is None or is_constant(value, field.type, annotations):
        return expression
    # A function of its own sees the names of the module, never those of other attributes.
    call = annotations.imports.name("pydantic", "Field")
    container = container_class(value, field.type, annotations)
    if container is not None and not value:
        return code("{}(default_factory={})", call, container)
    if container is not None and any(isinstance(node, UnionOf) for node in nodes(field.type)):
        # Type checkers do not find the type of items of several kinds by themselves.
        expression = code("{}({})", container, expression)
    return code("{}(default_factory=lambda: {})", call, expression)
