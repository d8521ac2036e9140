"""The module ``testing``: clients that send nothing, and the documented answers."""

from __future__ import annotations

from collections.abc import Iterator

from bothends.ir.api import Api
from bothends.ir.operations import Operation
from bothends.ir.pagination import PageKind, Path
from bothends.ir.shapes import Shapes, page_answer
from bothends.ir.types import JsonValue, Nullable
from bothends.python.code import identifier, literal
from bothends.python.imports import Imports
from bothends.targets.client.views import ExampleView, FakeView, TestingView
from bothends.targets.operations.outcomes import preferred, successes
from bothends.targets.target import TargetOptions

_FAKE = "._runtime.client.fake"


def testing_view(api: Api, options: TargetOptions) -> TestingView:
    """Return ``testing.py``."""
    imports = Imports()
    kinds = (
        ("AsyncFakeClient", "AsyncFake", "AsyncClient", options.asynchronous),
        ("FakeClient", "Fake", "Client", options.sync),
    )
    fakes = tuple(
        FakeView(identifier(name), imports.name(_FAKE, base), imports.name(".client", client))
        for name, base, client, wanted in kinds
        if wanted
    )
    examples = tuple(_examples(api, Shapes(api.declared())))
    return TestingView(
        exported=tuple(literal(fake.name.text) for fake in fakes),
        any=imports.name("typing", "Any") if examples else None,
        examples=examples,
        fakes=fakes,
        imports=imports.write(),
    )


def _examples(api: Api, shapes: Shapes) -> Iterator[ExampleView]:
    for operation in sorted(api.operations, key=lambda operation: operation.label):
        for found in _documented(operation):
            yield ExampleView(literal(operation.label), literal(_last_page(operation, found, shapes)))
            break


def _documented(operation: Operation) -> Iterator[JsonValue]:
    for response in successes(operation):
        for content in preferred(response.contents):
            if content.codec.is_octets or not content.examples:
                continue
            values = [value for _, value in content.examples]
            yield values if content.codec.is_streamed else values[0]


def _last_page(operation: Operation, value: JsonValue, shapes: Shapes) -> JsonValue:
    """Return a documented page as the last one: what comes after it is not documented."""
    pages, answer = operation.pagination, page_answer(operation)
    if pages is None or answer is None or pages.kind not in (PageKind.CURSOR, PageKind.LINK):
        return value
    if pages.more is not None:
        return _changed(value, pages.more, [False])
    if pages.next is None:
        return value
    stated = shapes.at(answer.body, pages.next)
    return _changed(value, pages.next, [None] if isinstance(stated, Nullable) else [])


def _changed(value: JsonValue, path: Path, new: list[JsonValue]) -> JsonValue:
    """Return a value with another one at the end of a path, or with none there."""
    if not isinstance(value, dict) or path[0] not in value:
        return value
    name, rest = path[0], path[1:]
    others = {key: one for key, one in value.items() if key != name}
    if rest:
        return {**value, name: _changed(value[name], rest, new)}
    return {**value, name: new[0]} if new else others
