"""In come the parameters of a path item and of its operation, out come parameters with every default filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bothends.diagnostics.model import Diagnostic, Related, Severity
from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor
from bothends.spec.context import Context
from bothends.spec.objects import MediaType, Parameter
from bothends.spec.read_content import check_header_name, read_contents, read_examples, text_schema

_STYLES: Final = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "querystring": ("form",),
}
_NOT_PARAMETERS: Final = frozenset({"accept", "authorization", "content-type"})


def declared(context: Context, *owners: Cursor) -> list[tuple[Cursor, Cursor]]:
    """Return what path items and an operation declare, one for each name and place: where it stands, what is there.

    The last owner is the nearest: its parameters take the place of inherited ones with the same name.
    """
    found: dict[tuple[str, str], tuple[Cursor, Cursor]] = {}
    for owner in owners:
        found.update(_named(context, owner))
    return list(found.values())


def read_parameter(context: Context, place: Cursor, target: Cursor) -> Parameter | None:
    """Read one parameter of OpenAPI 3; ``None`` for one that the specification says to ignore."""
    where = target.value["in"]
    name = target.value["name"]
    if where == "header" and name.lower() in _NOT_PARAMETERS:
        message = f"the header {name!r} is not a parameter: security schemes and media types describe it"
        context.report.note("ignored-keyword", message, target.location)
        return None
    found = context.once("parameter", name, target, lambda: _parameter(context, target, name, where))
    description = context.description(place, target)
    return found if description == found.description else replace(found, description=description)


def undeclared(context: Context, name: str, item: Cursor, path: str) -> Parameter:
    """Make the parameter that a path template names and nobody declares: a required string."""
    message = f"the path names {{{name}}}, and no parameter of that name is declared; taken as a required string"
    hint = f"declare a parameter with 'name: {name}' and 'in: path'"
    parameter = {"name": name, "in": "path", "required": True, **context.dialect.string_parameter}
    fix = fixes.updated(item.document, item.pointer, {"parameters": [parameter]})
    context.report.warning("undeclared-path-parameter", message, item.location, hint, fix)
    schema = text_schema(context, f"{item.key}/{{{name}}}", item)
    return Parameter(name, "path", True, item.location, schema, style="simple")


def is_required(context: Context, place: Cursor) -> bool:
    """Tell whether a parameter is required, as one in the path always is."""
    required = place.boolean("required", context.report)
    if place.value["in"] == "path" and not required:
        message = f"path parameter {place.value['name']!r} must say 'required: true'; taken as required"
        fix = fixes.updated(place.document, place.pointer, {"required": True})
        context.report.warning("invalid-document", message, place.location, None, fix)
        return True
    return required


def _named(context: Context, owner: Cursor) -> dict[tuple[str, str], tuple[Cursor, Cursor]]:
    found: dict[tuple[str, str], tuple[Cursor, Cursor]] = {}
    parameters = context.array(owner, "parameters") if "parameters" in owner.value else None
    for place in parameters.elements() if parameters else ():
        target = context.follow(place)
        if target is None or not _is_identified(context, target):
            continue
        where, name = target.value["in"], target.value["name"]
        identity = (where, name.lower() if where == "header" else name)
        if identity in found:
            _report_twice(context, place, found[identity][0], name)
        else:
            found[identity] = (place, target)
    return found


def _is_identified(context: Context, place: Cursor) -> bool:
    name, where = place.value.get("name"), place.value.get("in")
    if not isinstance(name, str) or (not name and where != "querystring"):
        message = "a parameter must have a 'name' that is a string; it was left out"
        context.report.warning("missing-field", message, place.location)
        return False
    if where not in context.dialect.places:
        hint = f"'in' is one of {', '.join(context.dialect.places)}"
        message = f"parameter {name!r} is in {where!r}, which is no place for one; it was left out"
        context.report.warning("invalid-value", message, place.location, hint)
        return False
    return True


def _report_twice(context: Context, place: Cursor, first: Cursor, name: str) -> None:
    related = (Related(first.location, "declared first here"),)
    message = f"parameter {name!r} is declared twice; the second was left out"
    fix = fixes.removed(place.document, place.pointer)
    context.report.add(Diagnostic("duplicate-parameter", Severity.WARNING, message, place.location, None, related, fix))


def _parameter(context: Context, place: Cursor, name: str, where: str) -> Parameter:
    report = context.report
    if where == "header":
        check_header_name(context, name, place)
    schema = context.schemas.read(place.child("schema")) if "schema" in place.value else None
    content = None if schema else _content(context, place, name)
    if schema is None and content is None:
        report.warning("missing-field", f"parameter {name!r} has no schema; read as a string", place.location)
        schema = text_schema(context, f"{place.key}/schema", place)
    style = _style(context, place, where)
    explodes = style in {"form", "cookie"}
    return Parameter(
        name=name,
        place=where,
        required=is_required(context, place),
        location=place.location,
        schema=schema,
        content=content,
        style=style,
        explode=place.boolean("explode", report) if isinstance(place.value.get("explode"), bool) else explodes,
        allow_reserved=place.boolean("allowReserved", report),
        allow_empty=place.boolean("allowEmptyValue", report),
        description=place.string("description", report),
        deprecated=place.boolean("deprecated", report),
        examples=read_examples(context, place),
    )


def _content(context: Context, place: Cursor, name: str) -> MediaType | None:
    contents = read_contents(context, place)
    if len(contents) > 1:
        message = f"parameter {name!r} must have one media type; the first is taken"
        context.report.warning("invalid-document", message, place.location)
    return contents[0] if contents else None


def _style(context: Context, place: Cursor, where: str) -> str:
    allowed = _STYLES[where]
    style = place.string("style", context.report)
    if style in allowed:
        return style
    if style:
        message = f"style {style!r} is not one of a parameter in {where}; read as {allowed[0]!r}"
        hint = f"styles are {', '.join(allowed)}"
        context.report.warning("invalid-value", message, place.child("style").location, hint)
    return allowed[0]
