"""What a caller may hand over as the body of a request."""

from __future__ import annotations

from bothends.ir.operations import Body, Codec, Content
from bothends.python.annotations import Annotations, union
from bothends.python.code import Code, code
from bothends.targets.operations.media import is_binary
from bothends.targets.operations.outcomes import item_type, preferred, value_type


def body_type(body: Body, annotations: Annotations, *, asynchronous: bool) -> Code:
    """Return the type of the argument ``body``."""
    contents = preferred(body.contents)
    return union(_content_type(content, annotations, asynchronous) for content in contents)


def _content_type(content: Content, annotations: Annotations, asynchronous: bool) -> Code:
    imports = annotations.imports
    match content.codec:
        case Codec.BYTES | Codec.XML:
            name = "AsyncOctets" if asynchronous else "Octets"
            return imports.name(f"{annotations.runtime}.client.bodies", name)
        case Codec.EVENTS | Codec.JSON_LINES:
            item = item_type(content, annotations)
            name = "AsyncItemSource" if asynchronous else "ItemSource"
            return code("{}[{}]", imports.name(f"{annotations.runtime}.client.bodies", name), item)
        case Codec.MULTIPART:
            model = value_type(content, annotations)
            if not any(is_binary(part.type, annotations) for part in content.parts):
                return model
            # A path or an open file is not what the model holds, but it is what people have.
            fields = imports.name(f"{annotations.runtime}.client.bodies", "Fields")
            return union([model, fields])
        case _:
            return value_type(content, annotations)
