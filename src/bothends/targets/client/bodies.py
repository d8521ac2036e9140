"""What a caller may hand over as the body of a request."""

from __future__ import annotations

from bothends.ir.operations import Body, Codec, Content
from bothends.ir.shapes import Shapes
from bothends.ir.types import Anything, UnionOf
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code
from bothends.targets.operations.outcomes import item_type, preferred, value_type


def body_type(body: Body, annotations: Annotations, *, asynchronous: bool) -> Code:
    """Return the type of the argument ``body``."""
    contents = preferred(body.contents)
    return union(_content_type(content, annotations, asynchronous) for content in contents)


def _content_type(content: Content, annotations: Annotations, asynchronous: bool) -> Code:
    match content.codec:
        case Codec.BYTES | Codec.XML:
            name = "AsyncOctets" if asynchronous else "Octets"
            return annotations.from_runtime("client.bodies", name)
        case Codec.EVENTS | Codec.JSON_LINES:
            item = item_type(content, annotations)
            name = "AsyncItemSource" if asynchronous else "ItemSource"
            return code("{}[{}]", annotations.from_runtime("client.bodies", name), item)
        case Codec.JSON | Codec.YAML | Codec.FORM | Codec.MULTIPART if content.type is not None and _is_object(
            content, annotations
        ):
            # A dict spares the imports; of a form it may hold paths and open files, which no model does.
            fields = annotations.from_runtime("client.bodies", "Fields")
            return union([value_type(content, annotations), fields])
        case _:
            return value_type(content, annotations)


def _is_object(content: Content, annotations: Annotations) -> bool:
    """Tell whether values of a body are models, or of one model among others."""
    shapes = Shapes(annotations.declarations)
    bare = shapes.bare(content.type) if content.type is not None else Anything()
    members = bare.members if isinstance(bare, UnionOf) else (bare,)
    return any(shapes.record(member) is not None for member in members)
