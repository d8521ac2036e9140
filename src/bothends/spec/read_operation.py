"""In comes a path item of any version, out come its operations with everything that they inherit.

Where versions differ in shape (parameters, bodies, responses, servers), a :class:`Shape` does the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bothends.loading import fix as fixes
from bothends.loading.cursor import Cursor
from bothends.loading.data import is_mapping
from bothends.loading.fix import Fix
from bothends.spec import extensions
from bothends.spec.context import Context
from bothends.spec.objects import Operation, Parameter, RequestBody, Response, SecurityScheme, Server
from bothends.spec.read_parameter import undeclared
from bothends.spec.read_security import read_requirements

SLOT: Final = re.compile(r"\{([^{}]+)\}")

_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_FIELDS: Final = METHODS | {"$ref", "additionalOperations", "description", "parameters", "servers", "summary"}


@dataclass(frozen=True, slots=True)
class Item:
    """A path item: a target of ``$ref`` and then what stands beside the ``$ref``, which goes first; or just one."""

    path: str
    layers: tuple[Cursor, ...]

    def text(self, field: str, context: Context) -> str:
        """Return a string of the path item."""
        return next((found for layer in reversed(self.layers) if (found := layer.string(field, context.report))), "")


class Shape(Protocol):
    """What a version of OpenAPI has in a shape of its own."""

    def inputs(
        self, context: Context, item: Item, operation: Cursor
    ) -> tuple[tuple[Parameter, ...], RequestBody | None]:
        """Return the parameters and the body of an operation."""
        ...

    def responses(self, context: Context, operation: Cursor) -> tuple[Response, ...]:
        """Return the responses of an operation."""
        ...

    def servers(self, context: Context, item: Item, operation: Cursor) -> tuple[Server, ...]:
        """Return the servers of an operation, if it has others than the document."""
        ...


@dataclass(frozen=True, slots=True)
class OperationReader:
    """Reads path items. ``schemes`` are the security schemes known so far."""

    context: Context
    shape: Shape
    schemes: dict[str, SecurityScheme]

    def read_item(self, path: str, place: Cursor) -> Iterator[Operation]:
        """Read the operations of a path item, a webhook or a callback. ``path`` is what they are called under."""
        item = self._item(path, place)
        found: dict[str, Cursor] = {}
        for layer in item.layers:
            found.update(self._operations(item, layer))
        for method, place in found.items():
            operation = self.context.enter(place)
            if is_mapping(operation.value):
                yield self._operation(method, item, operation)
            else:
                self._drop(method, path, operation, "it is not a mapping")

    def _item(self, path: str, place: Cursor) -> Item:
        target = self.context.follow(place)
        if target is None:
            return Item(path, ())
        if target.key == place.key or not place.value.keys() & _FIELDS - {"$ref"}:
            return Item(path, (target,))
        return Item(path, (target, place))

    def _operations(self, item: Item, layer: Cursor) -> Iterator[tuple[str, Cursor]]:
        report = self.context.report
        dialect = self.context.dialect
        for name, operation in layer.items():
            lowered = name.lower()
            if name in dialect.methods:
                yield name.upper(), operation
            elif name in METHODS:
                message = f"{dialect.name} has no method {name!r}; read as newer versions have it"
                report.warning("invalid-document", message, operation.location)
                yield name.upper(), operation
            elif lowered in METHODS and lowered not in layer.value:
                report.warning("invalid-document", f"method {name!r} must be in lower case", operation.location)
                yield name.upper(), operation
            elif name not in _FIELDS and not name.startswith("x-"):
                report.warning("ignored-keyword", f"{name!r} is not a field of a path item", operation.location)
        yield from self._additional(item, layer)

    def _additional(self, item: Item, layer: Cursor) -> Iterator[tuple[str, Cursor]]:
        has_more = "additionalOperations" in layer.value
        additional = self.context.mapping(layer, "additionalOperations") if has_more else None
        for name, operation in additional.items() if additional else ():
            if _TOKEN.fullmatch(name) and name.lower() not in layer.value:
                yield name, operation
            else:
                self._drop(name, item.path, operation, "its method is not one that is left to add")

    def _drop(self, method: str, path: str, place: Cursor, reason: str) -> None:
        message = f"{method} {path} was left out: {reason}"
        self.context.report.warning("dropped-operation", message, place.location)

    def _operation(self, method: str, item: Item, place: Cursor) -> Operation:
        context, report = self.context, self.context.report
        parameters, body = self.shape.inputs(context, item, place)
        return Operation(
            method=method,
            path=item.path,
            location=place.location,
            parameters=_on_path(context, item, parameters),
            body=body,
            responses=self.shape.responses(context, place),
            operation_id=place.string("operationId", report),
            tags=tuple(_tags(context, place)),
            summary=place.string("summary", report) or item.text("summary", context),
            description=context.text(place, "description") or item.text("description", context),
            deprecated=place.boolean("deprecated", report),
            security=read_requirements(context, place, self.schemes),
            servers=self.shape.servers(context, item, place),
            callbacks=tuple(self._callbacks(place)),
            extensions={**_of_item(item), **extensions.known(place.value)},
        )

    def _callbacks(self, operation: Cursor) -> Iterator[tuple[str, str, tuple[Operation, ...]]]:
        report = self.context.report
        callbacks = self.context.mapping(operation, "callbacks") if "callbacks" in operation.value else None
        for name, place in callbacks.items() if callbacks else ():
            target = self.context.follow(place)
            if target is None:
                continue
            if target.key in self.context.open_keys:
                message = f"callback {name!r} calls back into itself; it was left out"
                report.warning("unsupported-construct", message, place.location)
                continue
            self.context.open_keys.append(target.key)
            for expression, item in target.items():
                if not expression.startswith("x-"):
                    yield name, expression, tuple(self.read_item(f"callback:{name} {expression}", item))
            self.context.open_keys.pop()


def _tags(context: Context, operation: Cursor) -> Iterator[str]:
    tags = context.array(operation, "tags") if "tags" in operation.value else None
    for place in tags.elements() if tags else ():
        if isinstance(place.value, str):
            yield place.value
        else:
            context.report.warning("wrong-type", "a tag must be a string; it was left out", place.location)


def _removed(context: Context, parameter: Parameter) -> Fix:
    """Return the cure of a parameter that is not used; one that is shared with other paths stays."""
    root = context.resolver.documents()[0]
    uri, pointer = parameter.location.uri, parameter.location.pointer
    return fixes.removed(root, pointer) if uri == root.uri and pointer.startswith("/paths/") else ()


def _of_item(item: Item) -> dict[str, Any]:
    """Return what a path item says about all of its operations."""
    return {"x-internal": True} if any(layer.value.get("x-internal") is True for layer in item.layers) else {}


def _on_path(context: Context, item: Item, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Make path template and path parameters agree. Webhooks and callbacks have no template."""
    if not item.path.startswith("/"):
        return parameters
    named = SLOT.findall(item.path)
    slots = dict.fromkeys(named)
    if len(slots) < len(named):
        message = f"the path {item.path} names the same parameter twice; it has one value"
        context.report.warning("invalid-document", message, item.layers[0].location)
    kept: list[Parameter] = []
    for parameter in parameters:
        if parameter.place == "path" and parameter.name not in slots:
            message = f"path parameter {parameter.name!r} is not in the path {item.path}; it was left out"
            fix = _removed(context, parameter)
            # As routers of JavaScript, Ruby and Go have it.
            is_meant = f":{parameter.name}" in item.path.split("/")
            hint = f"write '{{{parameter.name}}}' for ':{parameter.name}' in the path" if is_meant else None
            context.report.warning("unused-path-parameter", message, parameter.location, hint, () if hint else fix)
        else:
            kept.append(parameter)
    present = {parameter.name for parameter in kept if parameter.place == "path"}
    missing = [undeclared(context, name, item.layers[0], item.path) for name in slots if name not in present]
    return (*missing, *kept)
