"""In come ``content`` mappings, headers and examples, out come media types, headers and examples of the normal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from bothends.loading.cursor import Cursor
from bothends.spec.context import Context
from bothends.spec.objects import Encoding, Example, MediaType, Parameter
from bothends.spec.schema import SchemaObject

_MEDIA_TYPE: Final = re.compile(r"[^\s/;]+/[^\s/;]+(\s*;.*)?", re.DOTALL)
_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_STYLES: Final = frozenset({"form", "spaceDelimited", "pipeDelimited", "deepObject"})


def read_contents(context: Context, owner: Cursor) -> tuple[MediaType, ...]:
    """Read the ``content`` of a body, a response, a parameter or a header."""
    contents = context.mapping(owner, "content")
    if contents is None:
        return ()
    found: dict[str, MediaType] = {}
    for name, place in contents.items():
        media_type = name.strip()
        if media_type.startswith("x-") and "/" not in media_type:
            continue
        if not _MEDIA_TYPE.fullmatch(media_type):
            context.report.warning("invalid-value", f"{name!r} is not a media type; it was left out", place.location)
            continue
        target = context.follow(place)
        if target is not None and media_type not in found:
            found[media_type] = _media_type(context, media_type, target)
    return tuple(found.values())


def read_examples(context: Context, owner: Cursor) -> tuple[Example, ...]:
    """Read ``example`` and ``examples`` of a media type, a parameter or a header."""
    found: list[Example] = []
    if "example" in owner.value and "examples" in owner.value:
        message = "'example' and 'examples' exclude each other; both are read"
        context.report.warning("invalid-document", message, owner.child("example").location)
    if "example" in owner.value:
        found.append(Example("", owner.value["example"]))
    examples = context.mapping(owner, "examples") if "examples" in owner.value else None
    for name, place in examples.items() if examples else ():
        target = context.follow(place)
        if target is not None:
            found.append(_example(context, name, target))
    return tuple(found)


def read_headers(context: Context, owner: Cursor) -> tuple[Parameter, ...]:
    """Read the ``headers`` of a response or of an encoding. The media type is not told by a header."""
    headers = context.mapping(owner, "headers") if "headers" in owner.value else None
    if headers is None:
        return ()
    for name, place in headers.items():
        check_header_name(context, name, place)
    found = [_header(context, name, place) for name, place in headers.items() if name.lower() != "content-type"]
    return tuple(header for header in found if header is not None)


def check_header_name(context: Context, name: str, place: Cursor) -> None:
    """Report a name that no header can have (RFC 9110, 5.1)."""
    if not _TOKEN.fullmatch(name):
        message = f"{name!r} is not the name of a header: it may hold letters, digits and !#$%&'*+-.^_`|~"
        context.report.warning("invalid-value", message, place.location)


def text_schema(context: Context, key: str, owner: Cursor) -> SchemaObject:
    """Make the schema of something that the document does not describe: a string."""
    return context.schemas.made(SchemaObject(key, owner.location, {"type": ("string",)}))


def _media_type(context: Context, name: str, place: Cursor) -> MediaType:
    value = place.value
    item_encoding = context.mapping(place, "itemEncoding") if "itemEncoding" in value else None
    prefix_encodings = context.array(place, "prefixEncoding") if "prefixEncoding" in value else None
    return MediaType(
        media_type=name,
        schema=context.schemas.read(place.child("schema")) if "schema" in value else None,
        location=place.location,
        item_schema=context.schemas.read(place.child("itemSchema")) if "itemSchema" in value else None,
        encodings=tuple(_encodings(context, name, place)),
        examples=read_examples(context, place),
        item_encoding=_encoding(context, "", item_encoding) if item_encoding else None,
        prefix_encodings=tuple(
            _encoding(context, str(index), part)
            for index, part in enumerate(prefix_encodings.elements() if prefix_encodings else ())
            if context.expect_mapping(part)
        ),
    )


def _encodings(context: Context, media_type: str, owner: Cursor) -> Iterator[Encoding]:
    encodings = context.mapping(owner, "encoding") if "encoding" in owner.value else None
    unstyled = not context.dialect.styled_parts and media_type.lower().startswith("multipart/")
    for name, place in encodings.items() if encodings else ():
        if context.expect_mapping(place):
            found = _encoding(context, name, place)
            yield _unstyled(context, found, place) if unstyled else found


def _unstyled(context: Context, encoding: Encoding, place: Cursor) -> Encoding:
    """Return an encoding without what OpenAPI 3.0 says shall be ignored in multipart bodies (4.7.15)."""
    styles = [field for field in ("style", "explode", "allowReserved") if field in place.value]
    for field in styles:
        message = f"{field!r} has no meaning for parts of multipart bodies in {context.dialect.name}"
        hint = "use OpenAPI 3.1, where it has"
        context.report.warning("ignored-keyword", message, place.child(field).location, hint)
    return replace(encoding, style="", explode=None, allow_reserved=False) if styles else encoding


def _encoding(context: Context, name: str, place: Cursor) -> Encoding:
    report = context.report
    style = place.string("style", report)
    if style and style not in _STYLES:
        report.warning("invalid-value", f"style {style!r} is not one of a form", place.child("style").location)
        style = ""
    return Encoding(
        name=name,
        content_type=place.string("contentType", report),
        style=style,
        explode=place.boolean("explode", report) if "explode" in place.value else None,
        allow_reserved=place.boolean("allowReserved", report),
        headers=read_headers(context, place),
    )


def _example(context: Context, name: str, place: Cursor) -> Example:
    external = place.string("externalValue", context.report)
    value: Any = place.value.get("dataValue", place.value.get("value", place.value.get("serializedValue")))
    return Example(name, value, external)


def _header(context: Context, name: str, place: Cursor) -> Parameter | None:
    target = context.follow(place)
    if target is None:
        return None
    return context.once("header", name, place, lambda: _described_header(context, name, place, target))


def _described_header(context: Context, name: str, place: Cursor, target: Cursor) -> Parameter:
    report = context.report
    contents = read_contents(context, target)
    schema = context.schemas.read(target.child("schema")) if "schema" in target.value else None
    if schema is None and not contents:
        report.warning("missing-field", f"header {name!r} has no schema; read as a string", target.location)
        schema = text_schema(context, f"{target.key}/schema", target)
    return Parameter(
        name=name,
        place="header",
        required=target.boolean("required", report),
        location=target.location,
        schema=schema,
        content=contents[0] if schema is None else None,
        style="simple",
        explode=target.boolean("explode", report),
        description=context.description(place, target),
        deprecated=target.boolean("deprecated", report),
        examples=read_examples(context, target),
    )
