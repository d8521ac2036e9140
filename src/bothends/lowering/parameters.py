"""Parameters and headers of the normal form to those of the model."""

from __future__ import annotations

from bothends.ir.declarations import Doc
from bothends.ir.operations import Content, OperationId, Parameter, Place, Style, StyleName
from bothends.ir.types import Scalar, ScalarKind, Type, TypeId
from bothends.lowering.all_of import flatten
from bothends.lowering.context import Context
from bothends.lowering.docs import default_of
from bothends.lowering.places import shared_place
from bothends.spec import objects


def lower_parameter(parameter: objects.Parameter, id: OperationId, context: Context) -> Parameter:
    """Lower a parameter of an operation."""
    place = TypeId(id.anchor, ("parameter", parameter.name))
    return _parameter(parameter, Place(parameter.place), place, context)


def header(parameter: objects.Parameter, owner: TypeId, context: Context) -> Parameter:
    """Lower a header of a response or of a part; ``owner`` is what it belongs to."""
    place = TypeId(owner.anchor, (*owner.steps, "header", parameter.name))
    return _parameter(parameter, Place.HEADER, place, context)


def _parameter(parameter: objects.Parameter, where: Place, place: TypeId, context: Context) -> Parameter:
    schema = parameter.schema
    encoding: Style | Content
    if parameter.content is not None:
        schema = parameter.content.schema
        encoding = context.content_of(parameter.content, shared_place(schema, place))
        type_: Type = encoding.type or encoding.item or Scalar(ScalarKind.STRING)
    else:
        encoding = _style(parameter, where)
        type_ = Scalar(ScalarKind.STRING) if schema is None else context.type_of(schema, shared_place(schema, place))
    examples = tuple(example.value for example in parameter.examples if not example.external)
    return Parameter(
        wire=parameter.name,
        place=where,
        type=type_,
        required=parameter.required,
        encoding=encoding,
        origin=parameter.location,
        default=default_of(schema, flatten(schema, context), context) if schema is not None else None,
        doc=Doc(description=parameter.description, examples=examples),
        deprecated=parameter.deprecated,
    )


def _style(parameter: objects.Parameter, where: Place) -> Style:
    name = StyleName(parameter.style) if parameter.style else _DEFAULTS[where]
    return Style(name, parameter.explode, parameter.allow_reserved, parameter.allow_empty)


_DEFAULTS = {
    Place.PATH: StyleName.SIMPLE,
    Place.QUERY: StyleName.FORM,
    Place.HEADER: StyleName.SIMPLE,
    Place.COOKIE: StyleName.FORM,
    Place.QUERYSTRING: StyleName.FORM,
}
