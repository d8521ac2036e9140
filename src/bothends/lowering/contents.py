"""Media types: in come contents of the normal form, out come contents with their codec, types and parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bothends.ir.operations import Codec, Content, Part, Style, StyleName
from bothends.ir.types import (
    Anything,
    Named,
    Scalar,
    ScalarKind,
    Type,
    TypeId,
)
from bothends.lowering.all_of import flatten
from bothends.lowering.assume import types_of
from bothends.lowering.context import Context
from bothends.lowering.keywords import equivalent
from bothends.lowering.parameters import header
from bothends.lowering.scalars import string_kind
from bothends.spec.objects import Encoding, MediaType
from bothends.spec.schema import BooleanSchema, Schema, SchemaObject

_JSON_LINES = frozenset(
    {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"}
    | {"application/json-seq", "application/geo+json-seq", "application/jsonlines", "application/x-jsonl"}
)
_TEXT = re.compile(
    r"text/.*|application/(javascript|ecmascript|x-javascript|sql|graphql|toml|x-www-form-urlencoded-text)"
)
_YAML = re.compile(r"(text|application)/(x-|vnd\.)?yaml|.*\+yaml")
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_INSIDE = re.compile(r"\s*;.*", re.DOTALL)


def codec_of(media_type: str) -> Codec:
    """Return how bodies of a media type are coded. Any JSON that a vendor calls otherwise is JSON by its suffix."""
    essence = _INSIDE.sub("", media_type).lower()
    if essence in _JSON_LINES or essence.endswith(("+json-seq", "+jsonl")):
        return Codec.JSON_LINES
    if essence in {"application/json", "text/json", "application/*", "application/*+json"} or essence.endswith("+json"):
        return Codec.JSON
    if essence == "text/event-stream":
        return Codec.EVENTS
    if essence == "application/x-www-form-urlencoded":
        return Codec.FORM
    if essence.startswith("multipart/"):
        return Codec.MULTIPART
    if essence in {"application/xml", "text/xml"} or essence.endswith("+xml"):
        return Codec.XML
    if _YAML.fullmatch(essence):
        return Codec.YAML
    return Codec.TEXT if _TEXT.fullmatch(essence) else Codec.BYTES


def lower_contents(contents: Sequence[MediaType], place: TypeId, context: Context) -> tuple[Content, ...]:
    """Lower the media types of a body. Inline types of the first keep the bare place, others add their media type."""
    found: list[Content] = []
    seen: list[Schema] = []
    for media_type in contents:
        at = place
        schema = media_type.schema or media_type.item_schema
        if schema is not None:
            if seen and not any(equivalent(schema, other) for other in seen[:1]):
                at = TypeId(place.anchor, (*place.steps, media_type.media_type))
            seen.append(schema)
        found.append(lower_content(media_type, at, context))
    return tuple(found)


def lower_content(media_type: MediaType, place: TypeId, context: Context) -> Content:
    """Lower one media type."""
    codec = _codec(media_type, context)
    content = Content(
        media_type=media_type.media_type,
        codec=codec,
        type=None,
        origin=media_type.location,
        examples=tuple((example.name, example.value) for example in media_type.examples if not example.external),
    )
    match codec:
        case Codec.EVENTS | Codec.JSON_LINES:
            return replace(content, item=_item(media_type, place, context))
        case Codec.BYTES:
            return replace(content, type=Scalar(ScalarKind.BINARY))
        case Codec.TEXT | Codec.XML:
            return replace(content, type=_text(media_type, place, context))
        case Codec.FORM | Codec.MULTIPART:
            type_ = _type(media_type.schema, place, context)
            # What the body's own type declares is not declared once more for its parts.
            home = type_.id if isinstance(type_, Named) else place
            return replace(content, type=type_, parts=_parts(media_type, codec, home, context))
        case _:
            return replace(content, type=_type(media_type.schema, place, context))


def _codec(media_type: MediaType, context: Context) -> Codec:
    """Return the codec; a wildcard is what its schema suggests."""
    if _INSIDE.sub("", media_type.media_type) != "*/*":
        codec = codec_of(media_type.media_type)
        if codec is Codec.MULTIPART and _is_positional(media_type, context):
            context.report.warning(
                "unsupported-construct",
                f"parts of {media_type.media_type} that have positions, not names, are not modelled;"
                " the body is taken as octets",
                media_type.location,
                "give the boundary in the 'Content-Type' of a call",
            )
            return Codec.BYTES
        if codec in {Codec.FORM, Codec.MULTIPART} and _is_string(media_type.schema, context):
            # Written and read by whoever calls.
            codec = Codec.TEXT if codec is Codec.FORM else Codec.BYTES
        if codec in {Codec.TEXT, Codec.YAML} and _is_octets(media_type.schema, context):
            # A file, whatever its charset.
            return Codec.BYTES
        if codec is Codec.YAML and not _is_structured(media_type.schema, context):
            return Codec.TEXT
        return codec
    return Codec.BYTES if media_type.schema is None or _is_octets(media_type.schema, context) else Codec.JSON


def _is_positional(media_type: MediaType, context: Context) -> bool:
    """Whether the parts of a multipart body are a list (OpenAPI 3.2, 4.14.5): nothing else has encodings of items."""
    if media_type.item_schema is not None or media_type.item_encoding is not None or media_type.prefix_encodings:
        return True
    flat = flatten(media_type.schema, context) if media_type.schema is not None else None
    return isinstance(flat, SchemaObject) and flat.get("type") == ("array",)


def _is_structured(schema: Schema | None, context: Context) -> bool:
    """Whether a schema describes what a text says, rather than any text."""
    flat = flatten(schema, context) if schema is not None else None
    if not isinstance(flat, SchemaObject):
        return False
    types = types_of(flat, context)
    if types is None:
        return any(keyword in flat for keyword in ("oneOf", "anyOf", "not", "const"))
    return "string" not in types


def _is_string(schema: Schema | None, context: Context) -> bool:
    flat = flatten(schema, context) if schema is not None else None
    return isinstance(flat, SchemaObject) and set(flat.get("type", ())) - {"null"} == {"string"}


def _is_octets(schema: Schema | None, context: Context) -> bool:
    flat = flatten(schema, context) if schema is not None else None
    return isinstance(flat, SchemaObject) and flat.get("format") == "binary"


def _type(schema: Schema | None, place: TypeId, context: Context) -> Type:
    return Anything() if schema is None else context.type_of(schema, place)


def _text(media_type: MediaType, place: TypeId, context: Context) -> Type:
    """Return the type of a text: a scalar if the schema says so. Structure inside of text is not looked at."""
    if media_type.schema is None:
        return Scalar(ScalarKind.STRING)
    flat = flatten(media_type.schema, context)
    if isinstance(flat, BooleanSchema):
        return Scalar(ScalarKind.STRING)
    types = set(flat.get("type", ()))
    if types and types <= _SCALARS and flat.get("format") not in {"binary", "byte"}:
        return context.type_of(media_type.schema, place)
    if types and "string" not in types:
        context.report.note(
            "unsupported-construct",
            f"the structure of {media_type.media_type} is not modelled; the body is taken as text",
            media_type.location,
        )
    return Scalar(ScalarKind.STRING)


def _item(media_type: MediaType, place: TypeId, context: Context) -> Type | None:
    """Return the type of one event or line: ``itemSchema``, or what 3.1 documents write in its place."""
    at = TypeId(place.anchor, (*place.steps, "item"))
    if media_type.item_schema is not None:
        return context.type_of(media_type.item_schema, at)
    if media_type.schema is None:
        return None
    flat = flatten(media_type.schema, context)
    if isinstance(flat, SchemaObject) and flat.get("type") == ("array",) and "items" in flat:
        return context.type_of(flat.get("items"), at)
    if isinstance(flat, SchemaObject) and flat.get("type") == ("string",):
        return None
    return context.type_of(media_type.schema, at)


def _parts(media_type: MediaType, codec: Codec, place: TypeId, context: Context) -> tuple[Part, ...]:
    properties = _properties(media_type.schema, context)
    encodings = {encoding.name: encoding for encoding in media_type.encodings}
    parts: list[Part] = []
    for name, schema in properties.items():
        type_ = context.type_of(schema, TypeId(place.anchor, (*place.steps, name)))
        parts.append(_part(name, schema, type_, encodings.get(name), codec, place, context))
    for name in encodings.keys() - properties.keys():
        context.report.warning(
            "ignored-keyword", f"the encoding of {name!r} describes no property of the body", media_type.location
        )
    return tuple(parts)


def _properties(schema: Schema | None, context: Context) -> Mapping[str, Schema]:
    """Return the properties of a body, those of all branches together."""
    found: dict[str, Schema] = {}
    seen: set[int] = set()
    waiting = [] if schema is None else [schema]
    while waiting:
        flat = flatten(waiting.pop(), context)
        if isinstance(flat, SchemaObject) and id(flat) not in seen:
            seen.add(id(flat))
            for name, inner in flat.get("properties", {}).items():
                found.setdefault(name, inner)
            waiting.extend(reversed((*flat.get("oneOf", ()), *flat.get("anyOf", ()))))
    return found


def _part(
    name: str, schema: Schema, type_: Type, encoding: Encoding | None, codec: Codec, place: TypeId, context: Context
) -> Part:
    items = _items(schema, context)
    media_type = encoding.content_type if encoding and encoding.content_type else None
    styled = encoding is not None and bool(encoding.style or encoding.explode is not None or encoding.allow_reserved)
    by_style = styled and (codec is Codec.FORM or not media_type)
    style = _style(encoding) if encoding is not None and by_style else None
    if style is not None:
        media_type = None
    elif media_type is None and codec is Codec.MULTIPART:
        media_type = _default_media_type(schema if items is None else items, context)
    return Part(
        wire=name,
        type=type_,
        media_type=media_type,
        style=style,
        headers=tuple(header(found, place, context) for found in encoding.headers) if encoding else (),
        repeated=codec is Codec.MULTIPART and items is not None and style is None,
    )


def _style(encoding: Encoding) -> Style:
    name = StyleName(encoding.style) if encoding.style else StyleName.FORM
    explode = encoding.explode if encoding.explode is not None else name is StyleName.FORM
    return Style(name, explode, encoding.allow_reserved)


def _items(schema: Schema, context: Context) -> Schema | None:
    """Return what the items of an array are, None where a schema is not that of an array."""
    flat = flatten(schema, context)
    if isinstance(flat, SchemaObject) and _kinds(flat, context) == {"array"} and "prefixItems" not in flat:
        found: Schema = flat.get("items", BooleanSchema(flat.key, flat.location, accepts=True))
        return found
    return None


def _default_media_type(schema: Schema, context: Context) -> str | None:
    """Return the media type of a part that names none, where it is not text."""
    flat = flatten(schema, context)
    if isinstance(flat, BooleanSchema):
        return None
    kinds = _kinds(flat, context)
    if kinds in ({"object"}, {"array"}):
        return "application/json"
    is_binary = kinds == {"string"} and string_kind(flat, context) in (ScalarKind.BINARY, ScalarKind.BYTES)
    return "application/octet-stream" if is_binary else None


def _kinds(flat: SchemaObject, context: Context) -> set[str] | None:
    """Return the JSON types of a schema but for null, None where it allows any."""
    found = types_of(flat, context)
    return None if found is None else {*found} - {"null"}
