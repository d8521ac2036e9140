"""The calls that verification makes: for each operation, arguments and what must come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

from bothends.ir.api import Api
from bothends.ir.operations import Body, Codec, Operation
from bothends.naming.names import Names
from bothends.verification.values import Values


@dataclass(frozen=True, slots=True)
class Call:
    """A call to make: the resource and method of the client, its arguments, and the expected end.

    ``error`` is the exception class that must be raised; without it one of ``types`` must be returned (none: no
    body). ``streamed``: what is returned is a stream of such values.
    """

    operation: str
    case: str
    resource: str
    method: str
    arguments: Mapping[str, Any] = field(hash=False)
    types: tuple[Any, ...] = ()
    streamed: bool = False
    error: type[Exception] | None = None


class Calls:
    """Plans the calls to the operations of a generated package (``package`` is its import name)."""

    def __init__(self, package: str, api: Api, names: Names, document: Mapping[str, Any]) -> None:
        self._package = package
        self._api = api
        self._names = names
        self._values = Values(package, document)

    def __iter__(self) -> Iterator[Call | tuple[str, str]]:
        """Yield every call; a pair of operation and reason where none can be made."""
        for operation in self._api.operations:
            key = operation.key or f"{operation.id.method} {operation.id.path}"
            try:
                yield from self._calls(operation, key)
            except ValueError as reason:
                yield key, str(reason)

    def _calls(self, operation: Operation, key: str) -> Iterator[Call]:
        group = self._names.groups[operation.group].module
        method = self._names.methods[operation.id]
        described = getattr(import_module(f"{self._package}.operations.{group}"), method)()
        make = partial(Call, operation=key, resource=group, method=method)
        everything = self._arguments(operation, described, every=True)
        types, streamed = _success(described)
        yield make(case="success", arguments=everything, types=types, streamed=streamed)
        least = self._arguments(operation, described, every=False)
        if least.keys() != everything.keys():
            yield make(case="required only", arguments=least, types=types, streamed=streamed)
        for failure in described.raises:
            if isinstance(failure.status, int):
                asked = {**everything, "extra_headers": {"Prefer": f"code={failure.status}"}, "max_retries": 0}
                body_types = tuple(media.type for media in failure.media)
                yield make(case=str(failure.status), arguments=asked, types=body_types, error=failure.error)

    def _arguments(self, operation: Operation, described: Any, *, every: bool) -> dict[str, Any]:
        names = self._names.parameters[operation.id]
        types = {parameter.name: parameter for parameter in described.parameters}
        arguments = {
            (name := names[parameter.place, parameter.wire]): self._values.parameter(
                parameter, types[name].media.type if types[name].media else types[name].type
            )
            for parameter in operation.parameters
            if parameter.required or every
        }
        if operation.body and (operation.body.required or every):
            arguments["body"] = self._body(operation.body, described)
        return arguments

    def _body(self, body: Body, described: Any) -> Any:
        content, media = body.contents[0], described.body.media[0]
        if content.codec is Codec.BYTES:
            return b"octets"
        value = self._values.body(content, media.type, "body")
        return [value] if content.codec in (Codec.EVENTS, Codec.JSON_LINES) else value


def _success(described: Any) -> tuple[tuple[Any, ...], bool]:
    media = [media for response in described.returns for media in response.media]
    streamed = any(type(one).__name__ in ("Events", "JsonLines") for one in media)
    return tuple(one.type for one in media), streamed
