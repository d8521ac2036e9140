"""What a generated package says and does, asked of the package itself."""

from __future__ import annotations

import asyncio
import enum
import json
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx2
from pydantic import BaseModel, TypeAdapter

from bothends.ir.declarations import Record
from bothends.runtime.operation import Operation
from security.generating import Generated

Modules = Mapping[str, ModuleType]
#: Values of parameters by place and name on the wire.
Arguments = dict[tuple[str, str], Any]
ANY_URL = "https://service.example"


def operations(modules: Modules) -> dict[str, Operation[Any]]:
    """Build and return every operation of a package, by module and function."""
    return {
        f"{name}.{attribute}": value()
        for name, module in modules.items()
        if name.startswith("operations.")
        for attribute, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__ and hasattr(value, "cache_info")
    }


def build_everything(generated: Generated, modules: Modules) -> None:
    """Make pydantic build every schema, make every operation, both clients and the server."""
    names = generated.understood.names.types
    for declared in generated.understood.api.declarations:
        name = names[declared.id]
        made = getattr(modules[f"schemas.{name.module}"], name.name)
        if isinstance(declared, Record):
            made.model_rebuild(force=True)
        TypeAdapter(made).rebuild()
    operations(modules)
    with modules["client"].Client(base_url=ANY_URL) as client:
        for group in generated.understood.names.groups.values():
            if hasattr(type(client), group.module):
                assert getattr(client, group.module)
    modules["server"].create_app()


def wire_facts(generated: Generated, modules: Modules) -> Counter[str]:
    """Return all texts that the package knows of the wire: names, fixed values, addresses."""
    return Counter(f"{kind}: {text}" for kind, text in _facts(modules))


def _facts(modules: Modules) -> Iterator[tuple[str, str]]:
    for name, module in modules.items():
        if name.startswith("schemas."):
            for value in list(vars(module).values()):
                if typing.get_origin(value) or getattr(value, "__module__", module.__name__) == module.__name__:
                    yield from _facts_of_type(value)
    for operation in operations(modules).values():
        yield from _facts_of_operation(operation)
    client = modules["client"]
    for server in client._SERVERS:
        yield "server", server.url
        for variable, (default, values) in server.variables.items():
            yield from _tagged("variable", (variable, default, *values))
    for key, scheme in client._SCHEMES.items():
        yield "scheme", key
        told = {attribute: text for attribute, text in vars(scheme).items() if isinstance(text, str)}
        yield from ((attribute, text) for attribute, text in told.items() if attribute not in _NAMED_BY_US)


_NAMED_BY_US = {"argument", "environment"}


def _tagged(kind: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((kind, text) for text in texts)


def _facts_of_type(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, type) and issubclass(value, enum.Enum):
        yield from _tagged("member", (member.value for member in value if isinstance(member.value, str)))
    elif isinstance(value, type) and issubclass(value, BaseModel):
        for name, field in value.model_fields.items():
            yield "property", name if field.alias is None else field.alias
            yield from _tagged("default", _strings(field.get_default(call_default_factory=True)))
            yield from _tagged("literal", _literals(field.annotation))
    else:
        yield from _tagged("literal", _literals(value))


def _literals(annotation: Any) -> Iterator[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from (value for value in typing.get_args(annotation) if isinstance(value, str))
    for inner in typing.get_args(annotation):
        if not isinstance(inner, str | int | None):
            yield from _literals(inner)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _facts_of_operation(operation: Operation[Any]) -> Iterator[tuple[str, str]]:
    yield from _tagged("operation", (operation.key, operation.method, operation.path, *operation.servers))
    for requirement in operation.security:
        yield from _tagged("requirement", requirement)
        yield from _tagged("scope", (scope for scopes in requirement.values() for scope in scopes))
    for parameter in operation.parameters:
        yield "parameter", parameter.wire
        yield from _tagged("literal", _literals(parameter.type))
        yield from _tagged("default", _strings(parameter.default))
    bodies = (operation.body,) if operation.body else ()
    for holder in (*bodies, *operation.returns, *operation.raises):
        for media in holder.media:
            yield "media type", media.media_type
            yield from _tagged("part", (part.name for part in getattr(media, "parts", ())))
        yield from _tagged("header", (header.wire for header in getattr(holder, "headers", ())))


def round_trip(generated: Generated, modules: Modules, component: str, value: Any) -> Any:
    """Return a JSON value of a component after it was read and written by the generated type."""
    found = [key for key in generated.understood.names.types if not key.steps and key.anchor == _anchor(component)]
    assert len(found) == 1, component
    name = generated.understood.names.types[found[0]]
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(modules[f"schemas.{name.module}"], name.name))
    text = json.dumps(value).encode()
    return json.loads(adapter.dump_json(adapter.validate_json(text), by_alias=True, exclude_unset=True))


def _anchor(component: str) -> str:
    return "#/components/schemas/" + component.replace("~", "~0").replace("/", "~1")


def call(
    generated: Generated, modules: Modules, key: str, scheme: str, arguments: Arguments
) -> tuple[str, list[tuple[str, str]], Arguments]:
    """Call the operation with an id through client and server.

    ``scheme`` is the security scheme to use. Returns the decoded path and the decoded query that went over the
    wire, and what the server's handler was given.
    """
    names = generated.understood.names
    operation = next(one for one in generated.understood.api.operations if one.key == key)
    called = {
        (parameter.place.value, parameter.wire): names.parameters[operation.id][parameter.place, parameter.wire]
        for parameter in operation.parameters
    }
    method, group = names.methods[operation.id], names.groups[operation.group].module
    given: Arguments = {}
    seen: list[bytes] = []

    async def handler(_: object, *positional: Any, **named: Any) -> None:
        slots = [place for place in called if place[0] == "path"]
        given.update(zip(slots, positional, strict=False))
        given.update({place: named[name] for place, name in called.items() if name in named})
        raise NotImplementedError

    handlers = type("Seen", (modules["server"].Handlers,), {method: handler})()
    app = modules["server"].create_app(handlers, authenticate=lambda *_: True)

    async def record(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            seen.append(scope["raw_path"] + b"?" + scope["query_string"])
        await app(scope, receive, send)

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(record)) as http:
            secrets = {names.schemes[scheme]: "secret"}
            client = modules["client"].AsyncClient(base_url=ANY_URL, http_client=http, max_retries=0, **secrets)
            function = getattr(getattr(client, group), method)
            try:
                await function(**{called[place]: value for place, value in arguments.items()})
            except modules["errors"].StatusError:
                return

    asyncio.run(run())
    parts = urlsplit(seen[0].decode())
    return unquote(parts.path), parse_qsl(parts.query, keep_blank_values=True), given
