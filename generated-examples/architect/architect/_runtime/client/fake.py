"""Clients for tests: what they are told to answer takes the way of a real answer.

Arguments are encoded, bodies validated, answers decoded and failures raised as ever;
only the sending is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Self, TypeVar, Unpack, overload

from ..errors import ApiError, ConfigurationError, StatusError
from ..operation import Body, Media, Operation, Raises
from .base import AsyncBaseClient, BaseClient
from .bodies import Fields, encode_body
from .flow import Call
from .options import ViewOptions
from .pagination import AsyncPages, Page
from .security import Credentials
from .streams import AsyncStream, Stream
from .transport import httpx

T = TypeVar("T")
E = TypeVar("E")
V = TypeVar("V")

_BASE_URL = "http://fake.invalid"
_making: ContextVar[Call | None] = ContextVar("making", default=None)


@dataclass(frozen=True)
class MadeCall:
    """A call that was made: its operation, arguments that were given, and request."""

    operation: str
    arguments: Mapping[str, Any]
    body: Any
    request: httpx.Request = field(repr=False)


@dataclass
class Plan(Generic[T]):
    """What an operation answers; the last answer goes for all further calls."""

    operation: Operation[Any]
    _answers: list[Any] = field(default_factory=list[Any])

    def returns(self, *values: T | Fields) -> None:
        """Answer with values, in turn: models, or mappings of wire names."""
        self._answers = list(values)

    def raises(self, *errors: ApiError) -> None:
        """Fail, in turn: with documented failures, or as where nothing arrives."""
        self._answers = list(errors)

    def calls(self, function: Callable[..., T | Fields]) -> None:
        """Answer with what a function makes of the arguments, by name, and ``body``."""
        self._answers = [_Function(function)]

    def next_answer(self, call: Call) -> Any:
        """Return the answer to a call."""
        answer = self._answers[0]
        if len(self._answers) > 1:
            self._answers.pop(0)
        if not isinstance(answer, _Function):
            return answer
        given = {name: one for name, one in call.arguments.items() if one is not None}
        return answer.function(
            **given, **({} if call.body is None else {"body": call.body})
        )


@dataclass(frozen=True)
class _Function:
    function: Callable[..., Any]


class Script:
    """The answers of a fake client and its views, and the calls that they got."""

    def __init__(self, examples: Mapping[str, Any]) -> None:
        self.examples = examples
        self.plans: dict[str, Plan[Any]] = {}
        self.calls: list[MadeCall] = []

    def plan(self, method: Callable[..., Any]) -> Plan[Any]:
        """Return a new plan for the operation of a method."""
        operation = operation_of(method)
        found: Plan[Any] = Plan(operation)
        self.plans[operation.key] = found
        return found

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer the request of the call that is being made."""
        request.read()
        return self._answer(request)

    async def answer_async(self, request: httpx.Request) -> httpx.Response:
        """Answer the request of the call that is being made."""
        await request.aread()
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        call = _making.get()
        if call is None:
            raise ConfigurationError("a fake client answers calls of its own only")
        operation = call.operation
        given = {name: one for name, one in call.arguments.items() if one is not None}
        self.calls.append(MadeCall(operation.key, given, call.body, request))
        plan = self.plans.get(operation.key)
        if plan is not None:
            return _response(operation, plan.next_answer(call))
        if operation.key in self.examples:
            return _response(operation, self.examples[operation.key])
        if all(one.media for one in operation.returns):
            raise ConfigurationError(
                f"{operation.key}: the document has no example of an answer;"
                " say what is returned: client.on(method).returns(...)"
            )
        return _response(operation, None)

    def calls_of(self, method: Callable[..., Any]) -> list[MadeCall]:
        """Return the calls of a method that were made, in order."""
        key = operation_of(method).key
        return [one for one in self.calls if one.operation == key]


class Fake(BaseClient):
    """What makes a client a fake one."""

    examples: ClassVar[Mapping[str, Any]] = {}
    _script: Script

    def __init__(self) -> None:
        self._script = Script(self.examples)
        http = httpx.Client(transport=httpx.MockTransport(self._script.answer))
        start: Any = super().__init__
        start(http_client=http, base_url=_BASE_URL, max_retries=0)
        self._core = replace(self._core, credentials=_anyone(self._core.credentials))

    @property
    def calls(self) -> list[MadeCall]:
        """The calls that were made, in order."""
        return self._script.calls

    @overload
    def on(self, method: Callable[..., Page[E, V]]) -> Plan[V]: ...
    @overload
    def on(self, method: Callable[..., Stream[E]]) -> Plan[Iterable[E]]: ...
    @overload
    def on(self, method: Callable[..., T]) -> Plan[T]: ...
    def on(self, method: Callable[..., Any]) -> Any:
        """Say what a method of this client answers: ``fake.on(fake.pets.get_pet)``."""
        return self._script.plan(method)

    def calls_of(self, method: Callable[..., Any]) -> list[MadeCall]:
        """Return the calls of a method that were made, in order."""
        return self._script.calls_of(method)

    def with_options(self, **options: Unpack[ViewOptions]) -> Self:
        """Return a view with other options; it has the same answers and calls."""
        view = super().with_options(**options)
        view._script = self._script
        return view

    def _make(self, call: Call) -> Any:
        with _made(call):
            return super()._make(call)


class AsyncFake(AsyncBaseClient):
    """What makes an asynchronous client a fake one."""

    examples: ClassVar[Mapping[str, Any]] = {}
    _script: Script

    def __init__(self) -> None:
        self._script = Script(self.examples)
        transport = httpx.MockTransport(self._script.answer_async)
        start: Any = super().__init__
        http = httpx.AsyncClient(transport=transport)
        start(http_client=http, base_url=_BASE_URL, max_retries=0)
        self._core = replace(self._core, credentials=_anyone(self._core.credentials))

    @property
    def calls(self) -> list[MadeCall]:
        """The calls that were made, in order."""
        return self._script.calls

    @overload
    def on(self, method: Callable[..., AsyncPages[E, V]]) -> Plan[V]: ...
    @overload
    def on(
        self, method: Callable[..., Awaitable[AsyncStream[E]]]
    ) -> Plan[Iterable[E]]: ...
    @overload
    def on(self, method: Callable[..., Awaitable[T]]) -> Plan[T]: ...
    def on(self, method: Callable[..., Any]) -> Any:
        """Say what a method of this client answers: ``fake.on(fake.pets.get_pet)``."""
        return self._script.plan(method)

    def calls_of(self, method: Callable[..., Any]) -> list[MadeCall]:
        """Return the calls of a method that were made, in order."""
        return self._script.calls_of(method)

    def with_options(self, **options: Unpack[ViewOptions]) -> Self:
        """Return a view with other options; it has the same answers and calls."""
        view = super().with_options(**options)
        view._script = self._script
        return view

    async def _make(self, call: Call) -> Any:
        with _made(call):
            return await super()._make(call)


def operation_of(method: Callable[..., Any]) -> Operation[Any]:
    """Return the operation that a method of a resource calls."""
    module = sys.modules.get(type(getattr(method, "__self__", None)).__module__)
    described = getattr(getattr(module, "_operations", None), method.__name__, None)
    if described is None:
        raise TypeError("give a method of a resource, such as fake.pets.get_pet")
    found: Operation[Any] = described()
    return found


class _Anyone(Credentials):
    """Nobody is asked for credentials."""

    def choose(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}


def _anyone(credentials: Credentials) -> Credentials:
    return _Anyone(credentials.schemes, credentials.given)


@contextmanager
def _made(call: Call) -> Generator[None]:
    token = _making.set(call)
    try:
        yield
    finally:
        _making.reset(token)


def _response(operation: Operation[Any], answer: Any) -> httpx.Response:
    if isinstance(answer, StatusError):
        return _failure(operation, answer)
    if isinstance(answer, BaseException):
        raise answer
    for returned in operation.returns:
        if (answer is None) == (not returned.media):
            return _encoded(_status(returned.status), returned.media, answer)
    if answer is None:
        return httpx.Response(204)
    raise ConfigurationError(f"{operation.key}: there is no answer with a body")


def _failure(operation: Operation[Any], error: StatusError) -> httpx.Response:
    for raised in operation.raises:
        if isinstance(error, raised.error):
            fixed = isinstance(raised.status, int)
            status = _status(raised.status) if fixed else error.status
            return _encoded(status, _media(raised, error), error.body)
    return _encoded(error.status, (), error.body)


def _media(raised: Raises, error: StatusError) -> tuple[Media, ...]:
    return raised.media if error.body is not None else ()


def _encoded(status: int, media: tuple[Media, ...], value: Any) -> httpx.Response:
    if not media:
        return httpx.Response(status)
    content, media_type = encode_body(Body(media), value, None, None)
    octets = content if isinstance(content, bytes) else b"".join(content or ())
    return httpx.Response(status, content=octets, headers={"Content-Type": media_type})


def _status(status: int | str) -> int:
    if isinstance(status, int):
        return status
    return 200 if status == "default" else int(status[0]) * 100
