"""The calls that verification makes: for each operation, arguments and what must come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Any

from bothends.ir.api import Api
from bothends.ir.operations import Codec, Operation
from bothends.naming.names import Names
from bothends.verification.values import Values


@dataclass(frozen=True, slots=True)
class Call:
    """A call to make: the resource and method of the client, its arguments, and the expected end.

    ``error`` is the exception class that must be raised, with a body of one of ``types``. Without it a value of one
    of ``types`` must be returned, or a stream of such ``items``; neither: no body.
    """

    operation: str
    case: str
    resource: str
    method: str
    arguments: Mapping[str, Any] = field(hash=False)
    types: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    error: type[Exception] | None = None


@dataclass(frozen=True, slots=True)
class Uncallable:
    """An operation that no call can be made to, and why."""

    operation: str
    reason: str


class Calls:
    """Plans the calls to the operations of a generated package (``package`` is its import name)."""

    def __init__(self, package: str, api: Api, names: Names, document: Mapping[str, Any]) -> None:
        self._package = package
        self._api = api
        self._names = names
        self._values = Values(package, document)

    def __iter__(self) -> Iterator[Call | Uncallable]:
        """Yield every call, and the operations that none can be made to."""
        for operation in self._api.operations:
            try:
                yield from self._calls(operation)
            except ValueError as reason:
                yield Uncallable(operation.label, str(reason))

    def _calls(self, operation: Operation) -> Iterator[Call]:
        group = self._names.groups[operation.group].module
        method = self._names.methods[operation.id]
        described = getattr(import_module(f"{self._package}.operations.{group}"), method)()
        call = partial(Call, operation=operation.label, resource=group, method=method)
        everything = self._arguments(operation, described, every=True)
        if _switches(described.returns):
            refused = import_module(f"{self._package}._runtime.errors").StatusError
            yield call(case="another protocol", arguments=everything, error=refused)
        else:
            yield from self._good_calls(call, operation, described, everything)
        for status, failure in _failures(described.raises):
            asked = {**everything, **self._preferring(status, operation, everything), "max_retries": 0}
            types = tuple(media.type for media in failure.media)
            yield call(case=str(status), arguments=asked, types=types, error=failure.error)

    def _good_calls(
        self, call: partial[Call], operation: Operation, described: Any, everything: dict[str, Any]
    ) -> Iterator[Call]:
        any_success = _end([media for response in described.returns for media in response.media])
        yield call(case="success", arguments=everything, **any_success)
        least = self._arguments(operation, described, every=False)
        if least.keys() != everything.keys():
            yield call(case="required only", arguments=least, **any_success)
        for name, body in self._other_examples(operation, described):
            yield call(case=f"example {name}", arguments={**everything, "body": body}, **any_success)
        for media_type, body in self._other_bodies(operation, described):
            sent = {**everything, "body": body, "media_type": media_type}
            yield call(case=f"sent as {media_type}", arguments=sent, **any_success)
        for status, response in _successes(described.returns):
            for media in response.media or (None,):
                wish = self._preferring(status, operation, everything)
                asked = {**everything, **wish, **({"accept": media.media_type} if media else {})}
                case = f"{status} {media.media_type}" if media else str(status)
                # A range accepts whatever else is documented.
                ends = response.media if media and "*" in media.media_type else [media] if media else []
                yield call(case=case, arguments=asked, **_end(ends))

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
            arguments["body"] = self._body(operation, described, 0)
        return arguments

    def _body(self, operation: Operation, described: Any, index: int) -> Any:
        if operation.body is None:
            return None
        content, media = operation.body.contents[index], described.body.media[index]
        if content.codec is Codec.BYTES:
            return b"octets"
        value = self._values.body(content, media.type, "body")
        return [value] if content.codec.is_streamed else value

    def _preferring(self, status: int, operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the option that asks the mock for a status, beside what the document has in that header."""
        names = self._names.parameters[operation.id]
        own = [
            str(getattr(value, "value", value))
            for parameter in operation.parameters
            if parameter.place == "header" and parameter.wire.lower() == "prefer"
            if (value := arguments.get(names[parameter.place, parameter.wire])) is not None
        ]
        return {"extra_headers": {"Prefer": ", ".join([*own, f"code={status}"])}}

    def _other_examples(self, operation: Operation, described: Any) -> Iterator[tuple[str, Any]]:
        """Yield the documented examples of the body after the first, which every other call sends."""
        content = operation.body.contents[0] if operation.body else None
        if content and content.codec in (Codec.JSON, Codec.YAML, Codec.FORM, Codec.TEXT):
            examples = self._values.examples(content, described.body.media[0].type)
            yield from islice(examples, 1, None)

    def _other_bodies(self, operation: Operation, described: Any) -> Iterator[tuple[str, Any]]:
        """Yield the media types of the body after the first, which is the default, and a body for each."""
        for index, content in enumerate(operation.body.contents if operation.body else ()):
            if index and "*" not in content.media_type:
                yield content.media_type, self._body(operation, described, index)


def _switches(returns: Sequence[Any]) -> bool:
    """Whether an operation goes on in another protocol, such as WebSocket, and has no answer in this one."""
    return bool(returns) and all(isinstance(one.status, int) and one.status < 200 for one in returns)


def _end(media: Sequence[Any]) -> dict[str, Any]:
    """Return what a success of one of these media types must return."""
    streams = [one for one in media if type(one).__name__ in ("Events", "JsonLines")]
    return {
        "types": tuple(one.type for one in media if one not in streams),
        "items": tuple(one.type for one in streams),
    }


def _successes(returns: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the successes that a plain call does not have to meet: further statuses and media types."""
    if len(returns) > 1 or any(len(response.media) > 1 for response in returns):
        for response in returns:
            if isinstance(response.status, int) and response.status >= 200:
                yield response.status, response


def _failures(raises: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield every documented failure with a status that stands for it: ranges and ``default`` have several."""
    taken = {failure.status for failure in raises}
    for failure in raises:
        codes = [failure.status] if isinstance(failure.status, int) else _codes(str(failure.status))
        for code in codes:
            if code == failure.status or (code not in taken and (failure.status != "default" or _free(code, taken))):
                yield code, failure
                break


def _codes(status: str) -> Sequence[int]:
    if status == "default":
        return (500, 400, 418, 599)
    return range(int(status[0]) * 100, int(status[0]) * 100 + 100)


def _free(code: int, taken: set[Any]) -> bool:
    """Whether no range answers for a status before ``default`` does."""
    return f"{code // 100}XX" not in taken
