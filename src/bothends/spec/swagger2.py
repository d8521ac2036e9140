"""In come the objects that only OpenAPI 2.0 has in their shape, out come those of the normal form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor
from bothends.spec.context import Context
from bothends.spec.objects import Encoding, Example, MediaType, Parameter, RequestBody, Response, Server
from bothends.spec.read_operation import Item
from bothends.spec.read_parameter import declared, is_required
from bothends.spec.read_response import read_responses
from bothends.spec.read_servers import served
from bothends.spec.schema import Schema, SchemaObject

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_STYLES: Final = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_ITEM_KEYWORDS: Final = frozenset(
    {"type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength"}
    | {"minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf", "x-nullable"}
    | {"x-enum-varnames", "x-enumNames", "x-enum-descriptions"}
)


class Swagger2:
    """The shapes of 2.0. Media types, schemes and paths that the root declares hold for every operation."""

    def __init__(self, root: Cursor) -> None:
        self.root = root

    def inputs(
        self, context: Context, item: Item, operation: Cursor
    ) -> tuple[tuple[Parameter, ...], RequestBody | None]:
        """Read ``parameters``, of which those in ``body`` and ``formData`` make up the body."""
        parameters: list[Parameter] = []
        bodies: list[Cursor] = []
        fields: list[Cursor] = []
        for _, target in declared(context, *item.layers, operation):
            place = target.value["in"]
            if place == "body":
                bodies.append(target)
            elif place == "formData":
                fields.append(target)
            else:
                parameters.append(_parameter(context, target))
        return tuple(parameters), self._body(context, operation, bodies, fields)

    def responses(self, context: Context, operation: Cursor) -> tuple[Response, ...]:
        """Read ``responses``, whose media types are those that the operation produces."""
        produced = self._media_types(context, operation, "produces")
        return read_responses(
            context, operation, lambda status, _, target: _response(context, status, target, produced)
        )

    def servers(self, context: Context, item: Item, operation: Cursor) -> tuple[Server, ...]:
        """Return servers where the operation has ``schemes`` of its own."""
        return host_servers(context, self.root, operation) if "schemes" in operation.value else ()

    def _body(
        self, context: Context, operation: Cursor, bodies: list[Cursor], fields: list[Cursor]
    ) -> RequestBody | None:
        consumed = self._media_types(context, operation, "consumes")
        for extra in (*bodies[1:], *(fields if bodies else ())):
            message = "an operation has one body; this parameter was left out"
            context.report.warning("invalid-document", message, extra.location)
        if bodies:
            return _plain_body(context, bodies[0], consumed)
        return _form_body(context, operation, fields, consumed) if fields else None

    def _media_types(self, context: Context, operation: Cursor, field: str) -> tuple[str, ...]:
        owner = operation if field in operation.value else self.root
        listed = context.array(owner, field)
        found = [place.value.strip() for place in listed.elements() if isinstance(place.value, str)] if listed else []
        return tuple(dict.fromkeys(media_type for media_type in found if "/" in media_type))


def host_servers(context: Context, root: Cursor, operation: Cursor | None = None) -> tuple[Server, ...]:
    """Make servers of ``schemes``, ``host`` and ``basePath``; the safe scheme goes first."""
    host = root.string("host", context.report).strip("/")
    base = root.string("basePath", context.report).rstrip("/")
    if base and not base.startswith("/"):
        base = f"/{base}"
    if not host:
        url = served(context, root, base or "/")
        return (Server(url.rstrip("/")),) if base or url != "/" else ()
    listed = context.array(operation or root, "schemes")
    schemes = [place.value for place in listed.elements() if isinstance(place.value, str)] if listed else []
    return tuple(
        Server(f"{scheme}://{host}{base}")
        for scheme in sorted(dict.fromkeys(schemes or ["https"]), key=lambda scheme: scheme != "https")
    )


def _plain_body(context: Context, place: Cursor, consumed: tuple[str, ...]) -> RequestBody:
    schema = context.schemas.read(place.child("schema")) if "schema" in place.value else None
    if schema is None:
        context.report.warning("missing-field", "a body must have a 'schema'; any value is taken", place.location)
    return RequestBody(
        required=place.boolean("required", context.report),
        contents=tuple(MediaType(media_type, schema, place.location) for media_type in consumed or (_JSON,)),
        location=place.location,
        description=place.string("description", context.report),
    )


def _form_body(context: Context, operation: Cursor, fields: list[Cursor], consumed: tuple[str, ...]) -> RequestBody:
    has_file = any(field.value.get("type") == "file" for field in fields)
    forms = [name for name in consumed if name.partition(";")[0].strip().lower() in {_FORM, _MULTIPART}]
    if has_file and not forms:
        message = f"an operation that takes a file must consume {_MULTIPART}; read as if it did"
        fix = fixes.updated(operation.document, operation.pointer, {"consumes": [_MULTIPART]})
        context.report.warning("invalid-document", message, operation.location, None, fix)
    if has_file:
        forms = [name for name in forms if not name.lower().startswith(_FORM)] or [_MULTIPART]
    schema = _form_schema(context, operation, fields)
    encodings = tuple(_encodings(context, fields))
    return RequestBody(
        required=any(is_required(context, field) for field in fields),
        contents=tuple(
            MediaType(media_type, schema, operation.location, encodings=encodings) for media_type in forms or [_FORM]
        ),
        location=operation.location,
    )


def _form_schema(context: Context, operation: Cursor, fields: list[Cursor]) -> SchemaObject:
    """Make the schema of a form: an object with a property for each field."""
    properties: dict[str, Schema] = {field.value["name"]: _item_schema(context, field) for field in fields}
    keywords: dict[str, Any] = {"type": ("object",), "properties": properties}
    required = [field.value["name"] for field in fields if is_required(context, field)]
    if required:
        keywords["required"] = required
    return context.schemas.made(SchemaObject(f"{operation.key}/parameters", operation.location, keywords))


def _encodings(context: Context, fields: list[Cursor]) -> Iterator[Encoding]:
    for field in fields:
        if field.value.get("type") == "array":
            style, explode = _style(context, field, "formData")
            yield Encoding(field.value["name"], style=style, explode=explode)


def _parameter(context: Context, place: Cursor) -> Parameter:
    name, where = place.value["name"], place.value["in"]
    return context.once("parameter", name, place, lambda: _described(context, place, name, where))


def _described(context: Context, place: Cursor, name: str, where: str) -> Parameter:
    style, explode = _style(context, place, where)
    return Parameter(
        name=name,
        place=where,
        required=is_required(context, place),
        location=place.location,
        schema=_item_schema(context, place),
        style=style,
        explode=explode,
        allow_empty=place.boolean("allowEmptyValue", context.report),
        description=place.string("description", context.report),
    )


def _item_schema(context: Context, place: Cursor) -> Schema:
    """Read the schema that a parameter or header of 2.0 is itself; what else it says is no keyword of a schema."""
    value = {name: content for name, content in place.value.items() if name in _ITEM_KEYWORDS}
    if not value:
        message = "a parameter must have a 'type'; read as a string"
        context.report.warning("missing-field", message, place.location)
        value = {"type": "string"}
    return context.schemas.read(Cursor(value, place.document, place.pointer))


def _style(context: Context, place: Cursor, where: str) -> tuple[str, bool]:
    """Return the style and explode that a ``collectionFormat`` means."""
    collection = place.string("collectionFormat", context.report, "csv")
    plain = "form" if where in {"query", "formData"} else "simple"
    if collection == "multi":
        if plain == "form":
            return "form", True
        context.report.warning("invalid-value", f"'multi' has no meaning in {where}; read as 'csv'", place.location)
        return plain, False
    if collection in _STYLES:
        return _STYLES[collection], False
    if collection != "csv":
        message = f"{collection!r} is not a collection format; read as 'csv'"
        hint = "collection formats are csv, ssv, tsv, pipes and multi"
        context.report.warning("invalid-value", message, place.location, hint)
    return plain, False


def _response(context: Context, status: str, place: Cursor, produced: tuple[str, ...]) -> Response:
    schema = context.schemas.read(place.child("schema")) if "schema" in place.value else None
    examples = context.mapping(place, "examples")
    by_type: dict[str, Any] = {name: example.value for name, example in examples.items()} if examples else {}
    is_file = schema is not None and place.value["schema"] == {"type": "file"}
    media_types = produced or (("application/octet-stream",) if is_file else (_JSON,))
    return Response(
        status=status,
        contents=tuple(
            MediaType(
                media_type,
                schema,
                place.location,
                examples=(Example("", by_type[media_type]),) if media_type in by_type else (),
            )
            for media_type in (media_types if schema else ())
        ),
        location=place.location,
        headers=tuple(_headers(context, place)),
        description=place.string("description", context.report),
    )


def _headers(context: Context, response: Cursor) -> Iterator[Parameter]:
    headers = context.mapping(response, "headers")
    for name, place in headers.items() if headers else ():
        if name.lower() != "content-type" and context.expect_mapping(place):
            style, explode = _style(context, place, "header")
            yield Parameter(
                name,
                "header",
                False,
                place.location,
                schema=_item_schema(context, place),
                style=style,
                explode=explode,
                description=place.string("description", context.report),
            )
