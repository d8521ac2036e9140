"""Contents to the descriptors of media types."""

from __future__ import annotations

from bothends.ir.declarations import Alias
from bothends.ir.operations import Codec, Content, Part, Style
from bothends.ir.types import ListOf, Named, Nullable, Refined, Scalar, ScalarKind, Type
from bothends.python.annotations import Annotations
from bothends.python.code import Code, code, join, literal, tuple_of

_USUAL = {
    Codec.JSON: "application/json",
    Codec.YAML: "application/yaml",
    Codec.FORM: "application/x-www-form-urlencoded",
    Codec.MULTIPART: "multipart/form-data",
    Codec.TEXT: "text/plain",
    Codec.BYTES: "application/octet-stream",
    Codec.EVENTS: "text/event-stream",
    Codec.JSON_LINES: "application/jsonl",
}


def media_code(content: Content, annotations: Annotations) -> Code:
    """Return the expression that describes a media type."""
    name = literal(content.media_type)
    usual = content.media_type == _USUAL.get(content.codec)
    match content.codec:
        case Codec.JSON:
            return _call("Json", [_type(content.type, annotations)], name, usual, annotations)
        case Codec.YAML:
            return _call("Yaml", [_type(content.type, annotations)], name, usual, annotations)
        case Codec.FORM | Codec.MULTIPART:
            arguments = [_type(content.type, annotations)]
            told = [part for part in content.parts if content.codec is Codec.MULTIPART or _deviates(part)]
            if parts := [_part(part, annotations) for part in told]:
                arguments.append(code("parts={}", tuple_of(parts)))
            kind = "Form" if content.codec is Codec.FORM else "Multipart"
            return _call(kind, arguments, name, usual, annotations)
        case Codec.TEXT:
            stated = _type(content.type, annotations) if content.type is not None else code("str")
            arguments = [] if stated == code("str") else [code("type={}", stated)]
            return _call("Text", arguments, name, usual, annotations)
        case Codec.BYTES | Codec.XML:
            return _call("Binary", [], name, usual, annotations)
        case Codec.EVENTS:
            arguments = [] if content.element is None else [_type(content.element, annotations)]
            return _call("Events", arguments, name, usual, annotations)
        case Codec.JSON_LINES:
            return _call("JsonLines", [_type(content.element, annotations)], name, usual, annotations)


def media_tuple(contents: tuple[Content, ...], annotations: Annotations) -> Code:
    """Return several media types as a tuple."""
    return tuple_of([media_code(content, annotations) for content in contents])


def style_arguments(style: Style, explode_by_default: bool) -> list[Code]:
    """Return the arguments that say how a value is spelled, but for ``style`` itself."""
    arguments: list[Code] = []
    if style.explode != explode_by_default:
        arguments.append(code("explode={}", literal(style.explode)))
    if style.allow_reserved:
        arguments.append(code("allow_reserved=True"))
    if style.allow_empty:
        arguments.append(code("allow_empty=True"))
    return arguments


def descriptor(name: str, annotations: Annotations) -> Code:
    """Import a descriptor of the runtime."""
    return annotations.from_runtime("operation", name)


def is_binary(type_: Type, annotations: Annotations) -> bool:
    """Tell whether a type is raw octets, or an array of such."""
    match type_:
        case Scalar(kind=kind):
            return kind is ScalarKind.BINARY
        case Refined(inner=inner) | Nullable(inner=inner) | ListOf(item=inner):
            return is_binary(inner, annotations)
        case Named(id=id):
            declaration = annotations.declarations.get(id)
            # An alias that comes back to itself is no scalar.
            return (
                isinstance(declaration, Alias)
                and not declaration.recursive
                and is_binary(declaration.type, annotations)
            )
        case _:
            return False


def _call(kind: str, arguments: list[Code], name: Code, usual: bool, annotations: Annotations) -> Code:
    if not usual:
        positional = kind in ("Text", "Binary") and not arguments
        arguments = [*arguments, name if positional or kind in ("Json", "Yaml") else code("media_type={}", name)]
    return code("{}({})", descriptor(kind, annotations), join(", ", arguments))


def _type(type_: Type | None, annotations: Annotations) -> Code:
    return annotations.imports.name("typing", "Any") if type_ is None else annotations.checked(type_)


def _deviates(part: Part) -> bool:
    """Tell whether a property of a form travels in another way than its type suggests."""
    return part.style is not None or part.media_type is not None


def _part(part: Part, annotations: Annotations) -> Code:
    arguments = [code("name={}", literal(part.wire))]
    if part.media_type is not None:
        arguments.append(code("media_type={}", literal(part.media_type)))
    if part.style is not None:
        arguments.append(code("style={}", literal(part.style.name.value)))
        arguments += style_arguments(Style(part.style.name, part.style.explode, part.style.allow_reserved), True)
    if part.repeated:
        arguments.append(code("repeated=True"))
    if is_binary(part.type, annotations):
        arguments.append(code("binary=True"))
    return code("{}({})", descriptor("Part", annotations), join(", ", arguments))
