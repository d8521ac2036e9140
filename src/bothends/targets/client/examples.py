"""An example of a call, for the docstring of its method: one that can be run."""

from __future__ import annotations

from bothends.ir.operations import Body, Codec, Content, Operation, Parameter, Place
from bothends.ir.shapes import Shapes
from bothends.ir.types import JsonValue
from bothends.naming.names import Names
from bothends.python.annotations import Annotations
from bothends.python.code import literal
from bothends.targets.client.expressions import NoSampleError
from bothends.targets.client.layout import Expression, Group, laid_out
from bothends.targets.client.samples import Samples
from bothends.targets.operations.media import is_binary
from bothends.targets.operations.outcomes import item_types, preferred, value_types

_LONGEST = 24
_STRUCTURED = frozenset({Codec.JSON, Codec.YAML, Codec.FORM})


def example(operation: Operation, names: Names, annotations: Annotations) -> str:
    """Return an example as a fenced block; nothing where no valid arguments are known."""
    samples = Samples(names, annotations.declarations)
    try:
        call = _call(operation, names, samples, annotations)
    except NoSampleError:
        return ""
    lines = _used(call, operation, annotations)
    return "\n".join(["```python", *lines, "```"]) if len(lines) <= _LONGEST else ""


def _used(call: Group, operation: Operation, annotations: Annotations) -> list[str]:
    """Return the statements that make a call and use what it returns."""
    if operation.pagination is not None:
        return [*laid_out(call, before="for item in ", after=":"), "    print(item)"]
    if item_types(operation, annotations):
        if value_types(operation, annotations):
            return laid_out(call)
        opened = laid_out(call, before="with ", after=" as stream:")
        return [*opened, "    for item in stream:", "        print(item)"]
    return laid_out(call)


def _call(operation: Operation, names: Names, samples: Samples, annotations: Annotations) -> Group:
    called = names.parameters[operation.id]
    items: list[tuple[str, Expression]] = []
    keywords: list[tuple[str, Expression]] = []
    for parameter in operation.parameters:
        name = called[parameter.place, parameter.wire]
        if parameter.place is Place.PATH:
            items.append(("", _argument(parameter, name, samples)))
        elif parameter.required:
            keywords.append((f"{name}=", _argument(parameter, name, samples)))
    if operation.body is not None and operation.body.required:
        keywords.insert(0, ("body=", _body(operation.body, samples, annotations)))
    group = names.groups[operation.group].module
    return Group(f"client.{group}.{names.methods[operation.id]}(", (*items, *keywords), ")")


def _argument(parameter: Parameter, name: str, samples: Samples) -> Expression:
    examples = parameter.doc.examples
    if isinstance(parameter.encoding, Content):
        examples = (*examples, *(value for _, value in parameter.encoding.examples))
    return samples.of(parameter.type, name, examples)


def _body(body: Body, samples: Samples, annotations: Annotations) -> Expression:
    content = preferred(body.contents)[0]
    examples: tuple[JsonValue, ...] = tuple(value for _, value in content.examples)
    if content.codec in _STRUCTURED and content.type is not None:
        return samples.of(content.type, "body", examples)
    if content.codec is Codec.TEXT and content.type is not None:
        return samples.of(content.type, "text", examples)
    if content.codec is Codec.BYTES:
        return 'Path("file")'
    if content.codec is Codec.JSON_LINES and content.item is not None:
        return Group("[", (("", samples.of(content.item, "item", examples)),), "]")
    if content.codec is Codec.MULTIPART:
        return _multipart(content, samples, annotations)
    raise NoSampleError


def _multipart(content: Content, samples: Samples, annotations: Annotations) -> Expression:
    """Return a form of files as a dict: a path is what people have."""
    shapes = Shapes(annotations.declarations)
    items: list[tuple[str, Expression]] = []
    for field in shapes.fields(content.type) if content.type is not None else ():
        if not field.required:
            continue
        if is_binary(field.type, annotations):
            many = shapes.item(field.type) is not None
            value = '[Path("file")]' if many else 'Path("file")'
        else:
            value = literal(samples.plain(field.type, field.wire)).text
        items.append((f"{literal(field.wire).text}: ", value))
    if not items:
        raise NoSampleError
    return Group("{", tuple(items), "}")
